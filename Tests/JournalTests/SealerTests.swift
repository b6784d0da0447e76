import Database
import DatabaseTesting
import Foundation
import Synchronization
import Testing

@testable import Journal

@Suite("Appending and sealing")
struct SealerTests {
    @Test("an entry is kept with its change and read back as it was written", arguments: TestEngine.all)
    func roundTrip(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let entry = JournalEntry(
                at: Date(timeIntervalSince1970: 1_700_000_000.123_456),
                actor: "p1",
                action: "member.renamed",
                subject: .init("member", "m1"),
                rule: nil,
                reason: "",
                before: ["name": "Nur-Sultan"],
                after: ["name": "Астана 阿斯塔纳"]
            )
            try await journal.database.write { try Journal.append($0, entry) }
            let read = try await journal.database.read { try Journal.entry($0, id: entry.id) }
            #expect(read == RecordedEntry(entry: entry, position: nil))
            #expect(read?.entry.recordedAt == "2023-11-14T22:13:20.123456Z")
            #expect(read?.entry.leafHash == entry.leafHash)
        }
    }

    @Test("a change that is undone leaves nothing in the journal", arguments: TestEngine.all)
    func rollback(_ engine: Database.Engine) async throws {
        struct Stop: Error {}
        try await Fixture.with(engine) { journal in
            await #expect(throws: Stop.self) {
                try await journal.database.write { transaction in
                    try Journal.append(transaction, [Fixture.entry(1), Fixture.entry(2)])
                    throw Stop()
                }
            }
            for table in ["journal_entry", "journal_pending", "journal_personal"] {
                try await #expect(journal.count(table) == 0)
            }
            try await #expect(journal.sealer().sealNow() == .nothingToSeal)
        }
    }

    @Test("a text with a zero byte is refused and nothing is written", arguments: TestEngine.all)
    func zeroByte(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let bad = JournalEntry(at: Date(), actor: "a", action: "b", subject: .init("c", "d"), reason: "e\u{0}f")
            await #expect(throws: JournalError.zeroByte(action: "b", subject: "d")) {
                try await journal.database.write { try Journal.append($0, [Fixture.entry(1), bad]) }
            }
            try await #expect(journal.count("journal_entry") == 0)
        }
    }

    @Test("entries are sealed by instant and id, densely, under one signed head", arguments: TestEngine.all)
    func sealed(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let late = Fixture.entry(1, at: 30)
            let early = Fixture.entry(2, at: 10)
            let twin = Fixture.entry(3, at: 10)
            try await journal.database.write { try Journal.append($0, [late, early, twin]) }
            let outcome = try await journal.sealer().sealNow()
            let expected = [early, twin, late]
            var frontier = MerkleFrontier()
            for entry in expected { frontier.append(entry.leafHash) }
            let head = try #require(try await journal.database.read { try Journal.head($0) })
            #expect(head.root == frontier.root)
            #expect(head.isSigned(by: journal.key.publicKey))
            #expect(outcome == .sealed(count: 3, head: head))
            let order = try await journal.database.read { transaction in
                try expected.map { try Journal.entry(transaction, id: $0.id)?.position }
            }
            #expect(order == [0, 1, 2])
            try await #expect(journal.count("journal_pending") == 0)
            try await #expect(journal.sealer().sealNow() == .nothingToSeal)
            try await #expect(journal.count("journal_head") == 1)
        }
    }

    @Test("an entry that is committed late is sealed though newer ones were before", arguments: TestEngine.all)
    func late(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let old = Fixture.entry(0, at: -100)
            try await journal.append(1..<6)
            try await journal.sealer().sealNow()
            try await journal.database.write { try Journal.append($0, old) }
            try await journal.sealer().sealNow()
            try await #expect(journal.database.read { try Journal.entry($0, id: old.id) }?.position == 5)
            try await #expect(journal.verify() == [])
        }
    }

    @Test("a burst of more than one batch is sealed whole", arguments: TestEngine.all)
    func burst(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let entries = (0..<(Sealer.batchSize + 5)).map { number in
                JournalEntry(at: Date(), actor: "demo", action: "a", subject: .init("m", "\(number)"))
            }
            try await journal.database.write { try Journal.append($0, entries) }
            guard case .sealed(let count, let head) = try await journal.sealer().sealNow() else {
                Issue.record("nothing was sealed")
                return
            }
            #expect(count == entries.count && head.size == entries.count)
            try await #expect(journal.count("journal_head") == 2)
            try await #expect(journal.verify() == [])
        }
    }

    @Test("while one sealer has the lease another stands by, until it runs out", arguments: TestEngine.all)
    func lease(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let start = Date(timeIntervalSince1970: 1_700_000_000)
            try await journal.append(0..<2)
            try await journal.sealer(holder: "one", now: { start }).sealAll(lease: 15)
            try await journal.append(2..<4)
            let early = journal.sealer(holder: "two", now: { start.addingTimeInterval(14.999_999) })
            try await #expect(early.sealNow() == .leaseHeld(by: "one", until: "2023-11-14T22:13:35.000000Z"))
            try await #expect(journal.count("journal_pending") == 2)
            let after = journal.sealer(holder: "two", now: { start.addingTimeInterval(15) })
            guard case .sealed(2, _) = try await after.sealNow() else {
                Issue.record("the lease had run out")
                return
            }
            // `sealNow` keeps no lease, so the first may go on at the same instant.
            try await journal.append(4..<5)
            guard case .sealed(1, _) = try await journal.sealer(now: { start.addingTimeInterval(15) }).sealNow() else {
                Issue.record("nobody held the lease")
                return
            }
        }
    }

    @Test("several sealers and writers at once lose nothing and seal nothing twice", arguments: TestEngine.all)
    func concurrent(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let ids = try await withThrowingTaskGroup { group in
                for writer in 0..<4 {
                    group.addTask {
                        var ids: [String] = []
                        for round in 0..<10 {
                            let first = writer * 1000 + round * 10
                            ids += try await journal.append(first..<(first + 3))
                        }
                        return ids
                    }
                }
                for sealer in 0..<3 {
                    group.addTask {
                        for _ in 0..<15 { try await journal.sealer(holder: "\(sealer)").sealNow() }
                        return []
                    }
                }
                return try await group.reduce(into: [String]()) { $0 += $1 }
            }
            try await journal.sealer().sealNow()
            let places = try await journal.database.read { transaction in
                try ids.compactMap { try Journal.entry(transaction, id: $0)?.position }
            }
            #expect(places.sorted() == Array(0..<120))
            let audit = try await Journal.verify(journal.database, trusting: [journal.key.publicKey])
            #expect(audit.findings == [])
            #expect(audit.sealed == 120 && audit.waiting == 0 && audit.lastHead?.size == 120)
        }
    }

    @Test("run seals what comes until it is cancelled", arguments: TestEngine.all)
    func run(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let running = Task { await journal.sealer().run(every: .milliseconds(5)) }
            for number in 0..<3 {
                try await journal.append(number..<(number + 1))
                for _ in 0..<2000 where try await journal.count("journal_pending") > 0 {
                    try await Task.sleep(for: .milliseconds(5))
                }
                try await #expect(journal.count("journal_sealed") == number + 1)
            }
            running.cancel()
            await running.value
            try await journal.append(9..<10)
            try await Task.sleep(for: .milliseconds(30))
            try await #expect(journal.count("journal_pending") == 1)
        }
    }

    @Test("a sealer signs nothing upon a log that is not the one signed before", arguments: TestEngine.all)
    func refusesDamage(_ engine: Database.Engine) async throws {
        for (sql, part) in [
            ("DELETE FROM journal_sealed WHERE position = 39", "39 entries have a place"),
            ("DELETE FROM journal_node WHERE level = 0 AND position = 39", "level 0, position 39 is missing"),
            (
                "UPDATE journal_node SET hash = (SELECT n.hash FROM journal_node n WHERE n.level = 0 AND n.position = 0) "
                    + "WHERE level = 4 AND position = 0", "has not the root that was signed"
            ),
        ] {
            try await Fixture.with(engine) { journal in
                _ = try await journal.sealed40()
                try await journal.tamper(sql)
                try await journal.append(40..<41)
                let error = await #expect(throws: JournalError.self) { try await journal.sealer().sealNow() }
                #expect(error?.description.contains(part) == true, "\(String(describing: error))")
                try await #expect(journal.count("journal_pending") == 1)
                try await #expect(journal.count("journal_head") == 3)
            }
        }
    }

    @Test("the newest entries come first, page by page, all or of one subject", arguments: TestEngine.all)
    func pages(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let ids = try await journal.append(0..<5)
            let again = Fixture.entry(2)
            try await journal.database.write { try Journal.append($0, again) }
            let newest = Array(([again.id] + ids.reversed()))
            let (first, second, of, older) = try await journal.database.read { transaction in
                (
                    try Journal.latest(transaction, limit: 4).map(\.entry.id),
                    try Journal.latest(transaction, before: newest[3], limit: 4).map(\.entry.id),
                    try Journal.entries(transaction, of: .init("member", "city-2")).map(\.entry.id),
                    try Journal.entries(transaction, of: .init("member", "city-2"), before: again.id).map(\.entry.id)
                )
            }
            #expect(first == Array(newest.prefix(4)))
            #expect(second == Array(newest.suffix(2)))
            #expect(of == [again.id, ids[2]])
            #expect(older == [ids[2]])
        }
    }
}
