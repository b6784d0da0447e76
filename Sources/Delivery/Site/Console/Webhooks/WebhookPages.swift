import Access
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web
import Webhooks

extension Site {
    /// Endpoints of other programs.
    static func addWebhooks(to rooms: RoomRoutes) {
        rooms.get("/console/webhooks", .may(.readWebhooks)) { room in
            try await endpointsPage(room, EndpointForm(), .none)
        }
        rooms.post("/console/webhooks", .may(.manageWebhooks)) { room in
            let form = EndpointForm(room.form)
            do {
                let command = AddEndpoint(
                    name: form.name,
                    url: form.url,
                    kinds: form.kinds,
                    allowsPlain: room.site.rooms.allowsPrivateWebhooks
                )
                let made = try await room.run(command)
                return room.page(.webhooks(form.name)) { newEndpoint($0, made) }
            } catch let input as InvalidInput {
                return try await endpointsPage(room, form, FormProblems(input))
            }
        }
        addOneEndpoint(to: rooms)
    }
}

extension RoomPage {
    /// - Parameter name: an endpoint's, for a page of its own; nothing for the list of all.
    static func webhooks(_ name: String? = nil) -> RoomPage {
        let place = (address: ConsolePlace.webhooks.address, name: ConsolePlace.webhooks.title)
        return RoomPage(
            title: name.map { Phrase.verbatim($0) } ?? place.name,
            place: .console(.webhooks),
            trail: name == nil ? [] : [place]
        )
    }
}

private func endpointsPage(_ room: Room, _ form: EndpointForm, _ problems: FormProblems) async throws -> Response {
    let lines = try await room.ask(EndpointList())
    return room.page(.webhooks(), status: problems.isEmpty ? .ok : .unprocessableContent) { h in
        h.problems(problems)
        h.p(.class("lede"), text: say("Programs elsewhere that are told what happens here, each message signed."))
        if lines.isEmpty {
            h.div(.class("empty")) {
                h.h2(say("No endpoints"))
                h.p(say("No program elsewhere is told anything yet."))
            }
        } else {
            h.ul(.class("rows dated")) {
                for line in lines { h.li(.data("row")) { endpointLine(h, line) } }
            }
        }
        if room.may(.manageWebhooks) {
            h.section(.aria(.labelledby, "new")) {
                h.h2(.id("new"), text: say("A new endpoint"))
                h.endpointForm(room, to: "/console/webhooks", form, problems, end: say("Add the endpoint"))
            }
        }
    }
}

private func endpointLine(_ h: HTMLWriter, _ line: EndpointList.Line) {
    let endpoint = line.endpoint
    h.div {
        h.a(.href("/console/webhooks/\(endpoint.id)"), text: endpoint.name)
        h.span(.class("also"), text: endpoint.url)
    }
    h.div(.class("who")) {
        if endpoint.isOn {
            h.text(say("on", context: "an endpoint"))
        } else {
            h.span(.class("off"), text: say("off", context: "an endpoint"))
        }
    }
    h.div(.class("age"), text: say("\(line.waiting) waiting"))
    h.div(.class("next")) {
        if line.failed > 0 { h.span(.class("off"), text: say("\(line.failed) failed")) }
    }
}

/// The only time that the secret is shown.
private func newEndpoint(_ h: HTMLWriter, _ made: AddEndpoint.Outcome) {
    h.div(.class("notice done"), .role(.status)) {
        h.p(
            say(
                "This is the endpoint's secret, with which its receiver checks each message. It is shown now and never again."
            )
        )
    }
    h.p(.class("secret-key")) { h.code(made.secret) }
    h.div(.class("form-end")) {
        h.a(.class("button primary"), .href("/console/webhooks/\(made.id)"), text: say("I have copied it"))
    }
}
