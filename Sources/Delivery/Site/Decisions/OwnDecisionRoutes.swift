import Access
import Database
import Decisions
import HTTPTypes
import Hummingbird
import Identity
import Languages
import Web

extension Site {
    /// What somebody is asked as one who answers for a seat of a body.
    static func addOwnDecisions(to rooms: RoomRoutes) {
        let base = DecisionLetters.Path.own
        rooms.get(base, .signedIn) { room in
            let own = OwnCirculars(person: try room.actor.person.id, services: room.site.rooms.decisions)
            return ownDecisionsPage(room, try await room.ask(own))
        }
        rooms.get("\(base)/:id", .signedIn) { room in
            ownDecisionPage(room, try await ownDecision(room))
        }
        rooms.post("\(base)/:id", .somewhere(.answerDecision)) { room in
            let id = try room.parameter("id")
            do {
                let outcome = try await room.run(answer(room, id, as: room.actor, link: nil))
                return room.redirect(to: "\(base)/\(id)", notice: outcome.notice)
            } catch let input as InvalidInput {
                return ownDecisionPage(room, try await ownDecision(room), FormProblems(input))
            }
        }
    }

    private static func ownDecision(_ room: Room) async throws -> OwnCircular.Answer {
        let own = OwnCircular(
            try room.parameter("id"),
            person: try room.actor.person.id,
            services: room.site.rooms.decisions
        )
        return try await room.ask(own)
    }

    /// The answer that a form gives.
    static func answer(_ room: Room, _ id: String, as actor: Actor, link: Secret?) throws -> AnswerCircular {
        AnswerCircular(
            id,
            seat: room.form["seat"],
            as: actor,
            answers: try AnswerForm.answers(room.form),
            comment: room.form.exact("comment"),
            link: link,
            services: room.site.rooms.decisions
        )
    }
}

extension AnswerOutcome {
    var notice: Phrase {
        switch self {
        case .recorded: say("Your answer is recorded. Until the end you can change it.")
        case .unchanged: say("This is your answer already. Nothing was changed.")
        case .closed: say("Your answer was the last that was missing: it is decided.")
        }
    }
}
