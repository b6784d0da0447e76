import Access
import Charter
import Database
import Foundation
import HTML
import HTTPTypes
import Hummingbird
import Identity
import Languages
import NIOCore
import Web

/// One request of somebody in a room: who asks, with which rights, what they sent.
struct Room: Sendable {
    let request: Request
    let web: WebContext
    let site: SiteContext
    /// `nil` where whoever comes may come.
    let visitor: Visitor?
    /// Known to this browser only: the session's secret, or that of a visit before sign-in.
    let secret: Secret
    /// What each form of this browser carries.
    let formToken: String
    /// What the form sent; empty for GET.
    let form: FormValues
    /// The files that came with the form.
    let files: [FormParts.File]
    let now: Date
    /// The member whose key stands in the path, where the route asks for one.
    let member: RoomMember?
    /// What was just done, said once.
    let notice: String?

    /// Somebody signed in.
    struct Visitor: Sendable {
        let session: Session
        let actor: Actor
    }

    /// Who acts. Only in rooms that need sign-in.
    var actor: Actor {
        get throws {
            guard let visitor else { throw RequestProblem.signedOut }
            return visitor.actor
        }
    }

    var session: Session {
        get throws {
            guard let visitor else { throw RequestProblem.signedOut }
            return visitor.session
        }
    }

    var today: Day { site.today() }
    /// The address of the page without its language; nil for the answer to a form, which no link leads to.
    var ownPath: String? { request.method == .post ? nil : request.head.path.map { LocalPath($0).text } }

    func parameter(_ name: String) throws -> String { try web.parameters.require(name) }
    func query() throws -> QueryParameters { try QueryParameters(request) }

    /// Carries out a command as whoever asks.
    func run<C: Command>(_ command: C) async throws -> C.Outcome {
        try await site.database.run(command, as: actor, now: now)
    }

    /// Answers a question to whoever asks.
    func ask<Q: Question>(_ question: Q) async throws -> Q.Answer {
        try await site.database.ask(question, as: actor, now: now)
    }

    /// Answers two questions from one consistent view.
    func ask<Q: Question, R: Question>(_ first: Q, _ second: R) async throws -> (Q.Answer, R.Answer) {
        try await site.database.ask(first, second, as: actor, now: now)
    }

    func may(_ action: Action, at place: Access.Place = .association) -> Bool {
        visitor?.actor.may(action, at: place) ?? false
    }

    func mayAnywhere(_ action: Action) -> Bool { visitor?.actor.mayAnywhere(action) ?? false }
}

/// The member that an address names.
struct RoomMember: Sendable, Equatable {
    let id: String
    let key: String
    let name: String
}

extension Room {
    /// Sends the browser on after something was done; `notice` is said on the next page.
    func redirect(to path: String, notice: Phrase? = nil) -> Response {
        var response = Response(status: .seeOther, headers: [.location: LocalPath(path).text])
        if let notice { response.setCookie(Notice.cookie(site.speech.text(notice), secret, isSecure: site.isSecure)) }
        return response
    }

    /// Something that is not a page of the frame: a download. Never kept by anybody.
    func download(_ bytes: ByteBuffer, type: ContentType, fileName: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: type.value, .cacheControl: "private, no-store",
                .contentDisposition: "attachment; filename=\"\(fileName)\"",
            ],
            body: ResponseBody(byteBuffer: bytes)
        )
    }
}

/// A path within this site: what a redirect may lead to, and nothing else.
struct LocalPath: Sendable, Equatable {
    let text: String

    /// Anything that could lead elsewhere becomes the first page.
    init(_ given: String) {
        let plain = given.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") }
        let isLocal = given.hasPrefix("/") && !given.hasPrefix("//") && !given.hasPrefix("/\\")
        text = plain && isLocal && given.utf8.count <= 2000 ? given : "/"
    }
}

extension RequestProblem {
    static let signedOut = RequestProblem(
        .unauthorized,
        title: say("You are signed out"),
        detail: say("Nothing was changed. Sign in, then go back and try again: what you entered is still in the form.")
    )

    static let foreignForm = RequestProblem(
        .forbidden,
        title: say("This form is too old"),
        detail: say(
            "It was made before you signed in, or by another site; nothing was changed. "
                + "Go back, reload the page and try again."
        )
    )
}
