public import Foundation
public import Languages

/// Work that is done again and again, by one process at a time.
public struct Job: Sendable {
    /// Names it in the database, as `send-mail`; never changed.
    public let name: String
    /// What it does, for people.
    public let title: Phrase
    /// From one planned time to the next; whole seconds.
    public let every: Duration
    /// How long a process that no longer answers keeps the job. While it works, it renews this.
    public let lease: Duration
    /// Does it, and says what came of it. May run again after it was broken off, so what it does must bear that.
    public let work: @Sendable (JobContext) async throws -> Phrase

    public init(
        name: String,
        title: Phrase,
        every: Duration,
        lease: Duration = .seconds(60),
        work: @escaping @Sendable (JobContext) async throws -> Phrase
    ) {
        precondition(every >= .seconds(1) && lease >= .milliseconds(100), "a job repeats after a second or more")
        self.name = name
        self.title = title
        self.every = every
        self.lease = lease
        self.work = work
    }
}

/// What a job knows of its run.
public struct JobContext: Sendable {
    /// The run's id.
    public let run: String
    /// When it began.
    public let now: Date
}

extension Duration {
    var inSeconds: TimeInterval { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
