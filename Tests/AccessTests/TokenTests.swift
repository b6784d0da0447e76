import Access
import Database
import DatabaseTesting
import Foundation
import Journal
import Testing

@testable import Identity

@Suite("Tokens for programs")
struct TokenTests {
    private func make(
        _ desk: Desk,
        _ actor: Actor,
        scopes: [String] = ["members:read"],
        days: Int = 30
    ) async throws -> NewToken {
        try await desk.run(MakeToken(actor.person.id, name: "Report", scopes: scopes, days: days), as: actor)
    }

    private func actor(_ desk: Desk, _ text: String, at now: Date = Desk.start) async throws -> Actor? {
        let secret = try #require(APIToken.secret(text))
        return try await desk.database.read { transaction in
            try APIToken.find(transaction, secret).flatMap { try Actor.load(transaction, token: $0, now: now) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `the text is shown once: what is stored does not give it back`(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let made = try await make(desk, desk.administrator)
            #expect(made.text.hasPrefix("hansa_") && made.text.count == 49)
            let stored = try await desk.database.read { transaction in
                try transaction.query("SELECT token_hash, id, name, scopes, made_by FROM api_token") { row in
                    (try row.blob(0), [try row.text(1), try row.text(2), try row.text(3), try row.text(4)])
                }
            }
            let secret = String(made.text.dropFirst(6))
            #expect(stored.count == 1)
            #expect(stored[0].0 != Array(secret.utf8))
            #expect(stored[0].1.allSatisfy { !$0.contains(secret) })
            let entries = try await desk.database.read { try Journal.latest($0, limit: 5).map(\.entry) }
            #expect(entries.contains { $0.action == "token.made" })
            #expect(entries.allSatisfy { !($0.after ?? "").contains(secret) })
        }
    }

    @Test(arguments: TestEngine.all)
    func `scopes only narrow: a token may what its holder may and a scope names`(_ engine: Database.Engine) async throws
    {
        try await withDesk(engine) { desk in
            for role in Role.allCases {
                let seat: Place =
                    switch role.seat {
                    case .association: .association
                    case .body: .body("executive-committee")
                    case .member: .member("m1")
                    }
                let id = try await desk.add("\(role)", "\(role.rawValue)@t.test", (role, seat))
                let person = try await desk.actor(id)
                for scope in Scope.allCases {
                    let text = try await make(desk, person, scopes: [scope.rawValue]).text
                    let bearer = try #require(try await actor(desk, text))
                    for action in Action.allCases {
                        for place in [Place.association, .member("m1"), .member("m2"), .person(id)] {
                            let expected = person.may(action, at: place) && scope.actions.contains(action)
                            #expect(bearer.may(action, at: place) == expected, "\(role) \(scope) \(action) \(place)")
                        }
                    }
                    // There are more scopes than tokens that one person may have.
                    try await desk.database.write { _ = try $0.execute("DELETE FROM api_token") }
                }
            }
        }
    }

    @Test
    func `what is asked about dues has a scope of its own, which tokens made before do not have`() {
        #expect(Scope.allCases.filter { $0.actions.contains(.requestDues) } == [.requestDues])
        #expect(Scope.makeRequests.actions == [.readPortal, .requestMembership])
        #expect(Scope.allCases.filter { $0.actions.contains(.certifyDues) } == [.writeDues])
    }

    @Test(arguments: TestEngine.all)
    func `a token opens nothing once it was revoked, is over, or its holder is gone`(
        _ engine: Database.Engine
    ) async throws {
        try await withDesk(engine) { desk in
            let id = try await desk.add("Mina Seo", "mina@t.test", (.officer, .association))
            let mina = try await desk.actor(id)
            let revoked = try await make(desk, mina)
            try await desk.run(RevokeToken(revoked.token.id, among: .own(id)), as: mina)
            #expect(try await actor(desk, revoked.text) == nil)
            await #expect(throws: TokenRefusal.noSuchToken) {
                try await desk.run(RevokeToken(revoked.token.id, among: .own(id)), as: mina)
            }

            let short = try await make(desk, mina, days: 1)
            #expect(try await actor(desk, short.text, at: Desk.start.addingTimeInterval(86_399)) != nil)
            #expect(try await actor(desk, short.text, at: Desk.start.addingTimeInterval(86_400)) == nil)

            let last = try await make(desk, mina)
            try await desk.run(ClosePerson(id))
            #expect(try await actor(desk, last.text) == nil)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a command by a token looks at the token again`(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let made = try await make(desk, desk.administrator, scopes: ["members:write"])
            let bearer = try #require(try await actor(desk, made.text))
            try await desk.run(RevokeToken(made.token.id, among: .all))
            await #expect(throws: TokenRefusal.noSuchToken) {
                try await desk.run(RunJobNow("none"), as: bearer)
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a member's token stays when who made it goes, and speaks for that member alone`(
        _ engine: Database.Engine
    ) async throws {
        try await withDesk(engine) { desk in
            let id = try await desk.add("Hana Lee", "hana@t.test", (.representative, .member("m1")))
            let hana = try await desk.actor(id)
            let made = try await desk.run(
                MakeMemberToken(member: "m1", name: "Site", scopes: ["profile:write"], days: 30),
                as: hana
            )
            try await desk.run(ClosePerson(id))
            let bearer = try #require(try await actor(desk, made.text))
            #expect(bearer.may(.editProfile, at: .member("m1")))
            #expect(!bearer.may(.editProfile, at: .member("m2")))
            #expect(!bearer.may(.proposeFact, at: .member("m1")))
            #expect(bearer.key == "token:\(made.token.id)")
            await #expect(throws: AccessRefusal.notAllowed(.manageMemberTokens)) {
                try await desk.run(
                    MakeMemberToken(member: "m2", name: "Site", scopes: ["profile:write"], days: 30),
                    as: try await desk.actor(try await desk.add("X", "x@t.test", (.editor, .member("m2"))))
                )
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a token without a name, a scope or an end in sight is refused, all at once`(
        _ engine: Database.Engine
    ) async throws {
        try await withDesk(engine) { desk in
            let error = await #expect(throws: InvalidInput.self) {
                try await desk.run(
                    MakeToken(desk.administrator.person.id, name: " ", scopes: ["members:own"], days: 367)
                )
            }
            #expect(error?.fields.map(\.name) == ["name", "scopes", "scopes", "days"])
        }
    }
}
