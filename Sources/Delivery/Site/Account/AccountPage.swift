import Access
import Database
import HTML
import HTTPTypes
import Hummingbird
import Identity
import Languages
import Web

/// What was sent with one of the account's forms and what is wrong with it.
struct AccountForm: Sendable {
    var details = FormProblems.none
    var address = FormProblems.none
    var password = FormProblems.none
    var sent = FormValues()

    static let none = AccountForm()

    private init() {}

    init(
        details: FormProblems = .none,
        address: FormProblems = .none,
        password: FormProblems = .none,
        _ sent: FormValues
    ) {
        self.details = details
        self.address = address
        self.password = password
        self.sent = sent
    }

    var all: FormProblems { FormProblems(fields: details.fields + address.fields + password.fields) }
}

/// One's own account: who one is here, how one signs in, from where, with which roles, and what is held.
func accountPage(_ room: Room, _ form: AccountForm = .none) async throws -> Response {
    let account = try await room.ask(MyAccount(room.actor.person.id, policy: room.site.sessions))
    let placeNames = try await room.names(of: account.roles.map(\.place))
    let names = account.roles.map { placeNames[$0.place] ?? "" }
    let session = try room.session
    let isFresh = room.site.reception.signIn.isFresh(session, now: room.now)
    return room.page(
        RoomPage(title: say("Your account"), place: .account),
        status: form.all.isEmpty ? .ok : .unprocessableContent
    ) { h in
        h.problems(form.all)
        h.div(.class("account-grid")) {
            h.div {
                details(h, room, account, form)
                address(h, room, account, form)
                password(h, room, account, form, isFresh: isFresh)
                secondFactor(h, room, account)
            }
            h.div {
                roles(h, account.roles, names)
                sessions(h, room, account.sessions, current: session.id)
                identities(h, account.identities)
                tokens(h)
                data(h, room, account)
            }
        }
    }
}

private func details(_ h: HTMLWriter, _ room: Room, _ account: MyAccount.Answer, _ form: AccountForm) {
    let isSent = !form.details.isEmpty
    h.section(.aria(.labelledby, "details")) {
        h.h2(.id("details"), text: say("You"))
        room.form(h, "/account/details") {
            h.textField(
                "name",
                label: say("Name", context: "of a person"),
                value: isSent ? form.sent["name"] : account.person.name,
                problems: form.details,
                .autocomplete("name")
            )
            h.choice(
                "language",
                label: say("Language of your mail"),
                value: isSent ? form.sent["language"] : account.person.language,
                options: mailLanguages,
                problems: form.details
            )
            h.div(.class("form-end")) { h.button(.class("button"), .type(.submit), text: say("Save")) }
        }
    }
}

/// The languages of mail, each by its own name.
let mailLanguages: [(value: String, text: String)] = [
    ("en", "English"), ("ko", "한국어"), ("es", "Español"), ("zh", "中文"),
]

private func address(_ h: HTMLWriter, _ room: Room, _ account: MyAccount.Answer, _ form: AccountForm) {
    h.section(.aria(.labelledby, "address")) {
        h.h2(.id("address"), text: say("E-mail address"))
        h.p { h.b(account.person.email ?? "") }
        if let change = account.addressChange {
            h.div(.class("notice caution")) {
                h.p(Phrase.joined([say("It shall become \(change.email)."), waiting(change)], by: " "))
                room.form(h, "/account/address/cancel") {
                    h.button(.class("link-button"), .type(.submit), text: say("Leave it as it is"))
                }
            }
        }
        room.form(h, "/account/address") {
            h.textField(
                "email",
                label: say("New address"),
                value: form.address.isEmpty ? "" : form.sent["email"],
                type: .email,
                help: say("A link is sent to the new address and to the present one. It changes when both were used."),
                problems: form.address,
                .autocomplete("email")
            )
            h.div(.class("form-end")) { h.button(.class("button"), .type(.submit), text: say("Change the address")) }
        }
    }
}

private func waiting(_ change: (email: String, isLeft: Bool, isTaken: Bool)) -> Phrase {
    if change.isLeft { return say("The new address has not confirmed yet.") }
    return change.isTaken
        ? say("Your present address has not confirmed yet.") : say("Neither address has confirmed yet.")
}

private func password(
    _ h: HTMLWriter,
    _ room: Room,
    _ account: MyAccount.Answer,
    _ form: AccountForm,
    isFresh: Bool
) {
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

private func secondFactor(_ h: HTMLWriter, _ room: Room, _ account: MyAccount.Answer) {
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

private func roles(_ h: HTMLWriter, _ roles: [Grant], _ names: [String]) {
    h.section(.aria(.labelledby, "roles")) {
        h.h2(.id("roles"), text: say("Your roles"))
        guard !roles.isEmpty else { return h.p(.class("quiet"), text: say("None at present.")) }
        h.ul(.class("rows plain-rows")) {
            for (grant, name) in zip(roles, names) {
                h.li {
                    h.div {
                        h.b(grant.role.name)
                        h.span(.class("also"), text: name)
                    }
                    h.div(.class("age"), text: grant.period)
                }
            }
        }
    }
}

extension Grant {
    /// From when and until when, in words.
    var period: Phrase {
        let start = DayRange(startsOn, startsOn).label
        return endsOn.map { say("\(start) to \(DayRange($0, $0).label)") } ?? say("since \(start)")
    }
}

private func sessions(_ h: HTMLWriter, _ room: Room, _ sessions: [Session], current: String) {
    h.section(.aria(.labelledby, "sign-ins")) {
        h.h2(.id("sign-ins"), text: say("Where you are signed in"))
        h.ul(.class("rows plain-rows")) {
            for session in sessions {
                h.li {
                    h.div {
                        h.b(browserName(session.agent))
                        h.span(.class("also")) {
                            let (address, method) = (session.address, signInMethod(session.method))
                            h.sentence(
                                address.isEmpty
                                    ? say("Address unknown, since \(part: 0), by \(method)")
                                    : say("\(address), since \(part: 0), by \(method)"),
                                { h.instant(session.beganAt) }
                            )
                        }
                    }
                    h.div(.class("next")) {
                        if session.id == current {
                            h.text(say("This one"))
                        } else {
                            room.form(h, "/account/sessions/\(session.id)/end", .class("plain")) {
                                h.button(
                                    .class("link-button"),
                                    .type(.submit),
                                    .aria(
                                        .label,
                                        say("End the sign-in on \(browserName(session.agent)) since \(session.beganAt)")
                                    ),
                                    text: say("End")
                                )
                            }
                        }
                    }
                }
            }
        }
        if sessions.count > 1 {
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

private func identities(_ h: HTMLWriter, _ identities: [ExternalIdentity]) {
    guard !identities.isEmpty else { return }
    h.section(.aria(.labelledby, "identities")) {
        h.h2(.id("identities"), text: say("Accounts elsewhere"))
        h.ul(.class("rows plain-rows")) {
            for identity in identities {
                h.li {
                    h.div(text: identity.issuer)
                    h.div(.class("age")) { h.instant(identity.linkedAt) }
                }
            }
        }
    }
}

private func tokens(_ h: HTMLWriter) {
    h.section(.aria(.labelledby, "tokens")) {
        h.h2(.id("tokens"), text: say("Programs"))
        h.p(say("A program can ask in your name, with a token that you make for it."))
        h.div(.class("form-end")) {
            h.a(.class("button"), .href("/account/tokens"), text: say("Tokens for your programs"))
        }
    }
}

private func data(_ h: HTMLWriter, _ room: Room, _ account: MyAccount.Answer) {
    h.section(.aria(.labelledby, "data")) {
        h.h2(.id("data"), text: say("What is held on you"))
        h.p(say("Your details, roles, sign-ins, mail and every entry of the journal about you, as one file."))
        h.div(.class("form-end")) { h.a(.class("button"), .href("/account/data.json"), text: say("Download it")) }
        ownErasure(h, room, account.erasure)
    }
}
