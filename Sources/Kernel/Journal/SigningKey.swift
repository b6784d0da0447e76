import Crypto
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The key that signs tree heads (Ed25519). It lives in a file of its own: never in the database, never in a log.
public struct SigningKey: Sendable {
    static let format = "hansa-signing-key-v1"

    private let key: Curve25519.Signing.PrivateKey

    /// A new key that is kept nowhere.
    public init() { key = Curve25519.Signing.PrivateKey() }

    public var publicKey: JournalPublicKey { JournalPublicKey(known: Array(key.publicKey.rawRepresentation)) }

    func signature(for message: [UInt8]) throws -> [UInt8] { Array(try key.signature(for: message)) }

    /// Reads the key at `path`; makes one there, readable by its owner only, when there is none.
    ///
    /// Processes that start at once agree on one key. Throws `SigningKeyError`.
    public static func loadOrCreate(path: String) throws(SigningKeyError) -> SigningKey {
        if access(path, F_OK) != 0 { try create(path: path) }
        return try load(path: path)
    }

    /// Reads the key at `path`. Throws `SigningKeyError`, also when others than its owner may read the file.
    public static func load(path: String) throws(SigningKeyError) -> SigningKey {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .unreadable(path, String(cString: strerror(errno))) }
        guard status.st_mode & 0o077 == 0 else { throw .open(path) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .unreadable(path, String(cString: strerror(errno)))
        }
        let parts = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard parts.count == 2, parts[0] == format, let bytes = Hex.bytes(String(parts[1])),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
        else { throw .malformed(path) }
        return SigningKey(key: key)
    }

    private init(key: Curve25519.Signing.PrivateKey) { self.key = key }

    /// Writes a new key beside `path` and links it into place, so that nobody ever reads half a key or replaces one.
    private static func create(path: String) throws(SigningKeyError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch { throw .unwritable(path, error.localizedDescription) }
        let draft = "\(path).\(UUID().uuidString)"
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .unwritable(path, String(cString: strerror(errno))) }
        defer { unlink(draft) }
        let secret = Curve25519.Signing.PrivateKey().rawRepresentation
        let text = Array("\(format) \(Hex.text(Array(secret)))\n".utf8)
        let isWritten = write(file, text, text.count) == text.count && fsync(file) == 0
        guard close(file) == 0, isWritten else { throw .unwritable(path, String(cString: strerror(errno))) }
        // Another process that was faster has the key that counts.
        guard link(draft, path) == 0 || errno == EEXIST else {
            throw .unwritable(path, String(cString: strerror(errno)))
        }
    }
}

extension SigningKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    // A key that is printed by mistake shows its public half only.
    public var description: String { "SigningKey(\(publicKey.id))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why there is no key to sign with, and what to do about it.
public enum SigningKeyError: Error, Sendable, Equatable {
    case unreadable(String, String)
    case unwritable(String, String)
    /// Others than the owner may read the file.
    case open(String)
    case malformed(String)
}

extension SigningKeyError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let path, let why):
            "The journal's signing key \(path) cannot be read: \(why). Check the setting and the file's owner."
        case .unwritable(let path, let why):
            "The journal's signing key \(path) cannot be written: \(why). Check the folder's owner and its free space."
        case .open(let path):
            "The journal's signing key \(path) can be read by others than its owner, who could sign in its name. "
                + "Run `chmod 600 \(path)`, and think of replacing the key."
        case .malformed(let path):
            "\(path) is not a signing key of the journal. Restore it from a backup; move it away only if it is lost: "
                + "a new key is made then, and whoever checks proofs must be told."
        }
    }
}
