import Charter
import Database
import Decisions
import Foundation
import Identity
import Languages
import Mail
import Membership

/// Writes to a member's people what becomes of its request, each in their language.
struct RequestMail {
    let transaction: Transaction
    let services: JoiningServices
    let now: Date

    enum Key: String, CaseIterable {
        case received = "request-received"
        case put = "request-put"
        case rejected = "request-rejected"
    }

    func tellReceived(_ request: MembershipRequest) throws {
        try send(.received, request, cause: request.id)
    }

    /// - Parameter circular: the question by which the body is asked.
    func tellPut(_ request: MembershipRequest, _ circular: RequestRecord.Circular?) throws {
        let when = circular?.lastDay.map { say("It answers by \($0, .long).") } ?? say("It decides in a meeting.")
        try send(.put, request, cause: "\(request.id):\(circular?.id ?? "")", more: ["when": when])
    }

    func tellRejected(_ request: MembershipRequest, _ item: SettledItem) throws {
        try send(.rejected, request, cause: "\(request.id):\(item.itemID)", more: ["minutes": .record(item.minutes)])
    }

    private func send(_ key: Key, _ request: MembershipRequest, cause: String, more: [String: Phrase] = [:]) throws {
        let letters = services.letters
        let version = services.charter.version(on: FormCheck.today(now))
        let body = version?.body(request.body)?.name ?? request.body
        for person in try MemberLetters.people(transaction, of: request.memberID, now: now) {
            guard let email = person.email else { continue }
            let said = { (phrase: Phrase) in letters.correspondence.text(phrase, for: person.language) }
            var values = more.mapValues(said)
            values["association"] = letters.association
            values["name"] = person.name
            values["member"] = request.memberName
            values["request"] = said(request.kind.inLetter)
            values["reference"] = request.reference
            values["day"] = said(.day(request.letterDay, .long))
            values["body"] = letters.name(body, for: person.language)
            values["link"] = letters.correspondence.address(
                "/portal/\(request.memberKey)/membership",
                for: person.language
            )
            let mail = OutgoingMail(
                cause: "\(key.rawValue):\(cause):\(person.id)",
                to: email,
                toName: person.name,
                content: try letters.templates.render(key.rawValue, language: person.language, values: values),
                person: person.id,
                member: request.memberID
            )
            _ = try Outbox.queue(transaction, mail, now: now)
        }
    }
}

extension MembershipRequestKind {
    /// Within a sentence.
    var inLetter: Phrase {
        switch self {
        case .withdrawal: say("withdrawal", context: "request of a member, in a letter")
        case .appeal: say("appeal", context: "request of a member, in a letter")
        case .reinstatement: say("reinstatement", context: "request of a member, in a letter")
        }
    }
}
