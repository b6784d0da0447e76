import Access
import Charter
public import Database
public import Foundation
import Journal
public import Languages
public import Logging
import Membership

/// Reminds members of what they owe, by the charter's schedule: of each due day each reminder once, and after a gap the
/// latest alone.
///
/// A reminder is noted in the transaction that writes its letter, so that any number of processes may do this at once, at
/// any hour, and as often as they like.
public struct SendReminders: Sendable {
    /// How many invoices are looked at in one transaction.
    public static let batch = 200

    /// As the journal names the program that reminds.
    static let actor = "dues-reminders"

    /// What came of one look.
    public struct Outcome: Sendable, Equatable {
        /// How many letters were written.
        public internal(set) var written = 0
        /// The keys of members that got none, because nobody represents them.
        public internal(set) var withoutLetter: [String] = []
        /// By the numbers of invoices, why a letter could not be written.
        public internal(set) var problems: [String: Phrase] = [:]
    }

    let database: Database
    let services: DuesServices
    let logger: Logger

    public init(database: Database, services: DuesServices, logger: Logger) {
        self.database = database
        self.services = services
        self.logger = logger
    }

    /// Sends what came due until now and was not sent.
    public func run(now: Date) async throws -> Outcome {
        let charter = services.charter
        let today = FormCheck.today(now)
        let ids = try await database.read { transaction in
            try ReminderPlan(transaction, on: today, charter: charter).lines.map(\.invoice.id)
        }
        var outcome = Outcome()
        for start in stride(from: 0, to: ids.count, by: Self.batch) {
            try Task.checkCancellation()
            try await send(Array(ids[start..<min(start + Self.batch, ids.count)]), now, &outcome)
        }
        outcome.withoutLetter.sort()
        return outcome
    }

    private func send(_ ids: [String], _ now: Date, _ outcome: inout Outcome) async throws {
        let services = services
        do {
            let sent = try await database.write { transaction in
                try ReminderBatch(transaction: transaction, services: services, now: now).send(ids)
            }
            outcome.written += sent.written
            outcome.withoutLetter += sent.withoutLetter
        } catch let error as DatabaseError {
            throw error
        } catch  where ids.count > 1 {
            // One whose letter cannot be written does not hold up the others.
            for id in ids { try await send([id], now, &outcome) }
        } catch {
            let id = ids.first ?? ""
            let number = try await database.read { try Invoice.find($0, named: id)?.number } ?? id
            logger.error("a reminder was not written", metadata: ["invoice": "\(number)", "error": "\(error)"])
            outcome.problems[number] = (error as? any Refusal)?.sentence ?? .verbatim("\(error)")
        }
    }
}

/// The reminders of some invoices with their letters, in one transaction.
private struct ReminderBatch {
    let transaction: Transaction
    let services: DuesServices
    let now: Date

    /// What of them came due and is still owed is looked at anew: a payment may have come meanwhile.
    func send(_ ids: [String]) throws -> (written: Int, withoutLetter: [String]) {
        let today = FormCheck.today(now)
        let lines = try ReminderPlan(transaction, on: today, charter: services.charter, invoices: ids).lines
        let members = Set(lines.map(\.invoice.memberID)).sorted()
        let readers = try DuesReader.firstRepresentatives(transaction, members: members, now: now)
        let mail = ReminderMail(transaction: transaction, services: services, now: now)
        var (written, withoutLetter): (Int, [String]) = (0, [])
        for line in lines {
            guard let reader = readers[line.invoice.memberID] else {
                withoutLetter.append(line.invoice.memberKey)
                continue
            }
            for step in line.overtaken { _ = try note(step, of: line.invoice, isSent: false) }
            // Of two processes, one notes it.
            guard try note(line.step, of: line.invoice, isSent: true) else { continue }
            try mail.remind(line, to: reader)
            try Journal.append(transaction, entry(line))
            written += 1
        }
        return (written, withoutLetter)
    }

    private func note(_ step: ReminderStep, of invoice: Invoice, isSent: Bool) throws -> Bool {
        try transaction.execute(
            """
            INSERT INTO dues_reminder (invoice_id, due_on, step, sent, noted_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (invoice_id, due_on, step) DO NOTHING
            """,
            [
                .text(invoice.id), .text(step.dueOn.description), .int(step.days), .flag(isSent),
                .text(InstantText.text(now)),
            ]
        ) == 1
    }

    private func entry(_ line: ReminderPlan.Line) -> JournalEntry {
        line.invoice.journalEntry(
            "invoice.reminded",
            SendReminders.actor,
            now,
            after: [
                "reference": .text(line.invoice.number), "due_on": .text(line.step.dueOn.description),
                "step": .integer(line.step.days), "amount": .text(line.amount.journal),
            ]
        )
    }
}
