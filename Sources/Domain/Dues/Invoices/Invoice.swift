public import Charter
public import Database
public import Languages

/// What a member was asked to pay for a year. Nothing of it ever changes; what it still asks for follows from the account.
public struct Invoice: Sendable, Equatable {
    public let id: String
    /// `2024-0001`.
    public let number: String
    /// The year of the fee.
    public let year: Int
    public let memberID: String
    public let memberKey: String
    /// As the member was called when it was issued.
    public let memberName: String
    public let runID: String
    public let issuedOn: Day
    public let dueOn: Day
    /// The fee of the whole year.
    public let fee: Money
    /// What is asked, before relief.
    public let amount: Money
    /// What relief in force lowered it by when it was issued.
    public let relief: Money
    /// The code of the language in which it is written.
    public let language: String
    /// The reference of ISO 11649 by which a payment is known, without spaces.
    public let reference: String
    /// How the amount came about, in sentences.
    public let explanation: Phrase
    /// The id of the charter's rule, and the day on which its version came into force.
    public let rule: String
    public let charterDay: Day
    /// Whether it rests on something made up.
    public let isInvented: Bool
    public let issuedAt: String
}

extension Invoice {
    /// What was to be paid when it was issued.
    public var toPay: Money { Money(minor: amount.minor - relief.minor, amount.currency) }

    /// As the journal calls it.
    public static let subjectKind = "invoice"

    static let selection = """
        SELECT i.id, i.number, i.year, i.member_id, m.key, i.member_name, i.run_id, i.issued_on, i.due_on, i.currency,
            i.fee_minor, i.amount_minor, i.language, i.reference, i.explanation, i.rule, i.charter_day, i.invented,
            i.issued_at, i.relief_minor
        FROM invoice i JOIN member m ON m.id = i.member_id
        """
    static let columnCount = 20

    init(row: Row) throws {
        let currency = try Currency(try row.text(9))
        guard let issuedOn = Day(try row.text(7)), let dueOn = Day(try row.text(8)),
            let charterDay = Day(try row.text(16))
        else { throw DatabaseError.decoding(column: 7, expected: "days of an invoice") }
        self.init(
            id: try row.text(0),
            number: try row.text(1),
            year: try row.integer(2),
            memberID: try row.text(3),
            memberKey: try row.text(4),
            memberName: try row.text(5),
            runID: try row.text(6),
            issuedOn: issuedOn,
            dueOn: dueOn,
            fee: Money(minor: try row.integer(10), currency),
            amount: Money(minor: try row.integer(11), currency),
            relief: Money(minor: try row.integer(19), currency),
            language: try row.text(12),
            reference: try row.text(13),
            explanation: Phrase(stored: try row.text(14)),
            rule: try row.text(15),
            charterDay: charterDay,
            isInvented: try row.flag(17),
            issuedAt: try row.text(18)
        )
    }

    /// By its id, its number or its reference, as somebody may have typed them; `nil` when there is none.
    public static func find(_ transaction: Transaction, named name: String) throws -> Invoice? {
        let reference = CreditorReference(name)?.text ?? name
        return try transaction.first(
            "\(selection) WHERE i.id = ? OR i.number = ? OR i.reference = ?",
            [.text(name), .text(name), .text(reference)]
        ) { try Invoice(row: $0) }
    }

    /// Throws `DuesRefusal.noSuchInvoice`, also for one of another member.
    ///
    /// - Parameter member: the id of the only member whose it may be; whoever's it is for `nil`.
    static func load(
        _ transaction: Transaction,
        named name: String,
        of member: String? = nil
    ) throws -> Invoice {
        guard let found = try find(transaction, named: name), member.map({ $0 == found.memberID }) ?? true else {
            throw DuesRefusal.noSuchInvoice
        }
        return found
    }

    /// Those of a member, the latest year first.
    public static func all(_ transaction: Transaction, member: String) throws -> [Invoice] {
        try transaction.query(
            "\(selection) WHERE i.member_id = ? ORDER BY i.year DESC, i.issue DESC",
            [.text(member)]
        ) { try Invoice(row: $0) }
    }
}
