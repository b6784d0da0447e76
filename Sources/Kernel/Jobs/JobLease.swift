import Database
import Foundation
import Languages

/// A run that this process, and no other, works on.
struct JobLease: Sendable, Equatable {
    let job: String
    let run: String
    let holder: String
}

// Who works on what is one row of `job`. To claim reads it and writes it in one transaction, which the database lets one
// process do. A lease that has ended belongs to whoever comes next; the run under it is then written down as broken off.
extension JobLease {
    /// Makes the job known, or its title and interval as they are now. A new one is due at once.
    static func register(_ transaction: Transaction, _ job: Job, now: Date) throws {
        let instant = Value.text(InstantText.text(now))
        let every = Value.int(Int(job.every.inSeconds))
        let known = try transaction.execute(
            "UPDATE job SET title = ?, every_seconds = ?, seen_at = ? WHERE name = ?",
            [.text(job.title.stored), every, instant, .text(job.name)]
        )
        guard known == 0 else {
            // A job that now repeats more often does not wait for a time that was planned before.
            let soonest = Value.text(InstantText.text(now.addingTimeInterval(job.every.inSeconds)))
            try transaction.execute(
                "UPDATE job SET next_at = ? WHERE name = ? AND next_at > ?",
                [soonest, .text(job.name), soonest]
            )
            return
        }
        try transaction.execute(
            """
            INSERT INTO job (name, title, every_seconds, next_at, seen_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (name) DO NOTHING
            """,
            [.text(job.name), .text(job.title.stored), every, instant, instant]
        )
    }

    // Planned, asked for, or left half done by a process whose lease has ended.
    private static let due = "((next_at <= ? OR requested_at IS NOT NULL) AND holder IS NULL OR lease_until <= ?)"

    /// Which of the jobs are due and free. Only reads.
    static func dueNames(_ transaction: Transaction, now: Date) throws -> Set<String> {
        let instant = Value.text(InstantText.text(now))
        return Set(try transaction.query("SELECT name FROM job WHERE \(due)", [instant, instant]) { try $0.text(0) })
    }

    /// Claims a job that is due and free; `nil` when another process was first.
    static func claim(_ transaction: Transaction, _ job: Job, holder: String, now: Date) throws -> JobLease? {
        let instant = InstantText.text(now)
        let found = try transaction.first(
            "SELECT next_at, run_id FROM job WHERE name = ? AND \(due)",
            [.text(job.name), .text(instant), .text(instant)]
        ) { (nextAt: try $0.text(0), run: $0.optionalText(1)) }
        guard let found else { return nil }
        if let broken = found.run { try end(transaction, run: broken, .brokenOff, say("Its process ended."), instant) }
        let lease = JobLease(job: job.name, run: Identifier.make(at: now), holder: holder)
        try transaction.execute(
            """
            UPDATE job SET holder = ?, lease_until = ?, run_id = ?, next_at = ?, requested_at = NULL, seen_at = ?
            WHERE name = ?
            """,
            [
                .text(holder), .text(InstantText.text(now.addingTimeInterval(job.lease.inSeconds))), .text(lease.run),
                .text(following(found.nextAt, every: job.every, now: now)), .text(instant), .text(job.name),
            ]
        )
        try transaction.execute(
            "INSERT INTO job_run (id, job, holder, began_at, outcome) VALUES (?, ?, ?, ?, 'running')",
            [.text(lease.run), .text(job.name), .text(holder), .text(instant)]
        )
        return lease
    }

    /// The first planned time after now. Counted from the last planned time and not from now, so that a job that began a
    /// little late does not drift, and one that was missed for a week runs once and not a thousand times.
    static func following(_ planned: String, every: Duration, now: Date) -> String {
        // Compared as texts, as the query that found it due did: a text is rounded and may lie a little after its instant.
        guard let last = InstantText.date(planned), planned <= InstantText.text(now) else { return planned }
        let passed = max(0, (now.timeIntervalSince(last) / every.inSeconds).rounded(.down))
        return InstantText.text(last.addingTimeInterval((passed + 1) * every.inSeconds))
    }

    /// Keeps the job; `false` when it was taken over.
    func renew(_ transaction: Transaction, until: Date) throws -> Bool {
        try transaction.execute(
            "UPDATE job SET lease_until = ? WHERE name = ? AND run_id = ? AND holder = ?",
            [.text(InstantText.text(until)), .text(job), .text(run), .text(holder)]
        ) == 1
    }

    /// Writes down how the run ended and lets the job go. A run that was taken over stays broken off.
    func finish(_ transaction: Transaction, _ outcome: JobRun.Outcome, _ words: Phrase, now: Date) throws {
        try Self.end(transaction, run: run, outcome, words, InstantText.text(now))
        try transaction.execute(
            "UPDATE job SET holder = NULL, lease_until = NULL, run_id = NULL WHERE name = ? AND run_id = ?",
            [.text(job), .text(run)]
        )
    }

    private static func end(
        _ transaction: Transaction,
        run: String,
        _ outcome: JobRun.Outcome,
        _ words: Phrase,
        _ instant: String
    ) throws {
        try transaction.execute(
            "UPDATE job_run SET ended_at = ?, outcome = ?, words = ? WHERE id = ? AND outcome = 'running'",
            [.text(instant), .text(outcome.rawValue), .text(words.stored), .text(run)]
        )
    }
}
