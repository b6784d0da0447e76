import Charter
import Database
import Decisions
import Foundation
import Identity
import Languages
import Mail
import Membership

/// Writes to a member's people what becomes of its request for relief, each in their language.
struct ReliefMail {
    let transaction: Transaction
    let services: DuesServices
    let now: Date

    enum Key: String, CaseIterable {
        case received = "relief-received"
        case put = "relief-put"
        case returned = "relief-returned"
        case adopted = "relief-adopted"
        case ended = "relief-ended"
        case rejected = "relief-rejected"
        case takenBack = "relief-taken-back"
    }

    func tellReceived(_ request: ReliefRequest) throws {
        try send(.received, request, cause: request.id)
    }

    /// - Parameter circular: the question by which the body is asked.
    func tellPut(_ request: ReliefRequest, _ circular: ReliefRecord.Circular?) throws {
        let when = circular?.lastDay.map { say("It answers by \($0, .long).") } ?? say("It decides in a meeting.")
        try send(.put, request, cause: "\(request.id):\(circular?.id ?? "")", more: ["when": when])
    }

    func tellReturned(_ request: ReliefRequest, _ item: SettledItem) throws {
        try send(.returned, request, cause: "\(request.id):\(item.itemID)")
    }

    func tellAdopted(_ request: ReliefRequest, _ item: SettledItem) throws {
        let key = request.kind == .ending ? Key.ended : .adopted
        try send(key, request, cause: "\(request.id):\(item.itemID)", more: ["minutes": .record(item.minutes)])
    }

    func tellRejected(_ request: ReliefRequest, _ item: SettledItem) throws {
        try send(.rejected, request, cause: "\(request.id):\(item.itemID)", more: ["minutes": .record(item.minutes)])
    }

    func tellTakenBack(_ request: ReliefRequest, _ reason: String) throws {
        try send(.takenBack, request, cause: request.id, more: ["reason": .verbatim(reason)])
    }

    private func send(_ key: Key, _ request: ReliefRequest, cause: String, more: [String: Phrase] = [:]) throws {
        let letters = services.letters
        let version = services.charter.version(on: FormCheck.today(now))
        let body = Phrase.name(version?.body(request.body)?.name ?? request.body)
        for person in try MemberLetters.people(transaction, of: request.memberID, now: now) {
            guard let email = person.email else { continue }
            let said = { (phrase: Phrase) in letters.text(phrase, in: person.language) }
            var values = more.mapValues(said)
            values["association"] = letters.association
            values["name"] = person.name
            values["member"] = request.memberName
            values["terms"] = said(request.termsWords)
            values["reference"] = request.reference
            values["day"] = said(.day(request.letterDay, .long))
            values["body"] = said(body)
            values["link"] = letters.correspondence.address(
                DuesLetters.Path.portal(request.memberKey),
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
