import Access
import Charter
import Database
import HTML
import HTTPTypes
import Hummingbird
import Identity
import Languages
import Web

extension Site {
    /// What mail leads to. Opening a link does nothing: mail scanners open them too. The button does it.
    static func addLinks(to rooms: RoomRoutes) {
        addEntry(to: rooms, Letters.Path.signIn, .signIn)
        addEntry(to: rooms, Letters.Path.invitation, .invitation)
        rooms.get(Letters.Path.address, .anyone) { room in
            let signIn = room.site.reception.signIn
            guard let secret = try key(room), let address = try await signIn.lookAtAddress(secret, now: room.now) else {
                return worthlessPage(room)
            }
            return room.doorPage(say("Confirm the change of address")) { h in
                h.p {
                    h.sentence(
                        say(
                            "From now on the account shall use \(part: 0). It does once both addresses have confirmed."
                        ),
                        { h.b(address) }
                    )
                }
                button(h, room, Letters.Path.address, secret, say("Confirm"))
            }
        }
        rooms.post(Letters.Path.address, .anyone) { room in
            guard let secret = Secret(room.form[Letters.Path.key]) else { return worthlessPage(room) }
            do {
                let step = try await room.site.reception.signIn.confirmAddress(
                    secret,
                    from: room.doorstep,
                    now: room.now
                )
                return addressPage(room, step)
            } catch SignInRefusal.worthlessLink { return worthlessPage(room) }
        }
    }

    private static func addEntry(to rooms: RoomRoutes, _ path: String, _ purpose: OneTimeLink.Purpose) {
        rooms.get(path, .anyone) { room in
            let signIn = room.site.reception.signIn
            guard let secret = try key(room), let view = try await signIn.look(secret, purpose, now: room.now) else {
                return worthlessPage(room)
            }
            let place = try await placeName(room, view.grant)
            return entryPage(room, path, secret, view, place: place)
        }
        rooms.post(path, .anyone) { room in
            guard let secret = Secret(room.form[Letters.Path.key]) else { return worthlessPage(room) }
            do {
                let outcome = try await room.site.reception.signIn.enter(
                    secret,
                    purpose,
                    from: room.doorstep,
                    now: room.now
                )
                return try await room.admit(outcome, to: purpose == .invitation ? "/account" : Room.firstPage)
            } catch SignInRefusal.worthlessLink { return worthlessPage(room) }
        }
    }

    private static func key(_ room: Room) throws -> Secret? {
        try room.query().string(Letters.Path.key, maximumCharacters: 43).flatMap { Secret($0) }
    }

    private static func placeName(_ room: Room, _ grant: Grant?) async throws -> String {
        guard let grant else { return "" }
        return try await room.names(of: [grant.place])[grant.place] ?? ""
    }
}

private func entryPage(_ room: Room, _ path: String, _ secret: Secret, _ view: LinkView, place: String) -> Response {
    let association = room.site.charter.association.shortName
    guard let grant = view.grant else {
        return room.doorPage(say("Sign in")) { h in
            h.p { h.sentence(say("This signs you in as \(part: 0)."), { h.b(view.person.name) }) }
            button(h, room, path, secret, say("Sign in"))
        }
    }
    return room.doorPage(say("You are invited to \(association)")) { h in
        h.p(say("Hello \(view.person.name), this is what you are asked to be:"))
        h.dl(.class("facts")) {
            h.fact(say("Role")) { h.text(grant.role.name) }
            h.fact(say("In")) { h.text(place) }
            h.fact(say("From")) { h.text(DayRange(grant.startsOn, grant.startsOn).label) }
            if let end = grant.endsOn { h.fact(say("Until")) { h.text(DayRange(end, end).label) } }
            if let name = view.invitedBy { h.fact(say("Invited by")) { h.text(name) } }
        }
        h.p(.class("quiet"), text: grant.role.purpose)
        button(h, room, path, secret, say("Accept and sign in"))
    }
}

private func button(_ h: HTMLWriter, _ room: Room, _ path: String, _ secret: Secret, _ words: Phrase) {
    room.form(h, path) {
        h.hidden(Letters.Path.key, secret.text)
        h.div(.class("form-end")) { h.button(.class("button primary"), .type(.submit), .autofocus(), text: words) }
    }
}

private func addressPage(_ room: Room, _ step: AddressStep) -> Response {
    switch step {
    case .waitsForOther:
        room.doorPage(say("Half of it is done")) { h in
            h.p(
                say(
                    "This address has confirmed. Now open the link that was sent to the other one; then the change takes effect."
                )
            )
        }
    case .done(let address):
        room.doorPage(say("Your address has changed")) { h in
            h.p {
                h.sentence(
                    say("Your account now uses \(part: 0). Sign in with it from now on."),
                    { h.b(address) }
                )
            }
            h.div(.class("form-end")) { h.a(.class("button primary"), .href("/sign-in"), text: say("Go on")) }
        }
    }
}

private func worthlessPage(_ room: Room) -> Response {
    room.doorPage(say("This link does nothing any more"), status: .gone) { h in
        h.p(SignInRefusal.worthlessLink.sentence)
        h.div(.class("form-end")) { h.a(.class("button primary"), .href("/sign-in"), text: say("Sign in")) }
    }
}
