import Access
import HTML
import HTTPTypes
import Hummingbird
import Identity
import Languages
import Web

extension Site {
    /// Tokens for programs: one's own, a member's, and everybody's for the secretariat.
    static func addTokens(to rooms: RoomRoutes) {
        addOwnTokens(to: rooms)
        addMemberTokens(to: rooms)
        rooms.get("/console/tokens", .may(.readTokens)) { room in
            let (places, today) = (room.site.rooms.places, room.today)
            let lines = try await room.ask(AllTokens { try places.name($0, of: $1, on: today) })
            return room.page(RoomPage(title: say("Tokens"), place: .console(.tokens))) { h in
                h.p(
                    .class("lede"),
                    text: say("With a token a program asks the API. Each does no more than its holder may.")
                )
                let list = TokenList(
                    tokens: lines.map(\.token),
                    holders: lines.map(\.holder),
                    revoking: room.may(.revokeToken) ? "/console/tokens" : nil
                )
                list.write(h, room)
            }
        }
        rooms.post("/console/tokens/:id/revoke", .may(.revokeToken)) { room in
            try await room.run(RevokeToken(room.parameter("id"), among: .all))
            return room.redirect(to: ConsolePlace.tokens.address, notice: say("The token opens nothing any more."))
        }
    }

    private static func addOwnTokens(to rooms: RoomRoutes) {
        rooms.get("/account/tokens", .signedIn) { room in try await ownTokensPage(room, TokenForm(), .none) }
        rooms.post("/account/tokens", .signedIn) { room in
            let form = TokenForm(room.form)
            do {
                let command = MakeToken(
                    try room.actor.person.id,
                    name: form.name,
                    scopes: form.scopes,
                    days: form.days
                )
                let made = try await room.run(command)
                return room.page(ownTokens(isBelow: true)) { newToken($0, made, back: "/account/tokens") }
            } catch let input as InvalidInput {
                return try await ownTokensPage(room, form, FormProblems(input))
            }
        }
        rooms.post("/account/tokens/:id/revoke", .signedIn) { room in
            try await room.run(RevokeToken(room.parameter("id"), among: .own(room.actor.person.id)))
            return room.redirect(to: "/account/tokens", notice: say("The token opens nothing any more."))
        }
    }

    private static func addMemberTokens(to rooms: RoomRoutes) {
        rooms.get("/portal/:key/tokens", .inMember(.manageMemberTokens)) { room in
            try await memberTokensPage(room, TokenForm(), .none)
        }
        rooms.post("/portal/:key/tokens", .inMember(.manageMemberTokens)) { room in
            let form = TokenForm(room.form)
            do {
                let command = MakeMemberToken(
                    member: try room.itsMember.id,
                    name: form.name,
                    scopes: form.scopes,
                    days: form.days
                )
                let made = try await room.run(command)
                return room.page(memberTokens(try room.itsMember, isBelow: true)) {
                    newToken($0, made, back: "/portal/\(room.member?.key ?? "")/tokens")
                }
            } catch let input as InvalidInput {
                return try await memberTokensPage(room, form, FormProblems(input))
            }
        }
        rooms.post("/portal/:key/tokens/:id/revoke", .inMember(.manageMemberTokens)) { room in
            let member = try room.itsMember
            try await room.run(RevokeToken(room.parameter("id"), among: .member(member.id)))
            return room.redirect(
                to: "/portal/\(member.key)/tokens",
                notice: say("The token opens nothing any more.")
            )
        }
    }
}

/// What the form of a new token holds.
private struct TokenForm: Sendable {
    static let lifetimes = [30, 90, 365]

    var name = ""
    var scopes: [String] = []
    var days = 90

    init() {}

    init(_ form: FormValues) {
        name = form["name"]
        scopes = form.all("scopes")
        days = Int(form["days"]) ?? 0
    }
}

private func ownTokens(isBelow: Bool) -> RoomPage {
    let account = (address: "/account", name: say("Your account"))
    let own = (address: "/account/tokens", name: say("Tokens for your programs"))
    return RoomPage(title: own.name, place: .account, trail: isBelow ? [account, own] : [account])
}

private func memberTokens(_ member: RoomMember, isBelow: Bool) -> RoomPage {
    let people = (address: PortalPlace.people.address(member.key), name: PortalPlace.people.title)
    let tokens = (address: "/portal/\(member.key)/tokens", name: say("Tokens for the member's programs"))
    return RoomPage(
        title: tokens.name,
        place: .portal(.people, member),
        trail: isBelow ? [people, tokens] : [people]
    )
}

private func ownTokensPage(_ room: Room, _ form: TokenForm, _ problems: FormProblems) async throws -> Response {
    let tokens = try await room.ask(MyTokens(room.actor.person.id))
    return room.page(ownTokens(isBelow: false), status: problems.isEmpty ? .ok : .unprocessableContent) { h in
        h.problems(problems)
        h.p(
            .class("lede"),
            text: say("A program that shows a token asks the API in your name. It does no more than you may.")
        )
        let list = TokenList(tokens: tokens, holders: nil, revoking: "/account/tokens")
        list.write(h, room)
        tokenForm(h, room, "/account/tokens", Scope.allCases, form, problems)
    }
}

private func memberTokensPage(_ room: Room, _ form: TokenForm, _ problems: FormProblems) async throws -> Response {
    let member = try room.itsMember
    let tokens = try await room.ask(MemberTokens(member: member.id))
    let address = "/portal/\(member.key)/tokens"
    return room.page(
        memberTokens(member, isBelow: false),
        status: problems.isEmpty ? .ok : .unprocessableContent
    ) { h in
        h.problems(problems)
        h.p(
            .class("lede"),
            text: say(
                "A program that shows such a token speaks for \(member.name), as its representative does. It stays when the person who made it goes."
            )
        )
        let list = TokenList(tokens: tokens, holders: nil, revoking: address)
        list.write(h, room)
        tokenForm(h, room, address, Scope.ofMembers, form, problems)
    }
}

private func tokenForm(
    _ h: HTMLWriter,
    _ room: Room,
    _ address: String,
    _ scopes: [Scope],
    _ form: TokenForm,
    _ problems: FormProblems
) {
    h.section(.aria(.labelledby, "new")) {
        h.h2(.id("new"), text: say("A new token"))
        room.form(h, address) {
            h.textField(
                "name",
                label: say("What it is for"),
                value: form.name,
                help: say("So that you know it again: the program and where it runs."),
                problems: problems,
                .autocomplete("off")
            )
            h.fieldset(.class("sub-fields"), .id("field-scopes")) {
                h.legend(say("What it may do"))
                if let message = problems.message("scopes") { h.p(.class("error"), text: message) }
                for scope in scopes {
                    h.checkBox(
                        "scopes",
                        value: scope.rawValue,
                        label: scope.words,
                        isChecked: form.scopes.contains(scope.rawValue)
                    )
                }
            }
            h.choice(
                "days",
                label: say("How long it lasts"),
                value: String(form.days),
                options: TokenForm.lifetimes.map { days in
                    (value: String(days), text: say(days, one: "\(days) day", other: "\(days) days"))
                },
                problems: problems
            )
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Make the token"))
                h.a(.href("/developers"), text: say("What programs can do"))
            }
        }
    }
}

/// A token just made: the only time that it is shown.
private func newToken(_ h: HTMLWriter, _ made: NewToken, back: String) {
    h.div(.class("notice done"), .role(.status)) {
        h.p(say("This is the token. It is shown now and never again: copy it to where the program keeps it."))
    }
    h.p(.class("secret-key")) { h.code(made.text) }
    h.p(.class("quiet")) {
        h.sentence(say("It ends on \(part: 0)."), { h.instant(made.token.expiresAt) })
    }
    h.div(.class("form-end")) { h.a(.class("button primary"), .href(back), text: say("I have copied it")) }
}

/// Tokens with what they may and when they were used.
private struct TokenList {
    let tokens: [APIToken]
    /// Whose each is; `nil` where all are of one.
    let holders: [String]?
    /// The address below which each is revoked; `nil` for whoever may not.
    let revoking: String?

    func write(_ h: HTMLWriter, _ room: Room) {
        guard !tokens.isEmpty else {
            return h.div(.class("empty")) {
                h.h2(say("No tokens"))
                h.p(say("No program has one yet."))
            }
        }
        h.ul(.class("rows dated")) {
            for (index, token) in tokens.enumerated() {
                h.li(.data("row")) { line(h, room, token, holders?[index]) }
            }
        }
    }

    private func line(_ h: HTMLWriter, _ room: Room, _ token: APIToken, _ holder: String?) {
        h.div {
            h.b(token.name)
            let scopes = token.scopes.joined(separator: ", ")
            h.span(.class("also"), text: holder.map { "\($0): \(scopes)" } ?? scopes)
        }
        h.div(.class("who")) {
            if let used = token.lastUsedAt {
                h.sentence(say("last used \(part: 0)", context: "a token"), { h.instant(used) })
            } else {
                h.text(say("never used", context: "a token"))
            }
        }
        h.div(.class("age")) {
            if let revoked = token.revokedAt {
                h.sentence(say("revoked \(part: 0)", context: "a token"), { h.instant(revoked) })
            } else {
                h.sentence(say("ends \(part: 0)", context: "a token"), { h.instant(token.expiresAt) })
            }
        }
        h.div(.class("next")) {
            if let revoking, token.isLive(room.now) {
                room.form(h, "\(revoking)/\(token.id)/revoke", .class("plain")) {
                    h.button(
                        .class("link-button danger"),
                        .type(.submit),
                        .aria(.label, say("Revoke the token \(token.name)")),
                        text: say("Revoke")
                    )
                }
            }
        }
    }
}
