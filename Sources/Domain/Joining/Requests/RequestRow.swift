import Access
import Charter
import Database
import Files
import Foundation
import Journal
import Languages

extension MembershipRequest {
    /// As the journal and the questions to bodies call it.
    static let subjectKind = "membership-request"

    static func owner(_ id: String) -> FileOwner { FileOwner(subjectKind, id) }

    /// "Visby: Withdrawal, 2026-3".
    var subjectWords: Phrase { say("\(memberName): \(kind.words), \(reference)") }

    private static let selection = """
        SELECT r.id, r.year, r.number, r.kind, r.state, r.member_id, m.key, m.name, r.letter_day, r.words, r.made_by,
            COALESCE(p.name, r.signed_by), r.recorded_at, r.status, r.status_day, r.leads_to, r.rule, r.body, r.put_at,
            r.decided_on, r.minutes, r.reason
        FROM membership_request r JOIN member m ON m.id = r.member_id LEFT JOIN person p ON p.id = r.made_by
        """

    private init(row: Row, documents: [FileUse]) throws {
        guard let kind = MembershipRequestKind(rawValue: try row.text(3)),
            let state = MembershipRequestState(rawValue: try row.text(4))
        else { throw DatabaseError.decoding(column: 3, expected: "a kind and a state of a request") }
        let standing = MemberStanding(status: try row.text(13), day: Day(try row.text(14)) ?? .first)
        self.init(
            id: try row.text(0),
            reference: "\(try row.integer(1))-\(try row.integer(2))",
            kind: kind,
            state: state,
            memberID: try row.text(5),
            memberKey: try row.text(6),
            memberName: try row.text(7),
            letterDay: Day(try row.text(8)) ?? .first,
            words: try row.text(9),
            byPersonID: row.optionalText(10),
            byName: row.optionalText(11) ?? "",
            recordedAt: try row.text(12),
            against: kind == .appeal ? standing : nil,
            leadsTo: try row.text(15),
            rule: try row.text(16),
            body: try row.text(17),
            putAt: row.optionalText(18),
            decidedOn: row.optionalText(19).flatMap { Day($0) },
            minutes: row.optionalText(20),
            reason: row.optionalText(21),
            documents: documents,
            standing: standing
        )
    }

    private static func query(_ transaction: Transaction, _ rest: String, _ values: [Value]) throws -> [Self] {
        let ids = try transaction.query(
            "SELECT r.id FROM membership_request r \(rest)",
            values
        ) { try $0.text(0) }
        return try ids.compactMap { try find(transaction, id: $0) }
    }

    static func find(_ transaction: Transaction, id: String) throws -> MembershipRequest? {
        let documents = try FileUse.list(transaction, of: owner(id))
        return try transaction.first("\(selection) WHERE r.id = ?", [.text(id)]) {
            try MembershipRequest(row: $0, documents: documents)
        }
    }

    /// Throws `RequestRefusal.noSuchRequest`.
    static func load(_ transaction: Transaction, id: String) throws -> MembershipRequest {
        guard let found = try find(transaction, id: id) else { throw RequestRefusal.noSuchRequest }
        return found
    }

    /// The id behind what somebody calls it: an id, or a reference as `2026-3`. `nil` when there is none.
    static func id(_ transaction: Transaction, named name: String) throws -> String? {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        if parts.count == 2, let year = Int(parts[0]), let number = Int(parts[1]) {
            return try transaction.first(
                "SELECT id FROM membership_request WHERE year = ? AND number = ?",
                [.int(year), .int(number)]
            ) { try $0.text(0) }
        }
        return try transaction.first("SELECT id FROM membership_request WHERE id = ?", [.text(name)]) {
            try $0.text(0)
        }
    }

    /// A member's, the latest first.
    static func list(_ transaction: Transaction, member id: String) throws -> [MembershipRequest] {
        try query(
            transaction,
            "WHERE r.member_id = ? ORDER BY r.recorded_at DESC, r.id DESC LIMIT 100",
            [.text(id)]
        )
    }

    /// Those in some states: those that wait oldest first, others latest first.
    static func list(
        _ transaction: Transaction,
        _ states: [MembershipRequestState],
        limit: Int,
        offset: Int
    ) throws -> [MembershipRequest] {
        guard !states.isEmpty else { return [] }
        let places = states.map { _ in "?" }.joined(separator: ", ")
        let order = states.allSatisfy(\.isLive) ? "r.recorded_at, r.id" : "r.recorded_at DESC, r.id DESC"
        return try query(
            transaction,
            "WHERE r.state IN (\(places)) ORDER BY \(order) LIMIT ? OFFSET ?",
            states.map { .text($0.rawValue) } + [.int(limit), .int(offset)]
        )
    }

    /// The one of a kind that waits for a member, or that the body has before it.
    static func live(
        _ transaction: Transaction,
        member id: String,
        _ kind: MembershipRequestKind
    ) throws -> MembershipRequest? {
        try query(
            transaction,
            "WHERE r.member_id = ? AND r.kind = ? AND r.state IN ('received', 'put')",
            [.text(id), .text(kind.rawValue)]
        ).first
    }
}

extension MemberStanding {
    /// The last step on record; `nil` before the first. The latest day on which it can have begun counts as its day.
    static func load(_ transaction: Transaction, member id: String) throws -> MemberStanding? {
        try transaction.first(
            "SELECT status, latest FROM member_status WHERE member_id = ? ORDER BY latest DESC, earliest DESC LIMIT 1",
            [.text(id)]
        ) { MemberStanding(status: try $0.text(0), day: Day(try $0.text(1)) ?? .first) }
    }
}

extension MembershipRequest {
    /// What the journal has of a step.
    func entry(
        _ action: String,
        _ actor: Actor,
        _ now: Date,
        reason: String? = nil,
        after: [String: JournalValue] = [:]
    ) -> JournalEntry {
        let own: [String: JournalValue] = [
            "reference": .text(reference), "kind": .text(kind.rawValue), "member": .text(memberID),
        ]
        return JournalEntry(
            at: now,
            actor: actor.key,
            action: action,
            subject: .init(Self.subjectKind, id),
            rule: rule,
            reason: reason,
            after: .object(own.merging(after) { _, new in new })
        )
    }
}
