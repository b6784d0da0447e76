import Foundation

/// An address that a provider's settings or its discovery document name, checked before anything is sent to it.
///
/// What it resolves to is for `WebClient` to refuse; here it is about its text.
struct OpenIDAddress: Sendable, Equatable {
    let text: String
    /// Scheme, host and port.
    let origin: String
    let isSecure: Bool

    /// `nil` for what is no absolute http or https address, holds a user, a password or a fragment, or anything but
    /// visible ASCII.
    init?(_ text: String) {
        guard text.utf8.count <= 2048, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") }),
            let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == "https" || scheme == "http", let host = parts.host?.lowercased(), !host.isEmpty,
            parts.user == nil, parts.password == nil, parts.fragment == nil
        else { return nil }
        self.text = text
        isSecure = scheme == "https"
        origin = "\(scheme)://\(host):\(parts.port ?? (isSecure ? 443 : 80))"
    }

    /// Whether a provider at `issuer` may name this address as its own: over TLS anywhere, or else only at the issuer's own
    /// origin, which is without TLS in development alone.
    func isAllowed(from issuer: OpenIDAddress) -> Bool { isSecure || (!issuer.isSecure && origin == issuer.origin) }

    /// The address with more fields in its query.
    func adding(_ fields: [(String, String)]) -> String {
        text + (text.contains("?") ? "&" : "?") + PercentEncoding.form(fields)
    }
}
