import Crypto
import Foundation

/// The signature of a message, as Standard Webhooks has it: HMAC-SHA256 over id, time and body.
enum WebhookSignature {
    private static let prefix = "whsec_"

    /// A new secret: 256 random bits in base 64, with the convention's prefix.
    static func secret() -> String {
        prefix + SymmetricKey(size: .bits256).withUnsafeBytes { Data($0).base64EncodedString() }
    }

    /// The three header fields of a message. `nil` when the secret is none.
    static func fields(
        id: String,
        body: String,
        secret: String,
        at now: Date
    ) -> [(name: String, value: String)]? {
        guard secret.hasPrefix(prefix), let key = Data(base64Encoded: String(secret.dropFirst(prefix.count))) else {
            return nil
        }
        let seconds = String(Int(now.timeIntervalSince1970))
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("\(id).\(seconds).\(body)".utf8),
            using: SymmetricKey(data: key)
        )
        return [
            (name: "webhook-id", value: id), (name: "webhook-timestamp", value: seconds),
            (name: "webhook-signature", value: "v1,\(Data(code).base64EncodedString())"),
        ]
    }
}

/// How long to wait after a delivery that failed.
enum Backoff {
    /// In seconds: about three days in all, as the convention proposes.
    static let waits: [Double] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]

    /// The wait after so many attempts, a tenth more or less, so that many do not come back at one moment. `nil` when it
    /// was the last.
    static func wait(after attempts: Int, spread: Double = .random(in: -0.1...0.1)) -> TimeInterval? {
        guard waits.indices.contains(attempts - 1) else { return nil }
        return waits[attempts - 1] * (1 + spread)
    }
}
