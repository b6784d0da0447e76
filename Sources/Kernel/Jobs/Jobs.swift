public import Database
public import Foundation
public import Languages

/// A job as lists show it. Instants are `InstantText`.
public struct JobStatus: Sendable, Equatable {
    public let name: String
    public let title: Phrase
    public let everySeconds: Int
    public let nextAt: String
    /// Since when somebody asked for it out of turn.
    public let requestedAt: String?
    /// The process that works on it.
    public let holder: String?
    public let leaseUntil: String?
    /// When a process that has this job last looked after it. Old: no process has it any more.
    public let seenAt: String
    public let lastRun: JobRun?
}

/// One run of a job.
public struct JobRun: Sendable, Equatable {
    public enum Outcome: String, Sendable, CaseIterable {
        case running, done, failed
        /// Its process ended before it did.
        case brokenOff = "broken off"
    }

    public let id: String
    public let job: String
    public let holder: String
    public let beganAt: String
    public let endedAt: String?
    public let outcome: Outcome
    /// What came of it, or what went wrong.
    public let words: Phrase
}

/// Why something cannot be done with a job.
public enum JobProblem: Error, Sendable, Equatable, CustomStringConvertible {
    case unknown(String)

    public var description: String { sentence.english }

    public var sentence: Phrase {
        switch self {
        case .unknown(let name): say("There is no job \(name). Jobs are listed in the console.")
        }
    }
}

/// Scheduled work as the database knows it.
public enum Jobs {
    private static let runColumns = "id, job, holder, began_at, ended_at, outcome, words"

    /// All jobs that a process has registered, by name.
    public static func list(_ transaction: Transaction) throws -> [JobStatus] {
        var last: [String: JobRun] = [:]
        let runs = try transaction.query(
            """
            SELECT \(runColumns) FROM job_run
            WHERE id IN (SELECT max(id) FROM job_run GROUP BY job)
            """
        ) { try JobRun(row: $0) }
        for run in runs { last[run.job] = run }
        return try transaction.query(
            """
            SELECT name, title, every_seconds, next_at, requested_at, holder, lease_until, seen_at FROM job ORDER BY name
            """
        ) { row in
            JobStatus(
                name: try row.text(0),
                title: Phrase(stored: try row.text(1)),
                everySeconds: try row.integer(2),
                nextAt: try row.text(3),
                requestedAt: row.optionalText(4),
                holder: row.optionalText(5),
                leaseUntil: row.optionalText(6),
                seenAt: try row.text(7),
                lastRun: last[try row.text(0)]
            )
        }
    }

    /// The latest runs, of one job or of all.
    public static func runs(_ transaction: Transaction, job: String? = nil, limit: Int = 50) throws -> [JobRun] {
        try transaction.query(
            """
            SELECT \(runColumns) FROM job_run \(job == nil ? "" : "WHERE job = ?")
            ORDER BY began_at DESC, id DESC LIMIT \(min(max(limit, 1), 10_000))
            """,
            job.map { [.text($0)] } ?? []
        ) { try JobRun(row: $0) }
    }

    /// Asks for a run out of turn; its planned times stay. Asking twice before it began is asking once. Throws `unknown`.
    public static func requestNow(_ transaction: Transaction, _ name: String, now: Date) throws {
        let found = try transaction.execute(
            "UPDATE job SET requested_at = COALESCE(requested_at, ?) WHERE name = ?",
            [.text(InstantText.text(now)), .text(name)]
        )
        guard found == 1 else { throw JobProblem.unknown(String(name.prefix(80))) }
    }

    /// Removes runs that ended before an instant; the last one of each job stays. Returns how many.
    @discardableResult
    public static func removeRuns(_ transaction: Transaction, endedBefore instant: Date) throws -> Int {
        try transaction.execute(
            """
            DELETE FROM job_run WHERE ended_at < ? AND outcome <> 'running'
                AND id NOT IN (SELECT max(id) FROM job_run GROUP BY job)
            """,
            [.text(InstantText.text(instant))]
        )
    }
}

extension JobRun {
    init(row: Row) throws {
        try self.init(
            id: row.text(0),
            job: row.text(1),
            holder: row.text(2),
            beganAt: row.text(3),
            endedAt: row.optionalText(4),
            outcome: Outcome(rawValue: row.text(5)) ?? .failed,
            words: Phrase(stored: row.text(6))
        )
    }
}
