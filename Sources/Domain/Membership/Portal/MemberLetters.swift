import Charter
import Database
import Foundation
import Identity
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
