public import Access
public import Charter
public import Database
public import Foundation
import Journal
import Languages
import Membership

/// Records that a ground of the charter is the case for a member, or that it is not so any more: a firm that does not exist
/// any more, a letter that is awaited. For grounds that ask for no lapse of time; those the records answer.
///
/// Throws `InvalidInput` (`ground`, `as_of`, `grounds`) and `ParticipationRefusal`.
public struct StateCircumstance: Command {
    public static let action = Action.editMember
    let member: String
    let ground: String
    let asOf: String
    let holds: Bool
    let grounds: String
    let charter: Charter

    /// - Parameters:
    ///   - member: its key.
    ///   - ground: the key of one of `StatedCircumstance.grounds`.
    public init(member: String, ground: String, asOf: String, holds: Bool, grounds: String, charter: Charter) {
        self.member = member
        self.ground = ground
        self.asOf = UploadFile.trimmed(asOf)
        self.holds = holds
        self.grounds = UploadFile.trimmed(grounds)
        self.charter = charter
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let found = try transaction.first("SELECT id, category FROM member WHERE key = ?", [.text(member)]) {
            (id: try $0.text(0), category: try $0.text(1))
        }
        guard let found else { throw ParticipationRefusal.noSuchMember }
        var check = FormCheck()
        let today = FormCheck.today(now)
        let day = check.pastDay(asOf, "as_of", today: today)
        let known = StatedCircumstance.grounds(charter, category: found.category, on: day ?? today)
        if !known.contains(where: { $0.key == ground }) {
            check.refuse("ground", say("Choose what is known of it: one of the list."))
        }
        check.grounds(grounds)
        try check.finish()
        try transaction.execute(
            """
            INSERT INTO circumstance (member_id, circumstance, as_of, source, comparison, locator, note, origin, holds)
            VALUES (?, ?, ?, ?, '', ?, ?, 'entry', ?)
            ON CONFLICT (member_id, circumstance, as_of, source) DO UPDATE SET holds = excluded.holds,
                locator = excluded.locator, note = excluded.note
            """,
            [
                .text(found.id), .text(ground), .text((day ?? today).description),
                .text(try EntrySource.code(transaction, now)), .text(EntrySource.locator("secretariat", now)),
                .text(grounds), .flag(holds),
            ]
        )
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: holds ? "circumstance.stated" : "circumstance.withdrawn",
                subject: .init("member", found.id),
                rule: StandingWords.rule(ground),
                reason: grounds,
                after: ["circumstance": .text(ground), "as_of": .text((day ?? today).description)]
            )
        )
    }
}

extension StatedCircumstance {
    /// The grounds of a category that are no lapse of time, which somebody has to say.
    public static func grounds(_ charter: Charter, category: String, on day: Day) -> [Charter.Ground] {
        let version = charter.version(on: day) ?? charter.versions.first
        return version?.membership.grounds.filter { $0.inactiveYears == nil && $0.categories.contains(category) } ?? []
    }
}
