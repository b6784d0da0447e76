import Crypto
import Database
import Foundation
import Languages
import Outbound
import Synchronization

@testable import Identity

/// A provider that answers without a network, and lies where a test tells it to.
final class FakeProvider: WebSending, Sendable {
    /// What a test may change about it.
    struct Behaviour: Sendable {
        var issuer = "https://id.example"
        var document: [String: JSON] = [:]
        var claims: [String: JSON] = [:]
        var header: [String: JSON] = [:]
        var signer: any Signer = RSASigner()
        /// What the key set holds; the signer's key when `nil`.
        var keys: [JSON]?
        var userInfo: JSON = [:]
        /// What is answered at an address in place of the usual.
        var answers: [String: WebAnswer] = [:]
        var allowsPrivateAddresses = false
    }

    private struct State {
        var behaviour: Behaviour
        var requests: [WebRequest] = []
        var nonce = ""
        var challenge = ""
    }

    private let state: Mutex<State>
    private let now: Date

    init(_ behaviour: Behaviour = Behaviour(), now: Date = Fixture.noon) {
        state = Mutex(State(behaviour: behaviour))
        self.now = now
    }

    var allowsPrivateAddresses: Bool { state.withLock { $0.behaviour.allowsPrivateAddresses } }
    var requests: [WebRequest] { state.withLock { $0.requests } }
    func change(_ body: @Sendable (inout Behaviour) -> Void) { state.withLock { body(&$0.behaviour) } }

    /// What the browser brings to the provider, which keeps nonce and challenge for the token that it will give.
    @discardableResult
    func authorize(_ url: String) -> [String: String] {
        let query = Self.fields(URLComponents(string: url)?.percentEncodedQuery ?? "")
        state.withLock { ($0.nonce, $0.challenge) = (query["nonce"] ?? "", query["code_challenge"] ?? "") }
        return query
    }

    func send(_ request: WebRequest) async throws -> WebAnswer {
        let (behaviour, nonce, challenge) = state.withLock { state in
            state.requests.append(request)
            return (state.behaviour, state.nonce, state.challenge)
        }
        if let answer = behaviour.answers[request.url] { return answer }
        let base = behaviour.issuer
        switch request.url {
        case base + "/.well-known/openid-configuration": return try Self.answer(document(behaviour))
        case base + "/keys": return try Self.answer(["keys": .list(behaviour.keys ?? [behaviour.signer.jwk])])
        case base + "/token": return try await token(request, behaviour, nonce, challenge)
        case base + "/userinfo": return try Self.answer(behaviour.userInfo)
        default: throw OutboundError.unreachable(host: request.url, reason: .quoted("there is nothing here"))
        }
    }

    private func document(_ behaviour: Behaviour) -> JSON {
        let base = behaviour.issuer
        let usual: [String: JSON] = [
            "issuer": .text(base), "authorization_endpoint": .text(base + "/authorize?tenant=1"),
            "token_endpoint": .text(base + "/token"), "jwks_uri": .text(base + "/keys"),
            "userinfo_endpoint": .text(base + "/userinfo"),
        ]
        return .object(usual.merging(behaviour.document) { $1 })
    }

    /// Gives tokens for the code "good" if the verifier fits the challenge and the client names itself.
    private func token(
        _ request: WebRequest,
        _ behaviour: Behaviour,
        _ nonce: String,
        _ challenge: String
    ) async throws
        -> WebAnswer
    {
        let fields = Self.fields(String(decoding: request.body ?? [], as: UTF8.self))
        let given = Base64URL.encode(Array(SHA256.hash(data: Array((fields["code_verifier"] ?? "").utf8))))
        let basic = "Basic " + Data("hansa%3A1:s%26cret".utf8).base64EncodedString()
        let isClient =
            request.headers.contains { $0.name == "Authorization" && $0.value == basic }
            || (fields["client_id"] == "hansa:1" && fields["client_secret"] == "s&cret")
        guard request.method == "POST", fields["grant_type"] == "authorization_code", fields["code"] == "good",
            fields["redirect_uri"] == OpenIDFixture.redirect, given == challenge, isClient
        else { return try Self.answer(["error": "invalid_grant"], status: 400) }
        let claims = Self.claims(behaviour.issuer, nonce: nonce, now: now).merging(behaviour.claims) { $1 }
        let token = try await Self.token(claims, header: behaviour.header, signer: behaviour.signer)
        return try Self.answer(["id_token": .text(token), "access_token": "access-1", "token_type": "Bearer"])
    }

    private static func claims(_ issuer: String, nonce: String, now: Date) -> [String: JSON] {
        [
            "iss": .text(issuer), "sub": "anna-1", "aud": "hansa:1", "nonce": .text(nonce),
            "exp": .number(now.timeIntervalSince1970 + 300), "iat": .number(now.timeIntervalSince1970),
            "email": "anna@lund.example", "email_verified": true, "name": "Anna Lindqvist",
        ]
    }

    static func token(_ claims: [String: JSON], header: [String: JSON], signer: any Signer) async throws -> String {
        let usual: [String: JSON] = ["alg": .text(signer.algorithm), "kid": .text(signer.kid), "typ": "JWT"]
        let parts = try [usual.merging(header) { $1 }, claims].map { Base64URL.encode(try JSON.object($0).bytes()) }
        let signed = parts.joined(separator: ".")
        return signed + "." + Base64URL.encode(try await signer.sign(Array(signed.utf8)))
    }

    static func answer(_ body: JSON, status: Int = 200) throws -> WebAnswer {
        WebAnswer(status: status, headers: ["content-type": "application/json"], body: try body.bytes())
    }

    private static func fields(_ form: String) -> [String: String] {
        let pairs = form.split(separator: "&").map { pair in
            let sides = pair.split(separator: "=", maxSplits: 1).map { String($0).removingPercentEncoding ?? "" }
            return (sides.first ?? "", sides.count > 1 ? sides[1] : "")
        }
        return Dictionary(pairs) { first, _ in first }
    }
}

/// A sign-in through a fake provider, from the first click to the end.
struct OpenIDFixture: Sendable {
    static let redirect = "https://hansa.example/back"

    let database: Database
    let fake: FakeProvider
    let provider: OpenIDProvider
    let browser = Secret()

    init(_ database: Database, _ behaviour: FakeProvider.Behaviour = .init()) throws {
        self.database = database
        fake = FakeProvider(behaviour)
        provider = try OpenIDProvider(
            key: "city-id",
            name: "City ID",
            issuer: behaviour.issuer,
            clientID: "hansa:1",
            clientSecret: "s&cret",
            web: fake
        )
    }

    /// Begins, and returns the query that the browser brings to the provider.
    func begin(returnTo: String = "/account", now: Date = Fixture.noon) async throws -> [String: String] {
        let url = try await provider.begin(
            redirect: Self.redirect,
            browser: browser,
            returnTo: returnTo,
            database: database,
            now: now
        )
        return fake.authorize(url)
    }

    func finish(
        _ state: String?,
        code: String? = "good",
        error: String? = nil,
        issuer: String? = nil,
        browser: Secret? = nil,
        now: Date = Fixture.noon
    ) async throws -> (identity: OpenIDIdentity, returnTo: String) {
        try await provider.finish(
            OpenIDCallback(state: state, code: code, error: error, issuer: issuer),
            redirect: Self.redirect,
            browser: browser ?? self.browser,
            database: database,
            now: now
        )
    }

    /// The whole of it.
    @discardableResult
    func signIn() async throws -> OpenIDIdentity {
        let state = try await begin()["state"]
        return try await finish(state).identity
    }
}
