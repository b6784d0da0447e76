public import Access
public import Database
public import Foundation
import Journal
import Languages

/// Changes what an endpoint is for, where it is, and what it is told. Its secret stays. Throws as `AddEndpoint`, and
/// `WebhookRefusal.noSuchEndpoint`.
public struct ChangeEndpoint: Command {
    public static let action = Action.manageWebhooks

    private let id: String
    private let wish: EndpointWish

    /// - Parameters:
    ///   - kinds: names of events.
    ///   - allowsPlain: whether an address without TLS is taken: where private addresses are allowed, to try things.
    public init(_ id: String, name: String, url: String, kinds: [String], allowsPlain: Bool) {
        self.id = id
        wish = EndpointWish(name: name, url: url, kinds: kinds, allowsPlain: allowsPlain)
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let endpoint = try WebhookEndpoint.find(transaction, id: id)
        let (name, url, kinds) = try wish.checked()
        let fields: [(name: String, before: String, after: String)] = [
            ("name", endpoint.name, name), ("url", endpoint.url, url),
            ("kinds", endpoint.kinds.joined(separator: " "), kinds.joined(separator: " ")),
        ]
        var before: [String: JournalValue] = [:]
        var after: [String: JournalValue] = [:]
        for field in fields where field.before != field.after {
            before[field.name] = .text(field.before)
            after[field.name] = .text(field.after)
        }
        guard !after.isEmpty else { return }
        try transaction.execute(
            "UPDATE webhook_endpoint SET name = ?, url = ?, kinds = ? WHERE id = ?",
            [.text(name), .text(url), .text(kinds.joined(separator: " ")), .text(id)]
        )
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "webhook.changed",
                subject: .init("webhook", id),
                before: .object(before),
                after: .object(after)
            )
        )
    }
}

/// Removes an endpoint with its secret and its messages; what waits is not sent. Throws `WebhookRefusal.noSuchEndpoint`.
public struct RemoveEndpoint: Command {
    public static let action = Action.manageWebhooks

    private let id: String

    public init(_ id: String) { self.id = id }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let endpoint = try WebhookEndpoint.find(transaction, id: id)
        try transaction.execute("DELETE FROM webhook_delivery WHERE endpoint_id = ?", [.text(id)])
        try transaction.execute("DELETE FROM webhook_endpoint WHERE id = ?", [.text(id)])
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "webhook.removed",
                subject: .init("webhook", id),
                before: [
                    "name": .text(endpoint.name), "url": .text(endpoint.url),
                    "kinds": .text(endpoint.kinds.joined(separator: " ")),
                ]
            )
        )
    }
}

/// What somebody asks of an endpoint, and what of it can be taken.
struct EndpointWish: Sendable {
    let name: String
    let url: String
    let kinds: [String]
    let allowsPlain: Bool

    /// Throws `InvalidInput` with the fields `name`, `url` and `kinds`.
    func checked() throws(InvalidInput) -> (name: String, url: String, kinds: [String]) {
        var problems: [InvalidInput.Field] = []
        let name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if name.isEmpty || name.count > 80 {
            problems.append(.init("name", say("Say what it is for, in at most 80 characters.")))
        }
        let url = url.filter { !$0.isWhitespace }
        let parts = URLComponents(string: url)
        let schemes = allowsPlain ? ["https", "http"] : ["https"]
        let isAddress =
            schemes.contains(parts?.scheme?.lowercased() ?? "") && parts?.host?.isEmpty == false && parts?.user == nil
            && url.utf8.count <= 500 && url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
        if !isAddress {
            problems.append(.init("url", say("Enter an address that begins with https://, without a user in it.")))
        }
        let chosen = EventKind.allCases.map(\.rawValue).filter { kinds.contains($0) }
        if chosen.isEmpty { problems.append(.init("kinds", say("Choose at least one event."))) }
        guard problems.isEmpty else { throw InvalidInput(problems) }
        return (name, url, chosen)
    }
}
