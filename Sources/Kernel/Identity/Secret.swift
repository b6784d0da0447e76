import Crypto

/// A random value that only its bearer knows: 256 bits, written in URL-safe base 64; only its hash is kept.
public struct Secret: Sendable, Equatable {
    public let text: String

    /// A new one.
    public init() {
        text = Base64URL.encode(SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) })
    }

    /// One that a request carries; `nil` for what cannot be one.
    public init?(_ text: String) {
        let fits = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard text.utf8.count == 43, fits else { return nil }
        self.text = text
    }

    /// SHA-256 of the text: what is stored and looked up. Slow hashing is for what people choose, not for 256 random bits.
    public var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

    /// A value that follows from the secret for one use, such as the token in forms.
    public func derived(for use: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array(use.utf8), using: SymmetricKey(data: Array(text.utf8)))
        return Base64URL.encode(Array(code))
    }

    /// Whether two texts are the same, in a time that tells nothing of where they differ.
    public static func isEqual(_ one: String, _ other: String) -> Bool {
        let (left, right) = (Array(one.utf8), Array(other.utf8))
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for (a, b) in zip(left, right) { difference |= a ^ b }
        return difference == 0
    }
}
