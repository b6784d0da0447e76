public import Charter
public import Database
public import Foundation
import Identity
import Journal
import Mail

/// What another capability keeps for a time, and how it removes what is past it.
public struct RetentionStore: Sendable {
    public let kept: Charter.Kept
    /// Removes what was over before the first instant; the second is now. Returns how much it was.
    public let remove: @Sendable (Transaction, Date, Date) throws -> Int

    public init(_ kept: Charter.Kept, remove: @escaping @Sendable (Transaction, Date, Date) throws -> Int) {
        self.kept = kept
        self.remove = remove
    }
}

/// Deletes what is past its time, by the charter's rules on retention. A nightly job runs it; running it again is harmless.
public enum Retention {
    /// How much went, by kind of data; without those of which nothing went.
    public typealias Outcome = [Charter.Kept: Int]

    /// Who acts, as the journal names it.
    public static let actor = "retention"

    /// Applies every rule that the version has, and notes in the journal what went by which.
    /// - Parameters:
    ///   - sources: what other capabilities hold on people, erased with a closed account.
    ///   - stores: what other capabilities keep for a time.
    @discardableResult
    public static func apply(
        _ transaction: Transaction,
        _ version: CharterVersion,
        sources: [PersonalDataSource],
        stores: [RetentionStore],
        now: Date
    ) throws -> Outcome {
        var outcome: Outcome = [:]
        for rule in version.retention {
            let instant = now.addingTimeInterval(-86_400 * Double(rule.days))
            let own = try remove(rule.kept, transaction, before: instant, sources, now: now)
            let count = try stores.filter { $0.kept == rule.kept }.reduce(own) {
                try $0 + $1.remove(transaction, instant, now)
            }
            guard count > 0 else { continue }
            outcome[rule.kept] = count
            try Journal.append(
                transaction,
                JournalEntry(
                    at: now,
                    actor: actor,
                    action: "retention.applied",
                    subject: .init("retention", rule.kept.rawValue),
                    rule: "retention.\(rule.kept.rawValue)",
                    after: ["count": .integer(count), "days": .integer(rule.days)]
                )
            )
        }
        try wipeLastMail(transaction, now: now)
        return outcome
    }

    private static func remove(
        _ kept: Charter.Kept,
        _ transaction: Transaction,
        before instant: Date,
        _ sources: [PersonalDataSource],
        now: Date
    ) throws -> Int {
        switch kept {
        case .sessions:
            return try Session.removeEnded(
                transaction,
                SessionPolicy(idle: .seconds(now.timeIntervalSince(instant)), absolute: .seconds(3_000_000_000)),
                now: now
            )
        case .signInAttempts:
            let text = InstantText.text(instant)
            return try AttemptLimit.removeOld(transaction, window: now.timeIntervalSince(instant), now: now)
                + OneTimeLink.remove(transaction, madeBefore: instant, now: now)
                + OpenIDAttempt.removeOld(transaction, now: now)
                + transaction.execute("DELETE FROM sign_in_request WHERE asked_at < ?", [.text(text)])
                + transaction.execute("DELETE FROM address_change WHERE asked_at < ?", [.text(text)])
        case .mail: return try Outbox.remove(transaction, settledBefore: instant)
        case .closedAccounts: return try eraseClosed(transaction, before: instant, sources, now: now)
        // Other capabilities keep these.
        case .uploads, .applicationDrafts, .applications: return 0
        case .journalPersonal: return try Journal.erasePersonal(transaction, recordedBefore: instant)
        }
    }

    private static func eraseClosed(
        _ transaction: Transaction,
        before instant: Date,
        _ sources: [PersonalDataSource],
        now: Date
    ) throws -> Int {
        let ids = try transaction.query(
            "SELECT id FROM person WHERE closed_at < ? AND erased_at IS NULL ORDER BY id",
            [.text(InstantText.text(instant))]
        ) { try $0.text(0) }
        for id in ids {
            guard let person = try Person.find(transaction, id: id) else { continue }
            try Erasure(sources: sources).erase(transaction, person, actor: actor, now: now)
        }
        return ids.count
    }

    /// The mail that told somebody of their erasure still has their address: once it was sent, that goes too.
    private static func wipeLastMail(_ transaction: Transaction, now: Date) throws {
        let recently = InstantText.text(now.addingTimeInterval(-30 * 86_400))
        let ids = try transaction.query("SELECT id FROM person WHERE erased_at > ?", [.text(recently)]) {
            try $0.text(0)
        }
        for id in ids where try !Outbox.waits(transaction, person: id) {
            try Outbox.erase(transaction, person: id, now: now)
        }
    }
}
