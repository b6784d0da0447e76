import Crypto
import CryptoExtras
import Foundation

/// What one scrypt hash costs (RFC 7914): memory 128 · N · r bytes, time in proportion to N · r · p.
public struct ScryptCost: Sendable, Equatable {
    /// The binary logarithm of N.
    let logN: Int
    /// r
    let blockSize: Int
    /// p
    let parallelism: Int

    /// N = 2^17, r = 8, p = 1: the first choice of OWASP's Password Storage Cheat Sheet for scrypt; 128 MiB a hash.
    public static let recommended = ScryptCost(uncheckedLogN: 17, blockSize: 8, parallelism: 1)

    private init(uncheckedLogN logN: Int, blockSize: Int, parallelism: Int) {
        self.logN = logN
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// `nil` for what would take more memory or time than `recommended`, or is no cost at all. So no stored text, whoever
    /// wrote it, makes one hash take more than 128 MiB.
    public init?(logN: Int, blockSize: Int, parallelism: Int) {
        guard (1...17).contains(logN), (1...32).contains(blockSize), (1...16).contains(parallelism),
            (1 << logN) * blockSize * parallelism <= 1 << 20
        else { return nil }
        self.init(uncheckedLogN: logN, blockSize: blockSize, parallelism: parallelism)
    }
}

/// A password's hash as it is stored: `scrypt$17$8$1$SALT$HASH`, both in URL-safe base 64.
struct ScryptHash: Sendable, Equatable {
    static let saltBytes = 16
    static let hashBytes = 32
    /// Longer passwords are refused (`PasswordRules`); what comes from a sign-in form is cut here before it costs anything.
    static let largestPasswordBytes = 2048

    let cost: ScryptCost
    let salt: [UInt8]
    let hash: [UInt8]

    init(cost: ScryptCost, salt: [UInt8], hash: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.hash = hash
    }

    /// `nil` for every text that this program would not have written.
    init?(_ text: String) {
        guard text.utf8.count <= 128 else { return nil }
        let parts = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "scrypt" else { return nil }
        let numbers = parts[1...3].compactMap { part in Int(part).flatMap { String($0) == part ? $0 : nil } }
        guard numbers.count == 3,
            let cost = ScryptCost(logN: numbers[0], blockSize: numbers[1], parallelism: numbers[2]),
            let salt = Base64URL.decode(parts[4]), salt.count == Self.saltBytes,
            let hash = Base64URL.decode(parts[5]), hash.count == Self.hashBytes
        else { return nil }
        self.init(cost: cost, salt: salt, hash: hash)
    }

    var text: String {
        "scrypt$\(cost.logN)$\(cost.blockSize)$\(cost.parallelism)$\(Base64URL.encode(salt))$\(Base64URL.encode(hash))"
    }

    /// Hashes with a fresh salt. `nil` when the memory is not to be had.
    static func make(_ password: String, _ cost: ScryptCost) -> ScryptHash? {
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        return derive(bytes(of: password), salt, cost).map { ScryptHash(cost: cost, salt: salt, hash: $0) }
    }

    /// Whether the password is the hashed one, compared in constant time.
    func matches(_ password: String) -> Bool {
        guard let derived = Self.derive(Self.bytes(of: password), salt, cost), derived.count == hash.count else {
            return false
        }
        var difference: UInt8 = 0
        for (a, b) in zip(derived, hash) { difference |= a ^ b }
        return difference == 0
    }

    /// Compatibility composition first (NIST SP 800-63B, 5.1.1.2), so that one password typed on two systems is one.
    private static func bytes(of password: String) -> [UInt8] {
        Array(password.precomposedStringWithCompatibilityMapping.utf8.prefix(largestPasswordBytes))
    }

    static func derive(_ password: [UInt8], _ salt: [UInt8], _ cost: ScryptCost) -> [UInt8]? {
        // HMAC pads a key with zeros, so this byte is the same password as none, and its pointer is never nil.
        let password = password.isEmpty ? [0] : password
        let key = try? KDF.Scrypt.deriveKey(
            from: password,
            salt: salt,
            outputByteCount: hashBytes,
            rounds: 1 << cost.logN,
            blockSize: cost.blockSize,
            parallelism: cost.parallelism
        )
        return key.map { $0.withUnsafeBytes { Array($0) } }
    }
}
