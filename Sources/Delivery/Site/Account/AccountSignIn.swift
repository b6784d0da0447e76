import Access
import HTML
import Identity
import Languages

/// How one signs in: with what, where one is signed in now, and with which accounts elsewhere.
struct AccountSignIn {
    let h: HTMLWriter
    let room: Room
    let account: MyAccount.Answer

    /// - Parameter isFresh: whether they signed in just now, so that the present password need not be told.
    func password(_ form: AccountForm, isFresh: Bool) {
        let has = account.person.hasPassword
        h.section(.aria(.labelledby, "password")) {
            h.h2(.id("password"), text: say("Password"))
            h.p(
                .class("quiet"),
                text: has
                    ? say("You have one. A link by mail lets you in as well.")
                    : say("You have none; a link by mail lets you in.")
            )
            guard has || isFresh else {
                return h.p(.class("quiet"), text: say("To set one, sign out and sign in again by a link."))
            }
            room.form(h, "/account/password") {
                // For the browser's own store of passwords.
                h.input(
                    .type(.hidden),
                    .name("username"),
                    .value(account.person.email ?? ""),
                    .autocomplete("username")
                )
                if !isFresh {
                    h.textField(
                        "old-password",
                        label: say("Present password"),
                        value: "",
                        type: .password,
                        problems: form.password,
                        .autocomplete("current-password")
                    )
                }
                h.textField(
                    "password",
                    label: say("New password"),
                    value: "",
                    type: .password,
                    help: say("At least 12 characters. Four words that do not belong together do well."),
                    problems: form.password,
                    .autocomplete("new-password")
                )
                h.div(.class("form-end")) { h.button(.class("button"), .type(.submit), text: say("Set the password")) }
            }
            if has {
                room.form(h, "/account/password/remove") {
                    h.button(.class("link-button danger"), .type(.submit), text: say("Remove the password"))
                }
            }
        }
    }

    func secondFactor() {
        h.section(.aria(.labelledby, "second-factor")) {
            h.h2(.id("second-factor"), text: say("Second factor"))
            guard account.person.hasSecondFactor else {
                h.p(say("None. With one, your mailbox alone lets nobody in."))
                h.div(.class("form-end")) {
                    h.a(.class("button"), .href("/account/second-factor"), text: say("Set one up"))
                }
                return
            }
            let left = account.recoveryCodesLeft
            h.p(
                say(
                    left,
                    one: "An authenticator app, and \(left) recovery code that was not used.",
                    other: "An authenticator app, and \(left) recovery codes that were not used."
                )
            )
            h.div(.class("actions")) {
                room.form(h, "/account/recovery-codes", .class("plain")) {
                    h.button(.class("button"), .type(.submit), text: say("Make new recovery codes"))
                }
                if account.roleNeedingSecondFactor == nil {
                    room.form(h, "/account/second-factor/remove", .class("plain")) {
                        h.button(.class("link-button danger"), .type(.submit), text: say("Remove the second factor"))
                    }
                }
            }
            if let role = account.roleNeedingSecondFactor {
                h.p(.class("quiet"), text: say("Your role \"\(role.name)\" needs it, so it cannot be removed."))
            }
        }
    }

    /// - Parameter current: the id of the one in which the page is read.
    func sessions(current: String) {
        h.section(.aria(.labelledby, "sign-ins")) {
            h.h2(.id("sign-ins"), text: say("Where you are signed in"))
            h.ul(.class("rows plain-rows")) {
                for session in account.sessions {
                    h.li {
                        h.div { place(session) }
                        h.div(.class("next")) {
                            if session.id == current {
                                h.text(say("This one"))
                            } else {
                                endButton(session)
                            }
                        }
                    }
                }
            }
            if account.sessions.count > 1 {
                h.div(.class("actions")) {
                    room.form(h, "/account/sessions/end-others", .class("plain")) {
                        h.button(.class("button"), .type(.submit), text: say("End all others"))
                    }
                    room.form(h, "/account/sessions/end-all", .class("plain")) {
                        h.button(.class("button"), .type(.submit), text: say("Sign out everywhere"))
                    }
                }
                h.p(.class("quiet"), text: say("Signing out everywhere ends your sign-in here too."))
            }
        }
    }

    private func place(_ session: Session) {
        let (address, method) = (session.address, signInMethod(session.method))
        h.b(browserName(session.agent))
        h.span(.class("also")) {
            h.sentence(
                address.isEmpty
                    ? say("Address unknown, since \(part: 0), by \(method)")
                    : say("\(address), since \(part: 0), by \(method)"),
                { h.instant(session.beganAt) }
            )
        }
    }

    private func endButton(_ session: Session) {
        let name = browserName(session.agent)
        room.form(h, "/account/sessions/\(session.id)/end", .class("plain")) {
            h.button(
                .class("link-button"),
                .type(.submit),
                .aria(.label, say("End the sign-in on \(name) since \(session.beganAt)")),
                text: say("End")
            )
        }
    }

    func identities() {
        guard !account.identities.isEmpty else { return }
        h.section(.aria(.labelledby, "identities")) {
            h.h2(.id("identities"), text: say("Accounts elsewhere"))
            h.ul(.class("rows plain-rows")) {
                for identity in account.identities {
                    h.li {
                        h.div(text: identity.issuer)
                        h.div(.class("age")) { h.instant(identity.linkedAt) }
                    }
                }
            }
        }
    }
}

private func signInMethod(_ key: String) -> Phrase {
    switch key {
    case "link": say("link", context: "a way to sign in")
    case "password": say("password", context: "a way to sign in")
    case "invitation": say("invitation", context: "a way to sign in")
    default: .verbatim(key)
    }
}

/// What a browser says of itself, in two words that people know.
private func browserName(_ agent: String) -> Phrase {
    let browsers = [
        ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ]
    let systems = [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]
    let browser = browsers.first { agent.contains($0.0) }.map { Phrase.verbatim($0.1) } ?? say("A browser")
    return systems.first { agent.contains($0.0) }.map { say("\(browser) on \($0.1)", context: "a browser on a system") }
        ?? browser
}
