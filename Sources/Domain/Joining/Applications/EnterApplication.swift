public import Access
import Charter
public import Database
public import Foundation
import Journal
import Languages
import Membership

/// Begins an application that reached the secretariat in another way, as by letter, and mails its link to the
/// applicant.
///
/// Throws `InvalidInput` (those of `ApplicantDesk.start`, and `received_on`).
public struct EnterApplication: Command {
    public static let action = Action.handleApplications

    let form: StartForm
    let receivedOn: String
    let services: JoiningServices

    /// - Parameter receivedOn: the ISO day on which it came on paper, from which it counts then; or empty.
    public init(_ form: StartForm, receivedOn: String = "", services: JoiningServices) {
        self.form = form
        self.receivedOn = receivedOn
        self.services = services
    }

    /// Returns its id.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> String {
        let received = try PaperDay.check(receivedOn, now: now)
        return try ApplicationStart(form, services, transaction, now: now)
            .write(.secretariat(actor), receivedOn: received?.description)
    }
}

/// Sends an application for its applicant, or what it was asked for: the paper that came is whole.
///
/// Throws `InvalidInput` (those of `ApplicantDesk.submit`, `received_on` and `grounds`) and `JoiningRefusal`.
public struct SubmitForApplicant: Command {
    public static let action = Action.handleApplications

    let id: String
    let receivedOn: String
    let grounds: String
    let services: JoiningServices

    /// - Parameter receivedOn: the ISO day on which it came, from which it counts; empty for the day that was entered
    ///   with it, or else today.
    public init(_ id: String, receivedOn: String = "", grounds: String, services: JoiningServices) {
        self.id = id
        self.receivedOn = receivedOn
        self.grounds = grounds
        self.services = services
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let received = try PaperDay.check(receivedOn, now: now)
        let grounds = try Typed.grounds(grounds)
        let application = try Application.lock(transaction, id: id)
        let writer = ApplicationWriter(
            transaction: transaction,
            application: application,
            author: .secretariat(actor),
            now: now
        )
        let submission = Submission(writer: writer, services: services)
        if application.state == .asked {
            // It counts from when it was first sent, and not from its answer.
            try submission.answer(words: "", grounds: grounds)
        } else {
            try submission.submit(receivedOn: received ?? application.receivedDay, grounds: grounds)
        }
    }
}

/// Changes what an application says, as where the applicant wrote it down wrong. A box that somebody else changed
/// meanwhile is not overwritten: it is told with what is there now.
///
/// Throws `InvalidInput` (fields of `ApplicationField`, and `grounds`) and `JoiningRefusal`.
public struct CorrectApplication: Command {
    public static let action = Action.handleApplications

    let id: String
    let values: [ApplicationField: TypedField]
    let grounds: String
    let services: JoiningServices

    public init(_ id: String, values: [ApplicationField: TypedField], grounds: String, services: JoiningServices) {
        self.id = id
        self.values = values
        self.grounds = grounds
        self.services = services
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> SaveOutcome {
        let entry = try FieldEntry(values)
        let application = try Application.lock(transaction, id: id)
        guard !application.state.isOver else { throw JoiningRefusal.inAnotherState(application.state) }
        let outcome = entry.applied(to: application)
        guard !outcome.changed.isEmpty else { return outcome.told }
        let grounds = try Typed.grounds(grounds)
        // What was wrong before and was left alone does not stand in the way of a correction.
        let names = Set(outcome.changed.map(\.rawValue))
        let problems = try ApplicationCheck(transaction: transaction, services: services, now: now)
            .fieldProblems(outcome.application).filter { names.contains($0.name) }
        if !problems.isEmpty { throw InvalidInput(problems) }
        _ = try entry.write(application, transaction)
        let writer = ApplicationWriter(
            transaction: transaction,
            application: application,
            author: .secretariat(actor),
            now: now
        )
        try writer.step(.corrected, .init(words: grounds))
        try writer.note(
            "corrected",
            reason: grounds,
            before: ApplicationWriter.values(outcome.changed, of: application.values),
            after: ApplicationWriter.values(outcome.changed, of: outcome.application.values)
        )
        return outcome.told
    }
}

/// The day on which something came on paper.
enum PaperDay {
    /// `nil` for none. Throws `InvalidInput` (`received_on`).
    static func check(_ text: String, now: Date) throws -> Day? {
        guard !text.allSatisfy(\.isWhitespace) else { return nil }
        var check = FormCheck()
        let day = check.pastDay(text, "received_on", today: FormCheck.today(now))
        try check.finish()
        return day
    }
}

/// Text that somebody of the secretariat typed.
enum Typed {
    /// Throws `InvalidInput` (`grounds`).
    static func grounds(_ given: String) throws -> String { try required(given, "grounds", atMost: 1000) }

    /// Throws `InvalidInput` for what is missing, too long, or has characters that nobody sees.
    static func required(_ given: String, _ field: String, atMost limit: Int) throws -> String {
        var text = TypedText()
        let typed = text.lines(given, field, atMost: limit)
        if typed.unicodeScalars.count < 3 { text.refuse(field, say("Say it in a few words: the step keeps them.")) }
        try text.throwProblems()
        return typed
    }

    /// The same for what may be left out.
    static func optional(_ given: String, _ field: String, atMost limit: Int) throws -> String {
        var text = TypedText()
        let typed = text.lines(given, field, atMost: limit)
        try text.throwProblems()
        return typed
    }
}
