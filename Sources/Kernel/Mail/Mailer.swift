public import Database
public import Foundation
public import Languages
public import Logging

/// What one round of sending came to.
public struct MailRound: Sendable, Equatable {
    public var sent = 0
    public var bounced = 0
    /// Will be tried again.
    public var deferred = 0
    /// Will not be.
    public var failed = 0
    public var uncertain = 0
    /// Why the round ended before all that was due was tried.
    public var problem: Phrase?

    public init() {}

    public init(sent: Int = 0, bounced: Int = 0, deferred: Int = 0, failed: Int = 0, uncertain: Int = 0) {
        self.sent = sent
        self.bounced = bounced
        self.deferred = deferred
        self.failed = failed
        self.uncertain = uncertain
    }

    mutating func count(_ state: MailState) {
        switch state {
        case .sent: sent += 1
        case .bounced: bounced += 1
        case .waiting: deferred += 1
        case .failed: failed += 1
        case .uncertain: uncertain += 1
        case .sending, .stopped: break
        }
    }
}

/// Sends what is due. Any number of processes may have one; how none is sent twice is told in `Outbox+sending.swift`.
public struct Mailer: Sendable {
    let database: Database
    let transport: any MailTransport
    let sender: Mailbox
    let holder: String
    let lease: TimeInterval
    let logger: Logger
    let now: @Sendable () -> Date

    /// - Parameters:
    ///   - holder: names this process to the others; another one at each start.
    ///   - lease: seconds after which a mail that is still being sent counts as uncertain. Longer than the transport's
    ///     own time limit.
    public init(
        database: Database,
        transport: any MailTransport,
        sender: Mailbox,
        holder: String = Identifier.make(),
        lease: TimeInterval = 300,
        logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.database = database
        self.transport = transport
        self.sender = sender
        self.holder = holder
        self.lease = lease
        self.logger = logger
        self.now = now
    }

    /// Sends at every interval until the task is cancelled; a mail that is being handed over is finished first.
    public func run(every interval: Duration = .seconds(5)) async {
        while !Task.isCancelled {
            do { _ = try await sendDue() } catch {
                logger.error("mail: the outbox cannot be worked on", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: interval)
        }
    }

    /// Sends all that is due, `limit` mails at most, one after the other. Throws `DatabaseError`.
    @discardableResult
    public func sendDue(limit: Int = 1000) async throws -> MailRound {
        var round = MailRound()
        let begin = now()
        // A look that writes nothing: an empty outbox costs no commit.
        guard try await database.read({ try Outbox.hasWork($0, now: begin) }) else { return round }
        round.uncertain = try await database.write { try Outbox.giveUpLost($0, now: begin) }
        for _ in 0..<limit {
            guard !Task.isCancelled, round.problem == nil, let claimed = try await claim() else { break }
            let (outcome, problem) = await hand(claimed)
            round.problem = problem
            round.count(try await finish(claimed, outcome))
        }
        if round != MailRound() { logger.info("mail: a round of sending", metadata: ["round": "\(round)"]) }
        return round
    }

    private func claim() async throws -> ClaimedMail? {
        let (holder, instant, lease) = (holder, now(), lease)
        return try await database.write { transaction in
            try Outbox.claim(
                transaction,
                holder: holder,
                leaseUntil: instant.addingTimeInterval(lease),
                now: instant
            )
        }
    }

    /// Touches the network. The second value is there when it makes no sense to go on with others.
    private func hand(_ mail: ClaimedMail) async -> (DeliveryOutcome, Phrase?) {
        do {
            let message = MailMessage(
                id: mail.id,
                sender: sender,
                recipient: try Mailbox(name: mail.recipientName, address: mail.recipient),
                content: mail.content,
                date: InstantText.date(mail.queuedAt) ?? now()
            )
            try await transport.deliver(message)
            return (.sent, nil)
        } catch let failure as DeliveryFailure {
            switch failure {
            case .refused(let words): return (.refused(words), nil)
            case .deferred(let words): return (.deferred(words), nil)
            case .unreachable(let words): return (.deferred(words), words)
            case .uncertain(let words): return (.uncertain(words), nil)
            }
        } catch let problem as MailProblem {
            return (.refused(problem.sentence), nil)
        } catch {
            // What nobody foresaw may have happened after the mail was handed over.
            return (.uncertain(.quoted("\(error)")), nil)
        }
    }

    /// What happened in the world must be written down, so this tries for a while before it leaves it to the lease.
    private func finish(_ mail: ClaimedMail, _ outcome: DeliveryOutcome) async throws -> MailState {
        let holder = holder
        var attempt = 1
        while true {
            let instant = now()
            do {
                return try await database.write { transaction in
                    try Outbox.finish(transaction, mail, outcome, holder: holder, now: instant)
                }
            } catch  where attempt < 5 {
                logger.error("mail: an outcome cannot be written down yet", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: .milliseconds(200 << attempt))
                attempt += 1
            }
        }
    }
}
