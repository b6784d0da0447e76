import Crypto
public import Database
public import Foundation
import Languages
import Outbound

/// Whom a provider vouches for.
public struct OpenIDIdentity: Sendable, Equatable {
    public let issuer: String
    /// The provider's own name for the person, which it never gives to another.
    public let subject: String
    /// As the provider wrote it, unchecked.
    public let email: String?
    /// Whether the provider says that it verified the address.
    public let isEmailVerified: Bool
    /// As the provider wrote it, unchecked, at most 200 characters.
    public let name: String?

    public init(issuer: String, subject: String, email: String?, isEmailVerified: Bool, name: String?) {
        self.issuer = issuer
        self.subject = subject
        self.email = email
        self.isEmailVerified = isEmailVerified
        self.name = name.map { String($0.prefix(200)) }
    }
}

/// What the browser brings back from the provider: the query of the redirect (RFC 6749, section 4.1.2; RFC 9207).
public struct OpenIDCallback: Sendable, Equatable {
    public let state: String?
    public let code: String?
    public let error: String?
    public let issuer: String?

    /// - Parameter issuer: the field `iss`.
    public init(state: String?, code: String?, error: String?, issuer: String?) {
        self.state = state
        self.code = code
        self.error = error
        self.issuer = issuer
    }
}

/// Sign-in through another provider: OpenID Connect Core 1.0, authorization code flow, with PKCE (RFC 7636) and the advice of
/// RFC 9700.
public struct OpenIDProvider: Sendable {
    /// In addresses and in the database: `city-id`.
    public let key: String
    /// For people: "City ID".
    public let name: String
    public let issuer: String
    let clientID: String
    private let clientSecret: String
    private let web: any WebSending
    private let metadata: OpenIDMetadata

    /// Checks the settings; asks nobody. Throws `OpenIDError.badSetting`.
    /// - Parameter web: its policy says whether the issuer may be without TLS and on a private address.
    public init(
        key: String,
        name: String,
        issuer: String,
        clientID: String,
        clientSecret: String,
        web: any WebSending
    ) throws(OpenIDError) {
        let isKey =
            !key.isEmpty && key.utf8.count <= 40
            && key.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d }
        guard isKey else { throw .badSetting("its key must be of small letters, digits and hyphens, as city-id") }
        guard let address = OpenIDAddress(issuer), !issuer.contains("?") else {
            throw .badSetting("its issuer must be an address as https://id.example.org, without query or user")
        }
        guard address.isSecure || web.allowsPrivateAddresses else {
            throw .badSetting("its issuer must begin with https://")
        }
        guard !clientID.isEmpty, !clientSecret.isEmpty else {
            throw .badSetting("its client id and client secret must be given, as the provider issued them")
        }
        self.key = key
        self.name = name
        self.issuer = issuer
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.web = web
        metadata = OpenIDMetadata(issuer: address, web: web)
    }

    /// Begins a sign-in and returns the provider's address to send the browser to. Throws `OpenIDError`.
    /// - Parameters:
    ///   - redirect: the absolute address that the provider sends the browser back to.
    ///   - browser: a secret that the browser keeps in a cookie, so that nobody else's sign-in can be finished in it.
    ///   - returnTo: a path of this program; any other address becomes "/".
    public func begin(
        redirect: String,
        browser: Secret,
        returnTo: String,
        database: Database,
        now: Date
    ) async throws
        -> String
    {
        let document = try await metadata.document(now: now)
        let state = Secret()
        let attempt = OpenIDAttempt(
            nonce: Secret().text,
            verifier: Secret().text,
            returnTo: OpenIDAttempt.localPath(returnTo)
        )
        try await database.write { [key] in
            try attempt.keep($0, state: state, provider: key, browser: browser, now: now)
        }
        return document.authorization.adding([
            ("response_type", "code"), ("client_id", clientID), ("redirect_uri", redirect),
            ("scope", "openid email profile"), ("state", state.text), ("nonce", attempt.nonce),
            ("code_challenge", Base64URL.encode(Array(SHA256.hash(data: Array(attempt.verifier.utf8))))),
            ("code_challenge_method", "S256"),
        ])
    }

    /// Finishes a sign-in: who it is, and where to go on. A state works once, and in the browser that began it.
    /// Throws `OpenIDError`.
    public func finish(
        _ callback: OpenIDCallback,
        redirect: String,
        browser: Secret,
        database: Database,
        now: Date
    )
        async throws -> (identity: OpenIDIdentity, returnTo: String)
    {
        guard let state = callback.state.flatMap({ Secret($0) }) else { throw OpenIDError.unknownAttempt }
        let taken = try await database.write { [key] in
            try OpenIDAttempt.take($0, state: state, provider: key, browser: browser, now: now)
        }
        guard let attempt = taken else { throw OpenIDError.unknownAttempt }
        let document = try await metadata.document(now: now)
        // Otherwise a code of an honest provider could be sent to another that we know too (RFC 9207).
        guard callback.issuer == issuer || (callback.issuer == nil && !document.namesIssuer) else {
            throw OpenIDError.badToken(.issuer)
        }
        if let error = callback.error { throw OpenIDError.declined(Self.printable(error)) }
        guard let code = callback.code, !code.isEmpty, code.utf8.count <= 4096 else {
            throw OpenIDError.badAnswer(say("it sent no code"))
        }
        let tokens = try await exchange(code, attempt, redirect: redirect, document)
        let token = try await IDToken(
            tokens.id_token,
            .init(issuer: issuer, clientID: clientID, nonce: attempt.nonce, now: now),
            metadata: metadata
        )
        return (try await identity(token, tokens, document), attempt.returnTo)
    }

    private struct Tokens: Decodable {
        let id_token: String
        let access_token: String?
        let token_type: String?
    }

    /// The code for the tokens (RFC 6749, section 4.1.3).
    private func exchange(
        _ code: String,
        _ attempt: OpenIDAttempt,
        redirect: String,
        _ document: OpenIDDiscovery
    )
        async throws -> Tokens
    {
        var fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect),
            ("code_verifier", attempt.verifier),
        ]
        var headers = [("Accept", "application/json"), ("Content-Type", "application/x-www-form-urlencoded")]
        if document.usesBasic {
            // Both are form-encoded before they are joined (RFC 6749, section 2.3.1).
            let pair = PercentEncoding.encode(clientID) + ":" + PercentEncoding.encode(clientSecret)
            headers.append(("Authorization", "Basic " + Data(pair.utf8).base64EncodedString()))
        } else {
            fields += [("client_id", clientID), ("client_secret", clientSecret)]
        }
        let request = WebRequest(
            document.token.text,
            method: "POST",
            headers: headers.map { (name: $0.0, value: $0.1) },
            body: Array(PercentEncoding.form(fields).utf8)
        )
        let what = say("token", context: "what a sign-in provider sends")
        let answer = try await OpenIDMetadata.send(web, request, what)
        guard let tokens = try? JSONDecoder().decode(Tokens.self, from: Data(answer)) else {
            throw OpenIDError.badAnswer(say("it gave no ID token"))
        }
        return tokens
    }

    private struct UserInfo: Decodable {
        let sub: String
        let email: String?
        let email_verified: Flag?
        let name: String?
    }

    /// Some providers keep the address out of the token and tell it to whoever shows the access token (Core, section 5.3).
    private func identity(
        _ token: IDToken,
        _ tokens: Tokens,
        _ document: OpenIDDiscovery
    ) async throws -> OpenIDIdentity {
        var (email, isVerified, name) = (token.email, token.isEmailVerified, token.name)
        if email == nil, let address = document.userInfo, let access = tokens.access_token,
            access.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
        {
            let request = WebRequest(
                address.text,
                headers: [("Accept", "application/json"), ("Authorization", "Bearer \(access)")]
            )
            let what = say("user information", context: "what a sign-in provider sends")
            let answer = try await OpenIDMetadata.send(web, request, what)
            guard let info = try? JSONDecoder().decode(UserInfo.self, from: Data(answer)), info.sub == token.subject
            else {
                throw OpenIDError.badAnswer(say("its user information is of somebody else"))
            }
            (email, isVerified, name) = (info.email, info.email_verified?.value ?? false, info.name ?? name)
        }
        return OpenIDIdentity(
            issuer: issuer,
            subject: token.subject,
            email: email,
            isEmailVerified: email != nil && isVerified,
            name: name
        )
    }

    /// A provider's error code as it may be shown and logged.
    private static func printable(_ code: String) -> String {
        String(code.prefix(60).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "?" })
    }
}
