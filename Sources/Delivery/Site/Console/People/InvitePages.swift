import Access
import HTML
import Hummingbird
import Languages
import Web

extension Site {
    static func addInvite(to rooms: RoomRoutes) {
        rooms.get("/console/people/invite", .may(.giveBodyRole)) { room in
            invitePage(room, try await RoleForm.load(room))
        }
        rooms.post("/console/people/invite", .may(.giveBodyRole)) { room in
            let form = try await RoleForm.load(room)
            do {
                let (role, place) = try await form.read(room)
                let sent = room.form
                let outcome = try await room.run(
                    InvitePerson(
                        name: sent["name"],
                        email: sent["email"],
                        language: sent["language"],
                        role: role,
                        in: place,
                        from: sent.optional("from"),
                        until: sent.optional("until"),
                        grounds: sent["grounds"],
                        places: room.site.reception.places,
                        letters: room.site.reception.letters
                    )
                )
                return room.redirect(
                    to: PeopleAddress.person(outcome.personID),
                    notice: say("\(sent["email"]) gets a mail about the role.")
                )
            } catch let input as InvalidInput {
                return invitePage(room, form, problems: FormProblems(input))
            } catch let refusal as RoleRefusal {
                return invitePage(room, form, refusal: refusal)
            }
        }
    }
}

private func invitePage(
    _ room: Room,
    _ form: RoleForm,
    problems: FormProblems = .none,
    refusal: RoleRefusal? = nil
) -> Response {
    let page = RoomPage(
        title: say("Invite somebody"),
        place: .console(.people),
        trail: [(ConsolePlace.people.address, ConsolePlace.people.title)]
    )
    let status = refusal?.kind.status ?? (problems.isEmpty ? .ok : .unprocessableContent)
    return room.page(page, status: status) { h in
        h.problems(problems)
        h.refused(refusal)
        room.form(h, "/console/people/invite") {
            h.textField(
                "name",
                label: say("Name", context: "of a person"),
                value: room.form["name"],
                problems: problems,
                .autocomplete("off")
            )
            h.textField(
                "email",
                label: say("E-mail address"),
                value: room.form["email"],
                type: .email,
                help: say("Who is known here already gets the role and a notice instead of an invitation."),
                problems: problems,
                .autocomplete("off")
            )
            h.choice(
                "language",
                label: say("Language of their mail"),
                value: room.form["language"],
                options: mailLanguages,
                problems: problems
            )
            form.show(h, room.form, problems)
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Invite"))
                h.a(.class("button"), .href(ConsolePlace.people.address), text: say("Leave it"))
            }
        }
    }
}
