public import Database
public import Foundation
import Journal
public import Mail

extension MailProblem: Refusal {
    public var code: String {
        switch self {
        case .unknown: "mail.unknown"
        case .notNow: "mail.not-now"
        case .bodyIsGone: "mail.body-is-gone"
        default: "mail.invalid"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .unknown: .notFound
        case .notNow, .bodyIsGone: .conflict
        default: .invalid
        }
    }
}

/// A page of outgoing mail, the latest first.
public struct ListMail: Question {
    public static let action = Action.readMail
    public static let pageSize = 50

    public let filter: OutboxFilter
    /// Counts from 1.
    public let page: Int

    public init(_ filter: OutboxFilter = OutboxFilter(), page: Int = 1) {
        self.filter = filter
        self.page = page
    }

    /// The mails of a page and how many there are in each state.
    public struct Answer: Sendable, Equatable {
        public let page: OutboxPage
        public let counts: [MailState: Int]
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        Answer(
            page: try Outbox.list(transaction, filter, page: page, size: Self.pageSize),
            counts: try Outbox.counts(transaction)
        )
    }
}

/// One outgoing mail with its attempts. Throws `MailProblem.unknown`.
public struct ReadMail: Question {
    public static let action = Action.readMail

    public let id: String

    public init(id: String) { self.id = id }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> MailRecord {
        guard let record = try Outbox.find(transaction, id: id) else {
            throw MailProblem.unknown(String(id.prefix(80)))
        }
        return record
    }
}

/// What somebody decides about a mail that did not simply go out. Throws `MailProblem`.
public struct DecideMail: Command {
    public static let action = Action.sendMail

    public enum Decision: String, Sendable, CaseIterable {
        case stop
        case sendAgain = "send-again"
        /// It was uncertain, and somebody has found that it arrived.
        case confirmSent = "confirm-sent"
    }

    public let id: String
    public let decision: Decision

    public init(id: String, _ decision: Decision) {
        self.id = id
        self.decision = decision
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> MailChange {
        let change =
            switch decision {
            case .stop: try Outbox.stop(transaction, id: id, now: now)
            case .sendAgain: try Outbox.sendAgain(transaction, id: id, now: now)
            case .confirmSent: try Outbox.confirmSent(transaction, id: id, now: now)
            }
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "mail.\(change.after.rawValue)",
                subject: .init("mail", id),
                before: ["state": .text(change.before.rawValue)],
                after: ["state": .text(change.after.rawValue)]
            )
        )
        return change
    }
}
