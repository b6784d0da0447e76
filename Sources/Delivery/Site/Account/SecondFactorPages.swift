import Access
import Charter
import HTML
import Hummingbird
import Identity
import Languages
import QRCode
import Web

extension Site {
    /// Giving the second factor at sign-in, and setting it up.
    static func addSecondFactor(to rooms: RoomRoutes) {
        rooms.get("/sign-in/second-factor", .signedIn) { room in
            let path = room.returnPath(try room.query().string("to", maximumCharacters: 2000))
            let actor = try room.actor
            if actor.hasSecondFactor { return room.redirect(to: path) }
            if !actor.person.hasSecondFactor {
                return room.redirect(to: "/account/second-factor?to=\(queryEscaped(path))")
            }
            return factorPage(room, path: path)
        }
        rooms.post("/sign-in/second-factor", .signedIn) { room in
            let path = room.returnPath(room.form.optional("to"))
            do {
                let outcome = try await room.site.reception.signIn.secondFactor(
                    room.secret,
                    code: room.form["code"],
                    from: room.doorstep,
                    now: room.now
                )
                var response = room.redirect(to: path)
                room.setSession(outcome.session, &response)
                return response
            } catch let refusal as SignInRefusal { return factorPage(room, path: path, refusal: refusal) }
        }
        rooms.get("/account/second-factor", .signedIn) { room in
            let path = room.returnPath(try room.query().string("to", maximumCharacters: 2000))
            let actor = try room.actor
            if actor.owesSecondFactor { throw AccessRefusal.secondFactorNeeded }
            if actor.person.hasSecondFactor { return room.redirect(to: "/account") }
            return introPage(room, path: path)
        }
        rooms.post("/account/second-factor", .signedIn) { room in
            let code = try await room.run(BeginSecondFactor(room.actor.person.id))
            return setUpPage(room, code, path: room.returnPath(room.form.optional("to")))
        }
        rooms.post("/account/second-factor/confirm", .signedIn) { room in
            let path = room.returnPath(room.form.optional("to"))
            let person = try room.actor.person
            let command = ConfirmSecondFactor(
                person.id,
                code: room.form["code"],
                session: room.secret,
                letters: room.site.reception.letters
            )
            do {
                let outcome = try await room.run(command)
                var response = codesPage(room, outcome.recoveryCodes, path: path)
                room.setSession(outcome.session, &response)
                return response
            } catch let refusal as AccountRefusal where refusal == .wrongCode {
                let code = try await room.run(BeginSecondFactor(person.id))
                return setUpPage(room, code, path: path, refusal: refusal)
            }
        }
        rooms.post("/account/second-factor/remove", .signedIn) { room in
            let person = try room.actor.person
            try await room.run(RemoveSecondFactor(person.id, letters: room.site.reception.letters))
            return room.redirect(to: "/account", notice: say("Your second factor is removed."))
        }
        rooms.post("/account/recovery-codes", .signedIn) { room in
            let person = try room.actor.person
            let codes = try await room.run(NewRecoveryCodes(person.id, letters: room.site.reception.letters))
            return codesPage(room, codes, path: "/account")
        }
    }
}

private func factorPage(_ room: Room, path: String, refusal: SignInRefusal? = nil) -> Response {
    room.doorPage(say("Your second factor"), status: refusal?.kind.status ?? .ok) { h in
        h.refused(refusal)
        room.form(h, "/sign-in/second-factor") {
            h.hidden("to", path)
            codeField(h, help: say("Six digits from your app, or one of your recovery codes."))
            h.div(.class("form-end")) { h.button(.class("button primary"), .type(.submit), text: say("Go on")) }
        }
        h.p(
            .class("quiet"),
            text: say(
                "Telephone lost? A recovery code lets you in once. "
                    + "Without one, ask an administrator of the secretariat to reset your second factor."
            )
        )
        room.form(h, "/sign-out") {
            h.button(.class("link-button"), .type(.submit), text: say("Sign out"))
        }
    }
}

private func codeField(_ h: HTMLWriter, help: Phrase) {
    h.textField(
        "code",
        label: say("Code"),
        value: "",
        help: help,
        .autocomplete("one-time-code"),
        .spellcheck(false),
        .required(),
        .autofocus()
    )
}

private func introPage(_ room: Room, path: String) -> Response {
    let role = (try? room.actor)?.withheld.first { $0.role.needsSecondFactor }?.role
    return room.doorPage(say("Set up a second factor")) { h in
        if let role {
            h.p(say("Your role \"\(role.name)\" can do much, so it waits until you sign in with a second factor."))
        }
        h.p(
            say("You need an authenticator app on your telephone. Any that shows six digits every half minute will do.")
        )
        room.form(h, "/account/second-factor") {
            h.hidden("to", path)
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Begin"))
                if role == nil { h.a(.class("button"), .href("/account"), text: say("Back to your account")) }
            }
        }
    }
}

private func setUpPage(_ room: Room, _ code: TimeCode, path: String, refusal: AccountRefusal? = nil) -> Response {
    let person = (try? room.actor)?.person
    let association = room.site.charter.association.shortName
    let uri = code.uri(issuer: association, account: person?.email ?? "")
    return room.doorPage(say("Add it to your app"), status: refusal?.kind.status ?? .ok) { h in
        h.refused(refusal)
        scanned(h, uri, association)
        h.p(say("Cannot scan it, or is the app on this device? Add an account by hand in the app and type this key:"))
        h.p(.class("secret-key")) { h.code(code.secretText) }
        h.details {
            h.summary { h.text(say("Or hand the app this address")) }
            h.p(.class("secret-key")) { h.code(uri) }
        }
        room.form(h, "/account/second-factor/confirm") {
            h.hidden("to", path)
            codeField(h, help: say("The six digits that the app now shows. The second factor counts from then on."))
            h.div(.class("form-end")) { h.button(.class("button primary"), .type(.submit), text: say("Confirm")) }
        }
    }
}

/// The address as a picture. One too long for any picture leaves the key, which stands on the page in any case.
private func scanned(_ h: HTMLWriter, _ uri: String, _ association: String) {
    guard let picture = try? QRCode(uri) else { return }
    h.p(say("Scan this QR code with the app:"))
    h.qrCode(picture, label: say("To scan with an authenticator app: your account of \(association)"))
}

private func codesPage(_ room: Room, _ codes: [String], path: String) -> Response {
    room.doorPage(say("Your recovery codes")) { h in
        h.p(say("Print them, or write them down, and keep them apart from your telephone. They are shown only now."))
        h.ul(.class("recovery-codes")) { for code in codes { h.li { h.code(code) } } }
        h.p(say("Each lets you in once, in place of the second factor. Older codes do nothing any more."))
        h.div(.class("form-end")) { h.a(.class("button primary"), .href(path), text: say("I have kept them")) }
    }
}
