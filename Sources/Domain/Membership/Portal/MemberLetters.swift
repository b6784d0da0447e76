import Database
import Foundation
import Identity
public import Mail

/// The letters that members' people get, and where their links lead.
public struct MemberLetters: Sendable {
    let templates: MailTemplates
    let siteAddress: String

    /// The folder of the templates that come with the program.
    public static var folder: String { Bundle.module.bundleURL.appendingPathComponent("MailTemplates").path }

    /// - Parameter siteAddress: where the site is reached from outside, without a slash at its end.
    public init(templates: MailTemplates, siteAddress: String) {
        self.templates = templates
        self.siteAddress = siteAddress
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
        var values = [
            "name": person.name, "member": proposal.memberName, "fact": proposal.fact.words(in: person.language),
            "value": proposal.value.words, "link": "\(siteAddress)/portal/\(proposal.memberKey)/facts",
        ]
        let key: String
        switch news {
        case .accepted(let day):
            key = "proposal-accepted"
            values["effective"] = day
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
