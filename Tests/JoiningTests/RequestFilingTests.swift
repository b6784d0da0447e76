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
import Logging
import Membership
import Testing

@testable import Joining

/// What a member asks, and what is kept of it.
@Suite("A member asks something about its membership")
struct RequestFilingTests {
    @Test(arguments: TestEngine.all)
    func `a representative asks today, whatever day is given`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let command = FileRequest(
                .withdrawal,
                member: RequestHouse.visby,
                letterDay: "2020-01-01",
                words: "We leave.",
                signedBy: "Somebody else",
                services: house.services
            )
            let made = try await house.run(command, as: house.inga)
            let request = try await house.request(made.id)
            #expect(made.reference == request.reference)
            #expect(request.letterDay == RequestHouse.day("2026-09-21"))
            #expect(request.byPersonID == house.inga.person.id)
            #expect(request.byName == "Inga Karlsson")
            #expect(request.memberKey == "visby")
        }
    }

    @Test func `a letter has a day that has come, and somebody who signed it`() async throws {
        try await RequestHouse.with(.sqlite) { house in
            func fields(_ day: String, _ signedBy: String, _ words: String) async -> [String] {
                let command = FileRequest(
                    .withdrawal,
                    member: RequestHouse.visby,
                    letterDay: day,
                    words: words,
                    signedBy: signedBy,
                    services: house.services
                )
                let error = await house.refusal { try await house.run(command, as: house.officer) }
                return (error as? InvalidInput)?.fields.map(\.name) ?? []
            }
            #expect(await fields("2026-09-22", "The mayor", "We leave.") == ["letter_day"])
            #expect(await fields("last week", "The mayor", "We leave.") == ["letter_day"])
            #expect(await fields("", "", "") == ["words", "signed_by", "letter_day"])
            #expect(await fields("2026-09-21", "The mayor", "We leave.").isEmpty)
        }
    }

    @Test(arguments: TestEngine.all)
    func `one of a kind is live: the first stands, and the second says so`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let first = try await house.ask(.appeal, RequestHouse.riga, as: house.ruta)
            await #expect(throws: RequestRefusal.underWay(.appeal, "2026-1")) {
                try await house.ask(.appeal, RequestHouse.riga, as: house.ruta)
            }
            await #expect(throws: RequestRefusal.underWay(.appeal, "2026-1")) {
                try await house.letter(.appeal, RequestHouse.riga, of: "2026-09-02")
            }
            // Another kind is another matter.
            let other = try await house.ask(.reinstatement, RequestHouse.riga, as: house.ruta)
            #expect(try await house.request(other).reference == "2026-2")
            _ = try await house.put(first)
            await #expect(throws: RequestRefusal.underWay(.appeal, "2026-1")) {
                try await house.ask(.appeal, RequestHouse.riga, as: house.ruta)
            }
            #expect(try await house.letters("request-received").count == 2)
        }
    }

    @Test(arguments: TestEngine.all)
    func `of two processes at once one is first, and the schema sees to it`(_ engine: Database.Engine) async throws {
        let place = try await TestPlace.make(engine)
        let pools = try (0..<2).map { _ in
            try Database.open(place.location, logger: Logger(label: "test"), connections: 4)
        }
        try await pools[0].migrate(RequestHouse.migrations, at: "2026-01-01T00:00:00Z")
        let house = try await RequestHouse.make(pools[0])
        let command = FileRequest(.withdrawal, member: RequestHouse.visby, words: "We leave.", services: house.services)
        let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<8 {
                group.addTask {
                    do {
                        return try await pools[number % 2].run(command, as: house.inga, now: RequestHouse.now).reference
                    } catch let refusal as RequestRefusal { return refusal.code }
                }
            }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(outcomes.sorted() == ["2026-1"] + Array(repeating: "request-under-way", count: 7))
        #expect(try await house.letters("request-received").count == 3, "three people, one request")
        // Whoever looked before the other wrote is held by the index itself.
        let copy = """
            INSERT INTO membership_request (id, year, number, kind, state, member_id, letter_day, words, signed_by,
                recorded_by, recorded_at, status, status_day, leads_to, rule, body)
            SELECT 'copy', year, 99, kind, 'received', member_id, letter_day, words, 'Somebody', recorded_by,
                recorded_at, status, status_day, leads_to, rule, body FROM membership_request
            """
        do {
            try await pools[1].write { try $0.execute(copy) }
            Issue.record("two requests of a kind are live")
        } catch DatabaseError.constraint(.unique, _) {}
        for pool in pools { try await pool.close() }
        try await place.remove()
    }

    @Test(arguments: TestEngine.all)
    func `what was received can be taken back, and asked again`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let id = try await house.ask(.withdrawal, RequestHouse.visby, as: house.inga)
            let error = await house.refusal {
                try await house.run(TakeBackRequest(id, reason: " "), as: house.inga)
            }
            #expect((error as? InvalidInput)?.fields.map(\.name) == ["reason"])
            try await house.run(TakeBackRequest(id, reason: "The council voted again"), as: house.inga)
            let request = try await house.request(id)
            #expect(request.state == .takenBack)
            #expect(request.reason == "The council voted again")
            #expect(try await house.journal(id) == ["request.filed", "request.taken-back"])
            await #expect(throws: RequestRefusal.inAnotherState(.takenBack)) {
                try await house.run(TakeBackRequest(id, reason: "Once more"), as: house.inga)
            }
            await #expect(throws: RequestRefusal.inAnotherState(.takenBack)) { _ = try await house.put(id) }
            let again = try await house.ask(.withdrawal, RequestHouse.visby, as: house.inga)
            _ = try await house.put(again)
            await #expect(throws: RequestRefusal.inAnotherState(.put)) {
                try await house.run(TakeBackRequest(again, reason: "Too late"), as: house.officer)
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a member's room takes ten requests a day, and a letter all the same`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            for _ in 1...10 {
                let id = try await house.ask(.withdrawal, RequestHouse.visby, as: house.inga)
                try await house.run(TakeBackRequest(id, reason: "Once more"), as: house.inga)
            }
            let letters = try await house.letters("request-received").count
            await #expect(throws: RequestRefusal.tooMany(10)) {
                try await house.ask(.withdrawal, RequestHouse.visby, as: house.inga)
            }
            #expect(try await house.letters("request-received").count == letters)
            // Another member's day is its own.
            try await house.ask(.appeal, RequestHouse.riga, as: house.ruta)
            let letter = try await house.letter(.withdrawal, RequestHouse.visby, of: "2026-09-20")
            try await house.run(TakeBackRequest(letter, reason: "Sent in error"), as: house.officer)
            try await house.ask(.withdrawal, RequestHouse.visby, as: house.inga, at: RequestHouse.later(1))
        }
    }

    @Test(arguments: TestEngine.all)
    func `a member's program asks as often as its people, and not beside them`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let program = try await house.program(of: RequestHouse.visby)
            let command = FileRequest(
                .withdrawal,
                member: RequestHouse.visby,
                words: "We leave.",
                signedBy: "The mayor",
                services: house.services
            )
            for _ in 1...10 {
                let id = try await house.run(command, as: program).id
                #expect(try await house.request(id).byPersonID == nil)
                try await house.run(TakeBackRequest(id, reason: "Once more"), as: program)
            }
            for actor in [program, house.inga] {
                await #expect(throws: RequestRefusal.tooMany(10), "\(actor.key)") {
                    try await house.run(command, as: actor)
                }
            }
            try await house.letter(.withdrawal, RequestHouse.visby, of: "2026-09-20")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a letter is kept as the document that it is`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let folder = NSTemporaryDirectory() + "/requests-" + Identifier.make()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let stored = try await FileStore(folder: folder).put(Array("%PDF-".utf8), as: .pdf, now: RequestHouse.now)
            let id = try await house.letter(
                .withdrawal,
                RequestHouse.visby,
                of: "2026-09-01",
                words: "",
                document: FileRequest.Document(stored, name: "Letter of Visby.pdf")
            )
            let documents = try await house.request(id).documents
            #expect(documents.map(\.name) == ["Letter of Visby.pdf"])
            #expect(documents.map(\.hash) == [stored.hash])
            #expect(documents.map(\.type) == [.pdf])
            let list = try await house.ask(RequestList([.received]), as: house.auditor)
            #expect(list.requests.map(\.documents) == [documents])
            for name in ["../visby.pdf", "a\\b.pdf", String(repeating: "é", count: 150)] {
                let error = await house.refusal {
                    let document = FileRequest.Document(stored, name: name)
                    _ = try await house.letter(.appeal, RequestHouse.riga, of: "2026-09-01", document: document)
                }
                #expect((error as? InvalidInput)?.fields.map(\.name) == ["document"], "\(name)")
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `hostile words are kept as they are, or refused where nobody can see them`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let phrase = #"{"say":["x"]}"#
            let words = "<script>alert('{link}')</script> & \(phrase)\n\n'; DROP TABLE member; --"
            let id = try await house.ask(.withdrawal, RequestHouse.visby, as: house.inga, words: words)
            #expect(try await house.request(id).words == words)
            let circular = try await house.put(id)
            let evidence = try await house.database.read { transaction in
                try transaction.first(
                    "SELECT evidence FROM circular_item WHERE circular_id = ?",
                    [.text(circular)]
                ) { try $0.text(0) }
            }
            #expect(Phrase(stored: try #require(evidence)).english.contains(words))
            for cause in ["request-received", "request-put"] {
                let letters = try await house.letters(cause)
                #expect(letters.count == 3 && letters.allSatisfy { !$0.html.contains("<script") })
            }
            // The log holds a hash of what a person wrote, and the words beside it, where they can be erased.
            let entry = try await house.database.read { transaction in
                try #require(
                    try Journal.entries(transaction, of: .init(MembershipRequest.subjectKind, id)).last?.entry.after
                )
            }
            #expect(entry.contains("personal") && !entry.contains("alert"))
            let bad = ["bell \u{7}", "turned \u{202e}round", String(repeating: "x", count: 4001)]
            for words in bad {
                let error = await house.refusal {
                    try await house.ask(.appeal, RequestHouse.riga, as: house.ruta, words: words)
                }
                #expect((error as? InvalidInput)?.fields.map(\.name) == ["words"], "\(words.prefix(20))")
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a member that was merged meanwhile takes its requests along`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let charter = house.charter
            try await house.database.write { transaction in
                try RequestHouse.add(transaction, "member-wisby", "local-government", "Wisby")
                try RequestHouse.step(transaction, "member-wisby", "member", "2016-01-01", charter)
            }
            let old = try await house.letter(.withdrawal, "member-wisby", of: "2026-09-01")
            let circular = try await house.put(old)
            let own = try await house.ask(.withdrawal, RequestHouse.visby, as: house.inga)
            let merge = MergeMembers(
                keptKey: "visby",
                mergedKey: "wisby",
                seen: nil,
                grounds: "One town",
                charter: charter
            )
            try await house.run(merge, as: house.officer)
            // The body has one of the two before it, so that one goes on.
            #expect(try await house.request(old).memberKey == "visby")
            #expect(try await house.request(old).state == .put)
            #expect(try await house.request(own).state == .takenBack)
            let found = try await house.ask(MembershipRequests("wisby", charter: charter), as: house.inga)
            #expect(found.memberKey == "visby")
            #expect(found.requests.map(\.id).sorted() == [old, own].sorted())
            await #expect(throws: RequestRefusal.underWay(.withdrawal, "2026-1")) {
                try await house.ask(.withdrawal, "member-wisby", as: house.inga)
            }
            try await house.meet(circular, .adopted)
            #expect(try await house.steps(RequestHouse.visby).last == "withdrawn 2026-09-21 decision-2026-1-1")
            #expect(try await house.letters("standing-changed").count == 3)
        }
    }

    @Test(arguments: TestEngine.all)
    func `somebody's own data names what they asked, and leaves out a letter's words`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            try await house.ask(.withdrawal, RequestHouse.visby, as: house.inga, words: "We leave.")
            try await house.letter(.reinstatement, RequestHouse.gdansk, of: "2026-09-01", words: "We come back.")
            let source = try #require(JoiningPersonalData.all.first { $0.name == "membership-requests" })
            func words(_ actor: Actor) async throws -> [DataValue?] {
                let value = try await house.database.read { try source.collect($0, actor.person) }
                guard case .list(let rows) = value else { return [] }
                return rows.map { row in
                    guard case .object(let fields) = row else { return nil }
                    return fields["words"]
                }
            }
            #expect(try await words(house.inga) == [.text("We leave.")])
            #expect(try await words(house.officer) == [.null])
            #expect(try await words(house.nils).isEmpty)
        }
    }
}
