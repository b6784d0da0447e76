public import Charter
public import Languages

/// What a bank says of one account over a time, as its file has it and checked against the file's own sums.
public struct BankStatement: Sendable, Equatable {
    /// In what form it came.
    public enum Format: String, Sendable, CaseIterable {
        case camt02 = "camt.053.001.02"
        case camt08 = "camt.053.001.08"
        case csv

        /// As a person may read it.
        public var name: String { self == .csv ? "CSV" : rawValue }
    }

    public let format: Format
    /// The bank's own name for it; nothing in CSV.
    public let name: String?
    /// An IBAN without spaces, or what else the bank calls the account.
    public let account: String
    public let currency: Currency
    public let from: Day
    public let to: Day
    /// What was in the account before and after; nothing where the file does not say.
    public let opening: Money?
    public let closing: Money?
    /// What was booked, in the file's order.
    public let lines: [StatementLine]
    /// What of it could not be checked, and why.
    public let notes: [Phrase]
}

/// One booking, or one payment of several that a bank booked together.
public struct StatementLine: Sendable, Equatable {
    /// The booking's number in its file, from 1; in CSV the line.
    public var number: Int
    public var bookedOn: Day
    public var valueOn: Day?
    /// Above zero what came in, below what went out.
    public var amount: Money
    /// Who paid, or was paid.
    public var name: String?
    /// The other side's account.
    public var iban: String?
    /// What it is for, in the payer's words.
    public var text: String
    /// References that stood in a field of their own.
    public var references: [String] = []
    /// The bank's own id for it.
    public var bankID: String?
    /// What the payer told its bank to send, where that is not the amount booked.
    public var instructed: Money?
    /// What the bank says it took out of the amount.
    public var charge: Money?
    /// Whether it takes an earlier booking back.
    public var isReversal = false
}

/// A text of a bank's file, made safe to keep.
enum StatementText {
    /// Longer ones are no texts of payments. The standard allows 140 signs a line.
    static let most = 4000

    /// One line without signs that nobody sees.
    static func clean(_ text: String) -> String {
        if isClean(text) { return text }
        var scalars = String.UnicodeScalarView()
        var wasSpace = true
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            // Joiners belong to words of some scripts; what turns the direction can make a name read as another.
            case .format where scalar.value != 0x200c && scalar.value != 0x200d: continue
            case .surrogate, .privateUse, .unassigned: continue
            case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator:
                if !wasSpace { scalars.append(" ") }
                wasSpace = true
            default:
                scalars.append(scalar)
                wasSpace = false
            }
        }
        if scalars.last == " " { scalars.removeLast() }
        return String(scalars)
    }

    /// What most texts are: ASCII with single spaces.
    private static func isClean(_ text: String) -> Bool {
        var last = UInt8(ascii: " ")
        for byte in text.utf8 {
            guard (0x20..<0x7f).contains(byte), byte != 0x20 || last != 0x20 else { return false }
            last = byte
        }
        return last != UInt8(ascii: " ") || text.isEmpty
    }

    /// The cleaned text; `nil` for an empty one.
    static func optional(_ text: String?) -> String? {
        guard let text else { return nil }
        let clean = clean(text)
        return clean.isEmpty ? nil : clean
    }
}
