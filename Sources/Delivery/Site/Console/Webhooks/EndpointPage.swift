import Access
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web
import Webhooks

extension Site {
    /// One endpoint: what became of each message to it, and what can be done about both.
    static func addOneEndpoint(to rooms: RoomRoutes) {
        rooms.get("/console/webhooks/:id", .may(.readWebhooks)) { room in try await endpointPage(room) }
        rooms.post("/console/webhooks/:id/change", .may(.manageWebhooks)) { room in
            let form = EndpointForm(room.form)
            do {
                let id = try room.parameter("id")
                let command = ChangeEndpoint(
                    id,
                    name: form.name,
                    url: form.url,
                    kinds: form.kinds,
                    allowsPlain: room.site.rooms.allowsPrivateWebhooks
                )
                try await room.run(command)
                return room.redirect(to: "/console/webhooks/\(id)", notice: say("The endpoint is changed."))
            } catch let input as InvalidInput {
                return try await endpointPage(room, form, FormProblems(input))
            }
        }
        rooms.post("/console/webhooks/:id/remove", .may(.manageWebhooks)) { room in
            try await room.run(RemoveEndpoint(room.parameter("id")))
            return room.redirect(to: ConsolePlace.webhooks.address, notice: say("The endpoint is removed."))
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

/// - Parameter form: what was sent to change it; the endpoint as it is without it.
private func endpointPage(
    _ room: Room,
    _ form: EndpointForm? = nil,
    _ problems: FormProblems = .none
) async throws -> Response {
    let record = try await room.ask(EndpointRecord(room.parameter("id")))
    let endpoint = record.endpoint
    let status: HTTPResponse.Status = problems.isEmpty ? .ok : .unprocessableContent
    return room.page(.webhooks(endpoint.name), status: status) { h in
        h.problems(problems)
        h.p(.class("lede"), text: endpoint.url)
        h.p(.class("quiet"), text: endpoint.kinds.joined(separator: ", "))
        if let because = endpoint.offBecause {
            h.div(.class("notice caution")) {
                h.p(say("It is off: \(because.words). It is told nothing until it is on again."))
            }
        }
        if room.may(.manageWebhooks) { endpointActions(h, room, endpoint) }
        h.section(.aria(.labelledby, "deliveries")) {
            h.h2(.id("deliveries"), text: say("Deliveries"))
            guard !record.deliveries.isEmpty else { return h.p(.class("quiet"), text: say("None yet.")) }
            h.ul(.class("rows dated")) {
                for delivery in record.deliveries {
                    h.li(.data("row")) { deliveryLine(h, room, endpoint, delivery) }
                }
            }
        }
        if room.may(.manageWebhooks) { endpointChange(h, room, endpoint, form ?? EndpointForm(endpoint), problems) }
    }
}

private func endpointChange(
    _ h: HTMLWriter,
    _ room: Room,
    _ endpoint: WebhookEndpoint,
    _ form: EndpointForm,
    _ problems: FormProblems
) {
    let address = "/console/webhooks/\(endpoint.id)"
    h.section(.aria(.labelledby, "change")) {
        h.h2(.id("change"), text: say("Change the endpoint"))
        h.endpointForm(room, to: "\(address)/change", form, problems, end: say("Save"))
        room.form(h, "\(address)/remove", .class("plain")) {
            let words = say("Remove the endpoint, its secret and its deliveries")
            h.button(.class("link-button danger"), .type(.submit), text: words)
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
