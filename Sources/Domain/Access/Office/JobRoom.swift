public import Database
public import Foundation
public import Jobs
import Journal

extension JobProblem: Refusal {
    public var code: String { "job.unknown" }
    public var kind: RefusalKind { .notFound }
}

/// All scheduled work with its latest runs.
public struct ListJobs: Question {
    public static let action = Action.readJobs

    public init() {}

    /// The jobs, and the latest runs of all of them.
    public struct Answer: Sendable, Equatable {
        public let jobs: [JobStatus]
        public let runs: [JobRun]
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        Answer(jobs: try Jobs.list(transaction), runs: try Jobs.runs(transaction, limit: 50))
    }
}

/// Has a job run out of turn. Throws `JobProblem.unknown`.
public struct RunJobNow: Command {
    public static let action = Action.runJob

    public let name: String

    public init(_ name: String) { self.name = name }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        try Jobs.requestNow(transaction, name, now: now)
        let entry = JournalEntry(at: now, actor: actor.key, action: "job.requested", subject: .init("job", name))
        try Journal.append(transaction, entry)
    }
}
