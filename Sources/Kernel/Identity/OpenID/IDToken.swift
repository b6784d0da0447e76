import Crypto
import Foundation
import JWTKit

/// An ID token whose signature and claims were checked (OpenID Connect Core 1.0, sections 2 and 3.1.3.7).
struct IDToken: Sendable, Equatable {
    /// The signature algorithms that are taken. `none` and HMAC are not among them, whatever a provider says.
    static let algorithms: Set<String> = ["RS256", "ES256", "EdDSA"]
    /// How far two machines' clocks may differ.
    static let skew: TimeInterval = 60
    static let largestBytes = 32 * 1024

    let subject: String
    let email: String?
    let isEmailVerified: Bool
    let name: String?

    /// What a token must say to be taken.
    struct Expectation: Sendable {
        let issuer: String
        let clientID: String
        let nonce: String
        let now: Date
    }

    /// Checks a token. Throws `OpenIDError.badToken`.
    init(_ token: String, _ expected: Expectation, metadata: OpenIDMetadata) async throws {
        let header = try TokenHeader(token)
        guard let key = try await metadata.key(named: header.kid, algorithm: header.alg, now: expected.now) else {
            throw OpenIDError.badToken(.key)
        }
        let claims = try await Self.verified(token, with: key)
        try claims.check(expected)
        subject = claims.sub
        email = claims.email
        isEmailVerified = claims.email_verified?.value ?? false
        name = claims.name
    }

    // The collection holds this one key, bound to its one algorithm, so nothing in the token chooses another.
    private static func verified(_ token: String, with key: JWK) async throws -> TokenClaims {
        let keys = JWTKeyCollection()
        guard (try? await keys.add(jwk: key)) != nil else { throw OpenIDError.badToken(.key) }
        do { return try await keys.verify(token, as: TokenClaims.self) } catch is DecodingError {
            throw OpenIDError.badToken(.malformed)
        } catch let error as JWTError where error.errorType == .malformedToken {
            throw OpenIDError.badToken(.malformed)
        } catch {
            throw OpenIDError.badToken(.signature)
        }
    }
}

/// The header of a token, read before anything else. Not by JWTKit's own type, which stops the program at a number that
/// is no 64-bit integer.
private struct TokenHeader {
    let alg: String
    let kid: String?

    private struct Fields: Decodable {
        let alg: String
        let kid: String?
        let crit: [String]?
    }

    init(_ token: String) throws(OpenIDError) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard token.utf8.count <= IDToken.largestBytes, parts.count == 3,
            let bytes = Base64URL.decode(String(parts[0])),
            let fields = try? JSONDecoder().decode(Fields.self, from: Data(bytes))
        else { throw .badToken(.malformed) }
        // We know no extension, so none that is critical (RFC 7515, section 4.1.11).
        guard fields.crit == nil else { throw .badToken(.malformed) }
        guard IDToken.algorithms.contains(fields.alg) else { throw .badToken(.algorithm) }
        alg = fields.alg
        kid = fields.kid
    }
}

/// The claims that are looked at.
struct TokenClaims: JWTPayload {
    let iss: String
    let sub: String
    let aud: OneOrMore
    let azp: String?
    let exp: Double
    let iat: Double
    let nbf: Double?
    let nonce: String?
    let email: String?
    let email_verified: Flag?
    let name: String?

    // The claims are checked against what was asked for, which JWTKit does not know: see `check`.
    func verify(using algorithm: some JWTAlgorithm) async throws {}

    func check(_ expected: IDToken.Expectation) throws(OpenIDError) {
        guard iss == expected.issuer else { throw .badToken(.issuer) }
        // A token for several is taken only when it was issued to us.
        guard aud.values.contains(expected.clientID), azp == nil || azp == expected.clientID,
            aud.values.count == 1 || azp == expected.clientID
        else { throw .badToken(.audience) }
        let now = expected.now.timeIntervalSince1970
        guard exp > now - IDToken.skew else { throw .badToken(.expired) }
        // It was made for this sign-in, so it is no older than one can take.
        guard iat <= now + IDToken.skew, iat >= now - OpenIDAttempt.lifetime - IDToken.skew,
            nbf ?? now <= now + IDToken.skew
        else { throw .badToken(.issuedAt) }
        guard let nonce, Secret.isEqual(nonce, expected.nonce) else { throw .badToken(.nonce) }
        guard !sub.isEmpty, sub.utf8.count <= 255 else { throw .badToken(.subject) }
    }
}

/// A text or a list of texts, as `aud` may be (RFC 7519, section 4.1.3).
struct OneOrMore: Codable, Sendable, Equatable {
    let values: [String]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        values = try (try? [container.decode(String.self)]) ?? container.decode([String].self)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values)
    }
}

/// A boolean; some providers write it as text.
struct Flag: Codable, Sendable, Equatable {
    let value: Bool

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        value = (try? container.decode(Bool.self)) ?? ((try? container.decode(String.self)) == "true")
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}
