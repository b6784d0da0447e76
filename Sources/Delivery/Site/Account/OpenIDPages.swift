import Access
import HTML
import HTTPTypes
import Hummingbird
import Identity
import Languages
import Logging
import Web

extension Site {
    /// The way in with an account elsewhere.
    static func addOpenID(to rooms: RoomRoutes) {
        rooms.post("/sign-in/openid", .anyone) { room in
            guard let provider = room.site.reception.provider else { throw RequestProblem.notFound }
            let address: String
            do {
                try await room.site.reception.signIn.setOut(from: room.doorstep, now: room.now)
                address = try await provider.begin(
                    redirect: redirect(room),
                    browser: room.secret,
                    returnTo: room.returnPath(room.form.optional("to")),
                    database: room.site.database,
                    now: room.now
                )
            } catch { return failedPage(room, error) }
            return leavingPage(room, provider, address)
        }
        rooms.get("/sign-in/openid/callback", .anyone) { room in
            guard let provider = room.site.reception.provider else { throw RequestProblem.notFound }
            let query = try room.query()
            let callback = OpenIDCallback(
                state: try query.string("state", maximumCharacters: 43),
                code: try query.string("code", maximumCharacters: 4096),
                error: try query.string("error", maximumCharacters: 200),
                issuer: try query.string("iss", maximumCharacters: 500)
            )
            do {
                let (identity, path) = try await provider.finish(
                    callback,
                    redirect: redirect(room),
                    browser: room.secret,
                    database: room.site.database,
                    now: room.now
                )
                let outcome = try await room.site.reception.signIn.enter(identity, from: room.doorstep, now: room.now)
                return try await room.admit(outcome, to: room.returnPath(path))
            } catch let refusal as SignInRefusal {
                return failedPage(room, refusal)
            } catch { return failedPage(room, error) }
        }
    }

    private static func redirect(_ room: Room) -> String { room.site.baseURL + "/sign-in/openid/callback" }
}

/// Sends the browser on. A redirect would be an answer to a form, and forms of this site lead nowhere else
/// (`form-action 'self'`).
private func leavingPage(_ room: Room, _ provider: OpenIDProvider, _ address: String) -> Response {
    var response = room.doorPage(say("To \(provider.name)")) { h in
        h.p(say("You sign in there and come back here."))
        h.div(.class("form-end")) {
            h.a(.class("button primary"), .href(address), text: say("Go on to \(provider.name)"))
        }
    }
    if let name = HTTPField.Name("Refresh") { response.headers[name] = "0; url=\(address)" }
    return response
}

private func failedPage(_ room: Room, _ error: any Error) -> Response {
    let words: Phrase
    switch error {
    case let refusal as SignInRefusal: words = refusal.sentence
    case let problem as OpenIDError: words = problem.sentence
    default:
        words = say(
            "The sign-in provider cannot be reached. Nobody was signed in. Try again, or sign in by a link."
        )
    }
    room.web.logger.notice("sign-in through the provider failed", metadata: ["error": "\(error)"])
    let status = (error as? SignInRefusal)?.kind.status ?? .badGateway
    return room.doorPage(say("That did not work"), status: status) { h in
        h.p(words)
        h.div(.class("form-end")) { h.a(.class("button primary"), .href("/sign-in"), text: say("Back to sign in")) }
    }
}
