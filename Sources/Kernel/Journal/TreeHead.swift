import Crypto

/// The public half of the journal's key: who has it can check proofs and tree heads.
public struct JournalPublicKey: Sendable, Hashable {
    /// The 32 bytes of an Ed25519 public key.
    public let bytes: [UInt8]

    init(known bytes: [UInt8]) { self.bytes = bytes }

    /// Takes 64 hexadecimal digits; `nil` for anything else.
    public init?(hex: String) {
        guard let bytes = Hex.bytes(hex), bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// Takes 32 bytes; `nil` for any other count.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// 64 lower-case hexadecimal digits.
    public var hex: String { Hex.text(bytes) }

    /// A short name for the key: the first 16 bytes of its SHA-256 as 32 hexadecimal digits.
    public var id: String { Hex.text(Array(SHA256.hash(data: bytes).prefix(16))) }

    func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
        return key.isValidSignature(signature, for: message)
    }
}

/// The state of the whole log at one moment, signed: how many entries there are and the root over all of them.
public struct TreeHead: Sendable, Hashable {
    static let format = "hansa-tree-head-v1"

    /// How many entries the tree holds.
    public let size: Int
    public let root: MerkleHash
    /// UTC with microseconds, 27 characters.
    public let signedAt: String
    /// Ed25519, 64 bytes.
    public let signature: [UInt8]
    public let keyID: String

    public init(size: Int, root: MerkleHash, signedAt: String, signature: [UInt8], keyID: String) {
        self.size = size
        self.root = root
        self.signedAt = signedAt
        self.signature = signature
        self.keyID = keyID
    }

    /// Signs the head of a tree.
    init(size: Int, root: MerkleHash, signedAt: String, key: SigningKey) throws {
        let message = Self.message(size: size, root: root, signedAt: signedAt)
        self.init(
            size: size,
            root: root,
            signedAt: signedAt,
            signature: try key.signature(for: message),
            keyID: key.publicKey.id
        )
    }

    /// Whether `key` signed exactly this head.
    public func isSigned(by key: JournalPublicKey) -> Bool {
        key.isValid(signature, for: Self.message(size: size, root: root, signedAt: signedAt))
    }

    /// The format's name, the size as 8 big-endian bytes, the root's 32 bytes, the instant's 27 ASCII characters.
    static func message(size: Int, root: MerkleHash, signedAt: String) -> [UInt8] {
        let size = withUnsafeBytes(of: UInt64(bitPattern: Int64(size)).bigEndian) { Array($0) }
        return Array(format.utf8) + size + root.bytes + Array(signedAt.utf8)
    }
}
