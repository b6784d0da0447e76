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

/// The right to one application, and what is refused without it.
@Suite("The link to an application")
struct ApplicationLinkTests {
    @Test(arguments: TestEngine.all)
    func `a link that was never made, or has expired, opens nothing`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let secret = try await house.start()
            for (worthless, day) in [(Secret(), 0.0), (secret, 90.0)] {
                let now = RequestHouse.later(day)
                await #expect(throws: JoiningRefusal.worthlessLink) {
                    _ = try await house.desk.open(worthless, now: now)
                }
                await #expect(throws: JoiningRefusal.worthlessLink) {
                    _ = try await house.desk.save(worthless, [:], now: now)
                }
                await #expect(throws: JoiningRefusal.worthlessLink) {
                    _ = try await house.desk.submit(worthless, now: now)
                }
                await #expect(throws: JoiningRefusal.worthlessLink) {
                    try await house.desk.withdraw(worthless, reason: "", now: now)
                }
            }
            #expect(try await house.desk.open(secret, now: RequestHouse.later(89.9)).application.state == .draft)
            // The hash alone is kept.
            let kept = try await house.database.read { transaction in
                try transaction.query("SELECT token_hash FROM application_link") { try $0.blob(0) }
            }
            #expect(kept == [secret.hash])
        }
    }

    @Test(arguments: TestEngine.all)
    func `one link opens one application, and no document of another`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let mine = try await house.start()
            let other = try await house.start(RequestHouse.form("Tartu", email: "mayor@tartu.example"))
            try await house.attach(other)
            let use = try #require(try await house.desk.open(other, now: RequestHouse.now).documents.first).use
            #expect(try await house.desk.document(other, use: use.id, now: RequestHouse.now) == use)
            #expect(try await house.desk.open(mine, now: RequestHouse.now).documents == [])
            await #expect(throws: JoiningRefusal.noSuchDocument) {
                _ = try await house.desk.document(mine, use: use.id, now: RequestHouse.now)
            }
            await #expect(throws: JoiningRefusal.noSuchDocument) {
                try await house.desk.removeDocument(mine, use: use.id, now: RequestHouse.now)
            }
            #expect(try await house.desk.open(other, now: RequestHouse.now).documents.count == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `new links are mailed for all that is under way, and answer the same when nothing is`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let first = try await house.start()
            let second = try await house.start(RequestHouse.form("Tartu"))
            try await house.desk.withdraw(second, reason: "", now: RequestHouse.now)
            let before = try await house.links("kadri@tallinn.example").count
            try await house.desk.sendLinks(
                to: " Kadri@Tallinn.example ",
                language: "ko",
                from: RequestHouse.network,
                now: RequestHouse.now
            )
            let links = try await house.links("kadri@tallinn.example")
            #expect(links.count == before + 1)
            let opened = try await house.desk.open(try #require(links.last), now: RequestHouse.now).application
            #expect(opened.values[.name] == "Tallinn")
            #expect(try await house.letters("application-link").last?.subject.contains("링크") == true)
            // The earlier link goes on working.
            #expect(try await house.desk.open(first, now: RequestHouse.now).application.id == opened.id)
            let letters = try await house.count("mail")
            try await house.desk.sendLinks(
                to: "nobody@example.org",
                language: "en",
                from: RequestHouse.network,
                now: RequestHouse.now
            )
            #expect(try await house.count("mail") == letters)
            let wrong = await house.fields {
                try await house.desk.sendLinks(
                    to: "a@b.example\r\nBcc: c@d.example",
                    language: "tlh",
                    from: RequestHouse.network,
                    now: RequestHouse.now
                )
            }
            #expect(wrong == ["email", "language"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `an address gets five letters a day, whoever asks for them`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            for number in 1...5 {
                try await house.desk.start(RequestHouse.form(), from: "192.0.2.\(number)", now: RequestHouse.now)
            }
            let before = try await house.count("application")
            let error = await house.refusal {
                try await house.desk.start(RequestHouse.form(), from: "192.0.2.9", now: RequestHouse.now)
            }
            #expect(error as? JoiningRefusal == .tooMany(seconds: 86_400))
            let links = await house.refusal {
                try await house.desk.sendLinks(
                    to: "kadri@tallinn.example",
                    language: "en",
                    from: "192.0.2.10",
                    now: RequestHouse.now
                )
            }
            #expect(links as? JoiningRefusal == .tooMany(seconds: 86_400))
            #expect(try await house.count("application") == before)
            try await house.desk.start(RequestHouse.form(), from: "192.0.2.9", now: RequestHouse.later(1))
            #expect(try await house.count("application") == before + 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `new links bring five letters a day, of the newest applications first, and as many tries as ever`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let email = "kadri@tallinn.example"
            for (number, name) in ["Tallinn", "Tartu", "Narva"].enumerated() {
                _ = try await house.start(RequestHouse.form(name), at: RequestHouse.later(0.01 * Double(number)))
            }
            /// The names of the applications whose links were sent.
            func send(_ day: Double) async throws -> Set<String> {
                let now = RequestHouse.later(day)
                let before = try await house.links(email).count
                try await house.desk.sendLinks(to: email, language: "en", from: RequestHouse.network, now: now)
                var names: [String] = []
                for link in try await house.links(email).dropFirst(before) {
                    names.append(try await house.values(link, at: now)[.name])
                }
                #expect(Set(names).count == names.count, "one letter of each")
                return Set(names)
            }
            #expect(try await send(0.1) == ["Tallinn", "Tartu", "Narva"])
            #expect(try await send(0.2) == ["Tartu", "Narva"])
            let error = await house.refusal { _ = try await send(0.3) }
            #expect((error as? JoiningRefusal)?.kind == .tooMany, "the sixth try, as of every address")
            #expect(try await send(1.2).count == 3)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a network has twenty tries an hour, and an IPv6 customer is one`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            for number in 1...20 {
                let form = RequestHouse.form(email: "city-\(number)@example.org")
                try await house.desk.start(form, from: "2001:db8:1:2::\(number)", now: RequestHouse.now)
            }
            let form = RequestHouse.form(email: "city-21@example.org")
            let error = await house.refusal {
                try await house.desk.start(form, from: "2001:db8:1:2:ffff::1", now: RequestHouse.now)
            }
            #expect(error as? JoiningRefusal == .tooMany(seconds: 3600))
            try await house.desk.start(form, from: "2001:db8:1:3::1", now: RequestHouse.now)
            try await house.desk.start(form, from: "2001:db8:1:2::1", now: RequestHouse.later(0.05))
            #expect(try await house.count("application") == 22)
        }
    }
}

/// What somebody sends who means harm.
@Suite("Hostile applicants")
struct HostileApplicantTests {
    @Test(arguments: TestEngine.all)
    func `no line break gets into a letter's header, no markup into its page`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let form = RequestHouse.form(
                "Tallinn\r\nBcc: victim@example.org",
                contact: "<script>alert(1)</script>\u{2028}Eve"
            )
            let secret = try await house.start(form)
            let values = try await house.values(secret)
            #expect(values[.name] == "Tallinn Bcc: victim@example.org")
            #expect(values[.contactName] == "<script>alert(1)</script> Eve")
            try await house.fill(secret)
            _ = try await house.desk.submit(secret, now: RequestHouse.now)
            let letter = try #require(try await house.letters("application-submitted").first)
            #expect(!letter.person.contains { $0.isNewline } && !letter.subject.contains(where: \.isNewline))
            #expect(!letter.html.contains("<script>") && letter.html.contains("&lt;script&gt;"))
            #expect(!letter.subject.contains("victim"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `what is too long or has characters that nobody sees is refused, box by box`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let secret = try await house.start()
            let before = try await house.values(secret)
            let hostile: [ApplicationField: String] = [
                .name: String(repeating: "x", count: 201), .contactName: String(repeating: "😀", count: 121),
                .head: "Mari\u{0}Maasikas", .reason: String(repeating: "long ", count: 1001),
                .contactPosition: "\u{202e}rosivdA",
                .website: "https://a.example/" + String(repeating: "a", count: 300),
                .otherName: "a" + String(repeating: "\u{0301}", count: 300), .population: "9\u{7}",
            ]
            let fields = await house.fields { try await house.type(secret, hostile) }
            #expect(Set(fields) == Set(hostile.keys.map(\.rawValue)))
            #expect(try await house.values(secret) == before, "nothing of it is kept")
            // As much as is allowed can be kept, and written to.
            let whole = String(repeating: "😀", count: 119) + "a"
            try await house.fill(secret)
            try await house.type(secret, [.contactName: whole])
            #expect(try await house.desk.submit(secret, now: RequestHouse.now) == .sent)
            #expect(try await house.letters("application-submitted").first?.person == whole)
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
    func `an application begins with nothing that is wrong`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let form = RequestHouse.form(
                "…",
                country: "ESTONIA",
                contact: "\u{0}",
                email: "kadri@tallinn.example\nBcc: eve@example.org",
                language: "xx",
                category: "guild"
            )
            let fields = await house.fields {
                try await house.desk.start(form, from: RequestHouse.network, now: RequestHouse.now)
            }
            #expect(Set(fields) == ["category", "name", "country", "contact_name", "email", "language"])
            let (applications, letters) = (try await house.count("application"), try await house.count("mail"))
            #expect(applications == 0 && letters == 0)
        }
    }
}
