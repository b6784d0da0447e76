public import Access
public import Database
public import Foundation
import Journal

/// What undoing an import did.
public struct UndoneImport: Sendable, Equatable {
    /// Members that were removed again.
    public let removed: Int
    /// Members that are as they were before.
    public let restored: Int
    /// What was left as it is, line by line, because it changed since.
    public let left: [String]
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
                    ? "This import was undone already. Nothing was changed."
                    : "This import was never applied, so there is nothing to undo."
            )
        }
        let inverse = try UploadInverse(id, transaction)
        let left = inverse.obstacles.map { "line \($0.line) (\($0.name)): \($0.message)" }
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
                reason: "undoing \(upload.file), line \(row.line)",
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

/// The steps that undo an import, and what stands in their way.
struct UploadInverse {
    struct Obstacle {
        let line: Int
        let name: String
        let message: String
    }

    struct AppliedRow {
        let line: Int
        let memberID: String
        let revision: Int
        let plan: RowPlan
    }

    private(set) var steps: [RecordStep] = []
    private(set) var obstacles: [Obstacle] = []
    private(set) var undone: [AppliedRow] = []

    var lines: [Int] { undone.map(\.line) }
    var removed: [String] { undone.filter { $0.plan.outcome == .create }.map(\.memberID) }
    var restored: [String] { undone.filter { $0.plan.outcome != .create }.map(\.memberID) }

    init(_ id: String, _ transaction: Transaction) throws {
        let rows = try Self.rows(id, transaction)
        let done = try Self.steps(id, transaction)
        let ids = Set(rows.map(\.memberID))
        let revisions = try KnownMember.revisions(transaction, ids)
        var stored: [RecordTable: [String: [RecordRow]]] = [:]
        for table in RecordTable.allCases { stored[table] = try table.load(transaction, members: ids) }
        let created = Set(rows.filter { $0.plan.outcome == .create }.map(\.memberID))
        let inUse = try MemberUse.elsewhere(transaction, created)
        for row in rows {
            let mine = done[row.line] ?? []
            guard let revision = revisions[row.memberID] else {
                obstacle(row, "the member is no longer there; it was removed or merged")
                continue
            }
            let isNew = row.plan.outcome == .create
            if isNew, revision != row.revision {
                obstacle(row, "the new member was changed since")
                continue
            }
            if isNew, let use = inUse[row.memberID] {
                obstacle(row, "the new member has \(use) by now")
                continue
            }
            var inverse: [RecordStep] = []
            var message: String?
            for step in mine {
                let now = stored[step.table]?[row.memberID]?.first { $0.key == step.after?.key }
                let (undo, problem) = Self.undo(step, now)
                if let undo { inverse.append(undo) }
                message = message ?? problem
            }
            if isNew, message == nil, Self.count(stored, row.memberID) != mine.count {
                message = "the new member has further facts by now"
            }
            if let message {
                obstacle(row, message)
            } else {
                steps += inverse
                undone.append(row)
            }
        }
    }

    private mutating func obstacle(_ row: AppliedRow, _ message: String) {
        let name = row.plan.member?.name ?? row.plan.changes.first { $0.field == .name }?.new ?? ""
        obstacles.append(Obstacle(line: row.line, name: name, message: message))
    }

    /// The step back from what stands there now, or what is in its way.
    private static func undo(_ step: RecordStep, _ now: RecordRow?) -> (RecordStep?, String?) {
        guard let after = step.after, let now else {
            return (nil, "what the import wrote is no longer there")
        }
        guard let before = step.before else {
            return now == after
                ? (RecordStep(line: step.line, before: now, after: nil), nil)
                : (nil, "\(words(step.table)) was changed since")
        }
        if step.table != .member {
            return now == after
                ? (RecordStep(line: step.line, before: now, after: before), nil)
                : (nil, "\(words(step.table)) was changed since")
        }
        // Of the member's own row only what the import changed is put back; others may have changed the rest since.
        var back = now
        for column in step.table.columns where before[column] != after[column] {
            if column == "entered" {
                func entered(_ row: RecordRow) -> Set<String> {
                    Set((row.text(column) ?? "").split(separator: " ").map(String.init))
                }
                let mine = entered(after).subtracting(entered(before))
                back[column] = .text(entered(now).subtracting(mine).sorted().joined(separator: " "))
                continue
            }
            guard now[column] == after[column] else {
                return (nil, "\(column.replacing("_", with: " ")) was changed since")
            }
            back[column] = before[column]
        }
        return (RecordStep(line: step.line, before: now, after: back), nil)
    }

    private static func words(_ table: RecordTable) -> String {
        switch table {
        case .member: "the record"
        case .name: "a name"
        case .status: "a status"
        case .figure: "the population"
        case .person: "the head of government"
        }
    }

    private static func count(_ stored: [RecordTable: [String: [RecordRow]]], _ id: String) -> Int {
        stored.values.reduce(0) { $0 + ($1[id]?.count ?? 0) }
    }

    private static func rows(_ id: String, _ transaction: Transaction) throws -> [AppliedRow] {
        try transaction.query(
            """
            SELECT line, member_id, applied_revision, plan FROM upload_row
            WHERE upload_id = ? AND applied_revision IS NOT NULL ORDER BY line
            """,
            [.text(id)]
        ) {
            AppliedRow(
                line: try $0.integer(0),
                memberID: try $0.text(1),
                revision: try $0.integer(2),
                plan: try StoredJSON.value(RowPlan.self, $0.text(3))
            )
        }
    }

    private static func steps(_ id: String, _ transaction: Transaction) throws -> [Int: [RecordStep]] {
        var steps: [Int: [RecordStep]] = [:]
        try transaction.forEach(
            """
            SELECT line, member_id, record, before, after FROM upload_step WHERE upload_id = ? ORDER BY position
            """,
            [.text(id)]
        ) { row in
            guard let table = RecordTable(rawValue: try row.text(2)) else {
                throw DatabaseError.decoding(column: 2, expected: "the name of a record's table")
            }
            let member = try row.text(1)
            func stored(_ column: Int) throws -> RecordRow? {
                try row.optionalText(column).map { try RecordRow(stored: $0, table: table, memberID: member) }
            }
            let line = try row.integer(0)
            steps[line, default: []].append(RecordStep(line: line, before: try stored(3), after: try stored(4)))
        }
        return steps
    }
}

/// Who else refers to a member, so that it cannot simply go.
enum MemberUse {
    private static let references =
        MergeReference.all + [
            MergeReference(table: "member_office", column: "member_id", noun: "offices"),
            MergeReference(table: "participation", column: "member_id", noun: "participations"),
        ]

    /// In a few words what each of these members has that an import did not give it.
    static func elsewhere(_ transaction: Transaction, _ ids: Set<String>) throws -> [String: String] {
        var found: [String: String] = [:]
        let all = ids.sorted()
        for start in stride(from: 0, to: all.count, by: 400) {
            let part = all[start..<min(start + 400, all.count)]
            let places = part.map { _ in "?" }.joined(separator: ", ")
            let values = part.map(Value.text)
            for use in references {
                try transaction.forEach(
                    "SELECT DISTINCT \(use.column) FROM \(use.table) WHERE \(use.column) IN (\(places)) AND \(use.condition)",
                    values
                ) { found[try $0.text(0)] = use.noun }
            }
            try transaction.forEach(
                "SELECT DISTINCT place_id FROM role_grant WHERE place_kind = 'member' AND place_id IN (\(places))",
                values
            ) { found[try $0.text(0)] = "people" }
        }
        return found
    }
}
