import Access
import Charter
import Database
import Foundation
import HTML
import HTTPTypes
import Hummingbird
import Identity
import Languages
import NIOCore
import Web

extension Site {
    /// One's own account, and the ways in and out.
    static func addAccount(to rooms: RoomRoutes) {
        addSignIn(to: rooms)
        addLinks(to: rooms)
        addOpenID(to: rooms)
        addSecondFactor(to: rooms)
        addOwnDetails(to: rooms)
        addOwnPassword(to: rooms)
        addOwnSessions(to: rooms)
        addOwnData(to: rooms)
    }

    private static func addOwnDetails(to rooms: RoomRoutes) {
        rooms.get("/account", .signedIn) { room in try await accountPage(room) }
        rooms.post("/account/details", .signedIn) { room in
            let person = try room.actor.person
            do {
                try await room.run(
                    ChangeOwnDetails(person.id, name: room.form["name"], language: room.form["language"])
                )
                return room.redirect(to: "/account", notice: say("Your details are saved."))
            } catch let input as InvalidInput {
                return try await accountPage(room, AccountForm(details: FormProblems(input), room.form))
            }
        }
        rooms.post("/account/address", .signedIn) { room in
            let person = try room.actor.person
            do {
                try await room.run(
                    RequestAddressChange(person.id, to: room.form["email"], letters: room.site.reception.letters)
                )
                return room.redirect(
                    to: "/account",
                    notice: say(
                        "Mail is on its way to both addresses. Open the link in each; the change takes effect then."
                    )
                )
            } catch let input as InvalidInput {
                return try await accountPage(room, AccountForm(address: FormProblems(input), room.form))
            }
        }
        rooms.post("/account/address/cancel", .signedIn) { room in
            try await room.run(CancelAddressChange(room.actor.person.id))
            return room.redirect(to: "/account", notice: say("Your address stays as it is."))
        }
    }

    private static func addOwnPassword(to rooms: RoomRoutes) {
        rooms.post("/account/password", .signedIn) { room in
            let actor = try room.actor
            try actor.require(.ownAccount, at: .person(actor.person.id))
            do {
                let command = try await room.site.reception.signIn.newPassword(
                    room.form.exact("password"),
                    old: room.form.exact("old-password"),
                    for: actor.person,
                    in: room.session,
                    association: room.site.charter.association.shortName,
                    from: room.doorstep,
                    now: room.now
                )
                try await room.run(command)
                return room.redirect(
                    to: "/account",
                    notice: say("Your password is set. You were signed out everywhere but here.")
                )
            } catch let input as InvalidInput {
                return try await accountPage(room, AccountForm(password: FormProblems(input), room.form))
            }
        }
        rooms.post("/account/password/remove", .signedIn) { room in
            let letters = room.site.reception.letters
            try await room.run(RemovePassword(room.actor.person.id, letters: letters))
            return room.redirect(
                to: "/account",
                notice: say("Your password is removed. Sign in by a link from now on.")
            )
        }
    }

    private static func addOwnSessions(to rooms: RoomRoutes) {
        rooms.post("/account/sessions/:id/end", .signedIn) { room in
            _ = try await room.run(EndSession(.one(room.parameter("id")), of: room.actor.person.id))
            return room.redirect(to: "/account", notice: say("That sign-in has ended."))
        }
        rooms.post("/account/sessions/end-others", .signedIn) { room in
            let ended = try await room.run(EndSession(.allBut(room.session.id), of: room.actor.person.id))
            let words = say(
                ended,
                one: "One other sign-in has ended.",
                other: "\(ended) other sign-ins have ended."
            )
            return room.redirect(to: "/account", notice: words)
        }
        rooms.post("/account/sessions/end-all", .signedIn) { room in
            _ = try await room.run(EndSession(.all, of: room.actor.person.id))
            return room.leave(to: "/sign-in/ended")
        }
        rooms.get("/sign-in/ended", .anyone) { room in
            room.doorPage(say("You are signed out everywhere")) { h in
                h.p(say("All your sign-ins have ended, in this browser too."))
                h.div(.class("form-end")) {
                    h.a(.class("button primary"), .href("/sign-in"), text: say("Sign in again"))
                }
            }
        }
        rooms.post("/sign-out", .signedIn) { room in
            let session = try room.session
            try await room.site.database.write { try Session.end($0, id: session.id, person: session.personID) }
            return room.leave(to: "/")
        }
    }

    private static func addOwnData(to rooms: RoomRoutes) {
        rooms.get("/account/data.json", .signedIn) { room in
            let sources = room.site.reception.personalData
            let data = try await room.ask(PersonalData(room.actor.person.id, sources: sources))
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let day = InstantWords.day(room.now)
            return room.download(
                ByteBuffer(bytes: try encoder.encode(data)),
                type: .json,
                fileName: "my-data-\(day).json"
            )
        }
        rooms.post("/account/erasure", .signedIn) { room in
            try await room.run(AskErasure(room.actor.person.id))
            return room.redirect(
                to: "/account",
                notice: say("An administrator was asked to erase your data. You will get a mail when that is decided.")
            )
        }
        rooms.post("/account/erasure/withdraw", .signedIn) { room in
            try await room.run(WithdrawErasure(room.actor.person.id))
            return room.redirect(to: "/account", notice: say("Your request is withdrawn. Your account stays."))
        }
    }
}

extension InstantWords {
    /// The ISO day of an instant, in UTC.
    static func day(_ instant: Date) -> String { Grant.day(instant) }
}
