import HTTPTypes

/// Header fields that every answer carries.
enum SecurityHeaders {
    /// Nothing but this site's own files; no inline script or style; no form to anywhere else; in no other's frame.
    static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
        "font-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "manifest-src 'self'",
    ].joined(separator: "; ")

    static let fields: [HTTPField] = [
        ("content-security-policy", contentSecurityPolicy),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ].compactMap { name, value in
        HTTPField.Name(name).map { HTTPField(name: $0, value: value) }
    }

    /// Whether a field is added to what an answer says itself. Content policies add up; of referrer policies browsers take
    /// the last, which must not be milder than what a page with a secret in its address asks for.
    static func isDue(_ field: HTTPField, in given: HTTPFields) -> Bool {
        field.name.canonicalName != "referrer-policy" || given[field.name] == nil
    }
}
