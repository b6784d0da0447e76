import Access
import Database
import HTTPTypes
import Languages
import Web

/// What is sent of a role that somebody shall hold.
private enum RoleBody {
    /// Roles of the secretariat are given in the console alone: a token that is lost must not let anybody in there.
    static let roles = Role.allCases.filter { $0.seat != .association }

    static let properties: [ObjectSchema.Property] = [
        .init(
            name: "role",
            schema: .choice("The role. Those of the secretariat are given in the console.", roles.map(\.rawValue)),
            isRequired: true
        ),
        .init(
            name: "place",
            schema: .text("The key of the member, or of the body, in which it is held.", .key(), example: "visby"),
            isRequired: true
        ),
        .init(name: "from", schema: .day("The first day; today without it."), isRequired: false),
        .init(name: "until", schema: .day("The last day; open without it."), isRequired: false),
        .init(name: "grounds", schema: .text("Why.", .line(1, 500)), isRequired: false),
    ]

    /// What is sent of somebody who shall come in.
    static let somebody: [ObjectSchema.Property] = [
        .init(name: "name", schema: .text("Their name.", .line(1, 200)), isRequired: true),
        .init(
            name: "email",
            schema: .text("Their address.", .printed(3, 254), example: "inga@visby.example"),
            isRequired: true
        ),
        .init(
            name: "language",
            schema: .choice("In which mail is written to them.", Letters.languages),
            isRequired: true
        ),
    ]

    /// Throws `InvalidInput` for a key that no member has.
    static func read(_ call: Call) async throws -> (role: Role, place: Place) {
        let role = call.body.text("role").flatMap(Role.init(rawValue:)) ?? .editor
        let key = call.body.text("place") ?? ""
        guard role.seat == .member else { return (role, .body(key)) }
        let id = try await call.context.database.read { transaction in
            try transaction.first("SELECT id FROM member WHERE key = ?", [.text(key)]) { try $0.text(0) }
        }
        guard let id else {
            throw InvalidInput("place", say("No member has the key \(key). Lists give the keys that there are."))
        }
        return (role, .member(id))
    }
}

extension Operation {
    /// Somebody new, or known, with a role.
    static let invitePerson = Operation(
        .post,
        "/people",
        id: "invitePerson",
        topic: .people,
        summary: "Invite a person",
        detail: """
            Invites somebody by their address to a role in a member or a body. Who is known already gets the role and \
            a notice instead of a second account.
            """,
        access: .token(.writePeople, .giveMemberRole),
        parameters: [WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "NewInvitation",
            isClosed: true,
            RoleBody.somebody + RoleBody.properties
        ),
        answers: [.made(Shapes.role, "The role that they hold; Location is the address of the person.")]
    ) { call in
        let body = call.body
        let (role, place) = try await RoleBody.read(call)
        let command = InvitePerson(
            name: body.text("name") ?? "",
            email: body.text("email") ?? "",
            language: body.text("language") ?? "",
            role: role,
            in: place,
            from: body.text("from"),
            until: body.text("until"),
            grounds: body.text("grounds") ?? "",
            places: call.context.places,
            letters: call.context.letters
        )
        return try await call.run(command, tag: nil) { transaction, outcome in
            let location = "\(API.path)/people/\(outcome.personID)"
            return try KeptAnswer.role(transaction, outcome.grantID, status: 201, location: location)
        }
    }

    /// One more role for somebody.
    static let giveRole: Operation = {
        let id = Parameter<String>.path("id", "The person's id.")
        return Operation(
            .post,
            "/people/{id}/roles",
            id: "giveRole",
            topic: .people,
            summary: "Give a role",
            detail: "Gives a person a role in a member or a body, for a period. They are told by mail.",
            access: .token(.writePeople, .giveMemberRole),
            parameters: [id, WriteHeaders.idempotencyKey],
            body: ObjectSchema(name: "NewRole", isClosed: true, RoleBody.properties),
            answers: [
                AnswerDescription(
                    .created,
                    "The role that they hold.",
                    Shapes.role.schema("The role."),
                    headers: [.entityTag]
                )
            ]
        ) { call in
            let body = call.body
            let (role, place) = try await RoleBody.read(call)
            let command = GiveRole(
                to: try call.required(id),
                role: role,
                in: place,
                from: body.text("from"),
                until: body.text("until"),
                grounds: body.text("grounds") ?? "",
                places: call.context.places,
                letters: call.context.letters
            )
            return try await call.run(command, tag: nil) { transaction, grant in
                try KeptAnswer.role(transaction, grant, status: 201)
            }
        }
    }()

    /// A role over, or with a last day.
    static let endRole: Operation = {
        let id = Parameter<String>.path("id", "The id of the holding of the role.")
        return Operation(
            .post,
            "/roles/{id}/end",
            id: "endRole",
            topic: .people,
            summary: "End a role",
            detail: "Ends a role that somebody holds: at once, or with a last day that is to come.",
            access: .token(.writePeople, .giveMemberRole),
            parameters: [id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            body: ObjectSchema(
                name: "RoleEnd",
                isClosed: true,
                [
                    .init(name: "until", schema: .day("The last day; at once without it."), isRequired: false),
                    .init(name: "grounds", schema: .text("Why.", .line(1, 500)), isRequired: false),
                ]
            ),
            answers: [.one(Shapes.role, "The role as it is now.")]
        ) { call in
            let wanted = try call.required(id)
            let command = EndRole(
                wanted,
                lastDay: call.body.text("until"),
                grounds: call.body.text("grounds") ?? ""
            )
            return try await call.run(
                command,
                on: wanted,
                tag: { transaction in
                    guard let grant = try Grant.find(transaction, id: wanted) else { throw RoleRefusal.noSuchRole }
                    return RoleTag.of(grant)
                },
                answer: { transaction, _ in try KeptAnswer.role(transaction, wanted, status: 200) }
            )
        }
    }()
}
