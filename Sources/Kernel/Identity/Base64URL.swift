import Foundation

/// URL-safe base 64 without padding (RFC 4648, section 5), read strictly: one text for each row of bytes.
enum Base64URL {
    /// `nil` for anything that `Secret.encode` would not have written.
    static func decode(_ text: String) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let plain = text.replacing("-", with: "+").replacing("_", with: "/") + padding
        guard let data = Data(base64Encoded: plain) else { return nil }
        let bytes = Array(data)
        return Secret.encode(bytes) == text ? bytes : nil
    }
}
