import Languages

/// A whole number in groups of three, as English has it: `1,234,567`.
func grouped(_ number: Int) -> String { Language.source.written(number) }

/// A measured value with at most two decimals, grouped: `605`, `1,234.5`.
func measured(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "–" }
    let hundredths = Int((value * 100).rounded())
    let (whole, part) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : ""
    let decimals =
        part == 0 ? "" : part.isMultiple(of: 10) ? ".\(part / 10)" : part < 10 ? ".0\(part)" : ".\(part)"
    return sign + grouped(Int(whole)) + decimals
}
