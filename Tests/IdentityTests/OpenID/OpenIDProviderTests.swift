import Database
import DatabaseTesting
import Foundation
import Outbound
import Testing

@testable import Identity

@Suite("Sign-in through another provider")
struct OpenIDProviderTests {
    private let noon = Fixture.noon

    private func with(
        _ engine: Database.Engine = .sqlite,
        _ behaviour: FakeProvider.Behaviour = .init(),
        _ body: (OpenIDFixture) async throws -> Void
    ) async throws {
        try await withDatabase(engine, migrations: IdentityMigrations.all) { database in
            try await body(OpenIDFixture(database, behaviour))
        }
    }

    @Test("the provider says who it is, and the browser goes on where it wanted to", arguments: TestEngine.all)
    func whole(_ engine: Database.Engine) async throws {
        try await with(engine) { fixture in
            let query = try await fixture.begin(returnTo: "/members?page=2")
            #expect(query["tenant"] == "1")
            #expect(query["response_type"] == "code")
            #expect(query["client_id"] == "hansa:1")
            #expect(query["redirect_uri"] == OpenIDFixture.redirect)
            #expect(query["scope"] == "openid email profile")
            #expect(query["code_challenge_method"] == "S256")
            #expect(query["nonce"] != query["state"])
            let (identity, returnTo) = try await fixture.finish(query["state"])
            let expected = OpenIDIdentity(
                issuer: "https://id.example",
                subject: "anna-1",
                email: "anna@lund.example",
                isEmailVerified: true,
                name: "Anna Lindqvist"
            )
            #expect(identity == expected)
            #expect(returnTo == "/members?page=2")
            let left = try await fixture.database.read {
                try $0.first("SELECT COUNT(*) FROM openid_attempt") { try $0.integer(0) }
            }
            #expect(left == 0)
        }
    }

    @Test("a state works once", arguments: TestEngine.all)
    func replayed(_ engine: Database.Engine) async throws {
        try await with(engine) { fixture in
            let state = try await fixture.begin()["state"]
            _ = try await fixture.finish(state)
            await #expect(throws: OpenIDError.unknownAttempt) { try await fixture.finish(state) }
        }
    }

    @Test("another browser's state does nothing, and takes nothing away", arguments: TestEngine.all)
    func otherBrowser(_ engine: Database.Engine) async throws {
        try await with(engine) { fixture in
            let state = try await fixture.begin()["state"]
            await #expect(throws: OpenIDError.unknownAttempt) { try await fixture.finish(state, browser: Secret()) }
            _ = try await fixture.finish(state)
        }
    }

    @Test("a state that is late, made up, missing or of another provider does nothing", arguments: TestEngine.all)
    func wrongState(_ engine: Database.Engine) async throws {
        try await with(engine) { fixture in
            let state = try await fixture.begin()["state"]
            for wrong in [nil, "", "x", Secret().text] {
                await #expect(throws: OpenIDError.unknownAttempt) { try await fixture.finish(wrong) }
            }
            await #expect(throws: OpenIDError.unknownAttempt) {
                try await fixture.finish(state, now: noon.after(OpenIDAttempt.lifetime))
            }
            let secret = try #require(state.flatMap { Secret($0) })
            let other = try await fixture.database.write { [noon, browser = fixture.browser] in
                try OpenIDAttempt.take($0, state: secret, provider: "other-id", browser: browser, now: noon)
            }
            #expect(other == nil)
            let removed = try await fixture.database.write { [noon] in
                try OpenIDAttempt.removeOld($0, now: noon.after(OpenIDAttempt.lifetime))
            }
            #expect(removed == 1)
        }
    }

    @Test("neither state nor browser are kept as they are")
    func hashed() async throws {
        try await with { fixture in
            let state = try #require(try await fixture.begin()["state"].flatMap { Secret($0) })
            let kept = try await fixture.database.read {
                try $0.query("SELECT state_hash, browser_hash FROM openid_attempt") {
                    [try $0.blob(0), try $0.blob(1)]
                }
            }
            #expect(kept.first?.first == state.hash)
            #expect(kept.first?.last != fixture.browser.hash)
        }
    }

    @Test(
        "the browser never goes on outside of the program",
        arguments: [
            "https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "account", "/a b",
            "/a\r\nSet-Cookie: x=1", "/" + String(repeating: "a", count: 1000),
        ]
    )
    func openRedirect(_ path: String) { #expect(OpenIDAttempt.localPath(path) == "/") }

    @Test("what the provider declines is said, in signs that can do no harm, and the state is used")
    func declined() async throws {
        try await with { fixture in
            let state = try await fixture.begin()["state"]
            await #expect(throws: OpenIDError.declined("access_denied???b?")) {
                try await fixture.finish(state, code: nil, error: "access_denied\u{0}\n<b>")
            }
            await #expect(throws: OpenIDError.unknownAttempt) { try await fixture.finish(state) }
        }
    }

    @Test("an answer in the name of another issuer is refused, and one without a name where it was promised")
    func mixUp() async throws {
        try await with { fixture in
            let state = try await fixture.begin()["state"]
            await #expect(throws: OpenIDError.badToken(.issuer)) {
                try await fixture.finish(state, issuer: "https://evil.example")
            }
            let again = try await fixture.begin()["state"]
            _ = try await fixture.finish(again, issuer: "https://id.example")
        }
        var promising = FakeProvider.Behaviour()
        promising.document["authorization_response_iss_parameter_supported"] = true
        try await with(.sqlite, promising) { fixture in
            let state = try await fixture.begin()["state"]
            await #expect(throws: OpenIDError.badToken(.issuer)) { try await fixture.finish(state) }
        }
    }

    @Test("a wrong code is not exchanged")
    func wrongCode() async throws {
        try await with { fixture in
            for code in ["bad", "", nil, String(repeating: "a", count: 5000)] {
                let state = try await fixture.begin()["state"]
                await #expect(throws: OpenIDError.self) { try await fixture.finish(state, code: code) }
            }
        }
    }

    @Test("the client names itself in the form when the provider takes no Basic")
    func post() async throws {
        var behaviour = FakeProvider.Behaviour()
        behaviour.document["token_endpoint_auth_methods_supported"] = ["private_key_jwt", "client_secret_post"]
        try await with(.sqlite, behaviour) { fixture in
            try await fixture.signIn()
            let sent = fixture.fake.requests.first { $0.method == "POST" }
            #expect(sent?.headers.contains { $0.name == "Authorization" } == false)
        }
    }

    @Test("no secret stands in an address")
    func addresses() async throws {
        try await with { fixture in
            try await fixture.signIn()
            let urls = fixture.fake.requests.map(\.url)
            #expect(!urls.contains { $0.contains("?") })
        }
    }

    @Test("an address that the token does not hold is asked for, of the same person only")
    func userInfo() async throws {
        var behaviour = FakeProvider.Behaviour()
        behaviour.claims = ["email": .absent, "email_verified": .absent]
        behaviour.userInfo = ["sub": "anna-1", "email": "anna@lund.example", "email_verified": "true"]
        try await with(.sqlite, behaviour) { fixture in
            let identity = try await fixture.signIn()
            #expect(identity.email == "anna@lund.example")
            #expect(identity.isEmailVerified)
            let asked = fixture.fake.requests.last
            #expect(asked?.headers.contains { $0.name == "Authorization" && $0.value == "Bearer access-1" } == true)
            fixture.fake.change { $0.userInfo = ["sub": "bo-1", "email": "bo@lund.example", "email_verified": true] }
            await #expect(throws: OpenIDError.self) { try await fixture.signIn() }
        }
    }

    @Test("the provider is asked for its document and keys once, not at each sign-in")
    func cached() async throws {
        try await with { fixture in
            for _ in 0..<3 { try await fixture.signIn() }
            let urls = fixture.fake.requests.map(\.url)
            #expect(urls.filter { $0.hasSuffix("openid-configuration") }.count == 1)
            #expect(urls.filter { $0.hasSuffix("/keys") }.count == 1)
        }
    }
}
