public import Access
public import Database
public import Foundation
import Journal
package import Languages
package import Membership

/// What is said of a member at an event.
public struct ParticipationDraft: Sendable, Equatable {
    public var capacity: String
    public var mode: String
    /// The position of whoever came; nobody's name.
    public var position: String

    public init(capacity: String, mode: String, position: String = "") {
        self.capacity = UploadFile.trimmed(capacity)
        self.mode = UploadFile.trimmed(mode)
        self.position = UploadFile.trimmed(position)
    }

    var content: ParticipationStep.Content {
        .init(capacity: capacity, mode: mode, position: position.isEmpty ? nil : position)
    }

    /// Throws `InvalidInput` (`capacity`, `mode`, `position`, `grounds`).
    func check(grounds: String, also: (inout FormCheck) throws -> Void = { _ in }) throws {
        var check = FormCheck()
        try also(&check)
        if !Participation.capacities.contains(capacity) {
            check.refuse("capacity", say("Choose in which capacity it took part: one of the list."))
        }
        if !Participation.modes.contains(mode) {
            check.refuse("mode", say("Choose how it took part: one of the list."))
        }
        check.text(position, "position", most: 200)
        check.grounds(grounds)
        try check.finish()
    }
}

/// Records that a member took part in an event.
///
/// Throws `InvalidInput` (`member`, `event` and those of the draft) and `ParticipationRefusal`.
public struct AddParticipation: Command {
    public static let action = Action.recordParticipation
    let event: String
    let member: String
    let draft: ParticipationDraft
    let grounds: String

    /// - Parameter member: its key or any of its names.
    public init(event: String, member: String, _ draft: ParticipationDraft, grounds: String) {
        self.event = event
        self.member = UploadFile.trimmed(member)
        self.draft = draft
        self.grounds = UploadFile.trimmed(grounds)
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var id = ""
        try draft.check(grounds: grounds) { check in
            do { id = try MemberByName.find(member, transaction) } catch let words as MemberByName.Unclear {
                check.refuse("member", words.sentence)
            }
            let isKnown = try transaction.first("SELECT 1 FROM event WHERE key = ?", [.text(event)]) { _ in true }
            if isKnown != true { check.refuse("event", say("Choose the event: one of the list.")) }
        }
        let writer = ParticipationWriter(transaction: transaction, actor: actor.key, now: now, grounds: grounds)
        guard try writer.add(event, id, draft.content, printed: nil, locator: nil) else {
            throw InvalidInput("capacity", say("The member is recorded there in this capacity already."))
        }
    }
}

/// Corrects what is recorded of a member at an event, by a step of its own: the one before stays on record.
///
/// Throws `InvalidInput` and `ParticipationRefusal`.
public struct CorrectParticipation: Command {
    public static let action = Action.recordParticipation
    let event: String
    let member: String
    let capacity: String
    let seenStep: String
    let draft: ParticipationDraft
    let grounds: String

    /// - Parameters:
    ///   - member: its key.
    ///   - capacity: in which it is recorded so far.
    ///   - seenStep: `Participation.lastStep` as the form had it.
    public init(
        event: String,
        member: String,
        capacity: String,
        seenStep: String,
        _ draft: ParticipationDraft,
        grounds: String
    ) {
        self.event = event
        self.member = member
        self.capacity = capacity
        self.seenStep = seenStep
        self.draft = draft
        self.grounds = UploadFile.trimmed(grounds)
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        try draft.check(grounds: grounds)
        let writer = ParticipationWriter(transaction: transaction, actor: actor.key, now: now, grounds: grounds)
        let found = try writer.locked(event: event, member: member, capacity: capacity, seenStep: seenStep)
        let before = found.content
        guard draft.content != before else { throw ParticipationRefusal.nothingDiffers }
        if draft.capacity != capacity {
            let other = try transaction.first(
                "SELECT 1 FROM participation WHERE event = ? AND member_id = ? AND capacity = ? AND removed_at IS NULL",
                [.text(event), .text(found.memberID), .text(draft.capacity)]
            ) { _ in true }
            if other == true {
                throw InvalidInput("capacity", say("The member is recorded there in this capacity already."))
            }
        }
        try writer.correct(found, draft.content)
    }
}

/// Removes what is recorded of a member at an event, by a step of its own that says why.
///
/// Throws `InvalidInput` (`grounds`) and `ParticipationRefusal`.
public struct RemoveParticipation: Command {
    public static let action = Action.recordParticipation
    let event: String
    let member: String
    let capacity: String
    let seenStep: String
    let grounds: String

    public init(event: String, member: String, capacity: String, seenStep: String, grounds: String) {
        self.event = event
        self.member = member
        self.capacity = capacity
        self.seenStep = seenStep
        self.grounds = UploadFile.trimmed(grounds)
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var check = FormCheck()
        check.grounds(grounds)
        try check.finish()
        let writer = ParticipationWriter(transaction: transaction, actor: actor.key, now: now, grounds: grounds)
        try writer.remove(writer.locked(event: event, member: member, capacity: capacity, seenStep: seenStep))
    }
}

/// Which member a key or a name means, by the same rule by which a row of a spreadsheet finds its member.
package enum MemberByName {
    /// Why a name leads to no one member.
    package struct Unclear: Error { package let sentence: Phrase }

    package static func find(_ text: String, _ transaction: Transaction) throws -> String {
        // A key needs no look at all names.
        if let id = try transaction.first("SELECT id FROM member WHERE key = ?", [.text(text)], { try $0.text(0) }) {
            return id
        }
        return try find(text, NameIndex(transaction))
    }

    /// The same for one who looks for many.
    package static func find(_ text: String, _ index: NameIndex) throws(Unclear) -> String {
        guard !text.isEmpty else { throw Unclear(sentence: say("Enter a member: its key or any of its names.")) }
        var facts = RowFacts()
        facts.key = text
        if case .member(let id, _, _, _) = RowMatch.find(facts, chosen: nil, index) { return id }
        facts.key = nil
        facts.name = text
        switch RowMatch.find(facts, chosen: nil, index) {
        case .member(let id, _, _, _): return id
        case .several(let candidates, _):
            let names = candidates.prefix(5).map { Phrase.verbatim("\($0.name) (\($0.key))") }
            throw Unclear(
                sentence: say("This can be \(Phrase.list(Array(names), .or)). Enter the key of the one that is meant.")
            )
        case .nobody, .unnamed:
            throw Unclear(sentence: say("No member bears this name. Look for it in the members."))
        }
    }
}
