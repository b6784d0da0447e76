import Database
import DatabaseTesting
import Foundation
import Testing

@testable import Identity

@Suite("Sessions")
struct SessionTests {
    private let policy = SessionPolicy(idle: .seconds(3600), absolute: .seconds(10 * 3600))
    private let noon = Fixture.noon

    private func begin(_ fixture: Fixture, at now: Date? = nil, secondFactor: Bool = false) async throws -> Secret {
        try await fixture.database.write { [noon, id = fixture.anna.id] in
            try Session.begin(
                $0,
                person: id,
                method: "link",
                secondFactor: secondFactor,
                address: "203.0.113.9",
                agent: "Firefox",
                now: now ?? noon
            )
        }
    }

    private func find(_ fixture: Fixture, _ secret: Secret, at now: Date) async throws -> Session? {
        try await fixture.database.read { [policy] in try Session.find($0, secret, policy, now: now) }
    }

    @Test("a session is found by its secret alone, and only the secret's hash is kept", arguments: TestEngine.all)
    func found(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let secret = try await begin(fixture)
            let session = try await find(fixture, secret, at: noon)
            #expect(session?.personID == fixture.anna.id)
            #expect(session?.method == "link")
            #expect(session?.secondFactorAt == nil)
            let other = try await find(fixture, Secret(), at: noon)
            #expect(other == nil)
            let kept = try await fixture.database.read {
                try $0.first("SELECT token_hash FROM session") { try $0.blob(0) }
            }
            #expect(kept == secret.hash)
            let person = try await fixture.found()
            #expect(person?.signedInAt == InstantText.text(noon))
        }
    }

    @Test("without a request for the idle time it ends; a request keeps it", arguments: TestEngine.all)
    func idle(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let secret = try await begin(fixture)
            let last = try await find(fixture, secret, at: noon.after(3599))
            #expect(last != nil)
            let ended = try await find(fixture, secret, at: noon.after(3600))
            #expect(ended == nil)
            let id = try #require(last?.id)
            try await fixture.database.write { [noon] in try Session.touch($0, id: id, now: noon.after(3000)) }
            let kept = try await find(fixture, secret, at: noon.after(3600))
            #expect(kept != nil)
        }
    }

    @Test("after the absolute time it ends, however often it was used", arguments: TestEngine.all)
    func absolute(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let secret = try await begin(fixture)
            let id = try #require(try await find(fixture, secret, at: noon)?.id)
            try await fixture.database.write { [noon] in try Session.touch($0, id: id, now: noon.after(35_990)) }
            let last = try await find(fixture, secret, at: noon.after(35_999))
            #expect(last != nil)
            let ended = try await find(fixture, secret, at: noon.after(36_000))
            #expect(ended == nil)
            let removed = try await fixture.database.write { [policy, noon] in
                try Session.removeEnded($0, policy, now: noon.after(36_000))
            }
            #expect(removed == 1)
        }
    }

    @Test(
        "when the second factor is given the secret changes and the old one is worth nothing",
        arguments: TestEngine.all
    )
    func raised(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let secret = try await begin(fixture)
            let fresh = try await fixture.database.write { [noon] in try Session.raise($0, secret, now: noon.after(5)) }
            let old = try await find(fixture, secret, at: noon.after(5))
            #expect(old == nil)
            let new = try await find(fixture, fresh, at: noon.after(5))
            #expect(new?.secondFactorAt == InstantText.text(noon.after(5)))
            let count = try await fixture.rows("session")
            #expect(count == 1)
        }
    }

    @Test("each sign-in has a session of its own", arguments: TestEngine.all)
    func fixation(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let first = try await begin(fixture)
            let second = try await begin(fixture, secondFactor: true)
            let one = try await find(fixture, first, at: noon)
            let two = try await find(fixture, second, at: noon)
            #expect(first != second)
            #expect(one?.secondFactorAt == nil)
            #expect(two?.secondFactorAt != nil)
        }
    }

    @Test("a person ends one session or all but this one, and nobody else's", arguments: TestEngine.all)
    func ended(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let database = fixture.database
            let bo = try await Fixture.person(database, "Bo", "bo@lund.example")
            var secrets: [Secret] = []
            for minute in 0..<3 { secrets.append(try await begin(fixture, at: noon.after(Double(minute) * 60))) }
            let here = secrets[2]
            let listed = try await database.read { [policy, noon, id = fixture.anna.id] in
                try Session.list($0, person: id, policy, now: noon.after(200))
            }
            #expect(listed.map(\.beganAt) == [120, 60, 0].map { InstantText.text(noon.after($0)) })
            let stranger = try await database.write { try Session.end($0, id: listed[0].id, person: bo.id) }
            #expect(!stranger)
            let own = try await database.write { [id = fixture.anna.id] in
                try Session.end($0, id: listed[2].id, person: id)
            }
            #expect(own)
            let others = try await database.write { [id = fixture.anna.id] in
                try Session.endAll($0, person: id, except: listed[0].id)
            }
            #expect(others == 1)
            let kept = try await find(fixture, here, at: noon.after(200))
            #expect(kept?.id == listed[0].id)
            let last = try await database.write { [id = fixture.anna.id] in try Session.endAll($0, person: id) }
            #expect(last == 1)
        }
    }
}
