import Hummingbird
import Identity

/// The two cookies of this site, and no others: who is signed in, and what was just done.
enum SessionCookie {
    /// Behind TLS the name binds the cookie to this host: no other host and no plain connection can set it.
    static func name(isSecure: Bool) -> String { isSecure ? "__Host-hansa" : "hansa" }
    /// For forms before sign-in: something that only this browser has.
    static func visitName(isSecure: Bool) -> String { isSecure ? "__Host-hansa-visit" : "hansa-visit" }
    static let noticeName = "hansa-notice"

    static func secret(in request: Request, name: String) -> Secret? {
        request.cookies[name].flatMap { Secret($0.value) }
    }

    /// Without a date: it goes with the browser's session, and the database says when it is over.
    static func make(_ name: String, _ value: String, maxAge: Int? = nil, isSecure: Bool) -> Cookie {
        if let maxAge {
            return Cookie(
                name: name,
                value: value,
                maxAge: maxAge,
                path: "/",
                secure: isSecure,
                httpOnly: true,
                sameSite: .lax
            )
        }
        return Cookie(name: name, value: value, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
    }

    static func removal(_ name: String, isSecure: Bool) -> Cookie { make(name, "", maxAge: 0, isSecure: isSecure) }
}
