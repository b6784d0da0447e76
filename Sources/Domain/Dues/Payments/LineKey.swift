import Charter
import Crypto

/// What tells a booking from every other of its account, in whichever statement it comes: so a statement that is
/// imported twice, and two that overlap, book nothing twice.
struct LineKey {
    /// By account and content: how many there were in the file so far.
    private var seen: [String: Int] = [:]

    /// The key of the next line of a file. Lines that are alike in everything are told apart by their order.
    mutating func next(_ line: StatementLine, account: String) -> String {
        let content = Self.content(line)
        let number = seen["\(account)\u{1f}\(content)", default: 0] + 1
        seen["\(account)\u{1f}\(content)"] = number
        let digits = Array("0123456789abcdef".utf8)
        let hash = SHA256.hash(data: Array(content.utf8)).prefix(20)
        let text = String(decoding: hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
        return "\(text)-\(number)"
    }

    /// Some banks give one id to several bookings, so it never counts alone.
    private static func content(_ line: StatementLine) -> String {
        var parts = [line.bookedOn.description, "\(line.amount.minor)", line.amount.currency.code]
        if let id = line.bankID {
            parts += ["id", id]
        } else {
            parts += [line.name ?? "", line.iban ?? "", line.text] + line.references
        }
        return parts.joined(separator: "\u{1f}")
    }
}
