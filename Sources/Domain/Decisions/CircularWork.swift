import Access
import Charter
public import Database
public import Foundation
public import Logging

/// What time brings about: closing what is over, and reminding those who have not answered.
public struct CircularWork: Sendable {
    let database: Database
    let services: DecisionServices
    let logger: Logger

    public init(database: Database, services: DecisionServices, logger: Logger) {
        self.database = database
        self.services = services
        self.logger = logger
    }

    /// What came of one look.
    public struct Outcome: Sendable, Equatable {
        public var closed = 0
        public var reminders = 0
        /// The references of those that could not be closed or reminded of.
        public var failed: [String] = []
    }

    /// Does what is due, each circular in a transaction of its own, so that none holds up another. Any number of processes
    /// may do it at once: each thing is done once.
    public func run(now: Date) async throws -> Outcome {
        var outcome = Outcome()
        let open = try await database.read { transaction in
            try transaction.query(
                "SELECT \(Circular.columns) FROM \(Circular.tables) WHERE c.state = 'open' AND c.closes_at IS NOT NULL"
            ) { try Circular(row: $0) }
        }
        for circular in open.sorted(by: { ($0.closesAt ?? "", $0.id) < ($1.closesAt ?? "", $1.id) }) {
            do {
                if try await close(circular.id, now: now) {
                    outcome.closed += 1
                } else {
                    outcome.reminders += try await remind(circular.id, now: now)
                }
            } catch {
                outcome.failed.append(circular.reference)
                logger.error("a decision could not be closed", metadata: ["id": "\(circular.id)", "error": "\(error)"])
            }
        }
        return outcome
    }

    /// Closes a circular whose time is over; `false` where it is not, or another process did.
    func close(_ id: String, now: Date) async throws -> Bool {
        let services = services
        return try await database.write { transaction in
            guard let circular = try Circular.find(transaction, id: id), circular.state == .open else { return false }
            return try Closing(transaction: transaction, services: services, now: now).closeIfOver(circular)
        }
    }

    private func remind(_ id: String, now: Date) async throws -> Int {
        let services = services
        return try await database.write { transaction in
            guard let circular = try Circular.find(transaction, id: id), circular.state == .open,
                let terms = circular.terms, let end = circular.closesAt.flatMap(InstantText.date), now < end
            else { return 0 }
            let due = terms.reminderDays.filter { days in
                let instant = InstantText.text(end.addingTimeInterval(-86_400 * Double(days)))
                return circular.openedAt < instant && InstantText.text(now) >= instant
            }
            var isNew = false
            for days in due {
                let noted = try transaction.execute(
                    """
                    INSERT INTO circular_reminder (circular_id, days, sent_at) VALUES (?, ?, ?)
                    ON CONFLICT (circular_id, days) DO NOTHING
                    """,
                    [.text(id), .int(days), .text(InstantText.text(now))]
                )
                if noted == 1 { isNew = true }
            }
            // Several that came due while nobody looked are one letter.
            guard isNew, let latest = due.min() else { return 0 }
            return try CircularMail(transaction: transaction, services: services, now: now)
                .remind(circular, days: latest, until: end)
        }
    }
}
