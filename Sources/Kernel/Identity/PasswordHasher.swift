/// Why a password could not be hashed or compared just now.
public enum PasswordHasherError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Too many wait already.
    case busy
    /// The machine did not give the memory.
    case noMemory

    public var description: String {
        switch self {
        case .busy:
            "Too many people are signing in at this moment, so the password was not looked at. Try again in a few seconds."
        case .noMemory:
            "There was not enough free memory to hash a password (128 MiB each). Give the machine more, or let fewer "
                + "run at once."
        }
    }
}

/// Hashes passwords with scrypt (RFC 7914), at the cost that OWASP's Password Storage Cheat Sheet recommends.
///
/// Each hash takes 128 MiB and some tenths of a second, so only a few run at once, on threads of their own; a few more
/// wait, and the rest is refused with `PasswordHasherError.busy` before it costs anything.
public struct PasswordHasher: Sendable {
    private let threads: BoundedThreads
    private let cost: ScryptCost
    /// Compared with when there is no stored hash, so that an unknown address takes as long as a known one.
    private let decoy: ScryptHash

    /// - Parameters:
    ///   - concurrent: how many run at once, each with 128 MiB.
    ///   - waiting: how many may wait for their turn.
    ///   - cost: less than the recommended one is for tests only.
    public init(concurrent: Int = 2, waiting: Int = 16, cost: ScryptCost = .recommended) {
        threads = BoundedThreads(concurrent: concurrent, waiting: waiting)
        self.cost = cost
        decoy = ScryptHash(
            cost: cost,
            salt: [UInt8](repeating: 0x5a, count: ScryptHash.saltBytes),
            hash: [UInt8](repeating: 0, count: ScryptHash.hashBytes)
        )
    }

    /// The text to store for a password. Throws `PasswordHasherError`.
    public func hash(_ password: String) async throws -> String {
        let cost = cost
        guard let hash = try await threads.run({ ScryptHash.make(password, cost) }) else {
            throw PasswordHasherError.noMemory
        }
        return hash.text
    }

    /// Whether a password is the one whose hash is stored. With `nil`, or with a text that is no hash of this program's,
    /// it does the same work and says no. Throws `PasswordHasherError.busy`, which says nothing about the password.
    public func verify(_ password: String, against stored: String?) async throws -> Bool {
        let parsed = stored.flatMap(ScryptHash.init)
        let expected = parsed ?? decoy
        let matches = try await threads.run { expected.matches(password) }
        return matches && parsed != nil && !password.isEmpty
    }

    /// Whether a stored hash was made at another cost than today's, so that it is worth making anew at the next sign-in.
    public func needsRehash(_ stored: String) -> Bool { ScryptHash(stored)?.cost != cost }
}
