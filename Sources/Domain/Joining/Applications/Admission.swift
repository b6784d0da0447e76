import Access
import Charter
import Database
import Decisions
import Foundation
import Journal
import Languages
import Mail
import Membership

/// Makes an applicant a member: **the place where an adopted decision admits**.
///
/// Throws `Refusal`s and `InvalidInput`, which leave the decision standing and the rest to the secretariat.
struct Admission {
    let writer: ApplicationWriter
    let services: JoiningServices
    let item: SettledItem
    let actor: Actor

    private var application: Application { writer.application }
    private var transaction: Transaction { writer.transaction }
    private var version: CharterVersion? { services.charter.version(on: item.day) ?? services.charter.versions.first }

    func carryOut() throws {
        guard let decision = item.decision else { return }
        guard application.state == .put else { throw JoiningRefusal.inAnotherState(application.state) }
        let day = try countsFrom()
        let member = try application.memberID.map { try reinstate($0, on: day, decision) } ?? add(on: day, decision)
        try writer.move(to: .admitted, from: .put, memberID: member.id)
        let words = say("Decision \(item.reference): a member since \(day).")
        let step = try writer.step(.admitted, .init(words: words.stored, day: day))
        try writer.note(
            "admitted",
            reason: item.minutes,
            after: [
                "member": .text(member.key), "member_id": .text(member.id), "counts_from": .text(day.description),
                "decision": .text(decision),
            ]
        )
        try invite(member.id)
        try tell(member.key, day, step: step)
    }

    /// The day from which the membership counts.
    private func countsFrom() throws -> Day {
        switch version?.membership.admission.countsFrom {
        case .paymentDate: throw JoiningRefusal.paymentUnknown
        case .applicationDate: application.submittedDay ?? item.day
        case .approvalDate, nil: item.day
        }
    }

    private func add(on day: Day, _ decision: String) throws -> (id: String, key: String) {
        let known = try KnownApplicants(transaction: transaction, services: services, day: item.day).all(application)
        let added = try application.addition(
            joined: day,
            decision: decision,
            grounds: grounds,
            // A record that came since, or that nobody looked at, stops it.
            despite: Set(known.filter(\.isAnother).map(\.key)),
            version,
            services
        ).perform(transaction, by: actor, now: writer.now)
        let id = try transaction.first("SELECT id FROM member WHERE key = ?", [.text(added.key)]) { try $0.text(0) }
        guard let id else { throw MemberRefusal.noSuchMember }
        try writeFacts(id, added.key)
        return (id, added.key)
    }

    /// What it said of itself beyond what a new member's form takes.
    private func writeFacts(_ memberID: String, _ key: String) throws {
        let values = application.values
        let shownOn = application.submittedDay ?? item.day
        if application.isAsked(.headOfGovernment, version), !values[.head].isEmpty {
            let member = try MemberToEdit(key: key).answer(transaction, for: actor, now: writer.now)
            var entered = member.draft
            entered[.head] = values[.head]
            entered[.headPosition] = values[.headPosition]
            entered[.headShownOn] = shownOn.description
            _ = try EditMember(
                memberID: memberID,
                seenRevision: member.revision,
                seen: member.draft,
                entered: entered,
                grounds: ApplicationCheck.grounds(application),
                charter: services.charter,
                countries: []
            ).perform(transaction, by: actor, now: writer.now)
        }
        if application.isAsked(.employees, version) {
            var check = FormCheck()
            let field = ApplicationField.employees
            if !values[field].isEmpty,
                let count = check.number(values[field], field.rawValue, ApplicationCheck.employees, whole: true)
            {
                try EmployeesFigure.write(
                    transaction,
                    member: memberID,
                    employees: count,
                    year: shownOn.year,
                    now: writer.now
                )
            }
        }
    }

    /// A former member goes on in its own record.
    private func reinstate(_ memberID: String, on day: Day, _ decision: String) throws -> (id: String, key: String) {
        let known = KnownApplicants(transaction: transaction, services: services, day: item.day)
        guard let member = try known.one(memberID, .empty, isAnother: false) else { throw MemberRefusal.noSuchMember }
        try known.requireFormer(member)
        let status = newStatus(after: member.standing, on: day)
        let step = ChangeStatus(
            memberID: memberID,
            seenRevision: nil,
            status: status,
            day: day.description,
            decision: decision,
            grounds: grounds,
            charter: services.charter
        )
        try step.perform(transaction, by: actor, now: writer.now)
        try services.memberLetters.tellStanding(
            transaction,
            memberID: memberID,
            status: status,
            day: day,
            minutes: item.minutes,
            rule: ApplicationWriter.rule,
            appealUntil: nil,
            charter: services.charter,
            now: writer.now
        )
        return (memberID, member.key)
    }

    /// By the charter's rule on reinstatement where it is about the status; else that with which a membership begins.
    private func newStatus(after last: String, on day: Day) -> String {
        if let rule = version?.membership.reinstatement, rule.from.contains(last) { return rule.leadsTo }
        let possible = StatusOrder(charter: services.charter, day: day).possible(after: last.isEmpty ? nil : last)
        return possible.first { $0.isOnRoll }?.key ?? ""
    }

    /// What the records say of the step; the journal takes so much.
    private var grounds: String {
        let words = Phrase.record(item.minutes).english
        return words.count <= 1000 ? item.minutes : String(words.prefix(1000))
    }

    /// The contact speaks for the member from now on. Where that cannot be, as with a closed account, a step says so.
    private func invite(_ memberID: String) throws {
        let contact = application.values[.contactName]
        guard !application.email.isEmpty, !contact.isEmpty else {
            return try note(say("Nobody was invited: the application has no contact any more."))
        }
        let invitation = InvitePerson(
            name: contact,
            email: application.email,
            language: application.language,
            role: .representative,
            in: .member(memberID),
            grounds: ApplicationCheck.grounds(application),
            places: services.places,
            letters: services.invitations
        )
        do {
            let invited = try invitation.perform(transaction, by: actor, now: writer.now)
            try application.bind(to: invited.personID, transaction)
        } catch RoleRefusal.heldAlready {
            // A former member's representative speaks for it again.
        } catch let refusal as any Refusal {
            try note(say("The contact was not invited. \(refusal.sentence)"))
        } catch let input as InvalidInput {
            let reasons = Phrase.joined(input.fields.map(\.message), by: " ")
            try note(say("The contact was not invited. \(reasons)"))
        }
    }

    private func note(_ words: Phrase) throws {
        try writer.step(.note, .init(words: words.stored))
        try writer.note("noted", after: ["words": .text(words.recorded)])
    }

    private func tell(_ memberKey: String, _ day: Day, step: Int) throws {
        let mail = ApplicationMail(transaction: transaction, services: services, now: writer.now)
        let category = version?.category(application.category)?.name ?? application.category
        try mail.send(
            .admitted,
            application,
            step: step,
            [
                "body": mail.body(application), "day": mail.said(.day(day, .long), application),
                "category": services.letters.name(category, for: application.language),
                "page": services.letters.correspondence.address("/members/\(memberKey)", for: application.language),
            ]
        )
    }
}
