import Languages
import Webhooks

/// An endpoint that was just added, with the secret that is shown once.
struct MadeEndpoint: Sendable {
    let endpoint: WebhookEndpoint
    /// `nil` where the request came again: the secret is not kept with its answer.
    let secret: String?
}

/// The entity tag of a message on its way: of what came of it so far.
enum DeliveryTag {
    static func key(_ id: String) -> String { "delivery \(id)" }

    static func of(_ delivery: WebhookDelivery) -> String {
        let state = [delivery.id, delivery.state.rawValue, String(delivery.attempts), delivery.doneAt ?? ""]
        return StateTag.make(Array(state.joined(separator: "\n").utf8), of: key(delivery.id))
    }
}

extension Shapes {
    static let webhook = Shape<WebhookEndpoint>("Webhook", webhookFields({ $0 }, []))

    static let webhookLine = Shape<EndpointList.Line>(
        "WebhookLine",
        webhookFields(
            { $0.endpoint },
            [
                .integer("waiting", "How many messages wait or are being sent.") { $0.waiting },
                .integer("failed", "How many failed, until somebody sends them again.") { $0.failed },
            ]
        )
    )

    static let madeWebhook = Shape<MadeEndpoint>(
        "MadeWebhook",
        webhookFields(
            { $0.endpoint },
            [
                .optionalText(
                    "secret",
                    """
                    With which its receiver checks each message. It is told here and nowhere else: null where the same \
                    request comes again with its `Idempotency-Key`.
                    """
                ) { $0.secret }
            ]
        )
    )

    static let delivery = Shape<WebhookDelivery>(
        "Delivery",
        [
            .text("id", "The same in every attempt: `webhook-id` of the message.") { $0.id },
            .text("etag", "Its state, for If-Match.") { DeliveryTag.of($0) },
            .text("kind", "The event; `webhook.test` for one that only tries the address.") { $0.kind },
            .text("body", "What is sent, as it is signed.") { $0.body },
            .instant("made_at", "When it was queued.") { $0.madeAt },
            .text("state", "`waiting`, `sending`, `arrived` or `failed`.") { $0.state.rawValue },
            .integer("attempts", "How often it was sent since it was last asked for.") { $0.attempts },
            .instant("next_at", "When it is sent next, while it waits.") { $0.nextAt },
            .optionalInteger("last_status", "The status of the last answer.") { $0.lastStatus },
            .optionalText("last_words", "What else was said of the last attempt.") { $0.lastWords?.english },
            .optionalInstant("done_at", "When it arrived, or failed for good.") { $0.doneAt },
        ]
    )

    /// What is told of every endpoint, and `more`. Its secret is not among it.
    private static func webhookFields<Value: Sendable>(
        _ of: @escaping @Sendable (Value) -> WebhookEndpoint,
        _ more: [Field<Value>]
    ) -> [Field<Value>] {
        let fields: [Field<Value>] = [
            .text("id", "The endpoint's id.") { of($0).id },
            .text("name", "What it is for.") { of($0).name },
            .text("url", "Where messages are sent.") { of($0).url },
            .texts("kinds", "The events that it is told of.") { of($0).kinds },
            .flag("is_on", "Whether it is told anything.") { of($0).isOn },
            .instant("made_at", "When it was added.") { of($0).madeAt },
            .optionalInstant("off_at", "Since when it is told nothing.") { of($0).offAt },
            .optionalText("off_because", "Why: `by hand`, or `gone (410)` where its receiver said so.") {
                of($0).offBecause?.rawValue
            },
        ]
        return fields + more
    }
}

/// An endpoint as it is sent.
enum WebhookBody {
    /// - Parameter isNew: whether all of it has to be sent.
    static func object(_ name: String, isNew: Bool) -> ObjectSchema {
        ObjectSchema(
            name: name,
            isClosed: true,
            [
                .init(name: "name", schema: .text("What it is for.", .line(1, 80)), isRequired: isNew),
                .init(
                    name: "url",
                    schema: .text(
                        "Where messages are sent: begins with https://. Private networks are not reached.",
                        .printed(1, 500),
                        example: "https://receiver.example/hansa"
                    ),
                    isRequired: isNew
                ),
                .init(
                    name: "kinds",
                    schema: .list(
                        "The events that it is told of.",
                        of: .choice("An event.", EventKind.allCases.map(\.rawValue)),
                        atLeast: 1,
                        isUnique: true
                    ),
                    isRequired: isNew
                ),
            ]
        )
    }
}
