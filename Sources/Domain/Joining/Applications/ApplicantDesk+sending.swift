import Access
import Charter
import Database
public import Foundation
public import Identity
import Journal
import Languages
import Membership

/// What came of sending an application, or an answer.
public enum SubmitOutcome: Sendable, Equatable {
    case sent
    /// It was sent before; nothing was changed.
    case alreadySent
}

extension ApplicantDesk {
    /// Sends the application to the secretariat: all boxes are checked again by the charter. Sent twice, the second
    /// changes nothing and says so.
    ///
    /// Throws `InvalidInput` with all that is wrong (the names are those of `ApplicationRecord.problems`), and
    /// `JoiningRefusal`.
    public func submit(_ secret: Secret, now: Date) async throws -> SubmitOutcome {
        try await database.write { transaction in
            let writer = try writer(transaction, secret, now)
            let application = writer.application
            if application.submittedAt != nil { return .alreadySent }
            guard application.state == .draft else { throw JoiningRefusal.inAnotherState(application.state) }
            try Submission(writer: writer, services: services).submit(receivedOn: application.receivedDay)
            return .sent
        }
    }

    /// Answers what the secretariat asked; what was changed meanwhile goes with it. The same answer sent twice, the
    /// second changes nothing and says so.
    ///
    /// Throws `InvalidInput` (those of `submit`, and `words`) and `JoiningRefusal`.
    @discardableResult
    public func answer(_ secret: Secret, words: String, now: Date) async throws -> SubmitOutcome {
        var text = TypedText()
        let words = text.lines(words, "words", atMost: 4000)
        try text.throwProblems()
        return try await database.write { transaction in
            let writer = try writer(transaction, secret, now)
            let application = writer.application
            if application.state != .asked {
                let last = try ApplicationStep.all(transaction, application: application.id).last { !$0.isInternal }
                if let last, last.kind == .answered, last.side == .applicant, last.words == words {
                    return .alreadySent
                }
            }
            try Submission(writer: writer, services: services).answer(words: words)
            return .sent
        }
    }

    /// Takes the application back, at any time before it is decided on. It can be read until its links end.
    ///
    /// Throws `InvalidInput` (`reason`) and `JoiningRefusal`.
    public func withdraw(_ secret: Secret, reason: String, now: Date) async throws {
        var text = TypedText()
        let reason = text.lines(reason, "reason", atMost: 2000)
        try text.throwProblems()
        try await database.write { transaction in
            let writer = try writer(transaction, secret, now)
            let before = writer.application.state
            try writer.move(to: .withdrawn, from: .draft, .submitted, .asked, .recommended, .put)
            let step = try writer.step(.withdrawn, .init(words: reason))
            try writer.note(
                "withdrawn",
                before: ["state": .text(before.rawValue)],
                after: ["reason": ApplicationWriter.personal("reason", reason)]
            )
            try ApplicationMail(transaction: transaction, services: services, now: now)
                .send(.withdrawn, writer.application, step: step)
        }
    }
}

/// Sends an application to the secretariat, by its applicant or for it.
struct Submission {
    let writer: ApplicationWriter
    let services: JoiningServices

    /// Throws `InvalidInput` with all that keeps it from being sent, and `JoiningRefusal.memberAlready`.
    func requireWhole() throws {
        let (transaction, application, now) = (writer.transaction, writer.application, writer.now)
        let known = KnownApplicants(transaction: transaction, services: services, day: FormCheck.today(now))
        if let member = application.memberID, let found = try known.one(member, .empty, isAnother: false) {
            try known.requireFormer(found)
        }
        let check = ApplicationCheck(transaction: transaction, services: services, now: now)
        let documents = try ApplicationReading.documents(application, transaction)
        let problems = try check.problems(
            application,
            missing: check.missing(application, documents),
            known: try known.all(application)
        )
        if !problems.isEmpty { throw InvalidInput(problems) }
    }

    /// Answers what was asked, with all that the application says now.
    ///
    /// - Parameters:
    ///   - words: what the applicant says to it.
    ///   - grounds: why it is answered for the applicant, who can read it.
    func answer(words: String, grounds: String? = nil) throws {
        guard writer.application.state == .asked else {
            throw JoiningRefusal.inAnotherState(writer.application.state)
        }
        try requireWhole()
        try writer.move(to: .submitted, from: .asked)
        try writer.step(.answered, .init(words: grounds ?? words))
        let said: [String: JournalValue] = ["words": ApplicationWriter.personal("words", words)]
        try writer.note(
            "answered",
            reason: grounds,
            after: ApplicationWriter.whole(writer.application).merging(said) { $1 }
        )
    }

    /// - Parameters:
    ///   - receivedOn: the day on which it came on paper; it counts from then.
    ///   - grounds: why it is sent for the applicant.
    func submit(receivedOn: Day?, grounds: String? = nil) throws {
        try requireWhole()
        let submittedAt = receivedOn.map { "\($0)T00:00:00.000000Z" } ?? InstantText.text(writer.now)
        try writer.move(to: .submitted, from: .draft, submittedAt: submittedAt)
        let step = try writer.step(.submitted, .init(words: grounds ?? "", day: receivedOn))
        let counts: [String: JournalValue] = ["counts_from": .text(String(submittedAt.prefix(10)))]
        try writer.note(
            "submitted",
            reason: grounds,
            after: ApplicationWriter.whole(writer.application).merging(counts) { $1 }
        )
        let mail = ApplicationMail(transaction: writer.transaction, services: services, now: writer.now)
        let day = Day(String(submittedAt.prefix(10))) ?? .first
        try mail.send(
            .submitted,
            writer.application,
            step: step,
            ["body": mail.body(writer.application), "day": mail.said(.day(day, .long), writer.application)]
        )
    }
}
