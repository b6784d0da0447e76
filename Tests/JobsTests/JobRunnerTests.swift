import Database
import DatabaseTesting
import Foundation
import Languages
import Logging
import Synchronization
import Testing

@testable import Jobs

private let morning = Date(timeIntervalSince1970: 1_750_000_000)

private final class Clock: Sendable {
    private let time = Mutex(morning)

    var now: Date { time.withLock { $0 } }
    func pass(_ seconds: TimeInterval) { time.withLock { $0 += seconds } }
}

private final class Tally: Sendable {
    private let value = Atomic(0)

    var count: Int { value.load(ordering: .relaxed) }
    func add() { value.add(1, ordering: .relaxed) }
}

private struct Broken: Error, CustomStringConvertible { let description = "the printer is on fire" }

private func runner(_ database: Database, _ clock: Clock, _ process: String = "one", _ jobs: Job...) -> JobRunner {
    JobRunner(database: database, jobs: jobs, process: process, logger: Logger(label: "test"), now: { clock.now })
}

private func job(
    _ tally: Tally,
    every: Duration = .seconds(60),
    lease: Duration = .seconds(30),
    pause: Duration = .zero
) -> Job {
    Job(name: "count", title: .verbatim("Counts"), every: every, lease: lease) { _ in
        tally.add()
        try await Task.sleep(for: pause)
        return say("counted \(tally.count)")
    }
}

@Suite struct JobRunnerTests {
    @Test(arguments: TestEngine.all)
    func `a job runs when it is due, and says what came of it`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: JobsMigrations.all) { database in
            let (clock, tally) = (Clock(), Tally())
            let runner = runner(database, clock, "one", job(tally))
            await runner.runDue()
            await runner.runDue()
            #expect(tally.count == 1)
            clock.pass(60)
            await runner.runDue()
            #expect(tally.count == 2)
            let runs = try await database.read { try Jobs.runs($0, job: "count") }
            #expect(runs.map(\.words.english) == ["counted 2", "counted 1"])
            #expect(runs.map(\.outcome) == [.done, .done])
            let listed = try await database.read { try Jobs.list($0) }
            #expect(listed.map(\.name) == ["count"] && listed[0].lastRun == runs[0] && listed[0].holder == nil)
        }
    }

    @Test(arguments: TestEngine.all)
    func `of two runners at once one runs a job`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: JobsMigrations.all, connections: 8) { database in
            let (clock, tally) = (Clock(), Tally())
            let runners = (1...4).map { runner(database, clock, "process \($0)", job(tally, pause: .milliseconds(20))) }
            for round in 1...5 {
                await withTaskGroup(of: Void.self) { group in
                    for runner in runners { group.addTask { await runner.runDue() } }
                }
                #expect(tally.count == round)
                clock.pass(60)
            }
            let runs = try await database.read { try Jobs.runs($0) }
            #expect(runs.count == 5 && runs.allSatisfy { $0.outcome == .done })
        }
    }

    @Test(arguments: TestEngine.all)
    func `two runners that go on side by side run each planned time once`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: JobsMigrations.all, connections: 8) { database in
            let (clock, tally) = (Clock(), Tally())
            let running = ["one", "two"].map { name in
                let runner = runner(database, clock, name, job(tally))
                return Task { await runner.run(every: .milliseconds(5)) }
            }
            for expected in 1...4 {
                let deadline = ContinuousClock.now + .seconds(120)
                while tally.count < expected, ContinuousClock.now < deadline {
                    try await Task.sleep(for: .milliseconds(5))
                }
                try await Task.sleep(for: .milliseconds(40))
                #expect(tally.count == expected)
                clock.pass(60)
            }
            for task in running { task.cancel() }
            for task in running { await task.value }
        }
    }

    @Test(arguments: TestEngine.all)
    func `the work of a killed process is taken over when its lease ends`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: JobsMigrations.all) { database in
            let (clock, tally) = (Clock(), Tally())
            let daily = job(tally, every: .seconds(86_400))
            // The other process: it claims the job and is never heard of again.
            let lost = try await database.write { transaction in
                try JobLease.register(transaction, daily, now: morning)
                return try JobLease.claim(transaction, daily, holder: "killed", now: morning)
            }
            let next = runner(database, clock, "next", daily)
            clock.pass(29)
            await next.runDue()
            #expect(tally.count == 0)
            clock.pass(1)
            await next.runDue()
            #expect(tally.count == 1)
            let runs = try await database.read { try Jobs.runs($0) }
            #expect(runs.map(\.outcome) == [.done, .brokenOff])
            #expect(runs.map(\.holder) == ["next", "killed"])
            #expect(runs[1].id == lost?.run && runs[1].endedAt != nil)
            // It comes back after all: what was taken over stays so.
            let end = clock.now
            try await database.write { try lost?.finish($0, .done, .verbatim("late"), now: end) }
            let renewed = try await database.write { try lost?.renew($0, until: end) }
            #expect(renewed == false)
            let after = try await database.read { try Jobs.runs($0) }
            #expect(after == runs)
        }
    }

    @Test
    func `a job that is due at an instant which its text rounds up is planned for the next time`() throws {
        let now = Date(timeIntervalSince1970: 1_795_265_457.946_996_7)
        let planned = InstantText.text(now)
        let date = try #require(InstantText.date(planned))
        #expect(date > now)
        let next = JobLease.following(planned, every: .seconds(3600), now: now)
        #expect(next == InstantText.text(date.addingTimeInterval(3600)))
    }

    @Test(arguments: TestEngine.all)
    func `a lease is renewed while the work goes on`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: JobsMigrations.all) { database in
            let tally = Tally()
            let long = job(tally, lease: .seconds(2), pause: .seconds(600))
            let first = JobRunner(database: database, jobs: [long], process: "first", logger: Logger(label: "test"))
            let working = Task { await first.runDue() }
            func leaseUntil() async throws -> String? {
                try await database.read { try Jobs.list($0).first?.leaseUntil }
            }
            var given: String?
            while given == nil {
                try await Task.sleep(for: .milliseconds(5))
                given = try await leaseUntil()
            }
            var renewed = given
            while renewed == given {
                try await Task.sleep(for: .milliseconds(5))
                renewed = try await leaseUntil()
            }
            // To the second process the lease that was first given is over; only the renewed one keeps it away.
            let over = try #require(given.flatMap(InstantText.date))
            let second = JobRunner(
                database: database,
                jobs: [long],
                process: "second",
                logger: Logger(label: "test"),
                now: { over }
            )
            await second.runDue()
            #expect(tally.count == 1)
            working.cancel()
            await working.value
        }
    }

    @Test(arguments: TestEngine.all)
    func `work whose lease was taken is stopped`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: JobsMigrations.all) { database in
            let tally = Tally()
            let long = job(tally, lease: .milliseconds(300), pause: .seconds(60))
            let slow = JobRunner(database: database, jobs: [long], process: "slow", logger: Logger(label: "test"))
            let working = Task { await slow.runDue() }
            while tally.count == 0 { try await Task.sleep(for: .milliseconds(5)) }
            try await database.write { try $0.execute("UPDATE job SET holder = 'other', run_id = 'another'") }
            let began = ContinuousClock.now
            await working.value
            #expect(ContinuousClock.now - began < .seconds(50))
            let holder = try await database.read { try Jobs.list($0)[0].holder }
            #expect(holder == "other")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a failure is written down in its own words, and the job goes on`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: JobsMigrations.all) { database in
            let clock = Clock()
            let failing = Job(name: "print", title: .verbatim("Prints"), every: .seconds(60)) { _ in throw Broken() }
            let runner = runner(database, clock, "one", failing)
            await runner.runDue()
            clock.pass(60)
            await runner.runDue()
            let runs = try await database.read { try Jobs.runs($0) }
            #expect(runs.map(\.outcome) == [.failed, .failed])
            #expect(runs.map(\.words.english) == ["the printer is on fire", "the printer is on fire"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `a job that is no longer in the list does not run`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: JobsMigrations.all) { database in
            let (clock, tally, other) = (Clock(), Tally(), Tally())
            await runner(database, clock, "old", job(tally)).runDue()
            clock.pass(600)
            let kept = Job(name: "other", title: .verbatim("Other"), every: .seconds(60)) { _ in
                other.add()
                return .empty
            }
            await runner(database, clock, "new", kept).runDue()
            #expect(tally.count == 1 && other.count == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a job asked for out of turn runs once and keeps its times`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: JobsMigrations.all) { database in
            let (clock, tally) = (Clock(), Tally())
            let runner = runner(database, clock, "one", job(tally))
            await runner.runDue()
            let planned = try await database.read { try Jobs.list($0)[0].nextAt }
            clock.pass(10)
            for _ in 1...2 { try await database.write { try Jobs.requestNow($0, "count", now: morning) } }
            await runner.runDue()
            await runner.runDue()
            #expect(tally.count == 2)
            let after = try await database.read { try Jobs.list($0)[0].nextAt }
            #expect(after == planned)
            await #expect(throws: JobProblem.unknown("none")) {
                try await database.write { try Jobs.requestNow($0, "none", now: morning) }
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a job that comes to repeat more often does not wait for its old time`(_ engine: Database.Engine) async throws
    {
        try await withDatabase(engine, migrations: JobsMigrations.all) { database in
            let (clock, tally) = (Clock(), Tally())
            await runner(database, clock, "one", job(tally, every: .seconds(86_400))).runDue()
            clock.pass(1)
            let often = runner(database, clock, "one", job(tally, every: .seconds(60)))
            await often.runDue()
            clock.pass(60)
            await often.runDue()
            #expect(tally.count == 2)
        }
    }

    @Test(arguments: TestEngine.all)
    func `old runs are removed but for the last`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: JobsMigrations.all) { database in
            let (clock, tally) = (Clock(), Tally())
            let runner = runner(database, clock, "one", job(tally))
            for _ in 1...4 {
                await runner.runDue()
                clock.pass(60)
            }
            let removed = try await database.write {
                try Jobs.removeRuns($0, endedBefore: morning.addingTimeInterval(1000))
            }
            #expect(removed == 3)
        }
    }
}

@Suite struct NextTimeTests {
    private func following(_ planned: TimeInterval, now: TimeInterval) -> TimeInterval? {
        let text = JobLease.following(
            InstantText.text(morning.addingTimeInterval(planned)),
            every: .seconds(60),
            now: morning.addingTimeInterval(now)
        )
        return InstantText.date(text).map { $0.timeIntervalSince(morning) }
    }

    @Test func `the next time is counted from the planned one`() {
        #expect(following(0, now: 0) == 60)
        #expect(following(0, now: 7.5) == 60)
        #expect(following(0, now: 59.999) == 60)
        #expect(following(0, now: 60) == 120)
        #expect(following(0, now: 604_801) == 604_860)
        #expect(following(30, now: 10) == 30)
    }
}
