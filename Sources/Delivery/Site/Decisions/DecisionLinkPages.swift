import Access
import Database
import Decisions
import HTML
import HTTPTypes
import Hummingbird
import Identity
import Languages
import Web

extension Site {
    /// Where a letter's link leads: the question, and a form that answers it. Opening it answers nothing, since mail
    /// scanners open links too.
    static func addDecisionLinks(to rooms: RoomRoutes) {
        let path = DecisionLetters.Path.link
        rooms.get(path, .anyone) { room in
            let text = try room.query().string(DecisionLetters.Path.key, maximumCharacters: 43)
            guard let secret = text.flatMap({ Secret($0) }), let holder = try await LinkHolder.load(room, secret) else {
                return worthlessPage(room)
            }
            return try await linkPage(room, holder, secret, .none)
        }
        rooms.post(path, .anyone) { room in
            guard let secret = Secret(room.form[DecisionLetters.Path.key]),
                let holder = try await LinkHolder.load(room, secret)
            else { return worthlessPage(room) }
            if let other = holder.otherVisitor(room) { return otherPersonPage(room, holder, other) }
            do {
                let id = holder.link.circularID
                let command = try answer(room, id, as: holder.actor, link: secret)
                let outcome = try await room.site.database.run(command, as: holder.actor, now: room.now)
                return donePage(room, holder, outcome)
            } catch let input as InvalidInput {
                return try await linkPage(room, holder, secret, FormProblems(input))
            } catch DecisionRefusal.worthlessLink {
                return worthlessPage(room)
            } catch AccessRefusal.secondFactorNeeded {
                return protectedPage(room, holder)
            }
        }
    }

    private static func linkPage(
        _ room: Room,
        _ holder: LinkHolder,
        _ secret: Secret,
        _ problems: FormProblems
    ) async throws -> Response {
        if let other = holder.otherVisitor(room) { return otherPersonPage(room, holder, other) }
        let own = OwnCircular(
            holder.link.circularID,
            person: holder.link.person.id,
            services: room.site.rooms.decisions
        )
        do {
            let found = try await room.site.database.ask(own, as: holder.actor, now: room.now)
            let status: HTTPResponse.Status = problems.isEmpty ? .ok : .unprocessableContent
            return room.doorPage(.verbatim(found.circular.title), status: status) { h in
                h.p(.class("quiet"), text: say("For \(holder.link.person.name)."))
                OwnDecision(h: h, room: room, found: found, problems: problems, secret: secret).write()
            }
        } catch AccessRefusal.secondFactorNeeded { return protectedPage(room, holder) }
    }
}

/// Whom a letter's secret stands for.
private struct LinkHolder {
    let link: DecisionLink
    /// With the roles that need no second factor: a link is none.
    let actor: Actor

    static func load(_ room: Room, _ secret: Secret) async throws -> LinkHolder? {
        let now = room.now
        return try await room.site.database.read { transaction in
            guard let link = try DecisionLink.look(transaction, secret, now: now),
                let actor = try Actor.load(transaction, person: link.person.id, secondFactor: false, now: now)
            else { return nil }
            return LinkHolder(link: link, actor: actor)
        }
    }

    /// Somebody else who is signed in in this browser: a letter that was passed on answers for nobody.
    func otherVisitor(_ room: Room) -> Actor? {
        guard let visitor = room.visitor?.actor, visitor.person.id != link.person.id else { return nil }
        return visitor
    }
}

private func signInButton(_ h: HTMLWriter, _ circularID: String) {
    let path = queryEscaped("\(DecisionLetters.Path.own)/\(circularID)")
    h.div(.class("form-end")) {
        h.a(.class("button primary"), .href("/sign-in?to=\(path)"), text: say("Sign in"))
    }
}

private func donePage(_ room: Room, _ holder: LinkHolder, _ outcome: AnswerOutcome) -> Response {
    room.doorPage(say("Thank you")) { h in
        h.p(outcome.notice)
        h.p(
            .class("quiet"),
            text: say("The link in your letter works no more. Sign in to see the decision or to change your answer.")
        )
        signInButton(h, holder.link.circularID)
    }
}

private func worthlessPage(_ room: Room) -> Response {
    room.doorPage(say("This link does nothing any more"), status: .gone) { h in
        h.p(DecisionRefusal.worthlessLink.sentence)
        h.div(.class("form-end")) {
            h.a(
                .class("button primary"),
                .href("/sign-in?to=\(queryEscaped(DecisionLetters.Path.own))"),
                text: say("Sign in")
            )
        }
    }
}

private func otherPersonPage(_ room: Room, _ holder: LinkHolder, _ other: Actor) -> Response {
    room.doorPage(say("This link is somebody else's"), status: .forbidden) { h in
        h.p(
            say(
                "You are signed in as \(other.person.name), and the link was sent to \(holder.link.person.name). Nothing was answered. Whoever it was sent to can open it in a browser of their own."
            )
        )
        h.div(.class("form-end")) {
            h.a(.class("button"), .href(DecisionLetters.Path.own), text: say("See your own decisions"))
        }
    }
}

private func protectedPage(_ room: Room, _ holder: LinkHolder) -> Response {
    room.doorPage(say("Sign in to answer"), status: .forbidden) { h in
        h.p(say("Your account is protected by a second factor, so this link alone does not answer for you."))
        signInButton(h, holder.link.circularID)
    }
}
