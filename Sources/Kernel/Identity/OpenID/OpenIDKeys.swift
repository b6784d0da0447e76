import Foundation
import JWTKit
import Languages

/// A provider's public keys (RFC 7517), as far as this program can use them.
struct OpenIDKeys: Sendable {
    /// One key with the one algorithm that it may be used with here.
    private struct Key: Sendable {
        let kid: String?
        let algorithm: String
        let jwk: JWK
    }

    private struct Document: Decodable {
        let keys: [Entry]
    }

    // Only the public parts are read, so a key set that holds a private or a symmetric key gives nothing away.
    private struct Entry: Decodable {
        let kty: String?
        let kid: String?
        let alg: String?
        let use: String?
        let crv: String?
        let n: String?
        let e: String?
        let x: String?
        let y: String?

        private enum CodingKeys: String, CodingKey {
            case kty, kid, alg, use, crv, n, e, x, y
        }

        // A key whose fields are of other types is one that we do not know; the others are still good.
        init(from decoder: any Decoder) throws {
            let fields = try? decoder.container(keyedBy: CodingKeys.self)
            func text(_ key: CodingKeys) -> String? { try? fields?.decodeIfPresent(String.self, forKey: key) }
            (kty, kid, alg, use, crv) = (text(.kty), text(.kid), text(.alg), text(.use), text(.crv))
            (n, e, x, y) = (text(.n), text(.e), text(.x), text(.y))
        }

        /// The key's kind decides its algorithm, never the token: so no RSA key is ever taken for an HMAC secret.
        var key: Key? {
            guard use == nil || use == "sig" else { return nil }
            let made: (String, JWK)
            switch (kty, crv) {
            case ("RSA", _):
                guard let n, let e else { return nil }
                made = ("RS256", .rsa(.rs256, identifier: "key", modulus: n, exponent: e))
            case ("EC", "P-256"):
                guard let x, let y else { return nil }
                made = ("ES256", .ecdsa(.es256, identifier: "key", x: x, y: y, curve: .p256))
            case ("OKP", "Ed25519"):
                guard let x else { return nil }
                made = ("EdDSA", .octetKeyPair(.eddsa, identifier: "key", x: x, y: nil, curve: .ed25519))
            default: return nil
            }
            guard alg == nil || alg == made.0 else { return nil }
            return Key(kid: kid, algorithm: made.0, jwk: made.1)
        }
    }

    private let keys: [Key]

    /// Reads a key set. Keys of kinds that we do not know are passed over (RFC 7517, section 5).
    init(_ bytes: [UInt8]) throws(OpenIDError) {
        guard let document = try? JSONDecoder().decode(Document.self, from: Data(bytes)) else {
            throw .badAnswer(say("its key set is not valid"))
        }
        keys = document.keys.prefix(100).compactMap(\.key)
    }

    /// The key for a token's header; without a key's name only when there is no choice.
    func key(named kid: String?, algorithm: String) -> JWK? {
        let fitting = keys.filter { $0.algorithm == algorithm && (kid == nil || $0.kid == kid) }
        return fitting.count == 1 ? fitting[0].jwk : nil
    }
}
