public import Access
public import Database
public import Foundation
import Journal
import Languages
import Membership

/// Keeps a mapping of a bank's table under a name, instead of one of that name.
///
/// Throws `InvalidInput` (`name`, and those of `StatementMapping.check`).
public struct SaveStatementMapping: Command {
    public static let action = Action.recordPayments
    let name: String
    let mapping: StatementMapping

    public init(_ name: String, _ mapping: StatementMapping) {
        self.name = UploadFile.trimmed(name)
        self.mapping = mapping
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var check = FormCheck()
        check.name(name, "name")
        try check.finish()
        try mapping.check()
        let stored = try StoredJSON.text(mapping)
        try transaction.execute(
            """
            INSERT INTO statement_mapping (name, mapping, saved_by, saved_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET mapping = excluded.mapping, saved_by = excluded.saved_by,
                saved_at = excluded.saved_at
            """,
            [.text(name), .text(stored), .text(actor.key), .text(InstantText.text(now))]
        )
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "statement-mapping.saved",
                subject: .init(PaymentSubjects.mapping, name),
                after: ["mapping": .text(stored)]
            )
        )
    }
}

/// Forgets a mapping. Throws `StatementRefusal.noSuchMapping`.
public struct ForgetStatementMapping: Command {
    public static let action = Action.recordPayments
    let name: String

    public init(_ name: String) { self.name = UploadFile.trimmed(name) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let gone = try transaction.execute("DELETE FROM statement_mapping WHERE name = ?", [.text(name)])
        guard gone == 1 else { throw StatementRefusal.noSuchMapping(name) }
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "statement-mapping.forgotten",
                subject: .init(PaymentSubjects.mapping, name)
            )
        )
    }
}

/// The mappings that are kept, by name.
public struct StatementMappings: Question {
    public static let action = Action.readPayments

    public init() {}

    public struct Line: Sendable, Equatable {
        public let name: String
        public let mapping: StatementMapping
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> [Line] {
        try transaction.query("SELECT name, mapping FROM statement_mapping ORDER BY name") { row in
            Line(name: try row.text(0), mapping: try StoredJSON.value(StatementMapping.self, try row.text(1)))
        }
    }
}

/// The mapping of a name. Throws `StatementRefusal.noSuchMapping`.
public struct StatementMappingByName: Question {
    public static let action = Action.readPayments
    let name: String

    public init(_ name: String) { self.name = UploadFile.trimmed(name) }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> StatementMapping {
        let found = try transaction.first(
            "SELECT mapping FROM statement_mapping WHERE name = ?",
            [.text(name)]
        ) { try $0.text(0) }
        guard let found else { throw StatementRefusal.noSuchMapping(name) }
        return try StoredJSON.value(StatementMapping.self, found)
    }
}
