import Database
import DatabaseTesting
import Foundation
import Languages
import Testing

@testable import Mail

@Suite struct MailerTests {
    @Test(arguments: TestEngine.all)
    func `what is due is sent once`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: MailMigrations.all) { database in
            let transport = ScriptedTransport()
            let mailer = try mailer(database, transport, TestClock())
            try await database.write { try Outbox.queue($0, Letters.letter(), now: morning) }
            let first = try await mailer.sendDue()
            let second = try await mailer.sendDue()
            #expect(first == MailRound(sent: 1))
            #expect(second == MailRound())
            #expect(transport.messages.count == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `many mailers at once send each mail once`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: MailMigrations.all, connections: 8) { database in
            try await database.write { transaction in
                for number in 1...24 { try Outbox.queue(transaction, Letters.letter("n:\(number)"), now: morning) }
            }
            let transport = ScriptedTransport(pause: .milliseconds(3))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    let mailer = try mailer(database, transport, TestClock())
                    group.addTask { _ = try await mailer.sendDue() }
                }
                try await group.waitForAll()
            }
            #expect(transport.messages.count == 24)
            #expect(Set(transport.messages.map(\.id)).count == 24)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a mail refused for now waits longer each time and is given up at last`(_ engine: Database.Engine) async throws
    {
        try await withDatabase(engine, migrations: MailMigrations.all) { database in
            let clock = TestClock()
            let transport = ScriptedTransport(Array(repeating: .deferred(.quoted("451 later")), count: 7))
            let mailer = try mailer(database, transport, clock)
            try await database.write { try Outbox.queue($0, Letters.letter(), now: morning) }
            for pause in [60.0, 300, 1800, 7200, 21_600, 86_400] {
                let round = try await mailer.sendDue()
                #expect(round == MailRound(deferred: 1))
                clock.pass(pause - 1)
                let early = try await mailer.sendDue()
                #expect(early == MailRound())
                clock.pass(1)
            }
            let last = try await mailer.sendDue()
            #expect(last == MailRound(failed: 1))
            clock.pass(1_000_000)
            let after = try await mailer.sendDue()
            #expect(after == MailRound())
            let id = try await database.read { try Outbox.list($0).mails[0].id }
            let record = try await database.read { try Outbox.find($0, id: id) }
            #expect(record?.mail.state == .failed)
            #expect(record?.mail.problem == .quoted("451 later"))
            #expect(record?.attempts.map(\.outcome) == Array(repeating: "deferred", count: 7))
            // Asked for again, its pauses begin anew and its attempts are counted on.
            try await database.write { try Outbox.sendAgain($0, id: id, now: clock.now) }
            let again = try await mailer.sendDue()
            #expect(again == MailRound(sent: 1))
            let numbers = try await database.read { try Outbox.find($0, id: id)?.attempts.map(\.number) }
            #expect(numbers == Array(1...8))
        }
    }

    @Test(arguments: TestEngine.all)
    func `a mail refused for good has bounced at once, and the next is sent`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: MailMigrations.all) { database in
            let transport = ScriptedTransport([.refused(.quoted("550 no such user"))])
            let mailer = try mailer(database, transport, TestClock())
            try await database.write { try Outbox.queue($0, Letters.letter("a:1"), now: morning) }
            try await database.write {
                try Outbox.queue($0, Letters.letter("a:2"), now: morning.addingTimeInterval(-1))
            }
            let round = try await mailer.sendDue()
            #expect(round == MailRound(sent: 1, bounced: 1))
        }
    }

    @Test(arguments: TestEngine.all)
    func `a server that cannot be reached costs one attempt, not one of every mail`(
        _ engine: Database.Engine
    ) async throws {
        try await withDatabase(engine, migrations: MailMigrations.all) { database in
            let transport = ScriptedTransport([.unreachable(.quoted("no route"))])
            let mailer = try mailer(database, transport, TestClock())
            try await database.write { transaction in
                for number in 1...3 { try Outbox.queue(transaction, Letters.letter("n:\(number)"), now: morning) }
            }
            let round = try await mailer.sendDue()
            #expect(round.deferred == 1 && round.sent == 0 && round.problem == .quoted("no route"))
            let later = try await mailer.sendDue()
            #expect(later == MailRound(sent: 2))
        }
    }

    @Test(arguments: TestEngine.all)
    func `a mail whose fate is unknown is not sent again by itself`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: MailMigrations.all) { database in
            let clock = TestClock()
            let transport = ScriptedTransport([.uncertain(.quoted("ended before it said"))])
            let mailer = try mailer(database, transport, clock)
            try await database.write { try Outbox.queue($0, Letters.letter(), now: morning) }
            let round = try await mailer.sendDue()
            #expect(round == MailRound(uncertain: 1))
            clock.pass(1_000_000)
            let later = try await mailer.sendDue()
            #expect(later == MailRound())
            #expect(transport.messages.isEmpty)
            let id = try await database.read { try Outbox.list($0).mails[0].id }
            let change = try await database.write { try Outbox.confirmSent($0, id: id, now: morning) }
            #expect(change.before == .uncertain && change.after == .sent)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a mail whose process died is uncertain when its lease ends, and never sent twice`(
        _ engine: Database.Engine
    ) async throws {
        try await withDatabase(engine, migrations: MailMigrations.all) { database in
            let clock = TestClock()
            let transport = ScriptedTransport()
            let mailer = try mailer(database, transport, clock)
            try await database.write { try Outbox.queue($0, Letters.letter(secret: true), now: morning) }
            // The other process: claimed, and never heard of again.
            let claimed = try await database.write {
                try Outbox.claim($0, holder: "dead", leaseUntil: morning.addingTimeInterval(300), now: morning)
            }
            #expect(claimed != nil)
            clock.pass(299)
            let early = try await mailer.sendDue()
            #expect(early == MailRound())
            clock.pass(1)
            let round = try await mailer.sendDue()
            #expect(round == MailRound(uncertain: 1))
            let record = try await database.read { try Outbox.find($0, id: claimed?.id ?? "") }
            #expect(record?.mail.state == .uncertain)
            #expect(record?.attempts.map(\.outcome) == ["uncertain"])
            // Kept to be said in whatever language it is read in.
            let lost = say("The process that was sending it ended before it could say whether it went out.")
            #expect(record?.mail.problem == lost && record?.attempts.map(\.words) == [lost])
            #expect(transport.messages.isEmpty)
            // It held a secret, so nobody can send it again either.
            await #expect(throws: MailProblem.bodyIsGone) {
                try await database.write { try Outbox.sendAgain($0, id: claimed?.id ?? "", now: morning) }
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a process that was only slow is still heard, unless somebody decided`(_ engine: Database.Engine) async throws
    {
        try await withDatabase(engine, migrations: MailMigrations.all) { database in
            try await database.write { transaction in
                for number in 1...2 { try Outbox.queue(transaction, Letters.letter("n:\(number)"), now: morning) }
            }
            var claims: [ClaimedMail] = []
            for _ in 1...2 {
                let claimed = try await database.write {
                    try Outbox.claim($0, holder: "slow", leaseUntil: morning.addingTimeInterval(1), now: morning)
                }
                claims.append(try #require(claimed))
            }
            let (first, second) = (claims[0], claims[1])
            try await database.write { _ = try Outbox.giveUpLost($0, now: morning.addingTimeInterval(1)) }
            let heard = try await database.write { try Outbox.finish($0, first, .sent, holder: "slow", now: morning) }
            #expect(heard == .sent)
            try await database.write { try Outbox.sendAgain($0, id: second.id, now: morning) }
            let late = try await database.write { try Outbox.finish($0, second, .sent, holder: "slow", now: morning) }
            #expect(late == .waiting)
        }
    }

    @Test func `the folder gets one file a mail, for its owner alone`() async throws {
        let folder = NSTemporaryDirectory() + "mail-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let message = MailMessage(
            id: "0198",
            sender: try Letters.office(),
            recipient: try Mailbox(address: "minji@example.com"),
            content: MailContent(subject: "S", text: "t", html: "h"),
            date: morning
        )
        let transport = FolderTransport(folder: folder)
        try await transport.deliver(message)
        try await transport.deliver(message)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["0198.eml"])
        let permissions = try FileManager.default.attributesOfItem(atPath: transport.path("0198"))[.posixPermissions]
        #expect(permissions as? Int == 0o600)
        await #expect(throws: DeliveryFailure.self) { try await FolderTransport(folder: "/proc/none").deliver(message) }
    }
    @Test(arguments: TestEngine.all)
    func `what was kept of a failure before stays readable, and a server's words are never taken for ours`(
        _ engine: Database.Engine
    ) async throws {
        try await withDatabase(engine, migrations: MailMigrations.all) { database in
            let forged = #"550 {"say":["Sent"]}"#
            let object = #"{"say":["Sent"]}"#
            let transport = ScriptedTransport([.refused(.quoted(forged)), .refused(.quoted(object))])
            let mailer = try mailer(database, transport, TestClock())
            for number in 1...2 {
                try await database.write { try Outbox.queue($0, Letters.letter("n:\(number)"), now: morning) }
                try await mailer.sendDue()
            }
            let problems = try await database.read { try Outbox.list($0).mails.compactMap(\.problem?.english) }
            #expect(Set(problems) == [forged, object])
            try await database.write {
                try $0.execute("UPDATE mail SET problem = 'mail.example.org: Couldn''t connect to server'")
            }
            let old = try await database.read { try Outbox.list($0).mails[0].problem }
            #expect(old == .quoted("mail.example.org: Couldn't connect to server"))
        }
    }
}
