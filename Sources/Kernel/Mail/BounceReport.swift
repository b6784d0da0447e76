import Foundation

/// A delivery status notification (RFC 3464): what a mail server says of mail that it took and could not deliver.
public struct BounceReport: Sendable, Equatable {
    /// What became of the mail for one recipient.
    public struct Recipient: Sendable, Equatable {
        public let address: String
        /// `failed`, `delayed`, `delivered`, `relayed` or `expanded`.
        public let action: String
        /// As `5.1.1`.
        public let status: String
        /// The words of the server that refused it.
        public let diagnostic: String
    }

    /// Why a file is no such report.
    public enum Fault: Error, Sendable, Equatable, CustomStringConvertible {
        case tooLarge(limitBytes: Int)
        case noReport
        case noMessageID

        public var description: String {
            switch self {
            case .tooLarge(let limit): "A report of a bounced mail has at most \(limit) bytes; this is longer."
            case .noReport:
                "This is no report of a mail server (multipart/report with message/delivery-status). Give the whole mail"
                    + " as it came, with its headers."
            case .noMessageID:
                "The report does not say which mail it is about: it holds no Message-ID. Find the mail by its address in"
                    + " `hansa mail list`."
            }
        }
    }

    /// Of the mail that it is about, with its angle brackets.
    public let messageID: String
    public let recipients: [Recipient]

    /// Whether the mail failed for good, rather than being late.
    public var isFailure: Bool { recipients.contains { $0.action == "failed" } }

    /// The status and words of the failure.
    public var reason: String {
        let failed = recipients.first { $0.action == "failed" } ?? recipients.first
        return [failed?.status ?? "", failed?.diagnostic ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// Reads a whole mail. Throws `Fault`.
    public static func parse(_ bytes: [UInt8]) throws(Fault) -> BounceReport {
        let limit = 4 << 20
        guard bytes.count <= limit else { throw .tooLarge(limitBytes: limit) }
        let parts = MIMEPart(bytes[...]).parts
        guard let status = parts.first(where: { $0.type == "message/delivery-status" }) else { throw .noReport }
        let recipients = recipients(status.decoded)
        guard !recipients.isEmpty else { throw .noReport }
        let returned = parts.first {
            ["message/rfc822", "text/rfc822-headers", "message/rfc822-headers"].contains($0.type)
        }
        guard let returned, let identity = MIMEPart(returned.decoded).header("message-id"), !identity.isEmpty else {
            throw .noMessageID
        }
        return BounceReport(messageID: String(identity.prefix(300)), recipients: recipients)
    }

    /// Groups of fields with an empty line between them; the first is about the message, the others about a recipient each.
    private static func recipients(_ bytes: ArraySlice<UInt8>) -> [Recipient] {
        var found: [Recipient] = []
        var rest = bytes
        while !rest.isEmpty, found.count < 100 {
            let (fields, next) = MIMEPart.fields(rest)
            rest = next
            func value(_ name: String) -> String? { fields.first { $0.name == name }?.value }
            guard let action = value("action"), let address = value("final-recipient") ?? value("original-recipient")
            else {
                continue
            }
            found.append(
                Recipient(
                    address: withoutType(address),
                    action: action.lowercased(),
                    status: String((value("status") ?? "").prefix { $0 != " " }),
                    diagnostic: withoutType(value("diagnostic-code") ?? "")
                )
            )
        }
        return found
    }

    /// `rfc822; name@example.org` → `name@example.org`.
    private static func withoutType(_ text: String) -> String {
        let value = text.firstIndex(of: ";").map { text[text.index(after: $0)...] } ?? text[...]
        return Outbox.words(value.trimmingCharacters(in: .whitespaces))
    }
}
