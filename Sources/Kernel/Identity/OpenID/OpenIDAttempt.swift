import Crypto
public import Database
public import Foundation

/// A sign-in that was begun and waits for the browser to come back from the provider.
public struct OpenIDAttempt: Sendable, Equatable {
    /// How long a browser may be away.
    public static let lifetime: TimeInterval = 10 * 60

    /// Stands in the ID token, so that a token of another sign-in is of no use.
    let nonce: String
    /// The secret half of PKCE (RFC 7636).
    let verifier: String
    /// Where in the program to go on.
    public let returnTo: String

    /// The path to go on at, unless it leads out of the program: then the first page.
    static func localPath(_ path: String) -> String {
        let isPlain = path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") }
        return isPlain && path.hasPrefix("/") && !path.hasPrefix("//") && path.utf8.count <= 1000 ? path : "/"
    }

    /// Keeps an attempt under the hashes of its state and of the browser that began it.
    func keep(_ transaction: Transaction, state: Secret, provider: String, browser: Secret, now: Date) throws {
        try transaction.execute(
            """
            INSERT INTO openid_attempt (state_hash, provider, nonce, verifier, browser_hash, return_to, began_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .blob(state.hash), .text(provider), .text(nonce), .text(verifier), .blob(Self.hash(browser)),
                .text(returnTo), .text(InstantText.text(now)),
            ]
        )
    }

    /// Takes an attempt out, so that a state works once. Another browser's state does nothing and takes nothing away.
    static func take(
        _ transaction: Transaction,
        state: Secret,
        provider: String,
        browser: Secret,
        now: Date
    ) throws
        -> OpenIDAttempt?
    {
        try transaction.first(
            """
            DELETE FROM openid_attempt
            WHERE state_hash = ? AND provider = ? AND browser_hash = ? AND began_at > ?
            RETURNING nonce, verifier, return_to
            """,
            [
                .blob(state.hash), .text(provider), .blob(hash(browser)),
                .text(InstantText.text(now.addingTimeInterval(-lifetime))),
            ]
        ) { try OpenIDAttempt(nonce: $0.text(0), verifier: $0.text(1), returnTo: $0.text(2)) }
    }

    /// Removes attempts that nobody finished; returns how many.
    @discardableResult
    public static func removeOld(_ transaction: Transaction, now: Date) throws -> Int {
        try transaction.execute(
            "DELETE FROM openid_attempt WHERE began_at <= ?",
            [.text(InstantText.text(now.addingTimeInterval(-lifetime)))]
        )
    }

    // Of a value for this use alone, so that the table holds nothing that is looked up elsewhere.
    private static func hash(_ browser: Secret) -> [UInt8] {
        Array(SHA256.hash(data: Array(browser.derived(for: "openid").utf8)))
    }
}
