public import Access
public import Charter
public import Database
public import Decisions
public import Foundation
import Journal
public import Languages
import Membership

/// Applications for membership before the body that admits by the charter.
///
/// What it adopts makes the applicant a member, or a former member one again; what it rejects declines the application.
/// Too few answers, or a referral to a meeting, leave it with the body; a question that is withdrawn gives it back.
public struct AdmissionMatter: MatterEffect {
    public static let kind = "admission"
    let services: JoiningServices

    public init(services: JoiningServices) { self.services = services }

    public var kind: String { Self.kind }
    public var name: Phrase { say("Admission of members") }

    /// - Parameter subject: the id of an application that was recommended on, or that the body left undecided.
    public func item(_ transaction: Transaction, subject: String, on day: Day) throws -> MatterItem {
        let application = try Application.load(transaction, id: subject)
        guard application.state == .recommended || application.state == .put else {
            throw JoiningRefusal.inAnotherState(application.state)
        }
        let version = services.charter.version(on: day)
        return MatterItem(
            subject: MatterSubject(Application.subjectKind, application.id),
            words: say("Admit \(application.values[.name]), \(country(application))"),
            evidence: try evidence(application, on: day, transaction),
            rule: ApplicationWriter.rule,
            body: version?.membership.admission.approvedBy
        )
    }

    private func country(_ application: Application) -> Phrase {
        let code = application.values[.country]
        return .name(services.rules.countries.english(code) ?? code)
    }

    private func evidence(_ application: Application, on day: Day, _ transaction: Transaction) throws -> Phrase {
        let version = services.charter.version(on: day)
        let category = version?.category(application.category)?.name ?? application.category
        var parts = [say("Application \(application.reference), as \(Phrase.name(category)).")]
        if let applied = application.submittedDay { parts.append(say("Applied on \(applied).")) }
        switch version?.membership.admission.countsFrom {
        case .applicationDate: parts.append(say("Membership counts from the day of the application."))
        case .approvalDate: parts.append(say("Membership counts from the day of the decision."))
        case .paymentDate: parts.append(say("Membership counts from the day of the first payment."))
        case nil: break
        }
        let known = KnownApplicants(transaction: transaction, services: services, day: day)
        if let id = application.memberID, let member = try known.one(id, .empty, isAnother: false) {
            let status = Phrase.name(version?.status(member.standing)?.name ?? member.standing)
            let since = Day(member.since).map { Phrase.day($0) } ?? .verbatim(member.since)
            parts.append(say("Former member: \(member.name) (\(status) since \(since))."))
        }
        if !application.values[.reason].isEmpty {
            parts.append(say("The applicant on its reasons: \(application.values[.reason])"))
        }
        return .joined(parts + (try recommendation(application, transaction)), by: "\n")
    }

    private func recommendation(_ application: Application, _ transaction: Transaction) throws -> [Phrase] {
        let steps = try ApplicationStep.all(transaction, application: application.id)
        guard let last = steps.last(where: { $0.kind == .recommended }) else { return [] }
        let isFor = last.isFor ?? true
        let sentence =
            isFor ? say("The secretariat recommends to admit it.") : say("The secretariat recommends not to admit it.")
        return last.words.isEmpty ? [sentence] : [sentence, .verbatim(last.words)]
    }

    public func opened(_ transaction: Transaction, subject: String, by actor: Actor, now: Date) throws {
        let writer = ApplicationWriter(
            transaction: transaction,
            application: try Application.lock(transaction, id: subject),
            author: .secretariat(actor),
            now: now
        )
        try writer.move(to: .put, from: .recommended, .put)
        let step = try writer.step(.put)
        let circular = try lastCircular(subject, transaction)
        try writer.note("put", after: ["circular": .optional(circular?.reference)])
        let mail = ApplicationMail(transaction: transaction, services: services, now: now)
        let when = circular?.lastDay.map { say("It answers by \($0, .long).") } ?? say("It decides in a meeting.")
        try mail.send(
            .put,
            writer.application,
            step: step,
            ["body": mail.body(writer.application), "when": mail.said(when, writer.application)]
        )
    }

    /// The question by which the body is asked, which is written before its subjects are told.
    private func lastCircular(
        _ subject: String,
        _ transaction: Transaction
    ) throws -> (reference: String, lastDay: Day?)? {
        try transaction.first(
            """
            SELECT c.year, c.number, c.closes_at FROM circular_item i JOIN circular c ON c.id = i.circular_id
            WHERE i.subject_kind = ? AND i.subject_id = ? AND c.matter = ? ORDER BY c.year DESC, c.number DESC LIMIT 1
            """,
            [.text(Application.subjectKind), .text(subject), .text(Self.kind)]
        ) { row in
            // It closes as the day after the last one begins.
            let end = row.optionalText(2).flatMap { Day(String($0.prefix(10))) }
            return ("\(try row.integer(0))-\(try row.integer(1))", end?.adding(days: -1))
        }
    }

    public func settle(_ transaction: Transaction, _ item: SettledItem, by actor: Actor, now: Date) throws {
        guard let id = item.subject?.id else { return }
        let application = try Application.lock(transaction, id: id)
        let writer = ApplicationWriter(
            transaction: transaction,
            application: application,
            author: .program(actor),
            now: now
        )
        // What the applicant withdrew, or the secretariat closed, is over, whatever the body says.
        if application.state == .withdrawn || application.state == .closed { return try noteLate(writer, item) }
        switch item.outcome {
        case .adopted:
            let admission = Admission(writer: writer, services: services, item: item, actor: actor)
            try admission.carryOut()
        case .rejected: try decline(writer, item)
        case .noQuorum, .referred: try leave(writer, item)
        case .withdrawn:
            try writer.move(to: .recommended, from: .put)
            try writer.step(.returned, .init(words: say("Decision \(item.reference) was withdrawn.").stored))
            try writer.note("returned", reason: item.minutes)
        }
    }

    private func decline(_ writer: ApplicationWriter, _ item: SettledItem) throws {
        try writer.move(to: .declined, from: .put)
        let words = say("Decision \(item.reference)")
        let step = try writer.step(.declined, .init(words: words.stored, day: item.day))
        try writer.note("declined", reason: item.minutes)
        let mail = ApplicationMail(transaction: writer.transaction, services: services, now: writer.now)
        try mail.send(
            .declined,
            writer.application,
            step: step,
            ["body": mail.body(writer.application), "day": mail.said(.day(item.day, .long), writer.application)]
        )
    }

    private func noteLate(_ writer: ApplicationWriter, _ item: SettledItem) throws {
        guard item.outcome == .adopted || item.outcome == .rejected else { return }
        let words = say("Decision \(item.reference) came after the application was withdrawn: nothing follows from it.")
        try writer.step(.note, .init(words: words.stored, day: item.day))
        try writer.note("noted", reason: item.minutes, after: ["words": .text(words.recorded)])
    }

    private func leave(_ writer: ApplicationWriter, _ item: SettledItem) throws {
        guard writer.application.state == .put else { throw JoiningRefusal.inAnotherState(writer.application.state) }
        let words =
            item.outcome == .referred
            ? say("Decision \(item.reference): a meeting decides.")
            : say("Decision \(item.reference): too few answered.")
        try writer.step(.undecided, .init(words: words.stored, day: item.day))
        try writer.note("undecided", reason: item.minutes)
    }
}
