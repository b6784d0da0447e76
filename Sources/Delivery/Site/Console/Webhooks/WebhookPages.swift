import Access
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web
import Webhooks

extension Site {
    /// Endpoints of other programs, and what became of each message to them.
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
                return room.page(webhookPage(form.name, isBelow: true)) { newEndpoint($0, made) }
            } catch let input as InvalidInput {
                return try await endpointsPage(room, form, FormProblems(input))
            }
        }
        rooms.get("/console/webhooks/:id", .may(.readWebhooks)) { room in
            try await endpointPage(room, room.ask(EndpointRecord(room.parameter("id"))))
        }
        rooms.post("/console/webhooks/:id/turn", .may(.manageWebhooks)) { room in
            let id = try room.parameter("id")
            let isOn = room.form["on"] == "yes"
            try await room.run(TurnEndpoint(id, on: isOn))
            let notice = isOn ? say("The endpoint is on.") : say("The endpoint is off.")
            return room.redirect(to: "/console/webhooks/\(id)", notice: notice)
        }
        rooms.post("/console/webhooks/:id/try", .may(.manageWebhooks)) { room in
            let id = try room.parameter("id")
            try await room.run(TryEndpoint(id))
            return room.redirect(to: "/console/webhooks/\(id)", notice: say("A message to try it is on its way."))
        }
        rooms.post("/console/webhooks/:id/deliveries/:delivery/replay", .may(.manageWebhooks)) { room in
            try await room.run(ReplayDelivery(room.parameter("delivery")))
            return room.redirect(
                to: "/console/webhooks/\(try room.parameter("id"))",
                notice: say("The message is sent again.")
            )
        }
    }
}

/// What the form of a new endpoint holds.
private struct EndpointForm: Sendable {
    var name = ""
    var url = ""
    var kinds: [String] = []

    init() {}

    init(_ form: FormValues) {
        name = form["name"]
        url = form["url"]
        kinds = form.all("kinds")
    }
}

private func webhookPage(_ name: String, isBelow: Bool) -> RoomPage {
    let place = (address: ConsolePlace.webhooks.address, name: ConsolePlace.webhooks.title)
    return RoomPage(
        title: isBelow ? .verbatim(name) : place.name,
        place: .console(.webhooks),
        trail: isBelow ? [place] : []
    )
}

private func endpointsPage(_ room: Room, _ form: EndpointForm, _ problems: FormProblems) async throws -> Response {
    let lines = try await room.ask(EndpointList())
    return room.page(webhookPage("", isBelow: false), status: problems.isEmpty ? .ok : .unprocessableContent) { h in
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
        if room.may(.manageWebhooks) { endpointForm(h, room, form, problems) }
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

private func endpointForm(_ h: HTMLWriter, _ room: Room, _ form: EndpointForm, _ problems: FormProblems) {
    h.section(.aria(.labelledby, "new")) {
        h.h2(.id("new"), text: say("A new endpoint"))
        room.form(h, "/console/webhooks") {
            h.textField(
                "name",
                label: say("What it is for"),
                value: form.name,
                problems: problems,
                .autocomplete("off")
            )
            h.textField(
                "url",
                label: say("Address"),
                value: form.url,
                help: say("Begins with https://. Addresses of private networks are not reached."),
                problems: problems,
                .autocomplete("off")
            )
            h.fieldset(.class("sub-fields"), .id("field-kinds")) {
                h.legend(say("What it is told"))
                if let message = problems.message("kinds") { h.p(.class("error"), text: message) }
                for kind in EventKind.allCases {
                    h.checkBox(
                        "kinds",
                        value: kind.rawValue,
                        label: kind.words,
                        isChecked: form.kinds.contains(kind.rawValue)
                    )
                }
            }
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Add the endpoint"))
            }
        }
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

private func endpointPage(_ room: Room, _ record: EndpointRecord.Answer) async throws -> Response {
    let endpoint = record.endpoint
    return room.page(webhookPage(endpoint.name, isBelow: true)) { h in
        h.p(.class("lede"), text: endpoint.url)
        h.p(.class("quiet"), text: endpoint.kinds.joined(separator: ", "))
        if let because = endpoint.offBecause {
            h.div(.class("notice caution")) {
                h.p(say("It is off: \(because.words). It is told nothing until it is on again."))
            }
        }
        if room.may(.manageWebhooks) { endpointActions(h, room, endpoint) }
        h.section(.aria(.labelledby, "deliveries")) {
            h.h2(.id("deliveries"), text: say("Messages"))
            guard !record.deliveries.isEmpty else { return h.p(.class("quiet"), text: say("None yet.")) }
            h.ul(.class("rows dated")) {
                for delivery in record.deliveries {
                    h.li(.data("row")) { deliveryLine(h, room, endpoint, delivery) }
                }
            }
        }
    }
}

private func endpointActions(_ h: HTMLWriter, _ room: Room, _ endpoint: WebhookEndpoint) {
    h.div(.class("actions")) {
        if endpoint.isOn {
            room.form(h, "/console/webhooks/\(endpoint.id)/try", .class("plain")) {
                h.button(.class("button"), .type(.submit), text: say("Send a message to try it"))
            }
        }
        room.form(h, "/console/webhooks/\(endpoint.id)/turn", .class("plain")) {
            h.input(.type(.hidden), .name("on"), .value(endpoint.isOn ? "no" : "yes"))
            h.button(.class("button"), .type(.submit), text: endpoint.isOn ? say("Turn it off") : say("Turn it on"))
        }
    }
}

private func deliveryLine(_ h: HTMLWriter, _ room: Room, _ endpoint: WebhookEndpoint, _ delivery: WebhookDelivery) {
    h.div {
        h.b(delivery.kind)
        h.span(.class("also"), text: delivery.body)
    }
    h.div(.class("who")) { deliveryState(h, delivery) }
    h.div(.class("age")) { h.instant(delivery.madeAt) }
    h.div(.class("next")) {
        if room.may(.manageWebhooks), endpoint.isOn, delivery.state != .sending {
            room.form(h, "/console/webhooks/\(endpoint.id)/deliveries/\(delivery.id)/replay", .class("plain")) {
                h.button(
                    .class("link-button"),
                    .type(.submit),
                    .aria(.label, say("Send \(delivery.id) again")),
                    text: say("Send again")
                )
            }
        }
    }
}

private func deliveryState(_ h: HTMLWriter, _ delivery: WebhookDelivery) {
    switch delivery.state {
    case .arrived: h.span(.class("same"), text: say("arrived", context: "a message"))
    case .sending: h.text(say("being sent", context: "a message"))
    case .waiting:
        h.sentence(say("waits until \(part: 0)", context: "a message"), { h.instant(delivery.nextAt) })
    case .failed: h.span(.class("off"), text: say("failed", context: "a message"))
    }
    guard delivery.state != .arrived, delivery.attempts > 0 else { return }
    let said = delivery.lastStatus.map { Phrase.verbatim(String($0)) } ?? delivery.lastWords ?? .empty
    h.span(
        .class("also"),
        text: say(
            delivery.attempts,
            one: "\(said), after one attempt",
            other: "\(said), after \(delivery.attempts) attempts"
        )
    )
}
