import Foundation

/// An e-mail address that can be written to and compared: trimmed, in small letters, without anything that a mail header
/// must not hold.
public struct EmailAddress: Sendable, Hashable {
    public let text: String

    /// `nil` for what is no address. Deliberately narrower than RFC 5321: no quoted local parts, no bare domains.
    public init?(_ given: String) {
        let trimmed = given.trimmingCharacters(in: .whitespaces)
        // Before small letters are made: the Kelvin sign's is an ordinary k, and would make two addresses one.
        guard trimmed.utf8.count <= 254, trimmed.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
        let text = trimmed.lowercased()
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count), parts[1].contains(".")
        else { return nil }
        let local = parts[0].utf8.allSatisfy { byte in
            !Array("\"(),:;<>[\\]".utf8).contains(byte)
        }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        let domain = labels.allSatisfy { label in
            !label.isEmpty && label.utf8.count <= 63 && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy { byte in
                    (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
                }
        }
        guard local, domain, !parts[0].hasPrefix("."), !parts[0].hasSuffix("."), !parts[0].contains("..") else {
            return nil
        }
        self.text = text
    }
}
