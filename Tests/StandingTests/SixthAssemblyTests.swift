import Charter
import Database
import DatabaseTesting
import Synchronization
import Testing

@testable import Membership
@testable import Standing

/// The rule on the day of the 6th assembly, against what its Annex 1 says.
@Suite struct SixthAssemblyTests {
    private static let day = Records.day("2023-09-26")

    /// What the rule found, and the keys of those whom Annex 1 names, by the status that they came into.
    private struct Found: Sendable {
        var findings: [StandingFinding] = []
        var annex: [String: Set<String>] = [:]

        func proposed() -> [StandingFinding] { findings.filter { $0.outcome.kind == .proposed } }
        func first(_ key: String) -> StandingOutcome? { findings.first { $0.member.key == key }?.outcome }
    }

    private func find(_ engine: Database.Engine, _ evidence: StandingDay.Evidence) async throws -> Found {
        let charter = try Records.charter()
        let box = Mutex(Found())
        try await withDatabase(engine, migrations: Records.migrations) { database in
            _ = try await Records.importer(database, charter).importFolder(Records.folder)
            let found = try await database.read { transaction in
                let day = try StandingDay(
                    Self.day,
                    roll: .asTheDayBegan,
                    evidence: evidence,
                    charter: charter,
                    payments: NoPaymentsOnRecord(),
                    transaction
                )
                var annex: [String: Set<String>] = [:]
                try transaction.forEach(
                    """
                    SELECT m.key, s.status FROM member_status s JOIN member m ON m.id = s.member_id
                    WHERE s.decision IN ('ga6-suspensions', 'ga6-terminations')
                    """
                ) { annex[try $0.text(1), default: []].insert(try $0.text(0)) }
                return Found(findings: try day.findings(transaction), annex: annex)
            }
            box.withLock { $0 = found }
        }
        return box.withLock { $0 }
    }

    @Test(arguments: TestEngine.all)
    func `exactly those of Annex 1 are proposed, each on the word of the report`(_ engine: Database.Engine) async throws
    {
        let found = try await find(engine, .recordsAndStatements)
        #expect(found.annex.mapValues(\.count) == ["suspended": 22, "terminated": 20])
        let proposed = found.proposed()
        var leadsTo: [String: Set<String>] = [:]
        for finding in proposed {
            let status = finding.ground == "inactive-local-government" ? "suspended" : "terminated"
            leadsTo[status, default: []].insert(finding.member.key)
        }
        #expect(leadsTo == found.annex)
        #expect(proposed.count == 42, "nobody is proposed on two grounds")
        #expect(proposed.allSatisfy { $0.outcome.code == "statement" })
        let byGround = Dictionary(grouping: proposed, by: \.ground).mapValues(\.count)
        #expect(
            byGround == [
                "inactive-local-government": 22, "inactive-corporation": 17, "defunct": 2,
                "withdrawal-letter-pending": 1,
            ]
        )
    }

    @Test(arguments: TestEngine.all)
    func `the records alone show none of them, and say why`(_ engine: Database.Engine) async throws {
        let found = try await find(engine, .recordsAlone)
        #expect(found.proposed() == [])
        let suspended = found.findings.filter { found.annex["suspended"]?.contains($0.member.key) == true }
        #expect(suspended.count == 22)
        for finding in suspended {
            var missing: [MissingData] = []
            if case .cannotTell(let lacking) = finding.outcome { missing = lacking }
            #expect(missing.contains(.payments), "\(finding.member.key)")
            // No report prints who was at the meetings of these two years.
            #expect(missing.contains(.participants(["excom-2020", "excom-2022"])), "\(finding.member.key)")
        }
        // One was a member for less than two years: inactivity is not its ground, and the records can tell that.
        #expect(found.first("seads") == .notMet(.memberSince(Records.day("2021-10-14"))))
    }

    @Test func `whoever was seen within the time is not proposed, and of everybody else it cannot be told`()
        async throws
    {
        let found = try await find(.sqlite, .recordsAndStatements)
        let listed = (found.annex["suspended"] ?? []).union(found.annex["terminated"] ?? [])
        let others = found.findings.filter {
            !listed.contains($0.member.key) && $0.ground == "inactive-local-government"
        }
        let codes = Dictionary(grouping: others, by: \.outcome.code).mapValues(\.count)
        let known: Set<String> = [
            "took-part", "member-since", "payments+participants", "payments+participants+day-of-joining",
        ]
        #expect(Set(codes.keys).isSubset(of: known), "\(codes)")
        var last: Activity?
        if case .notMet(.tookPart(let activity)) = found.first("seoul") { last = activity }
        #expect(last?.event == "ga6")
        // Asunción voted in September 2021, which is on record with the assembly.
        #expect(found.first("asuncion")?.code == "took-part")
        // Sokoto State is not in the annex, and nothing on record shows that it took part.
        #expect(found.first("sokoto-state")?.kind == .cannotTell)
    }

    @Test func `a proposal cites its rule, its inputs and the report`() async throws {
        let found = try await find(.sqlite, .recordsAndStatements)
        let donga = try #require(found.findings.first { $0.member.key == "donga" })
        let words = StandingWords(charter: try Records.charter(), events: [String: String]())
        let decision = try #require(words.decision(donga))
        #expect(decision.rule == "membership.grounds.inactive-local-government")
        #expect(decision.source == "GA6")
        #expect(decision.value == "suspended")
        #expect(
            decision.sentence
                == "Donga: Suspended. GA6, Annex 1, Suspensions states, as of 26 Sept 2023, that it neither took part "
                + "nor paid for more than 3 years. GA6, Annex 1, Suspensions"
        )
    }
}
