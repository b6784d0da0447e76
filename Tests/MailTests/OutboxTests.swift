import Database
import DatabaseTesting
import Foundation
import Languages
import Logging
import Testing

@testable import Mail

private struct Undone: Error {}

@Suite struct OutboxTests {
    @Test(arguments: TestEngine.all)
    func `one cause queues one mail`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: MailMigrations.all) { database in
            let first = try await database.write { try Outbox.queue($0, Letters.letter(), now: morning) }
            let again = try await database.write {
                try Outbox.queue($0, Letters.letter(to: "other@example.com"), now: morning)
            }
            let page = try await database.read { try Outbox.list($0) }
            #expect(first && !again)
            #expect(page.mails.map(\.recipient) == ["minji@example.com"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `a mail of what was undone is not there`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: MailMigrations.all) { database in
            await #expect(throws: Undone.self) {
                try await database.write { transaction in
                    try Outbox.queue(transaction, Letters.letter(), now: morning)
                    throw Undone()
                }
            }
            let total = try await database.read { try Outbox.list($0).total }
            #expect(total == 0)
        }
    }

    @Test(arguments: TestEngine.all)
    func `one cause queued by many at once is one mail`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: MailMigrations.all) { database in
            let queued = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await database.write { try Outbox.queue($0, Letters.letter(), now: morning) } }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(queued == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `lists are filtered by state and words, accents aside, and paged`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: MailMigrations.all) { database in
            try await database.write { transaction in
                for number in 1...5 {
                    var mail = Letters.letter("notice:\(number)", to: "n\(number)@example.com")
                    if number == 3 { mail.toName = "Łukasz_%" }
                    try Outbox.queue(transaction, mail, now: morning.addingTimeInterval(Double(number)))
                }
            }
            let found = try await database.read { transaction in
                let page = try Outbox.list(transaction, page: 2, size: 2)
                let id = try Outbox.list(transaction).mails[0].id
                return (
                    page, try Outbox.list(transaction, OutboxFilter(search: "lukasz_%")).mails.map(\.recipient),
                    try Outbox.list(transaction, OutboxFilter(search: "%")).total,
                    try Outbox.list(transaction, OutboxFilter(search: "n2@ WELCOME")).mails.map(\.recipient),
                    try Outbox.list(transaction, OutboxFilter(state: .sent)).total, id
                )
            }
            #expect(found.0.mails.map(\.recipient) == ["n3@example.com", "n2@example.com"])
            #expect(found.0.total == 5)
            #expect(found.1 == ["n3@example.com"])
            #expect(found.2 == 1)
            #expect(found.3 == ["n2@example.com"])
            #expect(found.4 == 0)
            try await database.write { try Outbox.stop($0, id: found.5, now: morning) }
            let counts = try await database.read { try Outbox.counts($0) }
            #expect(counts[.waiting] == 4 && counts[.stopped] == 1 && counts[.sent] == 0)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a confidential mail shows no body, and none is kept once it was sent`(_ engine: Database.Engine) async throws
    {
        try await withDatabase(engine, migrations: MailMigrations.all) { database in
            let transport = ScriptedTransport()
            try await database.write { try Outbox.queue($0, Letters.letter(secret: true), now: morning) }
            let mail = try await database.read { try Outbox.list($0).mails[0] }
            let before = try await database.read { try Outbox.find($0, id: mail.id) }
            #expect(before?.text == nil && before?.html == nil)
            let mailer = try mailer(database, transport, TestClock())
            try await mailer.sendDue()
            #expect(transport.messages.count == 1)
            let bytes = transport.messages.first?.bytes ?? []
            let wire = String(decoding: bytes, as: UTF8.self)
            #expect(wire.contains("Hello"))
            let kept = try await database.read { transaction in
                try transaction.first("SELECT COALESCE(body_text, 'gone') FROM mail") { try $0.text(0) }
            }
            #expect(kept == "gone")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a bounce is noted once, by id or Message-ID`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: MailMigrations.all) { database in
            try await database.write { try Outbox.queue($0, Letters.letter(), now: morning) }
            let id = try await database.read { try Outbox.list($0).mails[0].id }
            await #expect(throws: MailProblem.notNow(.waiting)) {
                try await database.write { try Outbox.recordBounce($0, reference: id, reason: "early", now: morning) }
            }
            let mailer = try mailer(database, ScriptedTransport(), TestClock())
            try await mailer.sendDue()
            let change = try await database.write {
                try Outbox.recordBounce(
                    $0,
                    reference: "<\(id)@example.org>",
                    reason: "5.1.1\r\nno such user",
                    now: morning
                )
            }
            #expect(change.before == .sent && change.after == .bounced && change.isChange)
            let again = try await database.write {
                try Outbox.recordBounce($0, reference: id, reason: "again", now: morning)
            }
            #expect(!again.isChange)
            let problem = try await database.read { try Outbox.find($0, id: id)?.mail.problem }
            #expect(problem == .quoted("5.1.1  no such user"))
            await #expect(throws: MailProblem.unknown("nothing")) {
                try await database.write {
                    try Outbox.recordBounce($0, reference: "<nothing@x>", reason: "", now: morning)
                }
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a stopped mail is not sent until somebody asks for it again`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: MailMigrations.all) { database in
            let transport = ScriptedTransport()
            let mailer = try mailer(database, transport, TestClock())
            try await database.write { try Outbox.queue($0, Letters.letter(), now: morning) }
            let id = try await database.read { try Outbox.list($0).mails[0].id }
            try await database.write { try Outbox.stop($0, id: id, now: morning) }
            try await mailer.sendDue()
            #expect(transport.messages.isEmpty)
            try await database.write { try Outbox.sendAgain($0, id: id, now: morning) }
            try await mailer.sendDue()
            #expect(transport.messages.count == 1)
            await #expect(throws: MailProblem.notNow(.sent)) {
                try await database.write { try Outbox.sendAgain($0, id: id, now: morning) }
            }
            await #expect(throws: MailProblem.notNow(.sent)) {
                try await database.write { try Outbox.stop($0, id: id, now: morning) }
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `erasing a person leaves nothing of them, and nothing is sent to them`(_ engine: Database.Engine) async throws
    {
        try await withDatabase(engine, migrations: MailMigrations.all) { database in
            let transport = ScriptedTransport([.deferred(.quoted("mailbox of minji@example.com is full"))])
            let mailer = try mailer(database, transport, TestClock())
            try await database.write { try Outbox.queue($0, Letters.letter(), now: morning) }
            try await mailer.sendDue()
            let erased = try await database.write { try Outbox.erase($0, person: "person-1", now: morning) }
            #expect(erased == 1)
            let page = try await database.read { try Outbox.list($0) }
            let record = try await database.read { try Outbox.find($0, id: page.mails[0].id) }
            let left = "\(String(describing: record))"
            #expect(!left.contains("minji") && !left.contains("김민지") && !left.contains("Hello"))
            #expect(record?.mail.state == .stopped)
        }
    }

    @Test(arguments: TestEngine.all)
    func `old bodies are removed, waiting ones are not`(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: MailMigrations.all) { database in
            try await database.write { try Outbox.queue($0, Letters.letter("a:1"), now: morning) }
            let mailer = try mailer(database, ScriptedTransport(), TestClock())
            try await mailer.sendDue()
            try await database.write { try Outbox.queue($0, Letters.letter("a:2"), now: morning) }
            let count = try await database.write {
                try Outbox.removeBodies($0, settledBefore: morning.addingTimeInterval(1))
            }
            #expect(count == 1)
        }
    }
}

func mailer(
    _ database: Database,
    _ transport: any MailTransport,
    _ clock: TestClock,
    holder: String = Identifier.make()
) throws -> Mailer {
    Mailer(
        database: database,
        transport: transport,
        sender: try Letters.office(),
        holder: holder,
        logger: Logger(label: "test"),
        now: { clock.now }
    )
}
