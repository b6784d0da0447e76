public import Charter
import Database
import Journal
public import Languages
import Membership

/// A figure, or the kind of a member, that somebody entered for fees.
public struct FeeInput: Sendable, Hashable {
    /// Whom it tells of.
    public enum Subject: Sendable, Hashable {
        case member(id: String, key: String, name: String)
        /// ISO 3166 alpha-2.
        case country(String)
    }

    /// What it says.
    public enum Content: Sendable, Hashable {
        case figure(Double)
        /// Key of a kind of member.
        case kind(String)

        /// Digits with a point before decimals, or the key.
        public var plain: String {
            switch self {
            case .figure(let value): NumberText.plain(value)
            case .kind(let key): key
            }
        }
    }

    public enum State: Sendable, Hashable {
        case inForce
        /// Another input says something else of the same time.
        case corrected
        case withdrawn(reason: String)

        /// For programs.
        public var key: String {
            switch self {
            case .inForce: "in-force"
            case .corrected: "corrected"
            case .withdrawn: "withdrawn"
            }
        }

        public var words: Phrase {
            switch self {
            case .inForce: say("counts", context: "a figure that was entered")
            case .corrected: say("corrected", context: "a figure that was entered")
            case .withdrawn: say("withdrawn", context: "a figure that was entered")
            }
        }
    }

    /// What stands in place of a measure where an input tells the kind of a member.
    public static let kindMeasure = "kind"

    public let id: String
    public let subject: Subject
    /// Key of one of the charter's measures, or `kindMeasure`.
    public let measure: String
    public let content: Content
    /// The first day of the day, month or year that it is of.
    public let asOf: Day
    public let precision: DatePrecision
    public let source: String
    public let locator: String?
    public let note: String?
    /// Made up, as in a sample.
    public let isInvented: Bool
    /// ISO instant.
    public let enteredAt: String
    public let state: State

    /// Of when and whence it is, as a fact that fees go by.
    public var origin: Phrase {
        FeeFact(0.0, asOf: asOf, precision: precision, source: source, locator: locator, isInvented: isInvented).origin
    }
}

extension FeeInput {
    static let from = "FROM fee_input i LEFT JOIN member m ON m.id = i.member_id"
    static let inForce = "i.replaced_by IS NULL AND i.withdrawn_at IS NULL"
    static let columns = """
        i.id, i.country, m.id, m.key, m.name, i.measure, i.value, i.kind_key, i.as_of, i.known_to, i.source, i.locator,
        i.note, i.invented, i.entered_at, i.replaced_by, i.withdrawn_at, i.reason
        """

    init(row: Row) throws {
        id = try row.text(0)
        subject =
            if let country = row.optionalText(1) {
                .country(country)
            } else {
                .member(id: try row.text(2), key: try row.text(3), name: try row.text(4))
            }
        measure = try row.text(5)
        content =
            if let kind = row.optionalText(7) { .kind(kind) } else { .figure(try row.optionalReal(6) ?? 0) }
        asOf = Day(try row.text(8)) ?? .first
        precision = DatePrecision(rawValue: try row.text(9)) ?? .year
        source = try row.text(10)
        locator = row.optionalText(11)
        note = row.optionalText(12)
        isInvented = try row.flag(13)
        enteredAt = try row.text(14)
        state =
            if row.optionalText(16) != nil {
                .withdrawn(reason: row.optionalText(17) ?? "")
            } else {
                row.optionalText(15) == nil ? .inForce : .corrected
            }
    }

    static func find(_ transaction: Transaction, id: String) throws -> FeeInput? {
        try transaction.first("SELECT \(columns) \(from) WHERE i.id = ?", [.text(id)]) { try FeeInput(row: $0) }
    }

    /// Under what the journal tells of it.
    var journalSubject: JournalEntry.Subject {
        switch subject {
        case .member(let id, _, _): .init("member", id)
        case .country(let code): .init("country", code)
        }
    }

    var journal: JournalValue {
        .object([
            "measure": .text(measure), "value": .text(content.plain), "as_of": .text(AsOf(asOf, precision).text),
            "source": .text(source), "locator": .optional(locator), "note": .optional(note),
            "invented": .flag(isInvented),
        ])
    }
}

/// A day, a month or a year that a figure is of.
struct AsOf: Sendable, Hashable {
    /// The first day of it.
    let day: Day
    let precision: DatePrecision

    init(_ day: Day, _ precision: DatePrecision) { (self.day, self.precision) = (day, precision) }

    /// `2022-12-31`, `2022-12` or `2022`; `nil` for anything else.
    init?(_ text: String) {
        let precision: DatePrecision
        let whole: String
        switch text.utf8.count {
        case 10: (precision, whole) = (.day, text)
        case 7: (precision, whole) = (.month, "\(text)-01")
        case 4: (precision, whole) = (.year, "\(text)-01-01")
        default: return nil
        }
        guard let day = Day(whole) else { return nil }
        self.init(day, precision)
    }

    /// Written so that it is read as the same.
    var text: String {
        switch precision {
        case .day: "\(day)"
        case .month: String("\(day)".prefix(7))
        case .year: String("\(day)".prefix(4))
        }
    }
}
