import HTML

/// A whole number in groups of three: `1,234,567`.
func grouped(_ number: Int) -> String {
    // Up to 15 bytes live in the string itself: no allocation for any population.
    let digits = number.magnitude
    guard digits >= 1000 else { return String(number) }
    return String(unsafeUninitializedCapacity: 27) { bytes in
        var bytes = bytes
        var rest = digits
        var count = 0
        var length = 0
        while rest > 0 {
            if count > 0, count.isMultiple(of: 3) {
                bytes[length] = UInt8(ascii: ",")
                length += 1
            }
            bytes[length] = UInt8(ascii: "0") + UInt8(rest % 10)
            length += 1
            count += 1
            rest /= 10
        }
        if number < 0 {
            bytes[length] = UInt8(ascii: "-")
            length += 1
        }
        bytes[..<length].reverse()
        return length
    }
}

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
