import Crypto

/// A value that the log holds only a salted hash of; the value and its salt stand beside the log until they are erased.
public struct PersonalValue: Sendable, Equatable {
    static let format = "hansa-personal-v1"

    /// The side and the name of the field, such as `after.mail`.
    public let field: String
    public let value: String
    /// 32 random bytes. Without them nobody can find the value by trying likely ones.
    let salt: [UInt8]

    init(field: String, value: String) {
        self.init(field: field, value: value, salt: Self.newSalt())
    }

    init(field: String, value: String, salt: [UInt8]) {
        self.field = field
        self.value = value
        self.salt = salt
    }

    /// SHA-256 over the format's name, the salt, and field and value, each after its length in 4 big-endian bytes.
    var commitment: MerkleHash {
        var encoding = EntryEncoding()
        encoding.field(field)
        encoding.field(value)
        return MerkleHash(SHA256.hash(data: Array(Self.format.utf8) + salt + encoding.bytes))
    }

    /// What stands in the entry in the value's place.
    var placeholder: String {
        var out = Array(#"{"personal":"#.utf8)
        JournalValue.quote(field, &out)
        return String(decoding: out, as: UTF8.self) + #","sha256":"\#(commitment.hex)"}"#
    }

    private static func newSalt() -> [UInt8] {
        SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
    }
}
