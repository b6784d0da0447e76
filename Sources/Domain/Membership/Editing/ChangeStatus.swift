public import Access
public import Charter
public import Database
public import Foundation
import Journal
import Languages

/// Records a step in a member's standing: joined, suspended, left, … by the statuses of the charter.
///
/// Throws `InvalidInput` (`status`, `day`, `decision`, `grounds`) and `MemberRefusal`.
public struct ChangeStatus: Command {
    public static let action = Action.editMember

    let memberID: String
    let seenRevision: Int?
    let status: String
    let day: String
    let decision: String
    let grounds: String
    let charter: Charter

    /// - Parameters:
    ///   - seenRevision: the member's number as the form had it; `nil` to change whatever is there.
    ///   - day: ISO day on which it takes effect.
    ///   - decision: the key of a recorded decision, or empty.
    public init(
        memberID: String,
        seenRevision: Int?,
        status: String,
        day: String,
        decision: String = "",
        grounds: String,
        charter: Charter
    ) {
        self.memberID = memberID
        self.seenRevision = seenRevision
        self.status = status.trimmed
        self.day = day.trimmed
        self.decision = decision.trimmed
        self.grounds = grounds.trimmed
        self.charter = charter
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let revision = try MemberRevision.bump(transaction, memberID)
        if let seenRevision, seenRevision + 1 != revision { throw MemberRefusal.changedMeanwhile }
        let last = try transaction.first(
            "SELECT status, latest FROM member_status WHERE member_id = ? ORDER BY latest DESC, earliest DESC LIMIT 1",
            [.text(memberID)]
        ) { (status: try $0.text(0), day: try $0.text(1)) }
        let day = try check(last: last, transaction, now)
        try transaction.execute(
            """
            INSERT INTO member_status (member_id, status, earliest, latest, grounds, decision, source, locator, note, origin)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, 'entry')
            """,
            [
                .text(memberID), .text(status), .text(day.description), .text(day.description), .text(grounds),
                .optional(decision.isEmpty ? nil : decision), .text(try EntrySource.code(transaction, now)),
                .text(EntrySource.locator("secretariat", now)),
            ]
        )
        try RollProjection(charter: charter).rebuild([memberID], transaction)
        let before: JournalValue? = last.map { ["status": .text($0.status), "day": .text($0.day)] }
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "status.recorded",
                subject: .init("member", memberID),
                rule: "statuses.\(status)",
                reason: grounds,
                before: before,
                after: [
                    "status": .text(status), "day": .text(day.description),
                    "decision": .optional(decision.isEmpty ? nil : decision),
                ]
            )
        )
    }

    private func check(last: (status: String, day: String)?, _ transaction: Transaction, _ now: Date) throws -> Day {
        var check = FormCheck()
        check.grounds(grounds)
        let taken = check.pastDay(day, "day", today: FormCheck.today(now))
        if let taken, let last, taken.description <= last.day {
            check.refuse(
                "day",
                say(
                    "A step is recorded for \(last.day) already, and this one would come before it. Enter a later day."
                )
            )
        }
        if let taken, let sentence = StatusOrder(charter: charter, day: taken).problem(from: last?.status, to: status) {
            check.refuse("status", sentence)
        }
        if !decision.isEmpty, try !RecordedDecision.exists(decision, transaction) {
            check.refuse("decision", RecordedDecision.unknown)
        }
        try check.finish()
        return taken ?? .first
    }
}

/// Which standing may follow which, as the charter's statuses tell.
public struct StatusOrder: Sendable {
    private let version: CharterVersion?
    private let day: Day
    /// Statuses that a membership comes into on a ground, by whichever version of the charter.
    private let reached: Set<String>

    public init(charter: Charter, day: Day) {
        reached = Set(charter.versions.flatMap(\.membership.grounds).map(\.leadsTo))
        version = charter.version(on: day) ?? charter.versions.first
        self.day = day
    }

    /// The statuses that may follow `last` (`nil` for a record without any), in the charter's order.
    public func possible(after last: String?) -> [Charter.Status] {
        (version?.statuses ?? []).filter { problem(from: last, to: $0.key) == nil }
    }

    /// Why `status` may not follow `last`, as a sentence.
    func problem(from last: String?, to status: String) -> Phrase? {
        guard let version, let next = version.status(status) else {
            return say("The charter of \(day) has no such status. Choose one of the list.")
        }
        guard last != status else { return say("The member is in this status already.") }
        let wasOnRoll = last.flatMap(version.status)?.isOnRoll ?? false
        if wasOnRoll { return nil }
        guard next.isOnRoll else {
            return say("The member is not on the roll, so it cannot leave it. It can only be admitted.")
        }
        // A suspension and its like hold back a membership that there is; they do not begin one.
        let begins = version.statuses.filter { $0.isOnRoll && !reached.contains($0.key) }
        guard begins.isEmpty || begins.contains(where: { $0.key == status }) else {
            return say(
                "The member is not on the roll. Admit it first, as \(Phrase.list(begins.map { .name($0.name) }, .or))."
            )
        }
        return nil
    }
}

/// A decision that a step in a member's standing can rest on.
public struct RecordedDecision: Sendable, Equatable {
    public let key: String
    public let title: String
    public let latest: String

    static let unknown = say("There is no such decision. Choose one of the list, or none.")

    static func exists(_ key: String, _ transaction: Transaction) throws -> Bool {
        try transaction.first("SELECT 1 FROM decision WHERE key = ?", [.text(key)]) { _ in true } ?? false
    }
}

/// The decisions on record, the newest first.
public struct RecordedDecisions: Question {
    public static let action = Action.readMembers
    public init() {}

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> [RecordedDecision] {
        try transaction.query(
            "SELECT key, title, date_latest FROM decision ORDER BY date_latest DESC, key LIMIT 500"
        ) { RecordedDecision(key: try $0.text(0), title: try $0.text(1), latest: try $0.text(2)) }
    }
}
