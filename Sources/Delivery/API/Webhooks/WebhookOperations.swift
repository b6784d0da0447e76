import Access
import Database
import HTTPTypes
import Web
import Webhooks

/// An endpoint as it is read and changed.
private enum WebhookRecords {
    static let id = Parameter<String>.path("id", "The endpoint's id.")

    static func of(_ id: String) -> Record<EndpointRecord, WebhookEndpoint> {
        Record("webhook \(id)", Shapes.webhook, EndpointRecord(id)) { found, _ in found.endpoint }
    }

    static let change: [any AnyParameter] = [id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey]
}

extension Operation {
    /// Programs elsewhere that are told what happens.
    static let listWebhooks = list(
        "/webhooks",
        id: "listWebhooks",
        topic: .webhooks,
        summary: "List webhooks",
        detail: "Addresses of other programs that are told what happens, each with how many messages wait and failed.",
        of: Shapes.webhookLine,
        named: "Webhooks",
        access: .token(.readWebhooks, .readWebhooks)
    ) { try await $0.ask(EndpointList()) }

    static let getWebhook = one(
        "/webhooks/{id}",
        id: "getWebhook",
        topic: .webhooks,
        summary: "Read a webhook",
        detail: "One address, and what it is told.",
        of: Shapes.webhook,
        access: .token(.readWebhooks, .readWebhooks),
        parameters: [WebhookRecords.id]
    ) { WebhookRecords.of(try $0.required(WebhookRecords.id)) }

    static let addWebhook = Operation(
        .post,
        "/webhooks",
        id: "addWebhook",
        topic: .webhooks,
        summary: "Add a webhook",
        detail: """
            Has an address told of the events that you choose, from now on. The answer has the secret with which its \
            receiver checks each message, and nothing else ever tells it. The same request with the same \
            `Idempotency-Key` adds nothing and has null in its place, because no secret is kept with an answer. \
            Whoever lost it removes the webhook and adds it again.
            """,
        access: .token(.writeWebhooks, .manageWebhooks),
        parameters: [WriteHeaders.idempotencyKey],
        body: WebhookBody.object("NewWebhook", isNew: true),
        answers: [.made(Shapes.madeWebhook, "The webhook with its secret.")]
    ) { call in
        let command = AddEndpoint(
            name: call.body.text("name") ?? "",
            url: call.body.text("url") ?? "",
            kinds: call.body.texts("kinds") ?? [],
            allowsPlain: call.context.allowsPrivateWebhooks
        )
        return try await call.run(command, tag: nil) { transaction, made in
            let record = WebhookRecords.of(made.id)
            let endpoint = try record.value(transaction, call)
            func body(_ secret: String?) -> [UInt8] {
                Shapes.madeWebhook.writer.bytes(MadeEndpoint(endpoint: endpoint, secret: secret))
            }
            return KeptAnswer(
                status: 201,
                body: body(made.secret),
                bodyToKeep: body(nil),
                entityTag: record.tag(endpoint),
                location: "\(API.path)/webhooks/\(made.id)"
            )
        }
    }

    static let changeWebhook = Operation(
        .patch,
        "/webhooks/{id}",
        id: "changeWebhook",
        topic: .webhooks,
        summary: "Change a webhook",
        detail: "Changes what it is for, where it is, or what it is told. What is not sent stays, as its secret does.",
        access: .token(.writeWebhooks, .manageWebhooks),
        parameters: WebhookRecords.change,
        body: WebhookBody.object("WebhookChange", isNew: false),
        answers: [.one(Shapes.webhook, "The webhook as it is now.")]
    ) { call in
        let id = try call.required(WebhookRecords.id)
        let endpoint = try await call.ask(EndpointRecord(id)).endpoint
        let command = ChangeEndpoint(
            id,
            name: call.body.text("name") ?? endpoint.name,
            url: call.body.text("url") ?? endpoint.url,
            kinds: call.body.texts("kinds") ?? endpoint.kinds,
            allowsPlain: call.context.allowsPrivateWebhooks
        )
        return try await call.change(command, on: WebhookRecords.of(id))
    }

    static let turnWebhook = Operation(
        .put,
        "/webhooks/{id}/state",
        id: "turnWebhook",
        topic: .webhooks,
        summary: "Turn a webhook on or off",
        detail: "One that is off is told nothing. Turned on again, it is told of what happens from then on.",
        access: .token(.writeWebhooks, .manageWebhooks),
        parameters: WebhookRecords.change,
        body: ObjectSchema(
            name: "WebhookState",
            isClosed: true,
            [.init(name: "is_on", schema: .flag("Whether it is told anything."), isRequired: true)]
        ),
        answers: [.one(Shapes.webhook, "The webhook as it is now.")]
    ) { call in
        let id = try call.required(WebhookRecords.id)
        let command = TurnEndpoint(id, on: call.body.flag("is_on") ?? false)
        return try await call.change(command, on: WebhookRecords.of(id))
    }

    static let removeWebhook = Operation(
        .delete,
        "/webhooks/{id}",
        id: "removeWebhook",
        topic: .webhooks,
        summary: "Remove a webhook",
        detail: "Removes a webhook with its secret and its messages. What waits is not sent.",
        access: .token(.writeWebhooks, .manageWebhooks),
        parameters: WebhookRecords.change,
        answers: [.removed]
    ) { call in
        let id = try call.required(WebhookRecords.id)
        return try await call.change(RemoveEndpoint(id), on: WebhookRecords.of(id)) { _, _ in .removed(id) }
    }

    static let tryWebhook = Operation(
        .post,
        "/webhooks/{id}/tests",
        id: "tryWebhook",
        topic: .webhooks,
        summary: "Try a webhook",
        detail: "Sends a message that says nothing, to see whether it arrives.",
        access: .token(.writeWebhooks, .manageWebhooks),
        parameters: [WebhookRecords.id, WriteHeaders.idempotencyKey],
        answers: [.made(Shapes.webhook, "The message is on its way; Location is the address of the deliveries.")]
    ) { call in
        let id = try call.required(WebhookRecords.id)
        return try await call.run(TryEndpoint(id), tag: nil) { transaction, _ in
            let location = "\(API.path)/webhooks/\(id)/deliveries"
            return try WebhookRecords.of(id).kept(transaction, call, status: 201, location: location)
        }
    }
}

extension Operation {
    /// What became of each message to an endpoint.
    static let listDeliveries = list(
        "/webhooks/{id}/deliveries",
        id: "listDeliveries",
        topic: .webhooks,
        summary: "List the messages to a webhook",
        detail: "Messages to one address and what became of them, the latest first: a hundred at most.",
        of: Shapes.delivery,
        named: "Deliveries",
        access: .token(.readWebhooks, .readWebhooks),
        parameters: [WebhookRecords.id]
    ) { try await $0.ask(EndpointRecord($0.required(WebhookRecords.id))).deliveries }

    /// A message that is sent again.
    static let replayDelivery: Operation = {
        let wanted = Parameter.text("delivery", in: .path, "The message's id.", .opaque(1, 100))
        return Operation(
            .post,
            "/webhooks/{id}/deliveries/{delivery}/replay",
            id: "replayDelivery",
            topic: .webhooks,
            summary: "Send a message again",
            detail: """
                Sends a message again, at once and under its own id: one that failed, or that its receiver lost. If-Match \
                is `etag` of the message.
                """,
            access: .token(.writeWebhooks, .manageWebhooks),
            parameters: [WebhookRecords.id, wanted, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            answers: [.one(Shapes.delivery, "The message as it is now.")]
        ) { call in
            let (endpoint, id) = (try call.required(WebhookRecords.id), try call.required(wanted))
            return try await call.run(
                ReplayDelivery(id),
                on: DeliveryTag.key(id),
                tag: { DeliveryTag.of(try call.delivery($0, id, to: endpoint)) },
                answer: { transaction, _ in
                    let delivery = try call.delivery(transaction, id, to: endpoint)
                    return KeptAnswer(
                        status: 200,
                        body: Shapes.delivery.writer.bytes(delivery),
                        entityTag: DeliveryTag.of(delivery)
                    )
                }
            )
        }
    }()
}

extension Call {
    /// A message as the list of its endpoint has it. Throws `WebhookRefusal`.
    fileprivate func delivery(
        _ transaction: Transaction,
        _ id: String,
        to endpoint: String
    ) throws -> WebhookDelivery {
        let found = try EndpointRecord(endpoint).answer(transaction, for: actor, now: now).deliveries
        guard let delivery = found.first(where: { $0.id == id }) else { throw WebhookRefusal.noSuchDelivery }
        return delivery
    }
}
