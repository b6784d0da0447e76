import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Languages
import Testing

@testable import Membership
@testable import Standing

@Suite("Points and ranking")
struct PointsTests {
    private static let year = (first: Records.day("2025-01-01"), last: Records.day("2025-12-31"))
    /// Lübeck is at one event in three capacities, Visby and Riga in one each.
    private static let participations =
        StandingFixture.participations
            + """
            forum-2025,lubeck,Lübeck,,voter,ballot,AR2021,p. 3,
            forum-2025,lubeck,Lübeck,,speaker,on-site,AR2021,p. 3,
            forum-2025,visby,Wisby,,speaker,on-site,AR2021,p. 3,
            forum-2025,riga,Riga,,observer,online,AR2021,p. 3,

            """

    @discardableResult
    private func add(
        _ fixture: StandingFixture,
        _ member: String,
        _ kind: String,
        from: String = "2025-05-01",
        through: String = "",
        words: String = "Street lights",
        isInvented: Bool = false
    ) async throws -> String {
        let draft = ActivityDraft(kind: kind, from: from, through: through, words: words, isInvented: isInvented)
        let command = AddActivity(member: member, draft, grounds: "Its letter", charter: fixture.charter)
        return try await fixture.run(command)
    }

    private func points(
        _ fixture: StandingFixture,
        _ member: String,
        from first: Day = Self.year.first,
        to last: Day = Self.year.last,
        weights: [String] = [],
        dues: any DuesRecord = NoDuesOnRecord()
    ) async throws -> PointsOf.Answer {
        try await fixture.ask(
            PointsOf(
                member,
                from: first,
                to: last,
                weights: PointWeights(weights, charter: fixture.charter, on: last),
                charter: fixture.charter,
                dues: dues
            )
        )
    }

    private func ranking(
        _ fixture: StandingFixture,
        weights: [String] = [],
        limit: Int? = nil,
        dues: any DuesRecord = NoDuesOnRecord()
    ) async throws -> Ranking.Answer {
        try await fixture.ask(
            Ranking(
                from: Self.year.first,
                to: Self.year.last,
                weights: PointWeights(weights, charter: fixture.charter, on: Self.year.last),
                limit: limit,
                charter: fixture.charter,
                dues: dues
            )
        )
    }

    private func told(_ ranking: Ranking.Answer) -> [String] {
        ranking.rows.map { "\($0.rank)\($0.isShared ? "=" : "") \($0.memberKey) \($0.sum.total.tenths)" }
    }

    @Test(arguments: TestEngine.all)
    func `every point is linked to the record that earned it`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            try await fixture.take("participations.csv", Self.participations)
            let made = try await add(fixture, "lubeck", "case")
            let met = try await add(fixture, "lubeck", "matchmaking", words: "A supplier")
            let built = try await add(fixture, "lubeck", "collaboration", words: "A dock with Riga")
            let dues = try await fixture.dues([.init("lubeck", 2025, paid: "2025-02-03", isInvented: true)])
            let found = try await points(fixture, "lubeck", dues: dues)
            // As GA5 has it: 1 for taking part, whatever else it was there, and 1.5 for speaking.
            let expected: [String: (Int, RecordLink)] = [
                "participation": (10, .event("forum-2025")), "speaking": (15, .event("forum-2025")),
                "case": (15, .activity(made)), "matchmaking": (20, .activity(met)),
                "collaboration": (30, .activity(built)),
                "payment": (50, .invoice(id: "lubeck-2025", number: "2025-lubeck")),
            ]
            #expect(found.earned.count == expected.count)
            for earned in found.earned {
                #expect(earned.points.tenths == expected[earned.rule.key]?.0, "\(earned.rule.key)")
                #expect(earned.record == expected[earned.rule.key]?.1, "\(earned.rule.key)")
            }
            #expect(found.sum.total.tenths == 140)
            #expect(found.earned.map(\.when.latest) == found.earned.map(\.when.latest).sorted(by: >))
            let paid = try #require(found.earned.first { $0.rule.key == "payment" })
            #expect(paid.isInvented && paid.words.english.contains("made up"))
            #expect(found.earned.filter(\.isInvented).count == 1)
            let taken = try #require(found.earned.first { $0.rule.key == "participation" })
            #expect(taken.words.english == "Forum 2025, as delegate and voter")
        }
    }

    @Test(
        "an event counts on its last day, an activity on the last on which it can have been",
        arguments: [
            ("2025-06-02", "2025-06-30", 25), ("2025-06-03", "2025-06-30", 0), ("2025-06-01", "2025-06-01", 0),
            ("2025-08-01", "2025-08-31", 0), ("2025-09-15", "2025-09-15", 15), ("2025-09-16", "2025-09-30", 0),
        ]
    )
    func edges(first: String, last: String, tenths: Int) async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            try await fixture.take("participations.csv", Self.participations)
            try await add(fixture, "lubeck", "case", from: "2025-08-01", through: "2025-09-15")
            let found = try await points(fixture, "lubeck", from: Records.day(first), to: Records.day(last))
            #expect(found.sum.total.tenths == tenths)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what was withdrawn or removed earns nothing, and stays on record`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            let id = try await add(fixture, "lubeck", "case")
            #expect(try await points(fixture, "lubeck").sum.total.tenths == 25)
            await #expect(throws: PointsRefusal.recordedAlready) { try await add(fixture, "lubeck", "case") }
            try await fixture.run(WithdrawActivity(id, grounds: "It was Riga's"))
            await #expect(throws: PointsRefusal.withdrawnAlready) {
                try await fixture.run(WithdrawActivity(id, grounds: "It was Riga's"))
            }
            let taken = try #require(try await fixture.event("forum-2025").participations.first)
            try await fixture.run(
                RemoveParticipation(
                    event: "forum-2025",
                    member: "lubeck",
                    capacity: "delegate",
                    seenStep: taken.lastStep,
                    grounds: "It was not there"
                )
            )
            let found = try await points(fixture, "lubeck")
            #expect(found.sum.total == .zero && found.earned.isEmpty)
            #expect(found.activities.map { $0.withdrawal?.grounds } == ["It was Riga's"])
            #expect(try await ranking(fixture).ranked == 0)
            #expect(
                try await fixture.journal("lubeck").prefix(3) == [
                    "participation.removed", "activity.withdrawn", "activity.added",
                ]
            )
            // The same may be recorded again.
            try await add(fixture, "lubeck", "case")
            #expect(try await points(fixture, "lubeck").sum.total.tenths == 15)
        }
    }

    @Test(arguments: TestEngine.all)
    func `who has as many points shares the rank`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            try await fixture.take("participations.csv", Self.participations)
            try await add(fixture, "acme", "case")
            let found = try await ranking(fixture)
            #expect(told(found) == ["1 lubeck 25", "2= acme 15", "2= visby 15", "4 riga 10"])
            #expect(found.ranked == 4 && found.without == 1 && found.sharingLast == 0)
            let two = try await ranking(fixture, limit: 2)
            #expect(told(two) == ["1 lubeck 25", "2= acme 15"])
            #expect(two.ranked == 4 && two.sharingLast == 1)
            // A payment comes in beside what the statement counts.
            let dues = try await fixture.dues([.init("beta", 2025, paid: "2025-12-31", isInvented: true)])
            let paid = try await ranking(fixture, limit: 1, dues: dues)
            #expect(told(paid) == ["1 beta 50"])
            #expect(paid.rows.map(\.isInvented) == [true])
            #expect(paid.rows.first?.sum.lines.filter { $0.count > 0 }.map(\.rule.key) == ["payment"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `other weights show what would be, and change nothing`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            try await fixture.take("participations.csv", Self.participations)
            let heavy = try await ranking(fixture, weights: ["participation=9", "speaking=0"])
            #expect(told(heavy) == ["1= lubeck 90", "1= riga 90"])
            #expect(heavy.without == 3)
            #expect(try await told(ranking(fixture)) == ["1 lubeck 25", "2 visby 15", "3 riga 10"])
            #expect(try await points(fixture, "riga", weights: ["participation=2.5"]).sum.total.tenths == 25)
        }
    }

    @Test(arguments: [
        "party=2", "participation", "participation=", "participation=1.25", "participation=-1", "participation=1001",
        "participation=two", "=1",
    ])
    func `a weight that is none is refused with the rules that there are`(_ text: String) throws {
        let charter = try Records.charter()
        do {
            _ = try PointWeights([text], charter: charter, on: Self.year.last)
            Issue.record("it was taken")
        } catch let refused as InvalidInput { #expect(refused.fields.map(\.name) == ["weight"]) }
    }

    @Test(arguments: TestEngine.all)
    func `the ranking counts what the members' own pages count`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            try await fixture.take("participations.csv", Self.participations)
            for (member, kind) in [("visby", "case"), ("riga", "collaboration"), ("riga", "case"), ("beta", "case")] {
                try await add(fixture, member, kind, isInvented: member == "beta")
            }
            let dues = try await fixture.dues([
                .init("visby", 2025, paid: "2025-03-01"), .init("acme", 2025), .init("riga", 2024, paid: "2025-01-01"),
            ])
            let rows = try await ranking(fixture, dues: dues).rows
            #expect(rows.count == 4)
            for row in rows {
                let own = try await points(fixture, row.memberKey, dues: dues)
                #expect(own.sum == row.sum, "\(row.memberKey)")
                #expect(own.earned.contains(where: \.isInvented) == row.isInvented, "\(row.memberKey)")
            }
            let read = try await fixture.database.read { transaction in
                try RankingTime(
                    from: Self.year.first,
                    to: Self.year.last,
                    charter: Records.charter(),
                    dues: NoDuesOnRecord()
                ).readAlone(transaction)
            }
            #expect(read == 5, "a row for everybody on the roll")
        }
    }

    @Test(arguments: [
        (ActivityDraft(kind: "party", from: "2025-05-01", words: "Lights"), "kind"),
        (ActivityDraft(kind: "payment", from: "2025-05-01", words: "Lights"), "kind"),
        (ActivityDraft(kind: "case", from: "2027-05-01", words: "Lights"), "from"),
        (ActivityDraft(kind: "case", from: "2025-05-01", through: "2025-04-30", words: "Lights"), "through"),
        (ActivityDraft(kind: "case", from: "2023-05-01", through: "2025-04-30", words: "Lights"), "through"),
        (ActivityDraft(kind: "case", from: "2025-05-01", words: ""), "words"),
        (ActivityDraft(kind: "case", from: "2025-05-01", words: "Lights", source: "NONE"), "source"),
    ])
    func `an activity that cannot be is refused at its box`(_ draft: ActivityDraft, _ box: String) async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            do {
                _ = try await fixture.run(
                    AddActivity(member: "riga", draft, grounds: "Its letter", charter: fixture.charter)
                )
                Issue.record("it was taken")
            } catch let refused as InvalidInput { #expect(refused.fields.map(\.name) == [box]) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `what two records of one member did is kept once`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            try await add(fixture, "riga", "case")
            try await add(fixture, "visby", "case")
            try await add(fixture, "visby", "matchmaking")
            try await fixture.run(
                MergeMembers(
                    keptKey: "riga",
                    mergedKey: "visby",
                    seen: nil,
                    grounds: "One town, two records",
                    charter: fixture.charter
                )
            )
            let found = try await points(fixture, "riga")
            #expect(found.sum.total.tenths == 35)
            #expect(found.activities.count == 3 && found.activities.count { $0.withdrawal != nil } == 1)
        }
    }

    @Test func `a time that ends before it begins is refused, and a charter without points says so`() async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            await #expect(throws: InvalidInput.self) {
                _ = try await points(fixture, "riga", from: Self.year.last, to: Self.year.first)
            }
            let charter = SilentCharter.charter
            let (first, last) = Self.year
            let one = try await fixture.ask(
                PointsOf("lubeck", from: first, to: last, charter: charter, dues: NoDuesOnRecord())
            )
            #expect(!one.isStated && one.earned.isEmpty)
            let all = try await fixture.ask(Ranking(from: first, to: last, charter: charter, dues: NoDuesOnRecord()))
            #expect(!all.isStated && all.rows.isEmpty)
            #expect(AddActivity.kinds(charter, on: last).isEmpty)
        }
    }
}
