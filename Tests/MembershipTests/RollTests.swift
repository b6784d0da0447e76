import Charter
import Database
import DatabaseTesting
import Testing

@testable import Membership

private let end2020 = Records.day("2020-12-31")
private let end2021 = Records.day("2021-12-31")

@Suite struct RollTests {
    @Test(arguments: TestEngine.all) func theRollsOfTheAnnualReportsComeOutByRegion(
        _ engine: Database.Engine
    ) async throws {
        try await Records.with(engine) { _, directory in
            func byRegion(_ day: Day) async throws -> [String: Int] {
                let cube = try await directory.cube(day)
                var counts: [String: Int] = [:]
                for region in directory.charter.versions.last?.regions ?? [] {
                    counts[region.key] = cube.count(category: "local-government", region: region.key)
                }
                return counts
            }
            // AR2020 prints 10 for the Americas and names 9.
            let first = try await byRegion(end2020)
            #expect(first == ["africa": 47, "europe": 17, "middle-east": 8, "americas": 9, "asia-pacific": 73])
            let second = try await byRegion(end2021)
            #expect(second == ["africa": 47, "europe": 17, "middle-east": 8, "americas": 14, "asia-pacific": 74])
            let institutions = try await directory.cube(end2021).count(category: "institution")
            #expect(institutions == 16)
        }
    }

    @Test(arguments: TestEngine.all) func pagesHoldEachMemberOnce(_ engine: Database.Engine) async throws {
        try await Records.with(engine) { _, directory in
            for order in RollFilter.Order.allCases {
                var keys: [String] = []
                for page in 1...4 {
                    let filter = RollFilter(day: end2021, order: order, descending: true)
                    keys += try await directory.list(filter, page: page, size: 60).rows.map(\.key)
                }
                let total = try await directory.list(RollFilter(day: end2021), page: 1, size: 1).total
                #expect(keys.count == total && Set(keys).count == total, "\(order)")
            }
            let beyond = try await directory.list(RollFilter(day: end2021), page: 1_000_000, size: 100)
            #expect(beyond.rows.isEmpty)
        }
    }

    @Test(arguments: TestEngine.all) func aPageFoundOnTheIndexIsThePageThatCountingGives(
        _ engine: Database.Engine
    ) async throws {
        let charter = try Records.charter()
        try await withDatabase(engine, migrations: Records.migrations) { database in
            try await Sample(database: database, charter: charter, now: { Records.noon }).add(1500)
            let counting = Directory(database: database, charter: charter)
            let looking = Directory(database: database, charter: charter, revision: { 7 })
            for descending in [false, true] {
                let filter = RollFilter(day: Records.day("2026-01-01"), descending: descending)
                for page in [1, 2, 9, 15, 16, 40] {
                    let counted = try await counting.list(filter, page: page, size: 100)
                    let found = try await looking.list(filter, page: page, size: 100)
                    #expect(found == counted, "page \(page)")
                }
            }
        }
    }

    @Test(arguments: TestEngine.all) func theCubeAndTheListCountAlike(_ engine: Database.Engine) async throws {
        try await Records.with(engine) { database, directory in
            for text in [
                "2009-12-31", "2010-12-31", "2020-12-31", "2021-11-15", "2023-09-26", "2023-09-27", "2026-01-01",
            ] {
                let day = Records.day(text)
                let cube = try await directory.cube(day)
                for standing in [RollFilter.Standing.onRoll, .any, .only("suspended"), .only("left")] {
                    let counted = try await database.read { transaction in
                        try RollQuery(RollFilter(day: day, region: "africa", standing: standing)).count(transaction)
                    }
                    #expect(cube.count(standing: standing, region: "africa") == counted, "\(day) \(standing)")
                }
            }
        }
    }

    @Test(arguments: TestEngine.all) func aDayBetweenTheBoundsOfAJoinIsSaidToBeUnsure(
        _ engine: Database.Engine
    ) async throws {
        try await Records.with(engine) { database, directory in
            let before = try await directory.cube(Records.day("2009-12-31"))
            #expect(before.count() == 0)
            #expect(before.certainty == RollCertainty(perhapsGone: 0, perhapsMembers: 0))
            let within = try await directory.cube(Records.day("2015-06-30"))
            #expect(within.count() + within.certainty.perhapsMembers > 150)
            let perhapsGone = try await database.read { transaction in
                try transaction.first(
                    """
                    SELECT COUNT(*) FROM member_status g WHERE g.status = 'left' AND g.earliest <= '2015-06-30'
                        AND g.latest > '2015-06-30' AND EXISTS (SELECT 1 FROM member_status m
                            WHERE m.member_id = g.member_id AND m.status = 'member' AND m.latest <= '2015-06-30')
                    """
                ) { try $0.integer(0) }
            }
            #expect(within.certainty.perhapsGone == perhapsGone && within.certainty.perhapsGone > 5)
            let growth = try await directory.growth(through: 2023)
            #expect(growth.first?.year == 2010)
            #expect(growth.first?.total == 50)
            #expect(growth.last { $0.year == 2021 }?.byCategory["local-government"] == 160)
        }
    }

    @Test(arguments: TestEngine.all) func aCharterThatTakesAStatusOffTheRollMakesItAnew(
        _ engine: Database.Engine
    ) async throws {
        try await Records.with(engine) { database, directory in
            let day = Records.day("2023-12-31")
            let before = try await directory.cube(day).count()
            let first = try await Directory.refreshRoll(database, charter: directory.charter)
            #expect(first)
            let again = try await Directory.refreshRoll(database, charter: directory.charter)
            #expect(!again)
            let amended = try Records.charter(replacing: "suspended", onRoll: false)
            let changed = try await Directory.refreshRoll(database, charter: amended)
            #expect(changed)
            let after = try await directory.cube(day).count()
            #expect(after == before - 22)
        }
    }

    @Test(arguments: TestEngine.all) func theStepsSinceThe5thAssemblyAreThoseOfTheAnnex(
        _ engine: Database.Engine
    ) async throws {
        try await Records.with(engine) { _, directory in
            let steps = try await directory.changes(from: Records.day("2021-10-19"), through: Records.day("2023-09-27"))
            let counts = Dictionary(grouping: steps) { "\($0.status) \($0.category)" }.mapValues(\.count)
            #expect(
                counts == [
                    "member local-government": 7, "member corporation": 9, "member institution": 2,
                    "withdrawn local-government": 1, "withdrawn corporation": 5, "suspended local-government": 22,
                    "terminated corporation": 20,
                ]
            )
        }
    }
}

@Suite struct SearchTests {
    @Test(arguments: TestEngine.all) func findsByAnyNameScriptPrefixAndSlip(_ engine: Database.Engine) async throws {
        try await Records.with(engine) { _, directory in
            let cases: [(String, String)] = [
                ("Astana", "astana"), ("Nur-Sultan", "astana"), ("nursultan", ""), ("서울", "seoul"), ("울", "seoul"),
                ("SEOUL", "seoul"), ("sao paulo", "sao-paulo"), ("São Paulo", "sao-paulo"), ("Wellingtn", "wellington"),
                ("welington", "wellington"), ("Ha Noi", "ha-noi"), ("hanoi", "ha-noi"), ("Beyoğlu", "beyoglu"),
                ("beyoglu", "beyoglu"), ("Pittshurgh", "pittsburgh"), ("成都", "chengdu"), ("ulaan", "ulaanbaatar"),
                ("kanakai", "kankai"), ("zzzz", ""),
            ]
            for (typed, key) in cases {
                let filter = RollFilter(day: Records.day("2023-09-26"), standing: .any, search: typed)
                let rows = try await directory.list(filter, page: 1, size: 10).rows
                #expect(key.isEmpty ? rows.isEmpty : rows.contains { $0.key == key }, "\(typed): \(rows.map(\.key))")
            }
        }
    }

    @Test(arguments: TestEngine.all) func theNameThatIsTheSearchComesFirst(_ engine: Database.Engine) async throws {
        try await Records.with(engine) { _, directory in
            let filter = RollFilter(day: end2021, search: "san")
            let names = try await directory.list(filter, page: 1, size: 3).rows.map(\.name)
            #expect(names.allSatisfy { $0.hasPrefix("San") }, "\(names)")
        }
    }

    @Test(arguments: TestEngine.all) func aHostileSearchIsOnlyText(_ engine: Database.Engine) async throws {
        try await Records.with(engine) { _, directory in
            for text in [
                "' OR 1=1 --", "\"; DROP TABLE member; --", "%", "_", "*", "seoul* NEAR",
                String(repeating: "a ", count: 500),
            ] {
                let page = try await directory.list(RollFilter(day: end2021, search: text), page: 1, size: 10)
                #expect(page.rows.count <= 10)
            }
            let all = try await directory.list(RollFilter(day: end2021), page: 1, size: 1)
            #expect(all.total == 207)
        }
    }
}
