import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Languages
import Testing

@testable import Membership
@testable import Standing

@Suite("The standing of members on a day")
struct MemberStandingTests {
    /// Visby paid for 2024 before the day on which it was due, Lübeck after it and Riga never; Acme has no invoice.
    private static let bills: [MadeUpDues.Bill] = [
        .init("visby", 2024, paid: "2024-02-10"), .init("lubeck", 2024, paid: "2024-08-01"), .init("riga", 2024),
        .init("beta", 2024, paid: "2024-02-11"),
    ]
    private static let suspended = StandingFixture.statuses + "beta,suspended,2024-05-01,2024-05-01,,,AB10,p. 1,\n"

    private func all(
        _ fixture: StandingFixture,
        _ day: String,
        _ dues: any DuesRecord,
        only standing: String? = nil
    ) async throws -> StandingOfAll.Answer {
        try await fixture.ask(
            StandingOfAll(on: Records.day(day), standing: standing, charter: fixture.charter, dues: dues)
        )
    }

    private func standing(
        _ fixture: StandingFixture,
        _ member: String,
        _ day: String,
        _ dues: any DuesRecord
    ) async throws -> StandingFound {
        try await fixture.ask(
            MemberStandingOnDay(member, on: Records.day(day), charter: fixture.charter, dues: dues)
        ).found
    }

    @Test(arguments: TestEngine.all)
    func `everybody has the first standing of the charter that holds`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            try await fixture.take("statuses.csv", Self.suspended)
            let dues = try await fixture.dues(Self.bills)
            let found = try await all(fixture, "2024-06-01", dues)
            let standings = found.members.map { "\($0.member.key) \($0.standing)" }
            #expect(
                standings == ["acme no-record", "beta suspended", "lubeck arrears", "riga arrears", "visby good"]
            )
            let counts = found.counts.map { "\($0.standing.key) \($0.members)" }
            #expect(counts == ["suspended 1", "good 1", "arrears 2", "no-record 1"])
            // The reason of one in the list is what the member itself reads.
            for line in found.members {
                let own = try await standing(fixture, line.member.key, "2024-06-01", dues)
                #expect(found.explained(line) == own)
            }
            let arrears = try await all(fixture, "2024-06-01", dues, only: "arrears")
            #expect(arrears.members.map(\.member.key) == ["lubeck", "riga"])
            #expect(arrears.counts == found.counts && arrears.total == 2)
        }
    }

    @Test(
        "a standing changes on the day after the due day, on the day of a payment, and with the status",
        arguments: [
            ("visby", "2024-02-09", "no-record"), ("visby", "2024-02-10", "good"),
            ("lubeck", "2024-03-01", "no-record"), ("lubeck", "2024-03-02", "arrears"),
            ("lubeck", "2024-07-31", "arrears"), ("lubeck", "2024-08-01", "good"), ("riga", "2026-11-21", "arrears"),
            ("beta", "2024-04-30", "good"), ("beta", "2024-05-01", "suspended"), ("acme", "2021-10-18", "no-record"),
        ]
    )
    func edges(member: String, day: String, expected: String) async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            try await fixture.take("statuses.csv", Self.suspended)
            let dues = try await fixture.dues(Self.bills)
            #expect(try await standing(fixture, member, day, dues).key == expected)
            let line = try await all(fixture, day, dues).members.first { $0.member.key == member }
            #expect(line?.standing == expected)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a standing says why, on which records it rests, and what would change it`(
        _ engine: Database.Engine
    ) async throws {
        try await StandingFixture.with(engine) { fixture in
            let dues = try await fixture.dues(Self.bills)
            guard case .standing(let late) = try await standing(fixture, "riga", "2024-06-01", dues) else {
                Issue.record("it has none")
                return
            }
            let reason = late.standing.reason.english
            #expect(reason.contains("1,000.00 is past due") && reason.contains("1 Mar 2024"), "\(reason)")
            #expect(!reason.contains("made up"))
            #expect(late.standing.change?.english.contains("Good record of payment") == true)
            #expect(
                late.records == [
                    .rule("standing.arrears"), .invoice(id: "riga-2024", number: "2024-riga"), .account,
                ]
            )
            guard case .standing(let good) = try await standing(fixture, "visby", "2024-06-01", dues) else {
                Issue.record("it has none")
                return
            }
            #expect(good.standing.reason.english.contains("10 Feb 2024"))
            #expect(good.records == [.rule("standing.good"), .account])
            guard case .standing(let none) = try await standing(fixture, "acme", "2024-06-01", dues) else {
                Issue.record("it has none")
                return
            }
            #expect(none.records == [.rule("standing.no-record")])
        }
    }

    @Test func `what rests on a payment that is made up says so`() async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            let dues = try await fixture.dues([.init("visby", 2024, paid: "2024-02-10", isInvented: true)])
            let found = try await standing(fixture, "visby", "2024-06-01", dues)
            #expect(found.key == "good")
            #expect(found.reason.english.contains("made up"))
            let counts = try await all(fixture, "2024-06-01", dues).counts
            #expect(counts.filter { $0.invented > 0 }.map(\.standing.key) == ["good"])
        }
    }

    @Test func `who is not on the roll has none, nor has anybody before the charter knows of any`() async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            try await fixture.take(
                "statuses.csv",
                StandingFixture.statuses + "beta,terminated,2024-05-01,2024-05-01,,,AB10,p. 1,\n"
            )
            let dues = try await fixture.dues(Self.bills)
            #expect(try await standing(fixture, "beta", "2024-05-01", dues) == .notOnRoll(status: "terminated"))
            #expect(try await standing(fixture, "beta", "2010-05-01", dues) == .notOnRoll(status: nil))
            #expect(try await standing(fixture, "visby", "2021-10-17", dues) == .notStated)
            #expect(try await !all(fixture, "2021-10-17", dues).isStated)
            await #expect(throws: StandingRefusal.noVersion) {
                _ = try await standing(fixture, "visby", "2009-12-31", dues)
            }
            await #expect(throws: ParticipationRefusal.noSuchMember) {
                _ = try await standing(fixture, "atlantis", "2024-05-01", dues)
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `the history has each time of one standing, without a gap`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            let lubeck = StandingFixture.statuses + "lubeck,suspended,2025-01-01,2025-01-01,,,AB10,p. 1,\n"
            try await fixture.take("statuses.csv", lubeck)
            let dues = try await fixture.dues(Self.bills)
            func history(from first: Day = .first) async throws -> [String] {
                let last = Records.day("2025-06-30")
                let found = try await fixture.ask(
                    StandingHistory("lubeck", from: first, to: last, charter: fixture.charter, dues: dues)
                )
                return found.spans.map { "\($0.from) \($0.to) \($0.found.key ?? "none")" }
            }
            let whole = try await history()
            #expect(
                whole == [
                    "2012-05-01 2021-10-17 none", "2021-10-18 2024-03-01 no-record", "2024-03-02 2024-07-31 arrears",
                    "2024-08-01 2024-12-31 good", "2025-01-01 2025-06-30 suspended",
                ]
            )
            #expect(
                try await history(from: Records.day("2024-10-01")) == [
                    "2024-10-01 2024-12-31 good", "2025-01-01 2025-06-30 suspended",
                ]
            )
        }
    }

    /// The charter of an invented association: a payment counts for two years, and thirty days late is late.
    @Test func `time alone changes a standing where the charter says so`() async throws {
        let path = Records.root + "/Tests/CharterTests/Fixtures/river-ports.yaml"
        let charter = try Charter.load(path: path)
        try await StandingFixture.with(.sqlite) { fixture in
            let dues = try await fixture.dues([.init("visby", 2020, paid: "2020-02-10"), .init("visby", 2024)])
            let found = try await fixture.ask(
                StandingHistory(
                    "visby",
                    from: Records.day("2020-01-01"),
                    to: Records.day("2024-12-31"),
                    charter: charter,
                    dues: dues
                )
            )
            // Its statuses are another association's, so nobody is stranded; with an invoice nobody drifts.
            let spans = found.spans.map { "\($0.from) \($0.found.key ?? "none")" }
            #expect(spans == ["2020-01-01 becalmed", "2020-02-10 under-sail", "2022-02-11 becalmed"])
        }
    }

    @Test func `a charter without standings says so plainly`() async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            let dues = try await fixture.dues(Self.bills)
            let (day, charter) = (StandingFixture.today, SilentCharter.charter)
            let one = try await fixture.ask(MemberStandingOnDay("visby", on: day, charter: charter, dues: dues))
            #expect(one.found == .notStated)
            #expect(one.found.reason.english == "The charter in force on this day says nothing of members' standing.")
            let everybody = try await fixture.ask(StandingOfAll(on: day, charter: charter, dues: dues))
            #expect(!everybody.isStated && everybody.members.isEmpty)
        }
    }
}
