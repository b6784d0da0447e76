import Hummingbird
import Identity

/// A sentence on what was just done, carried to the next page in a cookie that only this browser's secret can have made.
enum Notice {
    static func cookie(_ text: String, _ secret: Secret, isSecure: Bool) -> Cookie {
        let packed = Base64URL.encode(Array(text.prefix(400).utf8))
        let value = "\(packed).\(secret.derived(for: "notice " + packed))"
        return SessionCookie.make(SessionCookie.noticeName, value, maxAge: 60, isSecure: isSecure)
    }

    static func read(_ request: Request, _ secret: Secret) -> String? {
        guard let parts = request.cookies[SessionCookie.noticeName]?.value.split(separator: "."), parts.count == 2,
            Secret.isEqual(String(parts[1]), secret.derived(for: "notice " + parts[0]))
        else { return nil }
        return Base64URL.decode(parts[0]).flatMap { String(validating: $0, as: UTF8.self) }
    }
}
