import Charter
import Database
import DatabaseTesting
import Languages
import Testing

@testable import Membership

@Suite struct ReconciliationTests {
    @Test(arguments: TestEngine.all) func figuresThatTheRecordsGive(_ engine: Database.Engine) async throws {
        try await Records.with(engine) { _, directory in
            let findings = try await directory.reconcile()
            let derived = Dictionary(uniqueKeysWithValues: findings.map { ($0.statement, $0.derived) })
            let expected: [String: Double] = [
                "ab10-founders": 50, "ar2020-africa": 47, "ar2020-europe": 17, "ar2020-middle-east": 8,
                "ar2020-americas": 9, "ar2020-asia-pacific": 73, "ar2020-local-governments": 154,
                "ar2021-local-governments": 160, "ar2021-americas": 14, "ar2021-asia-pacific": 74,
                "ar2021-institutions": 16, "ga6-quorum": 41, "ga6-present": 45, "ga6-present-corporations": 5,
                "ga6-population": 130_996_081, "ga5-votes": 40, "ga5-member-cities-present": 34, "ga6-joins": 18,
                "ar2020-growth-local-governments": 10,
            ]
            for (statement, value) in expected {
                #expect(derived[statement] == .some(value), "\(statement): \(String(describing: derived[statement]))")
            }
            #expect(findings.count == derived.count)
        }
    }

    @Test(arguments: TestEngine.all) func everyDifferenceIsARecordedOne(_ engine: Database.Engine) async throws {
        try await Records.with(engine) { _, directory in
            let open = try await directory.reconcile().filter { !$0.isRecorded }
            #expect(open.map(\.statement) == [])
        }
    }

    @Test(arguments: TestEngine.all) func theQuorumCitesItsArticleAndCountsFullMembers(
        _ engine: Database.Engine
    ) async throws {
        try await Records.with(engine) { _, directory in
            let quorum = try await directory.reconcile().first { $0.statement == "ga6-quorum" }
            #expect(quorum?.members.count == 164)
            #expect(
                quorum?.derivation.words.english
                    == "quorum 41 = one fourth of 164 full members on 2023-09-26, Article 16(2)"
            )
        }
    }

    @Test(arguments: TestEngine.all) func aStatementThatContradictsTheRecordsWithoutAReasonIsOpen(
        _ engine: Database.Engine
    ) async throws {
        try await Records.with(engine) { database, directory in
            try await database.write {
                try $0.execute(
                    """
                    INSERT INTO statement (key, subject, as_of, as_of_latest, value, source, origin)
                    VALUES ('wrong', 'members', '2021-12-31', '2021-12-31', 999, 'AR2021', 'entry')
                    """
                )
            }
            let open = try await directory.reconcile().filter { !$0.isRecorded }
            #expect(open.map(\.statement) == ["wrong"])
        }
    }
}
