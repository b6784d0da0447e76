import Database
import Foundation
import Journal
import Languages

/// Carries a plan out, up to the removal of the merged record.
struct MergeWriter {
    let plan: MergePlan
    let transaction: Transaction
    let now: Date

    func write() throws {
        let kept = plan.kept.member.id
        let merged = plan.merged.member.id
        for move in plan.moves { try move.from.move(to: move.to, member: kept, transaction) }
        try PortalMerge.settleProposals(from: merged, to: kept, transaction, now: now)
        try StandingMerge.settle(from: merged, to: kept, transaction, now: now)
        try JoiningMerge.settle(from: merged, to: kept, transaction, now: now)
        try DuesMerge.settle(from: merged, to: kept, transaction)
        for reference in MergeReference.all { try reference.move(from: merged, to: kept, transaction) }
        try MergeGrants.move(from: merged, to: kept, transaction)
        try writeContradictions()
        try writeAlias()
        try fill()
        // What is left was repeated, or is told of as a contradiction; the journal has all of it. A table that nobody
        // thought of stops the merge here, by its reference to the member.
        for table in MergePlan.factTables.sorted() + ["name_word", "roll_span"] {
            try transaction.execute("DELETE FROM \(table) WHERE member_id = ?", [.text(merged)])
        }
        try transaction.execute("DELETE FROM member WHERE id = ?", [.text(merged)])
    }

    /// Above every row of `contradictions.csv`, whose places in the file are their keys.
    private static let firstPosition = 1_000_000

    private func writeContradictions() throws {
        let last = try transaction.first("SELECT MAX(position) FROM contradiction") { try $0.optionalInteger(0) }
        var position = max((last ?? nil) ?? 0, Self.firstPosition)
        let note = say("From merging the record \(plan.merged.member.key) into this one. Taken: the first reading.")
        for item in plan.contradictions {
            position += 1
            try transaction.execute(
                """
                INSERT INTO contradiction (position, member_id, topic, reading_a, source_a, locator_a, reading_b, source_b,
                    locator_b, note, origin)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'entry')
                """,
                [
                    .int(position), .text(plan.kept.member.id), .text(item.title.recorded), .text(item.kept),
                    .text(item.keptSource.code), .optional(item.keptSource.locator), .text(item.merged),
                    .text(item.mergedSource.code), .optional(item.mergedSource.locator), .text(note.recorded),
                ]
            )
        }
    }

    private func writeAlias() throws {
        guard let alias = plan.alias else { return }
        try transaction.execute(
            """
            INSERT INTO member_name (member_id, name, language, kind, valid_from, valid_to, source, locator, note, origin)
            VALUES (?, ?, ?, 'alias', '', NULL, ?, ?, NULL, 'entry')
            """,
            [
                .text(plan.kept.member.id), .text(alias), .text(plan.merged.member.language),
                .text(try EntrySource.code(transaction, now)), .text(EntrySource.locator("secretariat", now)),
            ]
        )
    }

    private func fill() throws {
        let columns = plan.filled.flatMap(\.columns)
        if !columns.isEmpty {
            let sets = columns.map { "\($0) = (SELECT m.\($0) FROM member m WHERE m.id = ?)" }.joined(separator: ", ")
            try transaction.execute(
                "UPDATE member SET \(sets) WHERE id = ?",
                columns.map { _ in .text(plan.merged.member.id) } + [.text(plan.kept.member.id)]
            )
        }
        if !plan.tags.isEmpty {
            try transaction.execute(
                "UPDATE member SET tags = ? WHERE id = ?",
                [.text((plan.kept.tags + plan.tags).joined(separator: " ")), .text(plan.kept.member.id)]
            )
        }
        let entered = columns + (plan.tags.isEmpty ? [] : ["tags"])
        if !entered.isEmpty { try MemberRevision.markEntered(transaction, plan.kept.member.id, entered) }
    }
}

/// The journal's account of a merge: what the merged record was, and what the kept one took.
struct MergeJournal {
    let plan: MergePlan
    let actor: String
    let grounds: String
    let now: Date

    /// Made before anything is moved.
    func entries(_ transaction: Transaction) throws -> [JournalEntry] {
        let merged = plan.merged.member
        let kept = plan.kept.member
        return [
            JournalEntry(
                at: now,
                actor: actor,
                action: "member.merged",
                subject: .init("member", merged.id),
                reason: grounds,
                before: try record(transaction),
                after: ["merged_into": .text(kept.key), "merged_into_id": .text(kept.id)]
            ),
            JournalEntry(
                at: now,
                actor: actor,
                action: "member.took_over",
                subject: .init("member", kept.id),
                reason: grounds,
                before: ["tags": .text(plan.kept.tags.joined(separator: " "))],
                after: taken
            ),
        ]
    }

    private var taken: JournalValue {
        var taken: [String: JournalValue] = [
            "merged": .text(plan.merged.member.key),
            "moved": .integer(plan.moves.count),
            "repeated": .integer(plan.repeated.count),
            "contradictions": .integer(plan.contradictions.count),
            "tags": .text((plan.kept.tags + plan.tags).joined(separator: " ")),
        ]
        for field in plan.filled { taken[field.rawValue] = .text(plan.merged.member.draft.text(field)) }
        return .object(taken)
    }

    /// Everything that the merged record was.
    private func record(_ transaction: Transaction) throws -> JournalValue {
        var record: [String: JournalValue] = [
            "key": .text(plan.merged.member.key), "source": .text(plan.merged.source),
            "locator": .optional(plan.merged.locator), "tags": .text(plan.merged.tags.joined(separator: " ")),
        ]
        for field in MemberField.allCases where field != .population && field != .head {
            let text = plan.merged.member.draft.text(field)
            if !text.isEmpty { record[field.rawValue] = .text(text) }
        }
        for table in ImportTable.all where MergePlan.factTables.contains(table.table) {
            let rows = try FactRow.all(table, member: plan.merged.member.id, transaction)
            record[table.table] = .list(rows.enumerated().map { Self.object($1, number: $0) })
        }
        record["role_grants"] = .list(
            try transaction.query(
                "SELECT id FROM role_grant WHERE place_kind = 'member' AND place_id = ? ORDER BY id",
                [.text(plan.merged.member.id)]
            ) { .text(try $0.text(0)) }
        )
        return .object(record)
    }

    private static func object(_ row: FactRow, number: Int) -> JournalValue {
        var fields: [String: JournalValue] = [:]
        for (column, value) in zip(row.table.columns, row.values) where column.name != "member_id" && value != .null {
            let isPerson = row.table.table == "member_person" && column.name == "person"
            fields[column.name] =
                isPerson ? .personal("person.\(number)", value.plain) : .text(value.plain)
        }
        return .object(fields)
    }
}
