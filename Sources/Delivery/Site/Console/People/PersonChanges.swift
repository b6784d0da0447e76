import Access
import HTML
import Hummingbird
import Identity
import Languages
import Web

extension Site {
    /// What can be done about a person, each by its own form.
    static func addPersonChanges(to rooms: RoomRoutes) {
        addRoleChanges(to: rooms)
        addAccountChanges(to: rooms)
        addErasure(to: rooms)
    }

    private static func addRoleChanges(to rooms: RoomRoutes) {
        rooms.post("/console/people/:id/roles", .may(.giveBodyRole)) { room in
            let id = try room.parameter("id")
            do {
                let (role, place) = try await RoleForm.load(room).read(room)
                _ = try await room.run(
                    GiveRole(
                        to: id,
                        role: role,
                        in: place,
                        from: room.form.optional("from"),
                        until: room.form.optional("until"),
                        grounds: room.form["grounds"],
                        places: room.site.reception.places,
                        letters: room.site.reception.letters
                    )
                )
                return room.redirect(
                    to: PeopleAddress.person(id),
                    notice: say("The role is given, and they get a mail.")
                )
            } catch let input as InvalidInput {
                return try await personPage(room, id, PersonForm(role: FormProblems(input)))
            } catch let refusal as RoleRefusal where refusal != .noSuchPerson {
                return try await personPage(room, id, PersonForm(refusal: refusal))
            }
        }
        rooms.post("/console/roles/:id/end", .may(.giveBodyRole)) { room in
            let id = try room.parameter("id")
            let person = try await room.ask(RoleHolder(id))
            try await room.run(EndRole(id, lastDay: room.form.optional("until"), grounds: room.form["grounds"]))
            return room.redirect(to: PeopleAddress.person(person), notice: say("The role ends."))
        }
        rooms.post("/console/invitations/:id/again", .may(.giveBodyRole)) { room in
            let (places, letters) = (room.site.reception.places, room.site.reception.letters)
            let person = try await room.run(InviteAgain(room.parameter("id"), places: places, letters: letters))
            return room.redirect(
                to: PeopleAddress.person(person),
                notice: say("The invitation is sent again, with a new link.")
            )
        }
        rooms.post("/console/invitations/:id/revoke", .may(.giveBodyRole)) { room in
            let sources = room.site.reception.personalData
            try await room.run(RevokeInvitation(room.parameter("id"), sources: sources))
            return room.redirect(to: ConsolePlace.people.address, notice: say("The invitation is taken back."))
        }
    }

    private static func addAccountChanges(to rooms: RoomRoutes) {
        rooms.post("/console/people/:id/edit", .may(.editPerson)) { room in
            let id = try room.parameter("id")
            do {
                try await room.run(
                    EditPerson(
                        id,
                        name: room.form["name"],
                        email: room.form["email"],
                        language: room.form["language"],
                        sources: room.site.reception.personalData,
                        letters: room.site.reception.letters
                    )
                )
                return room.redirect(to: PeopleAddress.person(id), notice: say("Saved."))
            } catch let input as InvalidInput {
                // Somebody who is not there has no page on which the form could be shown again.
                return try await personPage(room, id, PersonForm(details: FormProblems(input)))
            }
        }
        rooms.post("/console/people/:id/close", .may(.editPerson)) { room in
            let id = try room.parameter("id")
            try await room.run(ClosePerson(id, grounds: room.form["grounds"]))
            return room.redirect(
                to: PeopleAddress.person(id),
                notice: say("The account is closed and signed out everywhere.")
            )
        }
        rooms.post("/console/people/:id/reopen", .may(.editPerson)) { room in
            let id = try room.parameter("id")
            try await room.run(ReopenPerson(id))
            return room.redirect(to: PeopleAddress.person(id), notice: say("The account is open again."))
        }
        rooms.post("/console/people/:id/sign-out", .may(.editPerson)) { room in
            let id = try room.parameter("id")
            let ended = try await room.run(SignOutPerson(id))
            let words =
                ended == 0
                ? say("They were signed in nowhere.")
                : say(ended, one: "Their one sign-in has ended.", other: "Their \(ended) sign-ins have ended.")
            return room.redirect(to: PeopleAddress.person(id), notice: words)
        }
        rooms.post("/console/people/:id/reset-second-factor", .may(.editPerson)) { room in
            let id = try room.parameter("id")
            try await room.run(ResetSecondFactor(id, letters: room.site.reception.letters))
            return room.redirect(to: PeopleAddress.person(id), notice: say("They sign in without a second factor now."))
        }
    }
}
