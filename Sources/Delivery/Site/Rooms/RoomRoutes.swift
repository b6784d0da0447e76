import Access
import Database
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import Logging
import NIOCore
import Web

/// The way into the rooms behind sign-in. A route cannot be added without saying who may come, and a form is not read
/// before its token was checked.
final class RoomRoutes {
    typealias Handler = @Sendable (Room) async throws -> Response

    private let routes: Routes
    let site: SiteContext
    private(set) var declared: [DeclaredRoute] = []

    init(_ routes: Routes, _ site: SiteContext) {
        self.routes = routes
        self.site = site
    }

    func get(_ path: String, _ access: RouteAccess, handler: @escaping Handler) {
        add(.get, path, access, largestBody: 0, handler)
    }

    /// - Parameter largestBody: In bytes; larger for forms with files.
    func post(
        _ path: String,
        _ access: RouteAccess,
        largestBody: Int = FormValues.maximumBytes,
        handler: @escaping Handler
    ) {
        add(.post, path, access, largestBody: largestBody, handler)
    }

    private func add(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ access: RouteAccess,
        largestBody: Int,
        _ handler: @escaping Handler
    ) {
        declared.append(DeclaredRoute(method: method, path: path, access: access))
        let door = RoomDoor(site: site, access: access, largestBody: largestBody)
        routes.on(RouterPath(path), method: method) { request, web -> Response in
            try await door.answer(request, web, handler)
        }
    }
}

/// What stands between a request and its handler: session, rights, form token, and the words for a no.
struct RoomDoor: Sendable {
    let site: SiteContext
    let access: RouteAccess
    let largestBody: Int

    func answer(_ request: Request, _ web: WebContext, _ handler: RoomRoutes.Handler) async throws -> Response {
        do {
            let room = try await room(request, web)
            var response = try await handler(room)
            finish(&response, room)
            return response
        } catch let refusal as AccessRefusal where refusal == .secondFactorNeeded {
            return secondFactor(request)
        } catch let refusal as any Refusal {
            throw RequestProblem(refusal)
        } catch let input as InvalidInput {
            throw RequestProblem(input)
        } catch let problem as RequestProblem where problem == .signedOut && request.method == .get {
            return signIn(request)
        }
    }

    private func room(_ request: Request, _ web: WebContext) async throws -> Room {
        let now = site.now()
        let sessionSecret = SessionCookie.secret(in: request, name: SessionCookie.name(isSecure: site.isSecure))
        let visitSecret = SessionCookie.secret(in: request, name: SessionCookie.visitName(isSecure: site.isSecure))
        let key = needsMember ? try web.parameters.require("key") : nil
        let (found, member) = try await load(sessionSecret, memberKey: key, now: now)
        if access != .anyone {
            guard found != nil else { throw RequestProblem.signedOut }
        }
        let visitor = found
        try admit(visitor?.actor, member, isMissing: key != nil && member == nil)
        // A new visit gets its secret with the answer; a form must come back with the one that it was given.
        let secret = (visitor == nil ? visitSecret : sessionSecret) ?? Secret()
        let (form, files) = try await read(request, secret)
        return Room(
            request: request,
            web: web,
            site: site.speaking(web.language),
            visitor: visitor,
            secret: secret,
            formToken: secret.derived(for: "form"),
            form: form,
            files: files,
            now: now,
            member: member,
            notice: request.method == .get ? Notice.read(request, secret) : nil
        )
    }

    private var needsMember: Bool {
        if case .inMember = access { true } else { false }
    }

    private func load(_ secret: Secret?, memberKey: String?, now: Date) async throws -> (Room.Visitor?, RoomMember?) {
        guard secret != nil || memberKey != nil else { return (nil, nil) }
        let policy = site.sessions
        let (visitor, member) = try await site.database.read { transaction -> (Room.Visitor?, RoomMember?) in
            var visitor: Room.Visitor?
            if let secret, let session = try Session.find(transaction, secret, policy, now: now),
                let actor = try Actor.load(
                    transaction,
                    person: session.personID,
                    secondFactor: session.secondFactorAt != nil,
                    now: now
                )
            {
                visitor = Room.Visitor(session: session, actor: actor)
            }
            let member = try memberKey.flatMap { key in
                try transaction.first("SELECT id, key, name FROM member WHERE key = ?", [.text(key)]) {
                    RoomMember(id: try $0.text(0), key: try $0.text(1), name: try $0.text(2))
                }
            }
            return (visitor, member)
        }
        if let session = visitor?.session, session.isStale(now: now) {
            try await site.database.write { try Session.touch($0, id: session.id, now: now) }
        }
        return (visitor, member)
    }

    private func admit(_ actor: Actor?, _ member: RoomMember?, isMissing: Bool) throws {
        switch access {
        case .anyone, .signedIn: break
        case .may(let action): try actor?.require(action)
        case .somewhere(let action):
            try actor?.requireSomewhere(action)
        case .inMember(let action):
            // Who may see no member at all learns nothing of which exist.
            guard let member, !isMissing else {
                try actor?.requireSomewhere(action)
                throw RequestProblem.notFound
            }
            try actor?.require(action, at: .member(member.id))
        }
    }

    /// Reads a form after its token was checked. A token that only this browser's secret can make is what another site's
    /// form cannot carry; what the browser says of the form's origin is checked beside it.
    private func read(_ request: Request, _ secret: Secret) async throws -> (FormValues, [FormParts.File]) {
        guard request.method == .post else { return (FormValues(), []) }
        if let site = request.headers[.secFetchSite], site != "same-origin", site != "none" {
            throw RequestProblem.foreignForm
        }
        let body = try await request.bytes(atMost: largestBody)
        let parts = try parts(body, contentType: request.headers[.contentType] ?? "")
        let token = parts.values["form-token"]
        guard Secret.isEqual(token, secret.derived(for: "form")) else { throw RequestProblem.foreignForm }
        return (parts.values, parts.files)
    }

    private func parts(_ body: ByteBuffer, contentType: String) throws -> FormParts {
        guard contentType.lowercased().hasPrefix("multipart/") else {
            return FormParts(values: try FormValues(urlEncoded: String(buffer: body)), files: [])
        }
        do { return try FormParts(body, contentType: contentType) } catch { throw error.problem }
    }

    private func finish(_ response: inout Response, _ room: Room) {
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "private, no-store" }
        if room.visitor == nil, access == .anyone {
            let name = SessionCookie.visitName(isSecure: site.isSecure)
            if SessionCookie.secret(in: room.request, name: name) == nil {
                response.setCookie(SessionCookie.make(name, room.secret.text, isSecure: site.isSecure))
            }
        }
        if room.notice != nil {
            response.setCookie(SessionCookie.removal(SessionCookie.noticeName, isSecure: site.isSecure))
        }
    }

    private func signIn(_ request: Request) -> Response {
        Response(status: .seeOther, headers: [.location: "/sign-in?to=\(returnPath(request))"])
    }

    private func secondFactor(_ request: Request) -> Response {
        Response(status: .seeOther, headers: [.location: "/sign-in/second-factor?to=\(returnPath(request))"])
    }

    /// Where to go back to; a form is not sent again, its page is shown.
    private func returnPath(_ request: Request) -> String {
        let query = request.uri.query.map { "?" + $0 } ?? ""
        let path = request.method == .get ? request.uri.path + query : request.uri.path
        return queryEscaped(LocalPath(path).text)
    }
}

extension HTTPField.Name {
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .origin
}
