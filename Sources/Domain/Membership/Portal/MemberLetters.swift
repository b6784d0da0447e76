import Access
public import Charter
public import Database
public import Foundation
package import Identity
import Languages
public import Mail

/// The letters that members' people get, and where their links lead.
public struct MemberLetters: Sendable {
    let templates: MailTemplates
    private let correspondence: Correspondence

    /// The folder of the templates that come with the program.
    public static var folder: String { Bundle.module.bundleURL.appendingPathComponent("MailTemplates").path }

    public init(templates: MailTemplates, correspondence: Correspondence) {
        self.templates = templates
        self.correspondence = correspondence
    }

    enum ProposalNews {
        case accepted(effectiveOn: String)
        case declined(reason: String)
    }

    /// Tells whoever made a proposal what became of it; nobody when the account is closed.
    func tell(_ transaction: Transaction, _ proposal: Proposal, _ news: ProposalNews, now: Date) throws {
        guard let id = proposal.proposedBy.id, let person = try Person.find(transaction, id: id),
            person.closedAt == nil, let email = person.email
        else { return }
        let said = { (phrase: Phrase) in correspondence.text(phrase, for: person.language) }
        var values = [
            "name": person.name, "member": proposal.memberName, "fact": said(proposal.fact.inLetter),
            "value": said(proposal.value.words),
            "link": correspondence.address("/portal/\(proposal.memberKey)/facts", for: person.language),
        ]
        let key: String
        switch news {
        case .accepted(let day):
            key = "proposal-accepted"
            values["effective"] = said(Day(day).map { Phrase.day($0) } ?? Phrase.verbatim(day))
        case .declined(let reason):
            key = "proposal-declined"
            values["reason"] = reason
        }
        let mail = OutgoingMail(
            cause: "\(key):\(proposal.id)",
            to: email,
            toName: person.name,
            content: try templates.render(key, language: person.language, values: values),
            person: person.id,
            member: proposal.memberID
        )
        _ = try Outbox.queue(transaction, mail, now: now)
    }
}

extension MemberLetters {
    /// Tells a member's people of a step in its standing, each in their language, once for each step.
    /// - Parameters:
    ///   - status: the key of the status that it has from `day` on.
    ///   - minutes: what the record says of the decision, as it keeps it (`Phrase.recorded`).
    ///   - rule: the id of the charter's rule; `nil` for that of the status itself.
    ///   - appealUntil: the last day on which the member can appeal; `nil` where the charter gives no appeal.
    public func tellStanding(
        _ transaction: Transaction,
        memberID: String,
        status: String,
        day: Day,
        minutes: String,
        rule: String?,
        appealUntil: Day?,
        charter: Charter,
        now: Date
    ) throws {
        guard let member = try PortalMember.find(transaction, id: memberID),
            let version = charter.version(on: day) ?? charter.versions.first
        else { return }
        // Whoever reads of a time that is over would only be misled.
        let until = appealUntil.flatMap { $0.description >= Grant.day(now) ? $0 : nil }
        let appeal = version.membership.appeal
        for person in try Self.people(transaction, of: memberID, now: now) {
            guard let email = person.email else { continue }
            let language = Language(rawValue: person.language) ?? .source
            let said = { (phrase: Phrase) in correspondence.text(phrase, for: person.language) }
            var values = [
                "association": charter.association.shortName, "name": person.name, "member": member.name,
                "status": charter.name(version.status(status)?.name ?? status, in: language),
                "day": said(.day(day, .long)), "minutes": said(.record(minutes)),
                "rule": said(Self.cited(rule ?? "statuses.\(status)", version)),
                "link": correspondence.address("/portal/\(member.key)/membership", for: person.language),
            ]
            var key = "standing-changed"
            if let until, let appeal {
                key = "standing-changed-appeal"
                values["until"] = said(.day(until, .long))
                values["body"] = charter.name(version.body(appeal.decidedBy)?.name ?? appeal.decidedBy, in: language)
            }
            let mail = OutgoingMail(
                cause: "standing-changed:\(memberID):\(day):\(status):\(person.id)",
                to: email,
                toName: person.name,
                content: try templates.render(key, language: person.language, values: values),
                person: person.id,
                member: memberID
            )
            _ = try Outbox.queue(transaction, mail, now: now)
        }
    }

    /// "GA6, Annex 1, Suspensions (membership.grounds.inactive-local-government)"
    private static func cited(_ id: String, _ version: CharterVersion) -> Phrase {
        guard let rule = version.rule(id) else { return .verbatim(id) }
        return rule.citation.words + .verbatim(" (\(id))")
    }

    /// Everybody who acts for a member today: its representatives, editors and delegates whose accounts are open.
    package static func people(_ transaction: Transaction, of member: String, now: Date) throws -> [Person] {
        let day = Grant.day(now)
        let grants = try Grant.all(transaction, place: .member(member)).filter { $0.isInForce(on: day) }
        return try Set(grants.map(\.personID)).sorted().compactMap { try Person.find(transaction, id: $0) }
            .filter(\.isOpen)
    }
}
