public import Access
import Charter
public import Database
public import Foundation
public import Identity
import Journal
import Languages
import Membership

/// What came of an answer.
public enum AnswerOutcome: Sendable, Equatable {
    case recorded
    /// It stood so already.
    case unchanged
    /// It was the last that was missing, so all is decided.
    case closed
}

/// Answers for a seat. A later answer of the same seat replaces it until the end; both are kept.
///
/// Throws `InvalidInput` (`answer`, `comment`) and `DecisionRefusal`.
public struct AnswerCircular: Command {
    public static let action = Action.answerDecision

    let circularID: String
    let seatID: String
    let person: Actor
    let answers: [String: SeatAnswer]
    let comment: String
    let link: Secret?
    let services: DecisionServices

    /// - Parameters:
    ///   - person: who answers, and runs the command.
    ///   - answers: by item. Items that are left out keep the answer that they have.
    ///   - link: the secret of the letter's link where it stands in for signing in; it is used up.
    public init(
        _ circular: String,
        seat: String,
        as person: Actor,
        answers: [String: SeatAnswer],
        comment: String = "",
        link: Secret? = nil,
        services: DecisionServices
    ) {
        circularID = circular
        seatID = seat
        self.person = person
        self.answers = answers
        self.comment = comment
        self.link = link
        self.services = services
    }

    /// The member whose seat it is, where the person speaks for that member; else the body. Whether they answer for this
    /// very seat is asked when the right is there.
    public func place(_ transaction: Transaction) throws -> Place {
        let circular = try Circular.load(transaction, id: circularID)
        guard let seat = try CircularSeat.find(transaction, id: seatID, in: circularID) else {
            throw DecisionRefusal.notYourSeat
        }
        if let member = try seat.currentMember(transaction), person.may(Self.action, at: .member(member)) {
            return .member(member)
        }
        return .body(circular.body)
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> AnswerOutcome {
        guard actor.isPerson, actor.person.id == person.person.id else { throw DecisionRefusal.notYourSeat }
        if let link { try use(link, transaction, now) }
        let entry = try AnswerEntry.open(transaction, circularID: circularID, seatID: seatID, now: now)
        let people = try entry.seat.people(transaction, body: entry.circular.body, day: Grant.day(now))
        let own = actor.person.id
        guard people.contains(where: { $0.id == own }) else { throw DecisionRefusal.notYourSeat }
        return try entry.record(answers, comment: comment, givenBy: own, grounds: nil, by: actor, services)
    }

    private func use(_ link: Secret, _ transaction: Transaction, _ now: Date) throws {
        guard let taken = try OneTimeLink.take(transaction, link, .decision, now: now),
            taken.personID == person.person.id,
            taken.detail == circularID
        else { throw DecisionRefusal.worthlessLink }
    }
}

/// Enters an answer that reached the secretariat in another way, as by letter. The seat's people can still change it.
///
/// Throws `InvalidInput` (`answer`, `comment`, `grounds`) and `DecisionRefusal`.
public struct RecordAnswer: Command {
    public static let action = Action.recordDecision

    let circularID: String
    let seatID: String
    let answers: [String: SeatAnswer]
    let comment: String
    let grounds: String
    let services: DecisionServices

    /// - Parameter grounds: where it can be checked: "Letter of 3 May".
    public init(
        _ circular: String,
        seat: String,
        answers: [String: SeatAnswer],
        comment: String = "",
        grounds: String,
        services: DecisionServices
    ) {
        circularID = circular
        seatID = seat
        self.answers = answers
        self.comment = comment
        self.grounds = grounds
        self.services = services
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> AnswerOutcome {
        var text = TypedText()
        let grounds = text.line(grounds, "grounds", atMost: 500)
        if grounds.isEmpty { text.refuse("grounds", say("Say where the answer came from, as in “Letter of 3 May”.")) }
        try text.throwProblems()
        let entry = try AnswerEntry.open(transaction, circularID: circularID, seatID: seatID, now: now)
        let person = actor.isPerson ? actor.person.id : nil
        return try entry.record(answers, comment: comment, givenBy: person, grounds: grounds, by: actor, services)
    }
}

/// An answer on its way into a circular that is open and locked.
struct AnswerEntry {
    let transaction: Transaction
    let circular: Circular
    let number: Int
    let seat: CircularSeat
    let now: Date

    /// Throws `over`, `tooLate`, `decidedInMeeting` and `notYourSeat`.
    static func open(_ transaction: Transaction, circularID: String, seatID: String, now: Date) throws -> AnswerEntry {
        let (circular, number) = try Circular.lockOpen(transaction, id: circularID)
        guard let closesAt = circular.closesAt else { throw DecisionRefusal.decidedInMeeting }
        guard InstantText.text(now) < closesAt else { throw DecisionRefusal.tooLate }
        guard let seat = try CircularSeat.find(transaction, id: seatID, in: circularID) else {
            throw DecisionRefusal.notYourSeat
        }
        return AnswerEntry(transaction: transaction, circular: circular, number: number, seat: seat, now: now)
    }

    func record(
        _ answers: [String: SeatAnswer],
        comment: String,
        givenBy: String?,
        grounds: String?,
        by actor: Actor,
        _ services: DecisionServices
    ) throws -> AnswerOutcome {
        var text = TypedText()
        let comment = text.lines(comment, "comment", atMost: 2000)
        if answers.isEmpty { text.refuse("answer", say("No answer was chosen. Approve, object or abstain.")) }
        try text.throwProblems()
        let items = try CircularItem.all(transaction, circular: circular.id)
        guard Set(answers.keys).isSubset(of: items.map(\.id)) else { throw DecisionRefusal.noSuchItem }
        let writer = AnswerWriter(
            transaction: transaction,
            number: number,
            seat: seat,
            givenBy: givenBy,
            grounds: grounds,
            comment: comment,
            instant: InstantText.text(now)
        )
        let changed = try writer.write(items.compactMap { item in answers[item.id].map { (item: item, answer: $0) } })
        guard !changed.isEmpty else { return .unchanged }
        try note(changed, answers, comment, grounds, actor)
        let closing = Closing(transaction: transaction, services: services, now: now)
        return try closing.closeIfComplete(circular) ? .closed : .recorded
    }

    private func note(
        _ changed: [CircularItem],
        _ answers: [String: SeatAnswer],
        _ comment: String,
        _ grounds: String?,
        _ actor: Actor
    ) throws {
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: grounds == nil ? "decision.answered" : "decision.answer-recorded",
                subject: .init("circular", circular.id),
                rule: circular.rule,
                reason: grounds,
                after: [
                    "reference": .text(circular.reference), "seat": .text(seat.id),
                    "member": .optional(seat.memberID), "number": .integer(number),
                    "answers": .object(
                        Dictionary(
                            changed.map { ("\($0.position)", JournalValue.text(answers[$0.id]?.rawValue ?? "")) },
                            uniquingKeysWith: { $1 }
                        )
                    ),
                    "comment": comment.isEmpty ? .null : .personal("comment", comment),
                ]
            )
        )
    }
}
