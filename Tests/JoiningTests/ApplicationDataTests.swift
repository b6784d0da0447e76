import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Files
import Foundation
import Identity
import Journal
import Languages
import Mail
import Membership
import Testing

@testable import Joining

/// What is kept of an application, for how long, and of whom.
@Suite("What is kept of applications")
struct ApplicationDataTests {
    /// Applies the charter's rules on retention as the nightly job does.
    private func retain(_ house: RequestHouse, days: Double) async throws -> Retention.Outcome {
        let version = try #require(house.charter.version(on: RequestHouse.day("2026-09-21")))
        return try await house.database.write { transaction in
            try Retention.apply(
                transaction,
                version,
                sources: JoiningPersonalData.all,
                stores: JoiningRetention.stores,
                now: RequestHouse.later(days)
            )
        }
    }

    @Test(arguments: TestEngine.all)
    func `what was never sent goes 90 days after the last change, with all that belongs to it`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let secret = try await house.start()
            try await house.attach(secret, at: RequestHouse.later(10))
            let (_, sent) = try await house.sent(RequestHouse.form("Tartu", email: "mayor@tartu.example"))
            #expect(try await retain(house, days: 100)[.applicationDrafts] == nil)
            #expect(try await house.count("application") == 2)
            #expect(try await retain(house, days: 100.1)[.applicationDrafts] == 1)
            #expect(try await house.database.read { try Application.list($0, "").map(\.id) } == [sent])
            #expect(try await house.count("file_use") == 1, "that of the application that was sent")
            for table in ["application_field", "application_step", "application_link"] {
                let others = try await house.database.read { transaction in
                    try transaction.query("SELECT DISTINCT application_id FROM \(table)") { try $0.text(0) }
                }
                #expect(others == [sent], "\(table)")
            }
            await #expect(throws: JoiningRefusal.worthlessLink) {
                _ = try await house.desk.open(secret, now: RequestHouse.now)
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `what an applicant said goes two years after the end; that it applied stays`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let (_, id, circular) = try await house.asked()
            try await house.run(NoteOnApplication(id, words: "Kadri Tamm called."), as: house.officer)
            let (_, open) = try await house.sent(RequestHouse.form("Tartu", email: "mayor@tartu.example"))
            try await house.meet(circular, .adopted)
            #expect(try await retain(house, days: 730)[.applications] == nil)
            #expect(try await retain(house, days: 730.1)[.applications] == 1)
            #expect(try await retain(house, days: 731)[.applications] == nil, "once")

            let record = try await house.record(id)
            let application = record.application
            #expect(application.state == .admitted && application.reference == "2026-1" && application.memberID != nil)
            #expect(application.title == "Tallinn" && application.values[.country] == "EE" && application.email == "")
            let left = ApplicationField.allCases.filter { !application.values[$0].isEmpty }
            #expect(left == [.name, .country] && record.documents == [])
            #expect(record.steps.map(\.kind).contains(.admitted))
            #expect(record.steps.allSatisfy { $0.words.isEmpty })
            #expect(record.steps.filter { $0.side == .applicant }.allSatisfy { $0.authorName.isEmpty })
            let names = try await house.database.read { transaction in
                try Journal.personalValues(transaction, subject: .init(Application.subjectKind, id)).map(\.value)
            }
            #expect(names == [])
            let texts = try await house.database.read { transaction in
                try transaction.query(
                    """
                    SELECT evidence FROM circular_item WHERE subject_id = ?
                    UNION SELECT recipient || COALESCE(recipient_name, '') || COALESCE(body_text, '') FROM mail
                    WHERE cause LIKE ?
                    """,
                    [.text(id), .text("application-%:\(id):%")]
                ) { try $0.text(0) }
            }
            #expect(!texts.isEmpty && texts.allSatisfy { Phrase(stored: $0).english.isEmpty }, "\(texts)")
            let other = try await house.record(open)
            #expect(other.application.email == "mayor@tartu.example" && other.documents.count == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a contact without an account is erased when they ask, and the application goes on`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let (secret, id) = try await house.sent()
            let administrator = Actor.operatorNamed("operator")
            let empty = await house.fields { try await house.run(EraseContact(id, reason: " "), as: administrator) }
            #expect(empty == ["reason"])
            try await house.run(EraseContact(id, reason: "They asked by mail"), as: administrator)
            let left = try await house.record(id).application
            #expect(left.email == "" && left.values[.contactName] == "" && left.values[.name] == "Tallinn")
            await #expect(throws: JoiningRefusal.worthlessLink) {
                _ = try await house.desk.open(secret, now: RequestHouse.now)
            }
            let names = try await house.database.read { transaction in
                try Journal.personalValues(transaction, subject: .init(Application.subjectKind, id)).map(\.value)
            }
            #expect(names == [])
            #expect(try await house.deeds(id).last == "application.contact-erased")
            try await house.recommend(id)
            #expect(try await house.state(id) == .recommended)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a person is told what they applied with and what they did, and the contact can be erased`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let (secret, id) = try await house.sent(RequestHouse.form(email: "inga.karlsson@example.org"))
            try await house.recommend(id)
            func told(_ name: String, _ actor: Actor) async throws -> String {
                let source = try #require(JoiningPersonalData.all.first { $0.name == name })
                let value = try await house.database.read { try source.collect($0, actor.person) }
                return String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
            }
            let contact = try await told("applications", house.inga)
            for text in ["2026-1", "Kadri Tamm", "+372 640 4000", "letter.txt", "Mari Maasikas"] {
                #expect(contact.contains(text), "\(text)")
            }
            #expect(!contact.contains("A good city."), "what colleagues think is theirs")
            #expect(try await told("applications", house.piotr) == "[]")
            #expect(try await told("application-steps", house.officer).contains("A good city."))

            var inga = house.inga.person
            func erase() async throws {
                let person = inga
                try await house.database.write { transaction in
                    for source in JoiningPersonalData.all { try source.erase(transaction, person, RequestHouse.now) }
                }
            }
            // Who was only invited, and whose account was closed before, has not shown that the address is theirs.
            inga.signedInAt = nil
            try await erase()
            inga.signedInAt = "2026-01-01T00:00:00.000000Z"
            inga.closedAt = "2026-02-01T00:00:00.000000Z"
            try await erase()
            #expect(try await house.record(id).application.email == "inga.karlsson@example.org")
            inga.closedAt = nil
            try await erase()
            let left = try await house.record(id)
            #expect(left.application.email == "" && left.application.values[.contactName] == "")
            #expect(left.application.values[.contactPhone] == "" && left.application.values[.head] == "Mari Maasikas")
            #expect(left.steps.filter { $0.side == .applicant }.allSatisfy { $0.authorName.isEmpty })
            await #expect(throws: JoiningRefusal.worthlessLink) {
                _ = try await house.desk.open(secret, now: RequestHouse.now)
            }
            // Nobody is left to write to, and the application still goes its way.
            let circular = try await house.putAdmission(id)
            try await house.meet(circular, .adopted)
            #expect(try await house.state(id) == .admitted)
            #expect(try await house.letters("application-admitted") == [])
            #expect(try await house.count("invitation") == 0)
            #expect(try await house.kinds(id).last == .note)
        }
    }

    @Test(arguments: TestEngine.all)
    func `when two records become one, an application stays with the member`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let (_, id) = try await house.sent()
            try await house.run(
                MatchApplication(id, memberKey: "gdansk", services: house.services),
                as: house.officer
            )
            try await house.run(
                MergeMembers(keptKey: "riga", mergedKey: "gdansk", seen: nil, grounds: "One", charter: house.charter),
                as: house.officer
            )
            #expect(try await house.record(id).application.memberID == RequestHouse.riga)
            // Riga is on the roll: there is nothing to admit.
            try await house.recommend(id)
            let circular = try await house.putAdmission(id)
            try await house.meet(circular, .adopted)
            let problem = try await house.question(circular).items.first?.problem
            #expect(problem == JoiningRefusal.memberAlready("Riga").sentence)
            #expect(try await house.state(id) == .put)
        }
    }

    @Test func `every letter is there in every language, as text and as a page`() throws {
        let templates = try MailTemplates.load(folder: JoiningLetters.folder)
        #expect(templates.languages == Letters.languages.sorted())
        for key in ApplicationMail.Key.allCases {
            #expect(templates.keys.contains(key.rawValue), "\(key.rawValue)")
            let values = Dictionary(
                uniqueKeysWithValues: templates.placeholders(key.rawValue).map { ($0, "https://hansa.example/\($0)") }
            )
            for language in Letters.languages {
                let content = try templates.render(key.rawValue, language: language, values: values)
                #expect(content.text.contains("https://hansa.example/link"))
                #expect(content.html.contains("href=\"https://hansa.example/link\""))
            }
        }
    }
}
