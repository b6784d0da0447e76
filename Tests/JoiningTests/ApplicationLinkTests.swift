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
