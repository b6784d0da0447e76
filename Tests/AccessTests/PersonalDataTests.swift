import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Journal
import Logging
import Mail
import Testing

@testable import Identity

@Suite("What is held on people, and how it goes")
struct PersonalDataTests {
    private func json(_ value: DataValue) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private func dump(_ desk: Desk) async throws -> String {
        let tables = [
            "person", "role_grant", "invitation", "session", "one_time_link", "external_identity", "journal_entry",
            "journal_personal", "mail", "address_change", "erasure_request", "sign_in_request",
        ]
        return try await desk.database.read { transaction in
            var text = ""
            for table in tables {
                try transaction.forEach("SELECT * FROM \(table)") { row in
                    for column in 0..<row.columnCount where !row.isBlob(column) {
                        text += (row.optionalText(column) ?? "") + "\n"
                    }
                }
            }
            return text
        }
    }

    private func live(_ desk: Desk) async throws -> String {
        let made = try await desk.run(
            InvitePerson(
                name: "Xiomara Quispe",
                email: "xiomara@seoul.test",
                language: "en",
                role: .editor,
                in: .member("m1"),
                grounds: "Xiomara follows Luis",
                places: desk.places,
                letters: desk.letters
            )
        )
        let secret = try await desk.secret(to: "xiomara@seoul.test")
        _ = try await desk.signIn.enter(
            secret,
            .invitation,
            from: Doorstep(address: "198.51.100.77", agent: "Quispe-Browser"),
            now: desk.now
        )
        let actor = try await desk.actor(made.personID)
        try await desk.run(ChangeOwnDetails(made.personID, name: "Xiomara Quispe Flores", language: "es"), as: actor)
        try await desk.run(
            RequestAddressChange(made.personID, to: "quispe@home.test", letters: desk.letters),
            as: actor
        )
        // Another capability's entry, about a member, that holds her address.
        try await desk.database.write { transaction in
            try Journal.append(
                transaction,
                JournalEntry(
                    at: desk.now,
                    actor: actor.key,
                    action: "member.edited",
                    subject: .init("member", "m1"),
                    after: ["contact": .personal("contact", "xiomara@seoul.test")]
                )
            )
        }
        return made.personID
    }

    @Test("a person sees everything that is held on them, and nobody else's", arguments: TestEngine.all)
    func everything(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let id = try await live(desk)
            let source = PersonalDataSource(
                "proposals",
                collect: { _, person in .list([.text("proposal of \(person.name)")]) },
                erase: { _, _, _ in }
            )
            let actor = try await desk.actor(id)
            let text = try json(try await desk.ask(PersonalData(id, sources: [source]), as: actor))
            for held in [
                "Xiomara Quispe Flores", "xiomara@seoul.test", "198.51.100.77", "Quispe-Browser", "member:m1",
                "Xiomara follows Luis", "quispe@home.test", "invitation", "person.edited", "Your invitation to WeGO",
                "proposal of Xiomara",
            ] {
                #expect(text.contains(held), "\(held)")
            }
            #expect(!text.contains("Jiwon"))
            let foreign = try await refusal {
                _ = try await desk.ask(PersonalData(id, sources: []), as: desk.administrator)
            }
            #expect(foreign as? AccessRefusal == .notAllowed(.ownAccount))
        }
    }

    @Test("erasure leaves a tombstone, the facts, and a journal whose hashes are valid", arguments: TestEngine.all)
    func erasure(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let id = try await live(desk)
            let sealer = Sealer(database: desk.database, key: SigningKey(), logger: Logger(label: "test"))
            _ = try await sealer.sealNow()
            let other = try await desk.add("Luis", "luis@seoul.test")
            let actor = try await desk.actor(id)
            try await desk.run(AskErasure(id), as: actor)
            let waiting = try await desk.database.read { try ErasureRequest.waiting($0) }
            #expect(waiting.map(\.id) == [id])
            #expect(waiting.first?.needs == .erasePerson)

            let erased = Erased()
            let source = PersonalDataSource(
                "x",
                collect: { _, _ in .null },
                erase: { _, person, _ in erased.add(person.id) }
            )
            try await desk.run(ErasePerson(id, sources: [source], letters: desk.letters))
            #expect(erased.ids.contains(id))
            // The last mail has the address until it was sent.
            let last = try await desk.mails().last
            #expect(last?.to == "xiomara@seoul.test")
            #expect(last?.subject == "Sus datos en WeGO se han borrado")
            try await send(desk)
            try await desk.database.write { transaction in
                let version = try #require(desk.charter.versions.last)
                try Retention.apply(transaction, version, sources: [], stores: [], now: desk.now + 60)
            }
            let everything = try await dump(desk)
            for gone in ["Xiomara", "Quispe", "quispe", "xiomara", "198.51.100.77", "Luis\n\n\n"] {
                #expect(!everything.contains(gone), "\(gone)")
            }
            let record = try await desk.ask(PersonRecord(id))
            #expect(record.person.name == Person.erasedName)
            #expect(record.roles.map(\.role) == [.editor])
            #expect(record.roles.allSatisfy { $0.endedAt != nil })
            let spared = try await desk.person(other)
            #expect(spared?.email == "luis@seoul.test")
            _ = try await sealer.sealNow()
            let audit = try await Journal.verify(desk.database)
            #expect(audit.isIntact)
            let again = try await refusal { try await desk.run(ErasePerson(id, sources: [], letters: desk.letters)) }
            #expect(again as? PersonRefusal == .noSuchPerson)
        }
    }

    private func send(_ desk: Desk) async throws {
        try await desk.database.write { transaction in
            try transaction.execute(
                "UPDATE mail SET state = 'sent', settled_at = ?, body_text = NULL, body_html = NULL WHERE state = 'waiting'",
                [.text(InstantText.text(desk.now))]
            )
        }
    }

    @Test("an administrator erases others, not themselves", arguments: TestEngine.all)
    func ownErasure(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            _ = try await desk.add("Lee", "lee@wego.test", (.administrator, .association))
            let me = desk.administrator.person.id
            let own = try await refusal { try await desk.run(ErasePerson(me, sources: [], letters: desk.letters)) }
            #expect(own as? PersonRefusal == .own)
            try await desk.run(AskErasure(me))
            try await desk.run(WithdrawErasure(me))
            let waiting = try await desk.database.read { try ErasureRequest.waiting($0) }
            #expect(waiting == [])
        }
    }

    @Test("what is past its time goes, the rest stays, and the journal counts it", arguments: TestEngine.all)
    func retention(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let id = try await live(desk)
            try await send(desk)
            let closed = try await desk.add("Luis", "luis@seoul.test")
            try await desk.run(ClosePerson(closed))
            try await desk.signIn.requestLink("nobody@x.test", from: desk.doorstep, now: desk.now)
            let version = try #require(desk.charter.versions.last)
            let today = desk.now
            // Other capabilities' rows, all from today; the rules say 180, 90 and 730 days.
            let rows: [(Charter.Kept, Int)] = [(.uploads, 4), (.applicationDrafts, 2), (.applications, 3)]
            let stores = rows.map { kept, count in
                RetentionStore(kept) { _, before, _ in before > today && before < today + 2 * 86_400 ? count : 0 }
            }
            func apply(days: Double) async throws -> Retention.Outcome {
                try await desk.database.write { transaction in
                    try Retention.apply(
                        transaction,
                        version,
                        sources: [],
                        stores: stores,
                        now: desk.now + days * 86_400
                    )
                }
            }
            let early = try await apply(days: 6)
            #expect(early == [:])
            let week = try await apply(days: 8)
            #expect(Set(week.keys) == [.signInAttempts])
            let month = try await apply(days: 31)
            #expect(month == [.sessions: 1])
            let quarter = try await apply(days: 90.5)
            #expect(quarter == [.applicationDrafts: 2])
            let lastDay = try await apply(days: 180)
            let dayAfter = try await apply(days: 180.5)
            #expect(lastDay == [:] && dayAfter == [.uploads: 4])
            let year = try await apply(days: 366)
            #expect(year == [.mail: 3])
            let beforeTwoYears = try await desk.person(closed)
            #expect(beforeTwoYears?.erasedAt == nil)
            let later = try await apply(days: 731)
            #expect(later == [.closedAccounts: 1, .applications: 3])
            let gone = try await desk.person(closed)
            #expect(gone?.email == nil)
            let decade = try await apply(days: 3651)
            #expect(Set(decade.keys) == [.journalPersonal])
            let values = try await desk.count("journal_personal")
            #expect(values == 0)
            let kept = try await desk.person(id)
            #expect(kept?.name == "Xiomara Quispe Flores")
            let rules = try await desk.database.read { transaction in
                try Journal.latest(transaction, limit: 200).compactMap(\.entry.rule)
            }
            #expect(Set(rules) == Set(Charter.Kept.allCases.map { "retention.\($0.rawValue)" }))
        }
    }

    @Test("the list of people finds names in any script, by role and state", arguments: TestEngine.all)
    func list(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            _ = try await desk.add("Łukasz Żak", "lukasz@ulsan.test", (.editor, .member("m1")))
            _ = try await desk.add("김민호", "minho@busan.test", (.delegate, .member("m2")))
            let closed = try await desk.add("Zed", "zed@busan.test")
            try await desk.run(ClosePerson(closed))
            func names(_ filter: PeopleFilter, page: Int = 1, size: Int = 50) async throws -> [String] {
                try await desk.ask(PeopleList(filter, page: page, size: size)).lines.map(\.person.name)
            }
            let byAccent = try await names(PeopleFilter(search: "lukasz zak"))
            let byHangul = try await names(PeopleFilter(search: "민호"))
            let byAddress = try await names(PeopleFilter(search: "busan.test"))
            let byRole = try await names(PeopleFilter(role: .delegate))
            let byState = try await names(PeopleFilter(state: .closed))
            #expect(byAccent == ["Łukasz Żak"])
            #expect(byHangul == ["김민호"])
            #expect(Set(byAddress) == ["김민호", "Zed"])
            #expect(byRole == ["김민호"])
            #expect(byState == ["Zed"])
            let second = try await desk.ask(PeopleList(PeopleFilter(), page: 2, size: 3))
            #expect(second.total == 4)
            #expect(second.lines.count == 1)
        }
    }
}

/// Ids that a source was asked to erase.
private final class Erased: @unchecked Sendable {
    // A lock guards the ids, since a transaction's body may run on any thread.
    private let lock = NSLock()
    private var seen: Set<String> = []

    var ids: Set<String> { lock.withLock { seen } }
    func add(_ id: String) { lock.withLock { _ = seen.insert(id) } }
}
