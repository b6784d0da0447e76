import Database
import Foundation
import Identity

/// The secret links that open an application. Any number of them are good at a time, so that an applicant can go on
/// from another device, or a colleague can.
enum ApplicationLink {
    static let lifetime: TimeInterval = 90 * 86_400

    static func make(_ transaction: Transaction, application id: String, now: Date) throws -> Secret {
        let secret = Secret()
        try transaction.execute(
            "INSERT INTO application_link (token_hash, application_id, made_at, expires_at) VALUES (?, ?, ?, ?)",
            [
                .blob(secret.hash), .text(id), .text(InstantText.text(now)),
                .text(InstantText.text(now.addingTimeInterval(lifetime))),
            ]
        )
        return secret
    }

    /// The id of the application that a secret opens. Throws `JoiningRefusal.worthlessLink`.
    static func application(_ transaction: Transaction, _ secret: Secret, now: Date) throws -> String {
        let found = try transaction.first(
            "SELECT application_id FROM application_link WHERE token_hash = ? AND expires_at > ?",
            [.blob(secret.hash), .text(InstantText.text(now))]
        ) { try $0.text(0) }
        guard let found else { throw JoiningRefusal.worthlessLink }
        return found
    }
}
