public import Database
public import Foundation
import Languages
public import Logging

/// Does the jobs of one process when they are due. Any number of processes may have the same jobs; each run is one's.
public struct JobRunner: Sendable {
    let database: Database
    let jobs: [Job]
    let process: String
    let logger: Logger
    let now: @Sendable () -> Date

    /// `process` names this process to the others and to people; another one at each start.
    public init(
        database: Database,
        jobs: [Job],
        process: String = Identifier.make(),
        logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        precondition(Set(jobs.map(\.name)).count == jobs.count, "two jobs have one name")
        self.database = database
        self.jobs = jobs
        self.process = process
        self.logger = logger
        self.now = now
    }

    /// Looks every `interval` for what is due, until the task is cancelled. Work under way is then cancelled too, and its
    /// run ends as failed.
    public func run(every interval: Duration = .seconds(1)) async {
        await withTaskGroup(of: Void.self) { group in
            // Each job on its own, so that a long one keeps no other waiting.
            for job in jobs {
                group.addTask {
                    while !Task.isCancelled {
                        await attempt(job)
                        try? await Task.sleep(for: interval)
                    }
                }
            }
        }
    }

    /// Does what is due now, once, and returns when all of it has ended.
    public func runDue() async {
        await withTaskGroup(of: Void.self) { group in for job in jobs { group.addTask { await attempt(job) } } }
    }

    private func attempt(_ job: Job) async {
        do {
            let instant = now()
            // A look that writes nothing: a job that is not due costs no commit.
            let look = try await database.read { transaction in
                (
                    isDue: try JobLease.dueNames(transaction, now: instant).contains(job.name),
                    needsWord: try Self.isUnheard(transaction, job, now: instant)
                )
            }
            if look.needsWord { try await database.write { try JobLease.register($0, job, now: instant) } }
            guard look.isDue || look.needsWord else { return }
            let (process, begin) = (process, instant)
            let lease = try await database.write { try JobLease.claim($0, job, holder: process, now: begin) }
            if let lease { try await work(job, lease, begin) }
        } catch  where !Task.isCancelled {
            logger.error(
                "jobs: the schedule cannot be worked on",
                metadata: ["job": "\(job.name)", "error": "\(error)"]
            )
        } catch {
            // The program ends; what was under way is written down or left to its lease.
        }
    }

    /// Whether the database has not heard of the job as it is, or not for a minute.
    private static func isUnheard(_ transaction: Transaction, _ job: Job, now: Date) throws -> Bool {
        let isHeard = try transaction.first(
            "SELECT 1 FROM job WHERE name = ? AND title = ? AND every_seconds = ? AND seen_at > ?",
            [
                .text(job.name), .text(job.title.stored), .int(Int(job.every.inSeconds)),
                .text(InstantText.text(now.addingTimeInterval(-60))),
            ]
        ) { _ in true }
        return isHeard != true
    }

    private func work(_ job: Job, _ lease: JobLease, _ begin: Date) async throws {
        let (outcome, words) = await result(of: job, lease, begin)
        logger.log(
            level: outcome == .done ? .debug : .error,
            "jobs: a run ended",
            metadata: [
                "job": "\(job.name)", "run": "\(lease.run)", "outcome": "\(outcome.rawValue)",
                "words": "\(words.english)",
            ]
        )
        let end = now()
        try await database.write { try lease.finish($0, outcome, words, now: end) }
    }

    private static let stopped = say("It was stopped.")

    /// Works and renews the lease beside it; a process that lost its lease stops working.
    private func result(of job: Job, _ lease: JobLease, _ begin: Date) async -> (JobRun.Outcome, Phrase) {
        await withTaskGroup(of: (JobRun.Outcome, Phrase)?.self) { group in
            group.addTask {
                do {
                    return (.done, try await job.work(JobContext(run: lease.run, now: begin)))
                } catch is CancellationError { return (.failed, Self.stopped) } catch {
                    return (.failed, .verbatim(String("\(error)".prefix(2000))))
                }
            }
            group.addTask {
                await keep(job, lease)
                return nil
            }
            var ended: (JobRun.Outcome, Phrase)?
            for await result in group {
                if let result { ended = result }
                group.cancelAll()
            }
            return ended ?? (.failed, Self.stopped)
        }
    }

    /// Renews three times in a lease, until it is cancelled or the job was taken over.
    private func keep(_ job: Job, _ lease: JobLease) async {
        while !Task.isCancelled {
            try? await Task.sleep(for: job.lease / 3)
            if Task.isCancelled { return }
            let until = now().addingTimeInterval(job.lease.inSeconds)
            do {
                guard try await database.write({ try lease.renew($0, until: until) }) else {
                    logger.error("jobs: a run was taken over", metadata: ["job": "\(job.name)", "run": "\(lease.run)"])
                    return
                }
            } catch {
                // The next try may still be in time.
                logger.error("jobs: a lease cannot be renewed", metadata: ["job": "\(job.name)", "error": "\(error)"])
            }
        }
    }
}
