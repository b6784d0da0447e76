import Languages

/// A number as somebody typed it, made plain: digits, and a point before decimals.
///
/// Spaces, apostrophes and the commas of thousands are taken out; a point is a decimal point. One comma with other than
/// three digits behind it is a decimal comma, as in "605,2". With three it can be either: that is refused, unless a point
/// beside it or the question itself, which takes whole numbers alone, tells what it is.
enum TypedNumber: Sendable, Equatable {
    /// Not yet known to be a number: whatever else was typed is still in it.
    case plain(String)
    /// It can mean two numbers; says how to write each.
    case unclear(Phrase)

    init(_ typed: String, whole: Bool) {
        let text = typed.filter { !" '’\u{a0}\u{202f}".contains($0) }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            self = .plain(parts.joined())
            return
        }
        let (before, after) = (parts[0], parts[1])
        if before.contains(".") {
            self = .plain(Self.ungrouped(before).map { "\($0).\(after)" } ?? text)
            return
        }
        let (joined, pointed) = (before + after, "\(before).\(after)")
        let hasPoint = after.contains(".")
        if after.prefix(while: { $0 != "." }).count != 3 {
            self = .plain(hasPoint ? text : pointed)
        } else if whole || hasPoint {
            self = .plain(joined)
        } else {
            let isNumber = !before.isEmpty && joined.allSatisfy { ("0"..."9").contains($0) }
            self = isNumber ? .unclear(Self.words(typed, joined, pointed)) : .plain(pointed)
        }
    }

    private static func words(_ typed: String, _ joined: String, _ pointed: String) -> Phrase {
        say(
            "\(typed) can mean two numbers. Write \(joined) for the whole number, or \(pointed) with a point before "
                + "the decimals."
        )
    }

    /// "1234" of "1.234"; `nil` where the points do not set thousands apart.
    private static func ungrouped(_ text: String) -> String? {
        let groups = text.split(separator: ".", omittingEmptySubsequences: false)
        let isSound = groups.dropFirst().allSatisfy { $0.count == 3 } && (1...3).contains(groups[0].count)
        return isSound ? groups.joined() : nil
    }
}
