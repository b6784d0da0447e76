import Access
import Charter
import Database
import HTML
import HTTPTypes
import Hummingbird
import Identity
import Languages
import NIOCore
import Web

extension Room {
    /// A page before sign-in: one narrow column below the public header, or one as wide as a long form needs. Never kept
    /// by any cache, and its address, which can hold a secret, is told to nobody.
    func doorPage(
        _ title: Phrase,
        status: HTTPResponse.Status = .ok,
        isWide: Bool = false,
        scripts: [String] = [],
        _ content: (HTMLWriter) -> Void
    ) -> Response {
        var head = DocumentHead(
            title: "\(site.speech.text(title)) · \(site.charter.association.shortName)",
            language: site.speech.language.tag
        )
        head.styleSheets = [site.assets.url("site.css"), site.assets.url("room.css")]
        head.icon = site.assets.url("favicon.svg")
        head.scripts = (["room.js"] + scripts).map { site.assets.url($0) }
        head.robots = "noindex"
        let bytes = HTMLWriter.render(capacityBytes: 16 * 1024, in: site.speech) { h in
            h.document(head) {
                h.a(.class("skip"), .href("#main"), text: say("Skip to the content"))
                siteHeader(h, nil, path: ownPath, site)
                h.main(.id("main"), .class("page")) {
                    h.div(.class(isWide ? "form-page" : "narrow-page")) {
                        h.h1(title)
                        if let notice {
                            h.div(.class("notice done"), .role(.status)) { h.p(notice) }
                        }
                        content(h)
                    }
                }
                siteFooter(h, showsMap: false, site)
            }
        }
        return Response(
            status: status,
            headers: [
                .contentType: ContentType.html.value, .cacheControl: "private, no-store",
                .referrerPolicy: "no-referrer",
            ],
            body: ResponseBody(byteBuffer: bytes)
        )
    }

    /// From where somebody signs in.
    var doorstep: Doorstep {
        var address = web.peerAddress
        // The last entry is the one that the proxy itself has written; those before it anybody can send.
        if site.reception.trustsProxy, let name = HTTPField.Name("X-Forwarded-For"),
            let last = request.headers[name]?.split(separator: ",").last
        {
            address = last.filter { !$0.isWhitespace }
        }
        return Doorstep(address: String(address.prefix(64)), agent: request.headers[.userAgent] ?? "")
    }

    /// Where to go on after sign-in: what the form or the address says, if it is a place of this site.
    func returnPath(_ given: String?) -> String {
        guard let given, !given.isEmpty else { return Room.firstPage }
        let path = LocalPath(given).text
        return path == "/" || path.hasPrefix("/sign-in") ? Room.firstPage : path
    }

    /// Leads to the room in which somebody works.
    static let firstPage = "/rooms"

    /// Lets somebody in: the browser gets the new session's secret, and an older session of this browser ends.
    func admit(_ outcome: SignInOutcome, to path: String) async throws -> Response {
        if let old = visitor?.session {
            try await site.database.write { try Session.end($0, id: old.id, person: old.personID) }
        }
        let query = path == Room.firstPage ? "" : "?to=\(queryEscaped(path))"
        let next =
            switch outcome.next {
            case .enter: path
            case .giveSecondFactor: "/sign-in/second-factor\(query)"
            case .setUpSecondFactor: "/account/second-factor\(query)"
            }
        var response = redirect(to: next)
        setSession(outcome.session, &response)
        return response
    }

    /// Sends a browser on whose session has ended, without its cookie.
    func leave(to path: String) -> Response {
        var response = redirect(to: path)
        response.setCookie(
            SessionCookie.removal(SessionCookie.name(isSecure: site.isSecure), isSecure: site.isSecure)
        )
        return response
    }

    /// Hands the browser its session's secret; what it had before sign-in is done with.
    func setSession(_ secret: Secret, _ response: inout Response) {
        response.setCookie(
            SessionCookie.make(SessionCookie.name(isSecure: site.isSecure), secret.text, isSecure: site.isSecure)
        )
        response.setCookie(
            SessionCookie.removal(SessionCookie.visitName(isSecure: site.isSecure), isSecure: site.isSecure)
        )
    }
}

extension HTMLWriter {
    /// A refusal on the page on which it can be put right.
    func refused(_ refusal: (any Refusal)?) {
        guard let refusal else { return }
        div(.class("notice danger"), .role(.alert), .tabindex(-1), .data("focus")) { p(refusal.sentence) }
    }

    /// A field that is carried along.
    func hidden(_ name: String, _ value: String) { input(.type(.hidden), .name(name), .value(value)) }
}

extension RefusalKind {
    /// The status of a page that shows the refusal beside its form.
    var status: HTTPResponse.Status {
        switch self {
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .conflict: .conflict
        case .invalid: .unprocessableContent
        case .tooMany: .tooManyRequests
        }
    }
}

extension HTTPField.Name {
    static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .referer
}
