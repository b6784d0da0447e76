import Database
import DatabaseTesting
import Foundation
import Testing

@testable import Journal

@Suite("Verification of the tree and its heads")
struct VerifyTreeTests {
    @Test("an altered leaf accuses the tree and not the entry", arguments: TestEngine.all, [1, 17, 39])
    func alteredLeaf(_ engine: Database.Engine, position: Int) async throws {
        try await Fixture.with(engine) { journal in
            let ids = try await journal.sealed40()
            try await journal.tamper(
                "UPDATE journal_node SET hash = ? WHERE level = 0 AND position = ?",
                [.blob(MerkleHash.emptyRoot.bytes), .int(position)]
            )
            try await #expect(journal.verify() == [Found(.node, position, ids[position])])
        }
    }

    @Test("an altered, a removed and a surplus inner node", arguments: TestEngine.all)
    func nodes(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            _ = try await journal.sealed40()
            try await journal.tamper(
                "UPDATE journal_node SET hash = ? WHERE level = 4 AND position = 1",
                [.blob(MerkleHash.emptyRoot.bytes)]
            )
            try await #expect(journal.verify() == [Found(.node, 16...31, nil)])
            try await journal.tamper("DELETE FROM journal_node WHERE level = 4 AND position = 1")
            try await #expect(journal.verify() == [Found(.node, 16...31, nil)])
            try await journal.tamper("INSERT INTO journal_node VALUES (8, 0, ?)", [.blob([1])])
            try await #expect(
                journal.verify() == [Found(.node, 16...31, nil), Found(.node, nil as ClosedRange<Int>?, nil)]
            )
        }
    }

    @Test("a head altered in any part", arguments: TestEngine.all)
    func heads(_ engine: Database.Engine) async throws {
        let zeros = Value.blob([UInt8](repeating: 0, count: 32))
        for (change, values) in [
            ("root = ?", [zeros]), ("signed_at = '2020-01-01T00:00:00.000000Z'", []), ("signature = ?", [zeros]),
            ("size = 19", []), ("root = ?", [.blob([1])]),
        ] as [(String, [Value])] {
            try await Fixture.with(engine) { journal in
                _ = try await journal.sealed40()
                try await journal.tamper("UPDATE journal_head SET \(change) WHERE size = 20", values)
                try await #expect(journal.verify() == [Found(.head, nil as ClosedRange<Int>?, nil)])
            }
        }
    }

    @Test("a last head that is gone leaves its entries uncovered", arguments: TestEngine.all)
    func lastHead(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            _ = try await journal.sealed40()
            try await journal.tamper("DELETE FROM journal_head WHERE size = 40")
            let found = try await journal.verify()
            #expect(found.first == Found(.added, 20...39, nil))
        }
    }

    @Test("a log rewritten and signed anew with another key", arguments: TestEngine.all)
    func otherKey(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            try await journal.append(0..<3)
            try await journal.sealer(key: SigningKey()).sealNow()
            let trusting = try await Journal.verify(journal.database, trusting: [journal.key.publicKey])
            #expect(trusting.findings.map(\.kind) == [.key, .head, .added])
            try await #expect(Journal.verify(journal.database).isIntact)
        }
    }

    @Test("a log cut short to an older head, for who kept the newer one", arguments: TestEngine.all)
    func cutShort(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            _ = try await journal.sealed40()
            let known = try await journal.database.read { try Journal.head($0) }
            try await #expect(journal.verify(knownHead: known) == [])
            try await journal.tamper("DELETE FROM journal_head WHERE size = 40")
            try await journal.tamper(
                "DELETE FROM journal_node WHERE (level = 0 AND position >= 20) OR (level = 4 AND position >= 1)"
            )
            try await journal.tamper(
                "DELETE FROM journal_personal WHERE entry_id IN (SELECT entry_id FROM journal_sealed WHERE position >= 20)"
            )
            try await journal.tamper(
                "DELETE FROM journal_entry WHERE id IN (SELECT entry_id FROM journal_sealed WHERE position >= 20)"
            )
            try await journal.tamper("DELETE FROM journal_sealed WHERE position >= 20")
            try await #expect(journal.verify() == [])
            try await #expect(journal.verify(knownHead: known) == [Found(.removed, 20...39, nil)])
        }
    }
}
