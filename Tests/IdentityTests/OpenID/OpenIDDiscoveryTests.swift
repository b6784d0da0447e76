import Database
import DatabaseTesting
import Foundation
import Languages
import Outbound
import Testing

@testable import Identity

@Suite("What a provider says of itself")
struct OpenIDDiscoveryTests {
    private let document = "https://id.example/.well-known/openid-configuration"

    private func begin(_ behaviour: FakeProvider.Behaviour) async throws {
        try await withDatabase(.sqlite, migrations: IdentityMigrations.all) { database in
            _ = try await OpenIDFixture(database, behaviour).begin()
        }
    }

    private func settings(
        _ issuer: String,
        key: String = "city-id",
        secret: String = "s",
        allowsPrivate: Bool = false
    ) throws {
        var behaviour = FakeProvider.Behaviour()
        behaviour.allowsPrivateAddresses = allowsPrivate
        _ = try OpenIDProvider(
            key: key,
            name: "City ID",
            issuer: issuer,
            clientID: "hansa",
            clientSecret: secret,
            web: FakeProvider(behaviour)
        )
    }

    @Test(
        "an issuer that is no https address is refused before anything is asked",
        arguments: [
            "", "id.example", "http://id.example", "http://169.254.169.254", "file:///etc/passwd", "ftp://id.example",
            "https://", "https://user:pass@id.example", "https://id.example#x", "https://id.example?x=1",
            "https://id.example\\@evil.example", "https://id.example /", "javascript:alert(1)", "gopher://id.example",
        ]
    )
    func badIssuer(_ issuer: String) { #expect(throws: OpenIDError.self) { try settings(issuer) } }

    @Test("an issuer without TLS is for development alone")
    func development() throws {
        #expect(throws: OpenIDError.self) { try settings("http://127.0.0.1:9000") }
        try settings("http://127.0.0.1:9000", allowsPrivate: true)
        try settings("https://id.example/realms/cities")
    }

    @Test("a provider needs a plain key and a secret")
    func settings() {
        #expect(throws: OpenIDError.self) { try settings("https://id.example", key: "City ID") }
        #expect(throws: OpenIDError.self) { try settings("https://id.example", key: "") }
        #expect(throws: OpenIDError.self) { try settings("https://id.example", secret: "") }
    }

    @Test(
        "a document that leads elsewhere without TLS is refused, and nothing is sent there",
        arguments: ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"],
        [
            "http://169.254.169.254/latest/meta-data/", "http://id.example/token", "file:///etc/passwd",
            "https://user@evil.example/", "//evil.example/", "javascript:alert(1)", "",
        ]
    )
    func elsewhere(_ field: String, _ address: String) async throws {
        var behaviour = FakeProvider.Behaviour()
        behaviour.document[field] = .text(address)
        try await withDatabase(.sqlite, migrations: IdentityMigrations.all) { database in
            let fixture = try OpenIDFixture(database, behaviour)
            await #expect(throws: OpenIDError.self) { try await fixture.begin() }
            #expect(fixture.fake.requests.map(\.url) == [document])
        }
    }

    @Test("in development an endpoint without TLS must be at the issuer's own origin")
    func developmentOrigin() async throws {
        var behaviour = FakeProvider.Behaviour()
        behaviour.issuer = "http://127.0.0.1:9000"
        behaviour.allowsPrivateAddresses = true
        try await begin(behaviour)
        behaviour.document["jwks_uri"] = "http://127.0.0.1:9001/keys"
        await #expect(throws: OpenIDError.self) { try await begin(behaviour) }
        behaviour.document["jwks_uri"] = "https://keys.example/keys"
        try await begin(behaviour)
    }

    @Test("endpoints may be on other hosts over TLS")
    func otherHosts() async throws {
        var behaviour = FakeProvider.Behaviour()
        behaviour.document["token_endpoint"] = "https://tokens.example/token"
        try await begin(behaviour)
    }

    @Test(
        "a document of another issuer is refused",
        arguments: ["https://evil.example", "https://id.example/", "HTTPS://id.example", "http://id.example"]
    )
    func otherIssuer(_ issuer: String) async throws {
        var behaviour = FakeProvider.Behaviour()
        behaviour.document["issuer"] = .text(issuer)
        await #expect(throws: OpenIDError.badAnswer(say("its discovery document is of another issuer"))) {
            try await begin(behaviour)
        }
    }

    @Test("an answer that is huge, broken, a redirect or an error is refused")
    func answers() async throws {
        let huge = [UInt8](repeating: UInt8(ascii: " "), count: OpenIDMetadata.largestAnswerBytes + 1)
        let deep = Array(String(repeating: "[", count: 100_000).utf8)
        let answers = [
            WebAnswer(status: 200, headers: [:], body: huge), WebAnswer(status: 200, headers: [:], body: deep),
            WebAnswer(status: 200, headers: [:], body: []), WebAnswer(status: 500, headers: [:], body: []),
            WebAnswer(status: 302, headers: ["location": "http://169.254.169.254/"], body: []),
        ]
        for answer in answers {
            var behaviour = FakeProvider.Behaviour()
            behaviour.answers[document] = answer
            await #expect(throws: OpenIDError.self) { try await begin(behaviour) }
        }
    }

    @Test("a provider that takes no way of naming the client that we know is refused")
    func methods() async throws {
        var behaviour = FakeProvider.Behaviour()
        behaviour.document["token_endpoint_auth_methods_supported"] = ["private_key_jwt", "none"]
        await #expect(throws: OpenIDError.self) { try await begin(behaviour) }
    }

    @Test("the real client refuses an issuer at a private address")
    func privateAddress() async throws {
        let web = WebClient(policy: OutboundPolicy(allowsPrivateAddresses: false, timeout: .seconds(5)))
        for host in ["169.254.169.254", "127.0.0.1:1", "[::1]:1", "10.0.0.1"] {
            let provider = try OpenIDProvider(
                key: "city-id",
                name: "City ID",
                issuer: "https://\(host)",
                clientID: "hansa",
                clientSecret: "s",
                web: web
            )
            try await withDatabase(.sqlite, migrations: IdentityMigrations.all) { database in
                let error = await #expect(throws: OpenIDError.self) {
                    try await provider.begin(
                        redirect: OpenIDFixture.redirect,
                        browser: Secret(),
                        returnTo: "/",
                        database: database,
                        now: Fixture.noon
                    )
                }
                #expect(error?.description.contains("private network") == true, "\(host): \(error?.description ?? "")")
            }
        }
    }
}
