import HTML
import Languages
import Web
import Webhooks

/// What the form of an endpoint holds, of a new one and of one that is changed.
struct EndpointForm: Sendable {
    var name = ""
    var url = ""
    var kinds: [String] = []

    init() {}

    init(_ form: FormValues) {
        name = form["name"]
        url = form["url"]
        kinds = form.all("kinds")
    }

    init(_ endpoint: WebhookEndpoint) {
        name = endpoint.name
        url = endpoint.url
        kinds = endpoint.kinds
    }
}

extension HTMLWriter {
    func endpointForm(
        _ room: Room,
        to address: String,
        _ form: EndpointForm,
        _ problems: FormProblems,
        end: Phrase
    ) {
        room.form(self, address) {
            textField(
                "name",
                label: say("What it is for"),
                value: form.name,
                problems: problems,
                .autocomplete("off")
            )
            textField(
                "url",
                label: say("Address"),
                value: form.url,
                help: say("Begins with https://. Addresses of private networks are not reached."),
                problems: problems,
                .autocomplete("off")
            )
            fieldset(.class("sub-fields"), .id("field-kinds")) {
                legend(say("What it is told"))
                if let message = problems.message("kinds") { p(.class("error"), text: message) }
                for kind in EventKind.allCases {
                    checkBox(
                        "kinds",
                        value: kind.rawValue,
                        label: kind.words,
                        isChecked: form.kinds.contains(kind.rawValue)
                    )
                }
            }
            div(.class("form-end")) { button(.class("button primary"), .type(.submit), text: end) }
        }
    }
}
