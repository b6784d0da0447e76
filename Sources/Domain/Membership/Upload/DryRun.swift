public import Access
public import Database
public import Foundation

/// How many rows of an import come out how.
public struct UploadSummary: Sendable, Equatable {
    /// All rows, accepted or not.
    public var counts: [RowPlan.Outcome: Int] = [:]
    /// Accepted rows that would create a member.
    public var willCreate = 0
    /// Accepted rows that would change a member.
    public var willChange = 0
    /// Rows that a person left out.
    public var leftOut = 0

    public func count(_ outcome: RowPlan.Outcome) -> Int { counts[outcome] ?? 0 }

    /// Whether applying it would change anything.
    public var changesNothing: Bool { willCreate + willChange == 0 }

    static func load(_ transaction: Transaction, _ id: String) throws -> UploadSummary {
        var summary = UploadSummary()
        try transaction.forEach(
            """
            SELECT outcome, is_taken, COUNT(*) FROM upload_row WHERE upload_id = ? AND outcome IS NOT NULL
            GROUP BY outcome, is_taken
            """,
            [.text(id)]
        ) { row in
            guard let outcome = RowPlan.Outcome(rawValue: try row.text(0)) else { return }
            let count = try row.integer(2)
            summary.counts[outcome, default: 0] += count
            guard try row.flag(1) else {
                summary.leftOut += count
                return
            }
            if outcome == .create { summary.willCreate += count }
            if outcome == .change { summary.willChange += count }
        }
        return summary
    }
}

/// Compares every row with the records and keeps what it found. Nothing touches the records.
public struct DryRun: Command {
    public static let action = Action.importMembers
    let id: String
    let rules: UploadRules

    public init(import id: String, rules: UploadRules) {
        self.id = id
        self.rules = rules
    }

    /// Throws `InvalidInput` when the mapping cannot be, `UploadRefusal` when the import is past that.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> UploadSummary {
        let upload = try Upload.lock(transaction, id)
        try upload.requireOpen(now: now)
        try upload.mapping.check(header: upload.header)
        try Self.run(upload, rules, now, transaction)
        return try UploadSummary.load(transaction, id)
    }

    static func run(_ upload: Upload, _ rules: UploadRules, _ now: Date, _ transaction: Transaction) throws {
        var check = try UploadCheck(upload, rules, source: "", now: now, transaction)
        let checked = try check.check(UploadCheck.rows(transaction, of: upload.id), transaction)
        try transaction.execute(
            "UPDATE upload_row SET outcome = ?, plan = ?, member_id = ? WHERE upload_id = ? AND line = ?",
            each: checked.map { row in
                [
                    .text(row.plan.outcome.rawValue), .text(try StoredJSON.text(row.plan)),
                    .optional(row.plan.member?.id), .text(upload.id), .int(row.line),
                ]
            }
        )
        try transaction.execute(
            "UPDATE upload SET state = 'checked', checked_at = ?, claim = NULL, failure = NULL WHERE id = ?",
            [.text(InstantText.text(now)), .text(upload.id)]
        )
    }
}
