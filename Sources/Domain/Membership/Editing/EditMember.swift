public import Access
public import Charter
public import Database
public import Foundation
import Journal
import Languages

/// Changes a member's facts by hand: only the fields that were changed are written, and nothing that somebody else
/// changed meanwhile is overwritten.
///
/// Throws `EditConflict` when the member was changed since it was opened, and `InvalidInput` with the names of
/// `MemberInput`, `effective` and `grounds`.
public struct EditMember: Command {
    public static let action = Action.editMember

    let memberID: String
    let seenRevision: Int
    let seen: MemberDraft
    let entered: MemberDraft
    let nameChange: NameChange
    let effective: String
    let grounds: String
    let charter: Charter
    let countries: Set<String>

    /// - Parameters:
    ///   - seenRevision: `EditableMember.revision` as the form had it.
    ///   - seen: the facts as the form showed them at first.
    ///   - entered: the facts as they shall be.
    ///   - effective: the ISO day from which a new name counts and by whose charter the rest is read; empty for today.
    ///   - countries: ISO 3166 alpha-2 codes that a record may use; empty allows any.
    public init(
        memberID: String,
        seenRevision: Int,
        seen: MemberDraft,
        entered: MemberDraft,
        nameChange: NameChange = .renamed,
        effective: String = "",
        grounds: String,
        charter: Charter,
        countries: Set<String>
    ) {
        self.memberID = memberID
        self.seenRevision = seenRevision
        self.seen = seen
        self.entered = entered
        self.nameChange = nameChange
        self.effective = effective.trimmed
        self.grounds = grounds.trimmed
        self.charter = charter
        self.countries = countries
    }

    public struct Outcome: Sendable, Equatable {
        /// The member's number now.
        public let revision: Int
        /// Empty when nothing differed, and nothing was written.
        public let changed: [MemberField]
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Outcome {
        guard let member = try EditableMember.load(transaction, id: memberID) else { throw MemberRefusal.noSuchMember }
        if member.revision != seenRevision,
            let conflict = try EditConflict.between(seen, member, entered, transaction)
        {
            throw conflict
        }
        let changed = MemberField.allCases.filter { !entered.hasSame($0, as: member.draft) }
        guard !changed.isEmpty else { return Outcome(revision: member.revision, changed: []) }
        let facts = try facts(changed, member, now)
        let writer = FactWriter(
            transaction: transaction,
            member: member,
            source: try EntrySource.code(transaction, now),
            locator: EntrySource.locator("secretariat", now)
        )
        for fact in facts { try writer.write(fact) }
        let revision = try MemberRevision.bump(transaction, memberID)
        try RollProjection(charter: charter).rebuild([memberID], transaction)
        // Told as it is written, not as it was typed: "25 100" is 25100.
        let written = try EditableMember.load(transaction, id: memberID)?.draft ?? entered
        try Journal.append(transaction, entry(changed, member.draft, written, actor, now))
        return Outcome(revision: revision, changed: changed)
    }

    private func facts(_ changed: [MemberField], _ member: EditableMember, _ now: Date) throws -> [MemberFact] {
        let today = FormCheck.today(now)
        var check = FormCheck()
        let day = effective.isEmpty ? today : check.pastDay(effective, "effective", today: today)
        check.grounds(grounds)
        guard let day, let version = charter.version(on: day) ?? charter.versions.first else {
            try check.finish()
            throw InvalidInput("effective", say("The charter says nothing of this day. Enter a later one."))
        }
        var reader = FactReader(
            current: member.draft,
            entered: entered,
            nameChange: nameChange,
            effective: day,
            version: version,
            countries: countries,
            today: today
        )
        let facts = changed.compactMap { reader.read($0) }
        let problems = reader.check.problems + check.problems
        if !problems.isEmpty { throw InvalidInput(problems) }
        return facts
    }

    private func entry(
        _ changed: [MemberField],
        _ before: MemberDraft,
        _ written: MemberDraft,
        _ actor: Actor,
        _ now: Date
    ) -> JournalEntry {
        var after = Self.values(changed, written)
        if changed.contains(.name) {
            after["name_change"] = .text(nameChange.rawValue)
            if nameChange == .renamed {
                after["effective"] = .text(effective.isEmpty ? FormCheck.today(now).description : effective)
            }
        }
        return JournalEntry(
            at: now,
            actor: actor.key,
            action: "member.edited",
            subject: .init("member", memberID),
            reason: grounds,
            before: .object(Self.values(changed, before)),
            after: .object(after)
        )
    }

    private static func values(_ fields: [MemberField], _ draft: MemberDraft) -> [String: JournalValue] {
        var values: [String: JournalValue] = [:]
        for input in fields.flatMap(\.inputs) {
            let text = draft[input]
            // The name of whoever governs is a living person's.
            values[input.rawValue] =
                text.isEmpty ? .null : input == .head ? .personal(input.rawValue, text) : .text(text)
        }
        return values
    }
}

/// A member as it is to be changed.
public struct MemberToEdit: Question {
    public static let action = Action.editMember
    let key: String

    public init(key: String) { self.key = key }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> EditableMember {
        guard let member = try EditableMember.load(transaction, key: key) else { throw MemberRefusal.noSuchMember }
        return member
    }
}
