import Access
import Charter
import HTML
import Hummingbird
import Languages
import Standing
import Web

extension Site {
    /// What sources state of its conduct, and the form that adds what is known.
    static func circumstances(
        _ h: HTMLWriter,
        _ room: Room,
        _ found: ParticipationOfMember.Answer,
        _ problems: FormProblems
    ) {
        let charter = room.site.charter
        let grounds = StatedCircumstance.grounds(charter, category: found.category, on: room.today)
        let mayState = room.may(.editMember) && !grounds.isEmpty
        guard mayState || !found.circumstances.isEmpty else { return }
        let words = StandingWords(charter: charter, events: found.events.map(\.onRecord))
        h.section(.aria(.labelledby, "circumstances")) {
            h.h2(.id("circumstances"), text: say("What is said of it"))
            h.ul(.class("rows plain-rows")) {
                for stated in found.circumstances {
                    h.li {
                        h.div(text: words.statement(stated))
                        h.div(.class("age"), text: stated.asOf.short)
                    }
                }
            }
            guard mayState else { return }
            room.form(h, memberAddress(found.memberKey, "circumstance")) {
                h.choice(
                    "ground",
                    label: say("What is known"),
                    value: room.form["ground"],
                    options: [("", say("Choose"))] + grounds.map { ($0.key, .name($0.when)) },
                    problems: problems
                )
                h.choice(
                    "holds",
                    label: say("Is it so?"),
                    value: room.form["holds"],
                    options: [("yes", say("It is so")), ("no", say("It is not so, or not any more"))]
                )
                h.textField(
                    "as_of",
                    label: say("Known on"),
                    value: room.form.optional("as_of") ?? room.today.description,
                    type: .date,
                    problems: problems
                )
                h.textField(
                    "known_grounds",
                    label: say("Where you have it from"),
                    value: room.form["known_grounds"],
                    problems: problems,
                    .maxlength(1000)
                )
                h.div(.class("form-end")) { h.button(.class("button"), .type(.submit), text: say("Write it down")) }
            }
        }
    }

    static func stateCircumstance(_ room: Room) async throws -> Response {
        let key = try room.parameter("key")
        let command = StateCircumstance(
            member: key,
            ground: room.form["ground"],
            asOf: room.form["as_of"],
            holds: room.form["holds"] != "no",
            grounds: room.form["known_grounds"],
            charter: room.site.charter
        )
        do {
            try await room.run(command)
            return room.redirect(
                to: memberAddress(key, "participation"),
                notice: say("It is written down. The rule on standing takes it into account tonight.")
            )
        } catch let input as InvalidInput {
            // Both forms of the page ask for grounds; each has a box of its own.
            let fields = input.fields.map { field in
                field.name == "grounds" ? InvalidInput.Field("known_grounds", field.message) : field
            }
            return try await ofMember(room, FormProblems(fields: fields))
        }
    }
}
