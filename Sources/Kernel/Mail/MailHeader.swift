import Foundation

/// Values of mail headers (RFC 5322), with words beyond ASCII encoded (RFC 2047).
enum MailHeader {
    static let longestBytes = 600

    /// Throws for a line break or control character: it could end the header and begin another one.
    static func check(_ value: String, field: String) throws(MailProblem) {
        guard value.utf8.count <= longestBytes else { throw .tooLong(field, limitBytes: longestBytes) }
        guard !value.unicodeScalars.contains(where: isControl) else { throw .controlCharacter(field: field) }
    }

    /// C0, DEL, C1, and Unicode's own line and paragraph ends.
    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
    }

    /// Free text, as a subject: as it is when it fits on a line in ASCII, in encoded words otherwise.
    static func text(_ value: String, after name: String) -> String {
        let isPlain = value.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f }
        let fits = name.utf8.count + 2 + value.utf8.count <= 78
        // A subject that looks encoded, or has spaces at its ends, would not come out as it went in.
        let isSafe = !value.contains("=?") && value.first != " " && value.last != " "
        return isPlain && fits && isSafe ? value : encodedWords(value)
    }

    /// `"Name" <address>`.
    static func mailbox(_ mailbox: Mailbox) -> String {
        guard let name = mailbox.name else { return mailbox.address }
        let isPlain = name.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f } && !name.contains("=?") && name.utf8.count <= 60
        guard isPlain else { return "\(encodedWords(name))\r\n <\(mailbox.address)>" }
        let quoted = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(quoted)\" <\(mailbox.address)>"
    }

    /// An encoded word has 75 characters at most, 63 of them for the text: 45 bytes in base64. No sign is cut in two.
    private static func encodedWords(_ value: String) -> String {
        var words: [String] = []
        var piece: [UInt8] = []
        for scalar in value.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if piece.count + bytes.count > 42 {
                words.append(encodedWord(piece))
                piece = []
            }
            piece += bytes
        }
        words.append(encodedWord(piece))
        return words.joined(separator: "\r\n ")
    }

    private static func encodedWord(_ bytes: [UInt8]) -> String { "=?UTF-8?B?\(Data(bytes).base64EncodedString())?=" }

    /// The date of a header (RFC 5322, 3.3), in UTC. Not by a formatter, whose words depend on the locale.
    static func date(_ date: Date) -> String {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
        let day = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][((parts.weekday ?? 1) - 1) % 7]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let month = months[((parts.month ?? 1) - 1) % 12]
        let clock = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60]
            .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        return "\(day), \(parts.day ?? 1) \(month) \(parts.year ?? 1970) \(clock) +0000"
    }
}
