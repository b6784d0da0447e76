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
        let signIn = AccountSignIn(h: h, room: room, account: account)
        h.div(.class("account-grid")) {
            h.div {
                details(h, room, account, form)
                address(h, room, account, form)
                signIn.password(form, isFresh: isFresh)
                signIn.secondFactor()
            }
            h.div {
                roles(h, account.roles, names)
                signIn.sessions(current: session.id)
                signIn.identities()
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
