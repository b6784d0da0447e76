import Access
import Database
import Foundation
import HTTPTypes
import Identity
import Synchronization
import Web

/// Who asks by a token.
struct Caller: Sendable {
    let token: APIToken
    let actor: Actor

    /// As rates and repeated requests name them.
    var key: String { "token:\(token.id)" }
}

/// Finds the callers of tokens, and remembers them for as long as nothing has changed.
///
/// A token that was revoked opens nothing more as soon as this process sees the change, at most a tenth of a second
/// later; every command looks at its token again in its own transaction.
final class Callers: Sendable {
    private struct Memo {
        var revision: Int64
        /// Roles are held by days.
        var day: String
        var callers: [[UInt8]: Caller] = [:]
    }

    private let database: Database
    private let revision: @Sendable () -> Int64
    private let memo = Mutex(Memo(revision: .min, day: ""))
    private static let mostRemembered = 2_000

    init(database: Database, revision: @escaping @Sendable () -> Int64) {
        self.database = database
        self.revision = revision
    }

    /// The caller whose token an Authorization field holds; `nil` where there is no such field. Throws 401 for one that
    /// opens nothing.
    func find(_ authorization: String?, now: Date) async throws -> Caller? {
        guard let authorization else { return nil }
        guard let secret = Self.secret(authorization) else { throw RequestProblem.badToken }
        let hash = secret.hash
        let seen = revision()
        let day = Grant.day(now)
        let known = memo.withLock { memo in
            memo.revision == seen && memo.day == day ? memo.callers[hash] : nil
        }
        if let known, known.token.isLive(now) { return known }
        let found = try await database.read { transaction -> Caller? in
            guard let token = try APIToken.find(transaction, secret),
                let actor = try Actor.load(transaction, token: token, now: now)
            else { return nil }
            return Caller(token: token, actor: actor)
        }
        guard let found else { throw RequestProblem.badToken }
        // A constant says that nothing may be remembered.
        if seen >= 0 { remember(found, hash, seen, day) }
        if found.token.isStale(now) { try await touch(found.token.id, now) }
        return found
    }

    private func remember(_ caller: Caller, _ hash: [UInt8], _ revision: Int64, _ day: String) {
        memo.withLock { memo in
            if memo.revision != revision || memo.day != day { memo = Memo(revision: revision, day: day) }
            if memo.callers.count >= Self.mostRemembered { memo.callers.removeAll(keepingCapacity: true) }
            memo.callers[hash] = caller
        }
    }

    private func touch(_ id: String, _ now: Date) async throws {
        try await database.write { try APIToken.touch($0, id: id, now: now) }
    }

    /// RFC 6750, section 2.1; the scheme's name in any case.
    private static func secret(_ authorization: String) -> Secret? {
        let parts = authorization.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return APIToken.secret(String(parts[1]))
    }
}
