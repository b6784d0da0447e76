import Access
public import Database
public import Foundation
import Identity

extension Database {
    /// How many wrong codes a network may ask for in an hour: enough for slips of the finger, too few to try codes out.
    static let hourlyWrongCodes = 60

    /// Whether a document is genuine, to anybody who asks over the network. Wrong codes are counted by where they come
    /// from; after too many nothing is looked up for a while.
    ///
    /// Throws `DuesRefusal.noSuchProof` and `tooManyTries`.
    /// - Parameter address: the network address of whoever asks.
    public func proof(
        _ question: ProofByCode,
        from address: String,
        now: Date
    ) async throws -> ProofByCode.Answer {
        let bucket = "proof:from:\(Doorstep(address: address, agent: "").network)"
        let (limit, window) = (Self.hourlyWrongCodes, TimeInterval(3600))
        let wait = try await read {
            try AttemptLimit.retryAfter($0, bucket: bucket, limit: limit, window: window, now: now)
        }
        if let wait { throw DuesRefusal.tooManyTries(seconds: Int(wait)) }
        do { return try await proof(question) } catch DuesRefusal.noSuchProof {
            _ = try await write {
                try AttemptLimit.take($0, bucket: bucket, limit: limit, window: window, now: now)
            }
            throw DuesRefusal.noSuchProof
        }
    }
}
