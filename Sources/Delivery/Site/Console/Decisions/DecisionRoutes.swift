import Access
import Database
import Decisions
import Hummingbird
import Languages
import Web

extension Site {
    static let decisionsAddress = ConsolePlace.decisions.address

    /// What bodies are asked, for the secretariat.
    static func addDecisions(to rooms: RoomRoutes) {
        let base = decisionsAddress
        rooms.get(base, .may(.readDecisions)) { room in
            let address = try DecisionsAddress(room.query())
            let found = try await room.ask(CircularList(state: address.state, page: address.page))
            return decisionListPage(room, address, found)
        }
        rooms.get("\(base)/new", .may(.openDecision)) { room in
            let query = try room.query()
            var form = DecisionForm(matter: try query.string("matter") ?? OtherMatter.kind)
            form.subjects = query.all("subject")
            form.body = try query.string("body") ?? ""
            return try await newDecisionPage(room, form)
        }
        rooms.post(base, .may(.openDecision)) { room in
            let form = DecisionForm(room.form)
            if room.form.has("more") { return try await newDecisionPage(room, form.withMoreRows) }
            do {
                let command = OpenCircular(form.draft, id: form.once, services: room.site.rooms.decisions)
                let id = try await room.run(command)
                return room.redirect(to: "\(base)/\(id)", notice: form.done)
            } catch let input as InvalidInput {
                return try await newDecisionPage(room, form, FormProblems(input))
            }
        }
        rooms.get("\(base)/:id", .may(.readDecisions)) { room in
            let record = CircularRecord(try room.parameter("id"), services: room.site.rooms.decisions)
            return decisionPage(room, try await room.ask(record))
        }
        addDecisionChanges(to: rooms, base)
    }

    private static func addDecisionChanges(to rooms: RoomRoutes, _ base: String) {
        rooms.post("\(base)/:id/withdraw", .may(.withdrawDecision)) { room in
            try await change(room, say("Withdrawn. Everybody who was asked is told by mail.")) { id, services in
                try await room.run(WithdrawCircular(id, reason: room.form.exact("reason"), services: services))
            }
        }
        rooms.post("\(base)/:id/answers", .may(.recordDecision)) { room in
            try await change(room, say("The answer is recorded.")) { id, services in
                let command = RecordAnswer(
                    id,
                    seat: room.form["seat"],
                    answers: try AnswerForm.answers(room.form),
                    comment: room.form.exact("comment"),
                    grounds: room.form["grounds"],
                    services: services
                )
                _ = try await room.run(command)
            }
        }
        rooms.post("\(base)/:id/meeting", .may(.recordDecision)) { room in
            try await change(room, say("The meeting's outcome is recorded.")) { id, services in
                let command = RecordMeetingDecision(
                    id,
                    outcomes: try AnswerForm.outcomes(room.form),
                    day: room.form["day"],
                    minutes: room.form["minutes"],
                    services: services
                )
                try await room.run(command)
            }
        }
        rooms.post("\(base)/:id/again", .may(.openDecision)) { room in
            let way = Circular.Way(rawValue: room.form["way"]) ?? .circulation
            let command = AskAgain(
                about: try room.parameter("id"),
                way,
                id: room.form["once"],
                services: room.site.rooms.decisions
            )
            do {
                let id = try await room.run(command)
                return room.redirect(to: "\(base)/\(id)", notice: say("Asked again."))
            } catch let input as InvalidInput { return try await again(room, input) }
        }
        rooms.post("\(base)/:id/items/:item/carry-out", .may(.recordDecision)) { room in
            let (id, services) = (try room.parameter("id"), room.site.rooms.decisions)
            let left = try await room.run(CarryOutAgain(id, item: room.parameter("item"), services: services))
            let notice = left == nil ? say("It is carried out.") : say("It still cannot be carried out; see why below.")
            return room.redirect(to: "\(base)/\(id)", notice: notice)
        }
    }

    private static func change(
        _ room: Room,
        _ done: Phrase,
        _ body: (String, DecisionServices) async throws -> Void
    ) async throws -> Response {
        let id = try room.parameter("id")
        do { try await body(id, room.site.rooms.decisions) } catch let input as InvalidInput {
            return try await again(room, input)
        }
        return room.redirect(to: "\(decisionsAddress)/\(id)", notice: done)
    }

    private static func again(_ room: Room, _ input: InvalidInput) async throws -> Response {
        let record = CircularRecord(try room.parameter("id"), services: room.site.rooms.decisions)
        return decisionPage(room, try await room.ask(record), FormProblems(input))
    }
}

/// What the list asks for, as its address says it.
struct DecisionsAddress: Sendable {
    let state: Circular.State?
    let page: Int

    init(_ query: QueryParameters) throws(RequestProblem) {
        state = try query.choice("state", of: Circular.State.self)
        page = try query.int("page", in: 1...1_000_000, default: 1)
    }

    static func text(_ state: Circular.State?, page: Int = 1) -> String {
        let parts = [state.map { "state=\($0.rawValue)" }, page == 1 ? nil : "page=\(page)"].compactMap { $0 }
        return Site.decisionsAddress + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
    }
}
