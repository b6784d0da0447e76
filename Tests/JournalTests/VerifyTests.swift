import Database
import DatabaseTesting
import Foundation
import Testing

@testable import Journal

@Suite("Verification finds and names what was changed by hand")
struct VerifyTests {
    @Test("an untouched journal is intact, with entries that wait and an empty one, too", arguments: TestEngine.all)
    func intact(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            try await #expect(Journal.verify(journal.database) == Audit())
            _ = try await journal.sealed40()
            try await journal.append(40..<45)
            let audit = try await Journal.verify(journal.database, trusting: [journal.key.publicKey])
            #expect(audit.isIntact && audit.sealed == 40 && audit.waiting == 5 && audit.heads == 3)
            #expect(audit.lastHead?.size == 40)
        }
    }

    @Test(
        "an altered field of any kind",
        arguments: TestEngine.all,
        [
            "recorded_at = '2020-01-01T00:00:00.000000Z'", "actor = 'mayor'", "action = 'member.left'",
            "subject_kind = 'office'", "subject_id = 'city-8'", "rule = NULL", "reason = ''", "before = '{}'",
            "after = NULL",
        ]
    )
    func alteredField(_ engine: Database.Engine, change: String) async throws {
        try await Fixture.with(engine) { journal in
            let ids = try await journal.sealed40()
            try await journal.tamper("DELETE FROM journal_personal WHERE entry_id = ?", [.text(ids[7])])
            try await journal.tamper("UPDATE journal_entry SET \(change) WHERE id = ?", [.text(ids[7])])
            try await #expect(journal.verify() == [Found(.altered, 7, ids[7])])
        }
    }

    @Test("an entry altered together with the hash beside it", arguments: TestEngine.all)
    func alteredWithHash(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let ids = try await journal.sealed40()
            try await journal.rewrite(ids[25], alsoLeaf: nil)
            try await #expect(journal.verify() == [Found(.altered, 25, ids[25])])
        }
    }

    @Test("an entry altered together with its hash and its leaf is confined to its sixteen", arguments: TestEngine.all)
    func alteredWithLeaf(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let ids = try await journal.sealed40()
            try await journal.rewrite(ids[25], alsoLeaf: 25)
            let audit = try await Journal.verify(journal.database)
            #expect(audit.findings.map { Found($0.kind, $0.positions, $0.entry) } == [Found(.altered, 16...31, nil)])
            #expect(audit.findings.first?.detail.contains(ids[25]) == true)
        }
    }

    @Test("an entry altered with hash and leaf where no inner node is kept yet is confined to its head")
    func alteredAtTheEdge() async throws {
        try await Fixture.with(.sqlite) { journal in
            let ids = try await journal.sealed40()
            try await journal.rewrite(ids[36], alsoLeaf: 36)
            try await #expect(journal.verify() == [Found(.altered, 20...39, nil)])
        }
    }

    @Test("a removed entry", arguments: TestEngine.all)
    func removedEntry(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let ids = try await journal.sealed40()
            try await journal.tamper("DELETE FROM journal_personal WHERE entry_id = ?", [.text(ids[0])])
            try await journal.tamper("DELETE FROM journal_entry WHERE id = ?", [.text(ids[0])])
            try await #expect(journal.verify() == [Found(.removed, 0, ids[0])])
        }
    }

    @Test("a removed place, in the middle and at the end", arguments: TestEngine.all, [12, 39])
    func removedPlace(_ engine: Database.Engine, position: Int) async throws {
        try await Fixture.with(engine) { journal in
            let ids = try await journal.sealed40()
            try await journal.tamper("DELETE FROM journal_sealed WHERE position = ?", [.int(position)])
            try await #expect(journal.verify() == [Found(.removed, position, ids[position])])
        }
    }

    @Test("an entry removed with its place and all", arguments: TestEngine.all)
    func removedWhole(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let ids = try await journal.sealed40()
            try await journal.tamper("DELETE FROM journal_sealed WHERE position = 12")
            try await journal.tamper("DELETE FROM journal_personal WHERE entry_id = ?", [.text(ids[12])])
            try await journal.tamper("DELETE FROM journal_entry WHERE id = ?", [.text(ids[12])])
            try await #expect(journal.verify() == [Found(.removed, 12, nil)])
        }
    }

    @Test("an entry added without a place", arguments: TestEngine.all)
    func added(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            _ = try await journal.sealed40()
            let id = try await journal.append(50..<51)[0]
            try await journal.tamper("DELETE FROM journal_pending")
            try await #expect(journal.verify() == [Found(.added, nil as ClosedRange<Int>?, id)])
        }
    }

    @Test(
        "an entry added with a place at the end, next to it and far beyond",
        arguments: TestEngine.all,
        [40, 1_000_000]
    )
    func addedPlace(_ engine: Database.Engine, position: Int) async throws {
        try await Fixture.with(engine) { journal in
            _ = try await journal.sealed40()
            let id = try await journal.append(50..<51)[0]
            try await journal.tamper("DELETE FROM journal_pending")
            try await journal.tamper("INSERT INTO journal_sealed VALUES (?, ?)", [.int(position), .text(id)])
            let found = try await journal.verify()
            #expect(found.contains(Found(.added, position, id)))
            #expect(found.allSatisfy { $0.kind == .added || $0.positions == 40...40 })
        }
    }

    @Test("two entries that exchanged their places", arguments: TestEngine.all)
    func reordered(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let ids = try await journal.sealed40()
            for (from, to) in [(4, -1), (30, 4), (-1, 30)] {
                try await journal.tamper(
                    "UPDATE journal_sealed SET position = ? WHERE position = ?",
                    [.int(to), .int(from)]
                )
            }
            let audit = try await Journal.verify(journal.database)
            #expect(
                audit.findings.map { Found($0.kind, $0.positions, $0.entry) }
                    == [Found(.reordered, 4, ids[30]), Found(.reordered, 30, ids[4])]
            )
            #expect(audit.findings.first?.detail.contains("sealed at position 30") == true)
        }
    }

    @Test("an entry altered, removed or sealed while it waits", arguments: TestEngine.all)
    func waiting(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let sealed = try await journal.sealed40()
            let ids = try await journal.append(40..<43)
            try await journal.tamper("UPDATE journal_entry SET actor = 'x' WHERE id = ?", [.text(ids[0])])
            try await journal.tamper("DELETE FROM journal_personal WHERE entry_id = ?", [.text(ids[1])])
            try await journal.tamper("DELETE FROM journal_entry WHERE id = ?", [.text(ids[1])])
            try await journal.tamper("INSERT INTO journal_pending VALUES (?, 'x')", [.text(sealed[5])])
            #expect(
                try await journal.verify() == [
                    Found(.added, 5, sealed[5]), Found(.altered, nil as ClosedRange<Int>?, ids[0]),
                    Found(.removed, nil as ClosedRange<Int>?, ids[1]),
                ]
            )
        }
    }

    @Test("several changes at once are each named", arguments: TestEngine.all)
    func several(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let ids = try await journal.sealed40()
            try await journal.tamper("UPDATE journal_entry SET actor = 'x' WHERE id = ?", [.text(ids[1])])
            try await journal.tamper("DELETE FROM journal_sealed WHERE position = 18")
            try await journal.tamper("UPDATE journal_entry SET reason = NULL WHERE id = ?", [.text(ids[39])])
            #expect(
                try await journal.verify() == [
                    Found(.altered, 1, ids[1]), Found(.removed, 18, ids[18]), Found(.altered, 39, ids[39]),
                ]
            )
        }
    }

    @Test("erased personal values leave every hash valid and nothing behind", arguments: TestEngine.all)
    func erased(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let ids = try await journal.sealed40()
            let before = try await journal.database.read { try Journal.personalValues($0, entry: ids[3]) }
            #expect(before.map(\.field) == ["after.head"] && before.map(\.value) == ["Mayor 3"])
            let erased = try await journal.database.write { transaction in
                try Journal.erasePersonal(transaction, entry: ids[3])
                    + Journal.erasePersonal(transaction, subject: .init("member", "city-4"))
            }
            #expect(erased == 2)
            try await #expect(journal.database.read { try Journal.personalValues($0, entry: ids[3]) } == [])
            try await #expect(journal.count("journal_personal") == 38)
            try await #expect(journal.verify() == [])
            let proof = try await journal.database.read { try Journal.proof($0, entry: ids[3]) }
            try proof.check(publicKey: journal.key.publicKey)
        }
    }

    @Test("an altered personal value, or one that the entry never had", arguments: TestEngine.all)
    func alteredPersonal(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let ids = try await journal.sealed40()
            try await journal.tamper("UPDATE journal_personal SET value = 'x' WHERE entry_id = ?", [.text(ids[3])])
            try await journal.tamper(
                "INSERT INTO journal_personal VALUES (?, 'after.mail', ?, 'x')",
                [.text(ids[4]), .blob([1])]
            )
            let nowhere: ClosedRange<Int>? = nil
            try await #expect(
                journal.verify() == [Found(.personal, nowhere, ids[3]), Found(.personal, nowhere, ids[4])]
            )
        }
    }

    @Test("of thousands of altered entries the first are named and the rest counted")
    func flood() async throws {
        try await Fixture.with(.sqlite) { journal in
            try await journal.append(0..<1500)
            try await journal.sealer().sealNow()
            try await journal.tamper("UPDATE journal_entry SET actor = 'x'")
            let audit = try await Journal.verify(journal.database)
            #expect(audit.findings.count == 1000 && audit.findingsLeftOut == 500)
            #expect(audit.findings.allSatisfy { $0.kind == .altered })
            #expect(!audit.isIntact)
        }
    }
}

extension Fixture {
    /// Alters an entry and everything about it that carries its hash.
    fileprivate func rewrite(_ id: String, alsoLeaf position: Int?) async throws {
        try await tamper("UPDATE journal_entry SET actor = 'mayor' WHERE id = ?", [.text(id)])
        let altered = try #require(try await database.read { try Journal.entry($0, id: id) })
        let hash = Value.blob(altered.entry.leafHash.bytes)
        try await tamper("UPDATE journal_entry SET leaf_hash = ? WHERE id = ?", [hash, .text(id)])
        guard let position else { return }
        try await tamper(
            "UPDATE journal_node SET hash = ? WHERE level = 0 AND position = ?",
            [hash, .int(position)]
        )
    }
}
