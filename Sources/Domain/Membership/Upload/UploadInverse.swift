import Database
import Languages

/// The steps that undo an import, and what stands in their way.
struct UploadInverse {
    struct AppliedRow {
        let line: Int
        let memberID: String
        let revision: Int
        let plan: RowPlan
    }

    private(set) var steps: [RecordStep] = []
    private(set) var obstacles: [UndoObstacle] = []
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
                obstacle(row, say("the member is no longer there; it was removed or merged"))
                continue
            }
            let isNew = row.plan.outcome == .create
            if isNew, revision != row.revision {
                obstacle(row, say("the new member was changed since"))
                continue
            }
            if isNew, let use = inUse[row.memberID] {
                obstacle(row, say("the new member has \(use) by now"))
                continue
            }
            var inverse: [RecordStep] = []
            var message: Phrase?
            for step in mine {
                let now = stored[step.table]?[row.memberID]?.first { $0.key == step.after?.key }
                let (undo, problem) = Self.undo(step, now)
                if let undo { inverse.append(undo) }
                message = message ?? problem
            }
            if isNew, message == nil, Self.count(stored, row.memberID) != mine.count {
                message = say("the new member has further facts by now")
            }
            if let message {
                obstacle(row, message)
            } else {
                steps += inverse
                undone.append(row)
            }
        }
    }

    private mutating func obstacle(_ row: AppliedRow, _ message: Phrase) {
        let name = row.plan.member?.name ?? row.plan.changes.first { $0.field == .name }?.new.english ?? ""
        obstacles.append(UndoObstacle(line: row.line, name: name, message: message))
    }

    /// The step back from what stands there now, or what is in its way.
    private static func undo(_ step: RecordStep, _ now: RecordRow?) -> (RecordStep?, Phrase?) {
        guard let after = step.after, let now else {
            return (nil, say("what the import wrote is no longer there"))
        }
        guard let before = step.before else {
            return now == after
                ? (RecordStep(line: step.line, before: now, after: nil), nil)
                : (nil, wasChanged(step.table))
        }
        if step.table != .member {
            return now == after
                ? (RecordStep(line: step.line, before: now, after: before), nil)
                : (nil, wasChanged(step.table))
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
            guard now[column] == after[column] else { return (nil, wasChanged(column)) }
            back[column] = before[column]
        }
        return (RecordStep(line: step.line, before: now, after: back), nil)
    }

    private static func wasChanged(_ table: RecordTable) -> Phrase {
        switch table {
        case .member: say("the record was changed since")
        case .name: say("a name was changed since")
        case .status: say("a status was changed since")
        case .figure: say("the population was changed since")
        case .person: say("the head of government was changed since")
        }
    }

    /// - Parameter column: of the member's own row.
    private static func wasChanged(_ column: String) -> Phrase {
        switch column {
        case "name": say("the name was changed since")
        case "category": say("the category was changed since")
        case "country": say("the country was changed since")
        case "region": say("the region was changed since")
        case "website": say("the website was changed since")
        case "description": say("the description was changed since")
        case "tags": say("the tags were changed since")
        default: say("\(column.replacing("_", with: " ")) was changed since")
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
    private static let references: [MergeReference] =
        MergeReference.all + [
            MergeReference(table: "member_office", column: "member_id") {
                say($0, one: "1 office", other: "\($0) offices")
            },
            MergeReference(table: "participation", column: "member_id") {
                say($0, one: "1 participation", other: "\($0) participations")
            },
            MergeReference(table: "circumstance", column: "member_id") {
                say($0, one: "1 circumstance", other: "\($0) circumstances")
            },
        ]

    /// In a few words what each of these members has that an import did not give it.
    static func elsewhere(_ transaction: Transaction, _ ids: Set<String>) throws -> [String: Phrase] {
        var found: [String: Phrase] = [:]
        let all = ids.sorted()
        for start in stride(from: 0, to: all.count, by: 400) {
            let part = all[start..<min(start + 400, all.count)]
            let places = part.map { _ in "?" }.joined(separator: ", ")
            let values = part.map(Value.text)
            for use in references {
                try transaction.forEach(
                    """
                    SELECT \(use.column), COUNT(*) FROM \(use.table)
                    WHERE \(use.column) IN (\(places)) AND \(use.condition) GROUP BY \(use.column)
                    """,
                    values
                ) { found[try $0.text(0)] = use.counted(try $0.integer(1)) }
            }
            try transaction.forEach(
                """
                SELECT place_id, COUNT(*) FROM role_grant
                WHERE place_kind = 'member' AND place_id IN (\(places)) GROUP BY place_id
                """,
                values
            ) { row in
                let count = try row.integer(1)
                found[try row.text(0)] = say(count, one: "1 role of a person", other: "\(count) roles of people")
            }
        }
        return found
    }
}
