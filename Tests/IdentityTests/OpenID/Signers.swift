import Crypto
import Foundation
import JWTKit

@testable import Identity

/// A key that a provider signs with, and how it publishes it.
protocol Signer: Sendable {
    var kid: String { get }
    var algorithm: String { get }
    var jwk: JSON { get }
    func sign(_ bytes: [UInt8]) async throws -> [UInt8]
}

/// A key pair that was made for these tests and is used nowhere else.
struct RSASigner: Signer {
    static let modulus =
        "y9TlLYJzxM4fzdWw6sdb9VlOJSc4oecVy3DBVfV_IpDm3WIQyzdd2GyU-k_1C7qQ-Xd2hkozjSNaYq9YmtYYD359sJOmmFbD"
        + "WQkz9LRRNnLxXgOawbUdjwLMpenSsK2H_KT8hcvXMznLhPRGBNM6z-eqKIBA-kD-TYIf3lE1wP5mxpvLLNMW0v7A5L0hFNQV"
        + "wroHEqdR6Y2AzDB7nMCjeQk2XI4Z61J5_slwb-taJhUZWBjIpbFCcdH5epqz-HCU4JPNZrYtlWfOV5KM-YWwcU0gm_FRjkb_"
        + "81BqgYJw8A5Z4FzD-7LK00R9cKvaogLqCM5ujkfkg7YOR8Hsyx9cAQ"
    private static let privateExponent =
        "ITjdNLZ1O4_UF7a7a_zb5Giup7gVjy_subiyTloh42amNlGgRpsK2PZTrtu-5y88p2h9AUTRU7D-L6UARlZcXBQkFNZv-hb0"
        + "JowtM3Z7YSpJZGcmf2mPfIp6hBVREZprFnbmsMEJXZBPN2egDPPHu3C5J3pF_PQAbu4lVxU5829JJpsUPQ6U2J29AJofzZCr"
        + "HBFdAutSksuKE33t7vh6pJkS5wkF-rE5DsDsO15oP7YeuxChIUJn7BMCDTkbhMF_ghzq3Y9eiIK9Zl1fuPOpJGBo6boIQQRI"
        + "iC639tbvBFVxyQzjYyieZ9iQMnsDOBGX3gtzF6FiX-KAuzD-gSAoFQ"
    private static let prime1 =
        "5UEWfCQyD761Rc1wGT9QPWRbMcNifTsa_mCk32JTc6hUJBTEwRUj5jdZmuubOyE2OmH4ZcNrD7Nu3BTCur5XuYWfKqx5O_KP"
        + "JpyjM6GN1zD6QYgn-UEsb_-gr2tEuVYHkRw1GVnBL-pcvqdMhEQHmhoUgeObbjTbswUAoqVAKM0"
    private static let prime2 =
        "45yI4J5bCXWKG8yyhfsqnXv2lzsLosZyWENRby-yocEZpSqFCYojfKiG63TyhlJ1QPFDxgdCUT21dBDTd9ZR3avd8j3ZK7V5"
        + "Mb-gMV3IYapcS4z14WLbrI_wgfffWqSH07BcW4Z8BRSbsyNWDsW8SGv9UeRCQZaOdwt4yA6Y0AU"

    var kid = "rsa"
    let algorithm = "RS256"
    var jwk: JSON {
        ["kty": "RSA", "kid": .text(kid), "use": "sig", "alg": "RS256", "n": .text(Self.modulus), "e": "AQAB"]
    }

    func sign(_ bytes: [UInt8]) async throws -> [UInt8] {
        let key = try Insecure.RSA.PrivateKey(
            modulus: Self.modulus,
            exponent: "AQAB",
            privateExponent: Self.privateExponent,
            prime1: Self.prime1,
            prime2: Self.prime2
        )
        return try await JWTKeyCollection().add(rsa: key, digestAlgorithm: .sha256).getKey().sign(bytes)
    }

    /// The public key as a provider's pages show it: what an attacker has.
    static func publicPEM() throws -> String {
        try Insecure.RSA.PublicKey(modulus: modulus, exponent: "AQAB").pemRepresentation
    }
}

struct ECSigner: Signer {
    private let key = P256.Signing.PrivateKey()
    var kid = "ec"
    let algorithm = "ES256"
    var jwk: JSON {
        let point = Array(key.publicKey.rawRepresentation)
        return [
            "kty": "EC", "kid": .text(kid), "crv": "P-256", "x": .text(Base64URL.encode(Array(point[..<32]))),
            "y": .text(Base64URL.encode(Array(point[32...]))),
        ]
    }

    func sign(_ bytes: [UInt8]) async throws -> [UInt8] { Array(try key.signature(for: bytes).rawRepresentation) }
}

struct EdSigner: Signer {
    private let key = Curve25519.Signing.PrivateKey()
    var kid = "ed"
    let algorithm = "EdDSA"
    var jwk: JSON {
        let x = Base64URL.encode(Array(key.publicKey.rawRepresentation))
        return ["kty": "OKP", "kid": .text(kid), "crv": "Ed25519", "alg": "EdDSA", "x": .text(x)]
    }

    func sign(_ bytes: [UInt8]) async throws -> [UInt8] { Array(try key.signature(for: bytes)) }
}

/// What an attacker signs with: HMAC with bytes that everybody knows, or nothing at all.
struct ForgingSigner: Signer {
    var kid = "rsa"
    let algorithm: String
    /// The HMAC's key; no signature when `nil`.
    let secret: [UInt8]?
    var jwk: JSON { RSASigner().jwk }

    func sign(_ bytes: [UInt8]) async throws -> [UInt8] {
        secret.map { Array(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: $0))) } ?? []
    }
}
