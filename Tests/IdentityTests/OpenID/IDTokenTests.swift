import Database
import DatabaseTesting
import Foundation
import Outbound
import Testing

@testable import Identity

@Suite("ID tokens")
struct IDTokenTests {
    private static let now = Fixture.noon.timeIntervalSince1970

    private func signIn(_ behaviour: FakeProvider.Behaviour) async throws {
        try await withDatabase(.sqlite, migrations: IdentityMigrations.all) { database in
            try await OpenIDFixture(database, behaviour).signIn()
        }
    }

    private func refused(
        _ fault: OpenIDError.TokenFault,
        _ change: (inout FakeProvider.Behaviour) throws -> Void
    ) async throws {
        var behaviour = FakeProvider.Behaviour()
        try change(&behaviour)
        await #expect(throws: OpenIDError.badToken(fault)) { try await signIn(behaviour) }
    }

    @Test("signatures by RSA, by a curve and by Edwards' curve are taken")
    func algorithms() async throws {
        let signers: [any Signer] = [RSASigner(), ECSigner(), EdSigner()]
        for signer in signers {
            var behaviour = FakeProvider.Behaviour()
            behaviour.signer = signer
            try await signIn(behaviour)
        }
    }

    @Test(
        "claims that are not of this sign-in are refused",
        arguments: [
            (.issuer, ["iss": "https://evil.example"]), (.issuer, ["iss": "https://id.example/"]),
            (.audience, ["aud": "other"]), (.audience, ["aud": []]), (.audience, ["aud": ["hansa:1", "other"]]),
            (.audience, ["azp": "other"]), (.audience, ["aud": ["other"], "azp": "hansa:1"]),
            (.expired, ["exp": .number(now - 60)]), (.expired, ["exp": 0]), (.expired, ["exp": .number(-1e300)]),
            (.issuedAt, ["iat": .number(now + 61)]), (.issuedAt, ["iat": .number(now - 661)]),
            (.issuedAt, ["nbf": .number(now + 61)]), (.nonce, ["nonce": "other"]), (.nonce, ["nonce": .absent]),
            (.subject, ["sub": ""]), (.subject, ["sub": .text(String(repeating: "a", count: 256))]),
            (.malformed, ["sub": .absent]), (.malformed, ["exp": .absent]), (.malformed, ["iat": .absent]),
            (.malformed, ["aud": .absent]), (.malformed, ["iss": 1]), (.malformed, ["exp": "soon"]),
        ] as [(OpenIDError.TokenFault, [String: JSON])]
    )
    func claims(_ fault: OpenIDError.TokenFault, _ claims: [String: JSON]) async throws {
        try await refused(fault, { $0.claims = claims })
    }

    @Test(
        "claims at the edge of what is allowed are taken",
        arguments: [
            ["aud": ["hansa:1"]], ["aud": ["hansa:1", "other"], "azp": "hansa:1"], ["azp": "hansa:1"],
            ["exp": .number(now - 59)], ["iat": .number(now + 60)], ["iat": .number(now - 660)],
            ["nbf": .number(now + 60)],
            ["email_verified": "true"], ["email": .absent, "name": .absent], ["exp": .number(1e18)],
        ] as [[String: JSON]]
    )
    func edges(_ claims: [String: JSON]) async throws {
        var behaviour = FakeProvider.Behaviour()
        behaviour.claims = claims
        behaviour.userInfo = ["sub": "anna-1"]
        try await signIn(behaviour)
    }

    @Test(
        "an address counts as verified only when the provider says so",
        arguments: [
            (true, true), ("true", true), (false, false), ("false", false), (1, false), ("yes", false),
            (.absent, false),
        ]
            as [(JSON, Bool)]
    )
    func verified(_ claim: JSON, _ expected: Bool) async throws {
        var behaviour = FakeProvider.Behaviour()
        behaviour.claims["email_verified"] = claim
        try await withDatabase(.sqlite, migrations: IdentityMigrations.all) { [behaviour] database in
            let identity = try await OpenIDFixture(database, behaviour).signIn()
            #expect(identity.isEmailVerified == expected)
        }
    }

    @Test(
        "a token without a signature is refused, however its algorithm is written",
        arguments: ["none", "None", "NONE", ""]
    )
    func none(_ algorithm: String) async throws {
        try await refused(.algorithm, { $0.signer = ForgingSigner(algorithm: algorithm, secret: nil) })
    }

    @Test("a token signed with HMAC is refused: by the public key, which everybody has, and by the client's secret")
    func hmac() async throws {
        let pem = try RSASigner.publicPEM()
        let modulus = try #require(Base64URL.decode(RSASigner.modulus))
        for secret in [Array(pem.utf8), modulus, Array(RSASigner.modulus.utf8), Array("s&cret".utf8)] {
            for algorithm in ["HS256", "HS384", "HS512"] {
                try await refused(.algorithm, { $0.signer = ForgingSigner(algorithm: algorithm, secret: secret) })
            }
            // The same bytes under the name of the key's own algorithm.
            try await refused(.signature, { $0.signer = ForgingSigner(algorithm: "RS256", secret: secret) })
        }
    }

    @Test("a symmetric key in the key set is not used")
    func symmetricKey() async throws {
        try await refused(.algorithm) {
            $0.signer = ForgingSigner(kid: "oct", algorithm: "HS256", secret: Array("known".utf8))
            $0.keys = [["kty": "oct", "kid": "oct", "alg": "HS256", "k": .text(Base64URL.encode(Array("known".utf8)))]]
        }
    }

    @Test("a token of another key under a known name is refused")
    func otherKey() async throws {
        try await refused(.signature) {
            $0.signer = ECSigner()
            $0.keys = [ECSigner().jwk]
        }
        try await refused(.signature) {
            $0.signer = EdSigner()
            $0.keys = [EdSigner().jwk]
        }
    }

    @Test("a key is used with its own algorithm only, and a key for encryption not at all")
    func keyUse() async throws {
        try await refused(.key) {
            $0.signer = ECSigner(kid: "rsa")
            $0.keys = [RSASigner().jwk]
        }
        try await refused(.key) {
            $0.keys = [["kty": "RSA", "kid": "rsa", "use": "enc", "n": .text(RSASigner.modulus), "e": "AQAB"]]
        }
        try await refused(.key) {
            $0.keys = [["kty": "RSA", "kid": "rsa", "alg": "RS512", "n": .text(RSASigner.modulus), "e": "AQAB"]]
        }
        try await refused(.key, { $0.keys = [] })
    }

    @Test("a weak or broken key is refused")
    func weakKey() async throws {
        for modulus in ["AQAB", "", "!!!", Base64URL.encode([UInt8](repeating: 0xff, count: 64))] {
            try await refused(.key) {
                $0.keys = [["kty": "RSA", "kid": "rsa", "n": .text(modulus), "e": "AQAB"]]
            }
        }
    }

    @Test("keys that we do not know are passed over, and the right one is found among them")
    func keySet() async throws {
        var behaviour = FakeProvider.Behaviour()
        behaviour.keys = [
            ["kty": "oct", "kid": "oct", "k": "AAAA"], ["kty": "new", "kid": 7],
            ["kty": "EC", "crv": "P-521", "kid": "p521"],
            ["kid": "rsa"], "text", 1, [], ECSigner().jwk, RSASigner().jwk,
        ]
        try await signIn(behaviour)
    }

    @Test("without a key's name there must be no choice")
    func noName() async throws {
        var behaviour = FakeProvider.Behaviour()
        behaviour.header["kid"] = .absent
        try await signIn(behaviour)
        try await refused(.key) {
            $0.header["kid"] = .absent
            $0.keys = [RSASigner().jwk, RSASigner(kid: "rsa2").jwk]
        }
    }

    @Test(
        "a header that brings its own key, asks for an extension or holds strange numbers gains nothing",
        arguments: [
            (nil, ["jwk": ["kty": "RSA", "n": "AQAB", "e": "AQAB"]]), (nil, ["jku": "https://evil.example/keys"]),
            (nil, ["x5u": "http://169.254.169.254/"]), (nil, ["strange": .number(1e300)]),
            (.malformed, ["crit": ["b64"], "b64": false]), (.malformed, ["crit": []]), (.malformed, ["alg": .absent]),
            (.malformed, ["alg": 1]), (.malformed, ["kid": 1]),
        ] as [(OpenIDError.TokenFault?, [String: JSON])]
    )
    func header(_ fault: OpenIDError.TokenFault?, _ header: [String: JSON]) async throws {
        var behaviour = FakeProvider.Behaviour()
        behaviour.header = header
        guard let fault else { return try await signIn(behaviour) }
        try await refused(fault, { $0.header = header })
    }

    @Test(
        "what is no token is refused",
        arguments: [
            "", ".", "..", "a.b", "a.b.c", "a.b.c.d", "e30.e30.e30", "é.é.é",
            String(repeating: "a", count: 40_000) + ".b.c",
        ]
    )
    func malformed(_ text: String) async throws {
        let metadata = OpenIDMetadata(
            issuer: try #require(OpenIDAddress("https://id.example")),
            web: FakeProvider()
        )
        await #expect(throws: OpenIDError.badToken(.malformed)) {
            try await IDToken(
                text,
                .init(issuer: "https://id.example", clientID: "hansa:1", nonce: "n", now: Fixture.noon),
                metadata: metadata
            )
        }
    }

    @Test("a claim or a signature that was changed on the way is noticed")
    func tampered() async throws {
        let fake = FakeProvider()
        let metadata = OpenIDMetadata(issuer: try #require(OpenIDAddress("https://id.example")), web: fake)
        let expected = IDToken.Expectation(
            issuer: "https://id.example",
            clientID: "hansa:1",
            nonce: "n",
            now: Fixture.noon
        )
        let claims: [String: JSON] = [
            "iss": "https://id.example", "aud": "hansa:1", "sub": "anna-1", "nonce": "n", "exp": .number(Self.now + 60),
            "iat": .number(Self.now),
        ]
        let token = try await FakeProvider.token(claims, header: [:], signer: RSASigner())
        let good = try await IDToken(token, expected, metadata: metadata)
        #expect(good.subject == "anna-1")
        var parts = token.split(separator: ".").map(String.init)
        parts[1] = Base64URL.encode(try JSON.object(claims.merging(["sub": "bo-1"]) { $1 }).bytes())
        let signature = try #require(Base64URL.decode(parts[2]))
        for changed in [
            parts.joined(separator: "."), token.split(separator: ".").prefix(2).joined(separator: ".") + ".",
            token.split(separator: ".").prefix(2).joined(separator: ".") + "."
                + Base64URL.encode(Array(signature.dropLast())),
        ] {
            await #expect(throws: OpenIDError.badToken(.signature)) {
                try await IDToken(changed, expected, metadata: metadata)
            }
        }
    }

    @Test("a provider that changed its keys is asked again, but at most once a minute")
    func rotation() async throws {
        let fake = FakeProvider()
        let metadata = OpenIDMetadata(issuer: try #require(OpenIDAddress("https://id.example")), web: fake)
        func key(_ name: String, after seconds: Double) async throws -> Bool {
            try await metadata.key(named: name, algorithm: "RS256", now: Fixture.noon.after(seconds)) != nil
        }
        func asked() -> Int { fake.requests.filter { $0.url.hasSuffix("/keys") }.count }
        var found = [try await key("rsa", after: 0)]
        fake.change { $0.keys = [RSASigner(kid: "rsa2").jwk] }
        for _ in 0..<5 { found.append(try await key("rsa2", after: 59)) }
        #expect(asked() == 1)
        found.append(try await key("rsa2", after: 60))
        #expect(asked() == 2)
        for number in 0..<20 { found.append(try await key("made-up-\(number)", after: 61)) }
        #expect(asked() == 2)
        found.append(try await key("rsa", after: 61))
        #expect(found == [true] + Array(repeating: false, count: 5) + [true] + Array(repeating: false, count: 21))
    }

    @Test("many sign-ins at once ask for the keys once")
    func together() async throws {
        let fake = FakeProvider()
        let metadata = OpenIDMetadata(issuer: try #require(OpenIDAddress("https://id.example")), web: fake)
        let found = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask { try await metadata.key(named: "rsa", algorithm: "RS256", now: Fixture.noon) != nil }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(found == 20)
        #expect(fake.requests.filter { $0.url.hasSuffix("/keys") }.count == 1)
    }

    @Test("keys that could not be renewed are not used on")
    func stale() async throws {
        let fake = FakeProvider()
        let metadata = OpenIDMetadata(issuer: try #require(OpenIDAddress("https://id.example")), web: fake)
        _ = try await metadata.key(named: "rsa", algorithm: "RS256", now: Fixture.noon)
        fake.change { $0.answers["https://id.example/keys"] = WebAnswer(status: 503, headers: [:], body: []) }
        for seconds in [3601.0, 3602] {
            await #expect(throws: OpenIDError.self) {
                try await metadata.key(named: "rsa", algorithm: "RS256", now: Fixture.noon.after(seconds))
            }
        }
    }
}
