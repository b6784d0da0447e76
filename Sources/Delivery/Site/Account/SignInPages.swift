import Access
import Decisions
import HTML
import Hummingbird
import Identity
import Languages
import Logging
import Web

extension Site {
    /// The ways in by address: a link, or a password.
    static func addSignIn(to rooms: RoomRoutes) {
        rooms.get("/sign-in", .anyone) { room in
            let path = room.returnPath(try room.query().string("to", maximumCharacters: 2000))
            if let actor = room.visitor?.actor, !actor.owesSecondFactor { return room.redirect(to: path) }
            return signInPage(room, email: "", path: path)
        }
        rooms.post("/sign-in", .anyone) { room in
            let (email, path) = (room.form["email"], room.returnPath(room.form.optional("to")))
            if room.form["way"] == "password" { return passwordPage(room, email: email, path: path) }
            do {
                try await room.site.reception.signIn.requestLink(email, from: room.doorstep, now: room.now)
            } catch let input as InvalidInput {
                return signInPage(room, email: email, path: path, problems: FormProblems(input))
            } catch let refusal as SignInRefusal {
                return signInPage(room, email: email, path: path, refusal: refusal)
            }
            answerRequests(room)
            return room.redirect(to: "/sign-in/sent")
        }
        rooms.get("/sign-in/sent", .anyone) { room in sentPage(room) }
        rooms.post("/sign-in/password", .anyone) { room in
            let (email, path) = (room.form["email"], room.returnPath(room.form.optional("to")))
            do {
                let outcome = try await room.site.reception.signIn.enter(
                    email,
                    password: room.form.exact("password"),
                    from: room.doorstep,
                    now: room.now
                )
                return try await room.admit(outcome, to: path)
            } catch let input as InvalidInput {
                return passwordPage(room, email: email, path: path, problems: FormProblems(input))
            } catch let refusal as SignInRefusal {
                return passwordPage(room, email: email, path: path, refusal: refusal)
            }
        }
        rooms.get(Room.firstPage, .signedIn) { room in
            let actor = try room.actor
            if actor.owesSecondFactor { throw AccessRefusal.secondFactorNeeded }
            if actor.mayAnywhere(.readToday) { return room.redirect(to: "/console") }
            if !actor.memberIDs.isEmpty { return room.redirect(to: "/portal") }
            return room.redirect(to: actor.mayAnywhere(.answerDecision) ? DecisionLetters.Path.own : "/account")
        }
    }

    /// The mail is written after the answer has gone, so that the answer takes as long for an unknown address. What a
    /// stopped process leaves, a job answers.
    private static func answerRequests(_ room: Room) {
        let (signIn, now, logger) = (room.site.reception.signIn, room.now, room.web.logger)
        Task {
            do { try await signIn.answerRequests(now: now) } catch {
                logger.error("sign-in: requests for links wait", metadata: ["error": "\(error)"])
            }
        }
    }
}

private func signInPage(
    _ room: Room,
    email: String,
    path: String,
    problems: FormProblems = .none,
    refusal: SignInRefusal? = nil
) -> Response {
    let status = refusal?.kind.status ?? (problems.isEmpty ? .ok : .unprocessableContent)
    return room.doorPage(say("Sign in"), status: status) { h in
        h.refused(refusal)
        h.p(say("For people of the secretariat, of members and of bodies. Who is new here needs an invitation."))
        room.form(h, "/sign-in") {
            h.hidden("to", path)
            h.textField(
                "email",
                label: say("E-mail address"),
                value: email,
                type: .email,
                problems: problems,
                .autocomplete("username"),
                .required()
            )
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .name("way"), .value("link"), text: say("Send me a link"))
                h.button(.class("button"), .name("way"), .value("password"), text: say("Use my password"))
            }
        }
        if let provider = room.site.reception.provider {
            room.form(h, "/sign-in/openid") {
                h.hidden("to", path)
                h.p(.class("quiet"), text: say("Or with your account elsewhere:"))
                h.div(.class("form-end")) {
                    h.button(.class("button"), .type(.submit), text: say("Sign in with \(provider.name)"))
                }
            }
        }
    }
}

private func passwordPage(
    _ room: Room,
    email: String,
    path: String,
    problems: FormProblems = .none,
    refusal: SignInRefusal? = nil
) -> Response {
    let status = refusal?.kind.status ?? (problems.isEmpty ? .ok : .unprocessableContent)
    return room.doorPage(say("Sign in"), status: status) { h in
        h.refused(refusal)
        room.form(h, "/sign-in/password") {
            h.hidden("to", path)
            h.textField(
                "email",
                label: say("E-mail address"),
                value: email,
                type: .email,
                problems: problems,
                .autocomplete("username"),
                .required()
            )
            h.textField(
                "password",
                label: say("Password"),
                value: "",
                type: .password,
                problems: problems,
                .autocomplete("current-password"),
                .required(),
                .autofocus()
            )
            h.div(.class("form-end")) { h.button(.class("button primary"), .type(.submit), text: say("Sign in")) }
        }
        h.p {
            h.sentence(
                say("Forgotten, or never set one? \(part: 0); you can set a new password then."),
                { h.a(.href("/sign-in"), text: say("Have a link sent to you")) }
            )
        }
    }
}

private func sentPage(_ room: Room) -> Response {
    room.doorPage(say("Look into your mail")) { h in
        h.p(say("If somebody with this address is known here, a mail with a link is on its way to them."))
        h.p(say("The link works once, within 15 minutes, in any browser."))
        h.p(.class("quiet")) {
            h.sentence(
                say("Nothing after some minutes? Look among the unwanted mail, check the address, or \(part: 0)."),
                { h.a(.href("/sign-in"), text: say("ask again")) }
            )
        }
    }
}
