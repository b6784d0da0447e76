import Database
import Foundation
import Journal
import Membership

/// Writes participations with their steps and the journal's account of them, in the transaction of a command.
struct ParticipationWriter {
    let transaction: Transaction
    let actor: String
    let now: Date
    let grounds: String

    /// The participation, if nobody changed it since it was looked at.
    func locked(event: String, member key: String, capacity: String, seenStep: String) throws -> Participation {
        let id = try transaction.first("SELECT id FROM member WHERE key = ?", [.text(key)]) { try $0.text(0) }
        guard let id else { throw ParticipationRefusal.noSuchMember }
        // The write locks the row, so two corrections come one after the other.
        try transaction.execute(
            "UPDATE participation SET mode = mode WHERE event = ? AND member_id = ? AND capacity = ?",
            [.text(event), .text(id), .text(capacity)]
        )
        let found = try Participation.find(transaction, event: event, member: id, capacity: capacity)
        guard found.lastStep == seenStep else { throw ParticipationRefusal.changedMeanwhile }
        return found
    }

    /// False when it is recorded already.
    func add(
        _ event: String,
        _ member: String,
        _ content: ParticipationStep.Content,
        printed: String?,
        locator: String?
    ) throws -> Bool {
        let name = try transaction.first("SELECT name FROM member WHERE id = ?", [.text(member)]) { try $0.text(0) }
        // One that was removed by a step comes back by another.
        let written = try transaction.execute(
            """
            INSERT INTO participation (event, member_id, capacity, printed, position, mode, source, locator, note, origin)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, 'entry')
            ON CONFLICT (event, member_id, capacity) DO UPDATE SET printed = excluded.printed,
                position = excluded.position, mode = excluded.mode, source = excluded.source,
                locator = excluded.locator, note = NULL, origin = 'entry', removed_at = NULL
            WHERE participation.removed_at IS NOT NULL
            """,
            [
                .text(event), .text(member), .text(content.capacity), .text(printed ?? name ?? ""),
                .optional(content.position), .text(content.mode), .text(try EntrySource.code(transaction, now)),
                .text(locator ?? EntrySource.locator("secretariat", now)),
            ]
        )
        guard written > 0 else { return false }
        try step(.added, event, member, before: nil, after: content)
        return true
    }

    func correct(_ found: Participation, _ content: ParticipationStep.Content) throws {
        // In the new capacity one may have been removed before; its steps tell of it.
        if content.capacity != found.capacity {
            try transaction.execute(
                "DELETE FROM participation WHERE event = ? AND member_id = ? AND capacity = ? AND removed_at IS NOT NULL",
                [.text(found.event), .text(found.memberID), .text(content.capacity)]
            )
            try tombstone(found, content)
        }
        try transaction.execute(
            """
            UPDATE participation SET mode = ?, position = ?, origin = 'entry'
            WHERE event = ? AND member_id = ? AND capacity = ?
            """,
            [
                .text(content.mode), .optional(content.position), .text(found.event), .text(found.memberID),
                .text(content.capacity),
            ]
        )
        try step(.corrected, found.event, found.memberID, before: found.content, after: content)
    }

    /// The row in the former capacity stays as one that was removed, so that an import does not bring it back.
    private func tombstone(_ found: Participation, _ content: ParticipationStep.Content) throws {
        try transaction.execute(
            """
            INSERT INTO participation (event, member_id, capacity, printed, position, mode, source, locator, note, origin)
            SELECT event, member_id, ?, printed, position, mode, source, locator, note, 'entry' FROM participation
            WHERE event = ? AND member_id = ? AND capacity = ?
            """,
            [.text(content.capacity), .text(found.event), .text(found.memberID), .text(found.capacity)]
        )
        try markRemoved(found)
    }

    func remove(_ found: Participation) throws {
        try markRemoved(found)
        try step(.removed, found.event, found.memberID, before: found.content, after: nil)
    }

    private func markRemoved(_ found: Participation) throws {
        try transaction.execute(
            """
            UPDATE participation SET removed_at = ?, origin = 'entry'
            WHERE event = ? AND member_id = ? AND capacity = ?
            """,
            [.text(InstantText.text(now)), .text(found.event), .text(found.memberID), .text(found.capacity)]
        )
    }

    private func step(
        _ kind: ParticipationStep.Kind,
        _ event: String,
        _ member: String,
        before: ParticipationStep.Content?,
        after: ParticipationStep.Content?
    ) throws {
        try transaction.execute(
            """
            INSERT INTO participation_step (id, event, member_id, capacity, kind, made_at, made_by, grounds, before, after)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(Identifier.make(at: now)), .text(event), .text(member),
                .text(after?.capacity ?? before?.capacity ?? ""), .text(kind.rawValue), .text(InstantText.text(now)),
                .text(actor), .text(grounds), .optional(try before.map(StoredJSON.text)),
                .optional(try after.map(StoredJSON.text)),
            ]
        )
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor,
                action: "participation.\(kind.rawValue)",
                subject: .init("member", member),
                reason: grounds,
                before: before.map { $0.journal(event) },
                after: after.map { $0.journal(event) }
            )
        )
    }
}

extension Participation {
    var content: ParticipationStep.Content { .init(capacity: capacity, mode: mode, position: position) }
}

extension ParticipationStep.Content {
    func journal(_ event: String) -> JournalValue {
        .object([
            "event": .text(event), "capacity": .text(capacity), "mode": .text(mode), "position": .optional(position),
        ])
    }
}
