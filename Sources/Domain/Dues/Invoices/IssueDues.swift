import Access
public import Database
public import Foundation
import Journal
import Languages
public import Logging

/// Writes the invoices of a run in batches, each of them whole or not at all.
///
/// Killed at any moment, it leaves whole invoices behind; begun again, or by two processes at once, it finds who has one.
/// The right was asked for when the run was started (`StartDuesRun`).
public struct IssueDues: Sendable {
    /// How many invoices are written in one transaction.
    public static let batch = 200

    /// What became of a run.
    public struct Outcome: Sendable, Equatable {
        public let run: DuesRun
        /// How many invoices this process wrote.
        public internal(set) var written = 0
        /// The keys of members that got an invoice and no letter, because nobody represents them.
        public internal(set) var withoutLetter: [String] = []
        /// How many members got none because something is missing.
        public internal(set) var missing = 0
        /// How many got none because their invoice of the year is made up.
        public internal(set) var madeUp = 0
        public internal(set) var problems: [DuesRun.Problem] = []
    }

    let database: Database
    let services: DuesServices
    let logger: Logger

    public init(database: Database, services: DuesServices, logger: Logger) {
        self.database = database
        self.services = services
        self.logger = logger
    }

    /// Goes on with every run that did not come to its end. One that cannot be gone on with does not hold up the others; the
    /// last such error is thrown at the end.
    public func resume(now: Date) async throws -> [Outcome] {
        var outcomes: [Outcome] = []
        var problem: (any Error)?
        for run in try await database.read({ try DuesRun.unfinished($0) }) {
            do { outcomes.append(try await self.run(run.id, now: now)) } catch {
                logger.error("a run of invoices stopped", metadata: ["run": "\(run.id)", "error": "\(error)"])
                problem = error
            }
        }
        if let problem { throw problem }
        return outcomes
    }

    /// Writes what is left of a run and ends it. Throws `DuesRefusal.noSuchRun`, and what `DuesPlan` throws.
    public func run(_ id: String, now: Date) async throws -> Outcome { try await run(id, now: now) { _ in true } }

    /// - Parameter isMeant: who gets an invoice, of those that would.
    func run(_ id: String, now: Date, for isMeant: (FeeMember) -> Bool) async throws -> Outcome {
        let charter = services.charter
        let (run, plan) = try await database.read { transaction in
            let run = try DuesRun.load(transaction, id: id)
            return (run, try DuesPlan(run.year, issuedOn: run.issuedOn, charter: charter, transaction))
        }
        let batch = IssueBatch(run: run, plan: plan, services: services, now: now)
        let lines = plan.toInvoice.filter { isMeant($0.member) }
        var outcome = Outcome(run: run)
        outcome.missing = plan.missing.count
        outcome.madeUp = plan.madeUp.count
        for start in stride(from: 0, to: lines.count, by: Self.batch) {
            try Task.checkCancellation()
            try await write(Array(lines[start..<min(start + Self.batch, lines.count)]), batch, &outcome)
        }
        return try await finish(outcome, now)
    }

    private func write(_ lines: [DuesPlan.Line], _ batch: IssueBatch, _ outcome: inout Outcome) async throws {
        do {
            outcome.add(try await database.write { try batch.issue(lines, $0) })
        } catch let error as DatabaseError {
            throw error
        } catch  where lines.count > 1 {
            // One whose letter cannot be written does not hold up the others.
            for line in lines { try await write([line], batch, &outcome) }
        } catch {
            let key = lines.first?.member.key ?? ""
            logger.error("an invoice was not written", metadata: ["member": "\(key)", "error": "\(error)"])
            let words = (error as? any Refusal)?.sentence ?? .verbatim("\(error)")
            outcome.problems.append(DuesRun.Problem(memberKey: key, words: words))
        }
    }

    private func finish(_ outcome: Outcome, _ now: Date) async throws -> Outcome {
        let (id, starter, problems, missing) =
            (outcome.run.id, outcome.run.startedBy, outcome.problems, outcome.missing)
        let run = try await database.write { transaction in
            let run = try DuesRun.load(transaction, id: id)
            guard try run.finish(transaction, problems, now: now) else { return run }
            let entry = JournalEntry(
                at: now,
                actor: starter,
                action: "dues-run.finished",
                subject: .init(DuesRun.subjectKind, id),
                after: [
                    "year": .integer(run.year), "invoices": .integer(run.invoices), "missing_inputs": .integer(missing),
                    "problems": .integer(problems.count),
                ]
            )
            try Journal.append(transaction, entry)
            return try DuesRun.load(transaction, id: id)
        }
        return outcome.of(run)
    }
}

extension IssueDues.Outcome {
    fileprivate mutating func add(_ issued: IssueBatch.Issued) {
        written += issued.written
        withoutLetter += issued.withoutLetter
    }

    fileprivate func of(_ run: DuesRun) -> IssueDues.Outcome {
        IssueDues.Outcome(
            run: run,
            written: written,
            withoutLetter: withoutLetter,
            missing: missing,
            madeUp: madeUp,
            problems: problems
        )
    }
}
