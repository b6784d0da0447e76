public import Access
public import Database
public import Foundation
import Journal
import Languages

/// What undoing an import did.
public struct UndoneImport: Sendable, Equatable {
    /// Members that were removed again.
    public let removed: Int
    /// Members that are as they were before.
    public let restored: Int
    /// What was left as it is, line by line, because it changed since.
    public let left: [UndoObstacle]
}

/// Undoes an import by its own inverse: puts back what it changed, removes what it created.
public struct UndoImport: Command {
    public static let action = Action.importMembers
    let id: String
    let rules: UploadRules
    let leavesChanged: Bool

    /// - Parameter leavesChanged: undo what can be undone, and leave what changed since; otherwise all or nothing.
    public init(import id: String, rules: UploadRules, leavesChanged: Bool = false) {
        self.id = id
        self.rules = rules
        self.leavesChanged = leavesChanged
    }

    /// Throws `UploadRefusal.cannotUndo`, which names each row that stands in the way.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> UndoneImport {
        let upload = try Upload.lock(transaction, id)
        guard upload.state == .applied, let source = upload.source else {
            throw UploadRefusal.wrongState(
                upload.state == .undone
                    ? say("This import was undone already. Nothing was changed.")
                    : say("This import was never applied, so there is nothing to undo.")
            )
        }
        if let emptiedAt = upload.emptiedAt {
            throw UploadRefusal.wrongState(
                say(
                    "The rows of this import were removed on \(emptiedAt.prefix(10)), as the charter's rule on retention "
                        + "asks, and it can no longer be undone. Correct the members by hand."
                )
            )
        }
        let inverse = try UploadInverse(id, transaction)
        let left = inverse.obstacles
        guard left.isEmpty || leavesChanged else {
            throw UploadRefusal.cannotUndo(Array(left.prefix(UploadRefusal.listed)), count: left.count)
        }
        guard !inverse.steps.isEmpty else {
            throw UploadRefusal.cannotUndo(Array(left.prefix(UploadRefusal.listed)), count: left.count)
        }
        try Self.forget(inverse.removed, transaction)
        try RecordStep.write(inverse.steps, transaction)
        try MemberRevision.bump(transaction, all: inverse.restored)
        try RollProjection(charter: rules.charter).rebuild(inverse.restored, transaction)
        let instant = InstantText.text(now)
        try transaction.execute(
            "UPDATE upload_row SET undone_at = ? WHERE upload_id = ? AND line = ?",
            each: inverse.lines.map { [.text(instant), .text(id), .int($0)] }
        )
        // Rows that were left still cite the file.
        if left.isEmpty { try transaction.execute("DELETE FROM source WHERE code = ?", [.text(source)]) }
        try transaction.execute(
            "UPDATE upload SET state = 'undone', undone_by = ?, undone_at = ? WHERE id = ?",
            [.text(actor.key), .text(instant), .text(id)]
        )
        try Journal.append(transaction, journal(inverse, upload, left.count, actor, now))
        return UndoneImport(removed: inverse.removed.count, restored: inverse.restored.count, left: left)
    }

    /// The projections of members that go.
    private static func forget(_ ids: [String], _ transaction: Transaction) throws {
        for table in ["roll_span", "name_word"] {
            try transaction.execute("DELETE FROM \(table) WHERE member_id = ?", each: ids.map { [.text($0)] })
        }
    }

    private func journal(
        _ inverse: UploadInverse,
        _ upload: Upload,
        _ left: Int,
        _ actor: Actor,
        _ now: Date
    ) -> [JournalEntry] {
        let entries = inverse.undone.map { row in
            JournalEntry(
                at: now,
                actor: actor.key,
                action: row.plan.outcome == .create ? "member.removed" : "member.restored",
                subject: .init("member", row.memberID),
                reason: say("undoing \(upload.file), line \(plain: row.line)").recorded,
                before: row.plan.journalValue { $0.new },
                after: row.plan.outcome == .create ? nil : row.plan.journalValue(\.old)
            )
        }
        let whole = JournalEntry(
            at: now,
            actor: actor.key,
            action: "import.undone",
            subject: .init("import", id),
            after: [
                "file": .text(upload.file), "removed": .integer(inverse.removed.count),
                "restored": .integer(inverse.restored.count), "left": .integer(left),
            ]
        )
        return entries + [whole]
    }
}
