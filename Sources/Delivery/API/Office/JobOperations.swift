import Access
import Database
import HTTPTypes
import Jobs
import Languages
import Web

extension Shapes {
    static let job = Shape<JobStatus>(
        "Job",
        [
            .text("name", "The job's name: it never changes.", .key(), example: "retention") { $0.name },
            .text("title", "What it does.") { $0.title.english },
            .integer("every_seconds", "From one planned time to the next.") { $0.everySeconds },
            .instant("next_at", "When it is planned next.") { $0.nextAt },
            .optionalInstant("requested_at", "Since when somebody wants it out of turn.") { $0.requestedAt },
            .flag("is_running", "Whether a process works on it.") { $0.holder != nil },
            .instant("seen_at", "When a process that has this job last looked after it.") { $0.seenAt },
            .optionalObject("last_run", "Its latest run.", Shapes.jobRun) { $0.lastRun },
        ]
    )

    static let jobRun = Shape<JobRun>(
        "JobRun",
        [
            .text("id", "The run's id.") { $0.id },
            .text("job", "The job's name.") { $0.job },
            .instant("began_at", "When it began.") { $0.beganAt },
            .optionalInstant("ended_at", "When it ended; null while it is under way.") { $0.endedAt },
            .text("outcome", "`running`, `done`, `failed` or `broken off`.") { $0.outcome.rawValue },
            .text("words", "What came of it, or what went wrong.") { $0.words.english },
        ]
    )
}

private enum JobRecords {
    static let name = Parameter<String>.path("name", "The job's name.")

    static func of(_ call: Call) throws -> Record<ListJobs, JobStatus> {
        let name = try call.required(name)
        return Record("job \(name)", Shapes.job, ListJobs()) { found, _ in
            guard let job = found.jobs.first(where: { $0.name == name }) else { throw JobProblem.unknown(name) }
            return job
        }
    }
}

extension Operation {
    /// Work that is done again and again.
    static let listJobs = list(
        "/jobs",
        id: "listJobs",
        topic: .office,
        summary: "List jobs",
        detail: "Work that is done again and again, by one process at a time, each with its latest run.",
        of: Shapes.job,
        named: "Jobs",
        access: .token(.readJobs, .readJobs)
    ) { try await $0.ask(ListJobs()).jobs }

    static let listJobRuns = list(
        "/job-runs",
        id: "listJobRuns",
        topic: .office,
        summary: "List the latest runs of jobs",
        detail: "The latest runs of all jobs with what came of each, the latest first: fifty at most.",
        of: Shapes.jobRun,
        named: "JobRuns",
        access: .token(.readJobs, .readJobs)
    ) { try await $0.ask(ListJobs()).runs }

    static let getJob = one(
        "/jobs/{name}",
        id: "getJob",
        topic: .office,
        summary: "Read a job",
        detail: "One job with its latest run.",
        of: Shapes.job,
        access: .token(.readJobs, .readJobs),
        parameters: [JobRecords.name]
    ) { try JobRecords.of($0) }

    /// A run out of turn.
    static let runJob = Operation(
        .post,
        "/jobs/{name}/runs",
        id: "runJob",
        topic: .office,
        summary: "Run a job now",
        detail: "Has a job run within a moment; its planned times stay. Asked twice before it began, it runs once.",
        access: .token(.runJobs, .runJob),
        parameters: [JobRecords.name, WriteHeaders.idempotencyKey],
        answers: [.made(Shapes.job, "The job, which runs within a moment; Location is its address.")]
    ) { call in
        let record = try JobRecords.of(call)
        let name = try call.required(JobRecords.name)
        return try await call.run(RunJobNow(name), tag: nil) { transaction, _ in
            try record.kept(transaction, call, status: 201, location: "\(API.path)/jobs/\(name)")
        }
    }
}
