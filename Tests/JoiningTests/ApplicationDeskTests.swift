import Access
import Charter
import Database
import DatabaseTesting
import Files
import Foundation
import Identity
import Languages
import Membership
import Testing

@testable import Joining

/// What an applicant can do with its link, and what nobody can without one.
@Suite("An applicant at its desk")
struct ApplicationDeskTests {
    @Test(arguments: TestEngine.all)
    func `an application begins with what was said, and is known by its link alone`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let secret = try await house.start()
            let record = try await house.desk.open(secret, now: RequestHouse.now)
            let application = record.application
            #expect(application.reference == "2026-1" && application.state == .draft)
            #expect(application.title == "Tallinn" && application.category == "local-government")
            #expect(application.email == "kadri@tallinn.example" && application.language == "es")
            #expect(application.values[.country] == "EE" && application.values[.contactName] == "Kadri Tamm")
            #expect(record.missing.map(\.key) == [RequestHouse.letterOfIntent])
            #expect(Set(record.problems.map(\.name)) == ["documents", "population", "head"])
            #expect(record.rule?.id == "membership.admission")
            #expect(record.steps.map(\.kind) == [.started])
            let letter = try #require(try await house.letters("application-link").first)
            #expect(letter.person == "", "nobody has shown yet that the address is theirs")
            #expect(!letter.text.contains("Kadri") && !letter.text.contains("Tallinn"))
            let second = try await house.start(RequestHouse.form("Tartu", email: "second@tartu.example"))
            let reference = try await house.desk.open(second, now: RequestHouse.now).application.reference
            #expect(reference == "2026-2")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a box that another device changed is told and not overwritten; others merge`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let secret = try await house.start()
            // Both devices opened the page at the same time.
            let seen = try await house.values(secret)
            func save(_ typed: [ApplicationField: String]) async throws -> SaveOutcome {
                try await house.desk.save(secret, RequestHouse.boxes(typed, seen: seen), now: RequestHouse.now)
            }
            let first = try await save([.name: "Tallinn City", .website: "https://tallinn.example"])
            #expect(first.kept == 2 && first.conflicts == [:])
            // The second sends its whole form: the country as it was, another name, a population.
            let second = try await save([.name: "City of Tallinn", .country: "EE", .population: "461000", .website: ""])
            #expect(second.kept == 1)
            #expect(second.conflicts == [.name: "Tallinn City"])
            let now = try await house.values(secret)
            #expect(now[.name] == "Tallinn City" && now[.population] == "461000")
            #expect(now[.website] == "https://tallinn.example", "a box that was not touched takes nothing away")
            #expect(second.marks[.name] == now.mark(.name) && second.marks.count == ApplicationField.allCases.count)
            // Whoever has seen it may write over it.
            let third = try await house.type(secret, [.name: "City of Tallinn"])
            #expect(third.kept == 1 && third.conflicts == [:])
            #expect(try await house.values(secret)[.name] == "City of Tallinn")
            #expect(try await save([.name: "City of Tallinn"]).conflicts == [:], "both say the same")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a box that still shows what was there keeps its old mark, so that later typing is told`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let secret = try await house.start()
            let old = try await house.values(secret)
            try await house.type(secret, [.reason: "From another device"])
            // A form without scripts sends every box, and this one was not touched.
            let page = try await house.desk.save(
                secret,
                RequestHouse.boxes([.reason: "", .contactPhone: "+372 1"], seen: old),
                now: RequestHouse.now
            )
            #expect(page.kept == 1 && page.conflicts == [:])
            #expect(page.marks[.reason] == old.mark(.reason))
            let mark = try #require(page.marks[.reason])
            let typed = [ApplicationField.reason: TypedField("Typed later", seen: mark)]
            let later = try await house.desk.save(secret, typed, now: RequestHouse.now)
            #expect(later.conflicts == [.reason: "From another device"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `sent twice, the second changes nothing and says so`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let (secret, id) = try await house.sent()
            let first = try await house.record(id)
            #expect(first.application.submittedAt == "2026-09-21T14:13:20.000000Z" && first.problems == [])
            let again = try await house.desk.submit(secret, now: RequestHouse.later(1))
            #expect(again == .alreadySent)
            #expect(try await house.record(id) == first)
            #expect(try await house.letters("application-submitted").count == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `an answer sent twice is one answer, and the second says so`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let (secret, id) = try await house.sent()
            func ask(_ words: String) async throws {
                try await house.run(AskApplicant(id, words: words, services: house.services), as: house.officer)
            }
            func answer(_ words: String) async throws -> SubmitOutcome {
                try await house.desk.answer(secret, words: words, now: RequestHouse.now)
            }
            try await ask("Since when?")
            #expect(try await answer("Since May.\n") == .sent)
            // What the secretariat writes for itself comes between, and is not the applicant's to know.
            try await house.run(NoteOnApplication(id, words: "Plausible."), as: house.officer)
            #expect(try await answer("Since May.") == .alreadySent)
            #expect(try await house.kinds(id).filter { $0 == .answered }.count == 1)
            await #expect(throws: JoiningRefusal.inAnotherState(.submitted)) { _ = try await answer("Since June.") }
            // The same words to another question are another answer.
            try await ask("And the mayor?")
            #expect(try await answer("Since May.") == .sent)
            #expect(try await house.kinds(id).filter { $0 == .answered }.count == 2)
        }
    }

    @Test(arguments: TestEngine.all)
    func `who was found stays so when a changed name brings another; a slip is taken back`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let secret = try await house.start(RequestHouse.form("Gdańsk", country: "SE"))
            try await house.fill(secret)
            func match(_ key: String?) async throws {
                try await house.desk.sameAs(secret, memberKey: key, now: RequestHouse.now)
            }
            try await match(nil)
            let slip = try await house.desk.open(secret, now: RequestHouse.now)
            #expect(slip.known.map(\.key) == ["gdansk"] && slip.known[0].isAnother)
            try await match("gdansk")
            try await house.type(secret, [.name: "Visby"])
            #expect(await house.fields { _ = try await house.desk.submit(secret, now: RequestHouse.now) } == ["member"])
            // Still the one, so the other is another.
            try await match("gdansk")
            let found = try await house.desk.open(secret, now: RequestHouse.now)
            let others = found.known.filter(\.isAnother).map(\.key)
            #expect(found.application.memberID == RequestHouse.gdansk && others == ["visby"])
            // Said once more, nothing is new.
            try await match("gdansk")
            let deeds = try await house.deeds(found.application.id)
            #expect(deeds.filter { $0 == "application.matched" }.count == 2)
            #expect(try await house.desk.submit(secret, now: RequestHouse.now) == .sent)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what is wrong is told all at once, by the charter of the category`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let secret = try await house.start()
            try await house.type(
                secret,
                [
                    .language: "no language!", .country: "SWEDEN", .website: "javascript:alert(1)", .population: "many",
                    .populationYear: "1066", .head: "Mari Maasikas", .contactName: "…", .contactPhone: "call me",
                ]
            )
            let cities = await house.fields { _ = try await house.desk.submit(secret, now: RequestHouse.now) }
            #expect(
                Set(cities) == [
                    "language", "country", "region", "website", "population", "population_year", "head_position",
                    "contact_name", "contact_phone", "documents",
                ]
            )
            #expect(try await house.desk.open(secret, now: RequestHouse.now).application.state == .draft)
            let none = await house.fields {
                try await house.desk.setCategory(secret, "guild", now: RequestHouse.now)
            }
            #expect(none == ["category"])
            // A corporation is asked for other things.
            try await house.desk.setCategory(secret, "corporation", now: RequestHouse.now)
            try await house.type(secret, [.employees: "-3"])
            let corporations = await house.fields { _ = try await house.desk.submit(secret, now: RequestHouse.now) }
            #expect(corporations.contains("employees") && !corporations.contains("population"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `a member is told that it is one; another of its name can apply`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let secret = try await house.start(RequestHouse.form("Visby", country: "SE"))
            try await house.fill(secret)
            let known = try await house.desk.open(secret, now: RequestHouse.now).known
            #expect(known.map(\.key) == ["visby"] && known[0].isOnRoll && known[0].standing == "member")
            let error = await house.refusal { _ = try await house.desk.submit(secret, now: RequestHouse.now) }
            let problem = try #require((error as? InvalidInput)?.fields.first { $0.name == "member" })
            #expect(problem.message.english.hasPrefix("On the roll already: Visby."))
            await #expect(throws: JoiningRefusal.memberAlready("Visby")) {
                try await house.desk.sameAs(secret, memberKey: "visby", now: RequestHouse.now)
            }
            await #expect(throws: MemberRefusal.noSuchMember) {
                try await house.desk.sameAs(secret, memberKey: "atlantis", now: RequestHouse.now)
            }
            try await house.desk.sameAs(secret, memberKey: nil, now: RequestHouse.now)
            #expect(try await house.desk.submit(secret, now: RequestHouse.now) == .sent)
            let id = try await house.desk.open(secret, now: RequestHouse.now).application.id
            let read = try await house.record(id)
            #expect(read.known.map(\.isAnother) == [true] && read.application.memberID == nil)
            #expect(try await house.deeds(id).contains("application.unmatched"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `what nobody sent is not in the journal, what was sent is, and people only beside it`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let secret = try await house.start()
            try await house.type(secret, RequestHouse.whole)
            let id = try await house.desk.open(secret, now: RequestHouse.now).application.id
            #expect(try await house.deeds(id) == ["application.started"])
            try await house.attach(secret)
            _ = try await house.desk.submit(secret, now: RequestHouse.now)
            let entries = try await house.database.read { transaction in
                try transaction.query(
                    "SELECT after FROM journal_entry WHERE subject_id = ? AND action = 'application.submitted'",
                    [.text(id)]
                ) { try $0.text(0) }
            }
            let told = try #require(entries.first)
            #expect(told.contains("\"population\":\"461 000\"") && told.contains("\"counts_from\":\"2026-09-21\""))
            for name in ["Kadri", "Maasikas", "640 4000", "kadri@tallinn.example"] {
                #expect(!told.contains(name), "\(name) stands in the log itself")
            }
        }
    }
}
