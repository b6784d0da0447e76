import Access
import Charter
import Database
import HTTPTypes
import Membership
import NIOCore
import Web

extension Operation {
    /// Changes a member's facts by hand.
    static func editMember(_ context: APIContext) -> Operation {
        let body = MemberBody(context: context).change
        return Operation(
            .patch,
            "/members/{key}",
            id: "editMember",
            topic: .members,
            summary: "Change a member",
            detail: """
                Changes the facts that are sent and no other, by the charter of the day, and notes them in the journal with \
                the grounds.
                """,
            access: .token(.writeMembers, .editMember),
            parameters: [MemberKey.parameter, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            body: body,
            answers: [.member("The member as it is now.")]
        ) { call in
            let key = try call.required(MemberKey.parameter)
            let member = try await call.ask(MemberToEdit(key: key))
            let command = EditMember(
                memberID: member.id,
                seenRevision: member.revision,
                seen: member.draft,
                entered: MemberBody.draft(call.body, over: member.draft),
                nameChange: call.body.text("name_change").flatMap(NameChange.init(rawValue:)) ?? .renamed,
                effective: call.body.text("effective") ?? "",
                grounds: call.body.text("grounds") ?? "",
                charter: call.context.charter,
                countries: Set(call.context.countries.keys)
            )
            return try await call.change(command, of: key)
        }
    }

    /// Adds one member.
    static func addMember(_ context: APIContext) -> Operation {
        Operation(
            .post,
            "/members",
            id: "addMember",
            topic: .members,
            summary: "Add a member",
            detail: """
                Adds one member by the charter of the day on which it joined. Records that may be the same member are named \
                first (409, `likely-doubles`); look at them, and name in `despite` those that are not.
                """,
            access: .token(.writeMembers, .editMember),
            parameters: [WriteHeaders.idempotencyKey],
            body: MemberBody(context: context).addition,
            answers: [
                AnswerDescription(
                    .created,
                    "The new member; Location is its address.",
                    Shapes.memberRecord.schema("The new member."),
                    headers: [.entityTag, .location]
                )
            ]
        ) { call in
            let body = call.body
            let command = AddMember(
                MemberBody.draft(body),
                language: body.text("language") ?? "",
                joined: body.text("joined") ?? "",
                status: body.text("status") ?? "",
                decision: body.text("decision") ?? "",
                grounds: body.text("grounds") ?? "",
                despite: Set(body.texts("despite") ?? []),
                rules: call.context.uploadRules
            )
            let today = call.context.today()
            return try await call.run(command, tag: nil) { transaction, outcome in
                var kept = try KeptAnswer.member(transaction, outcome.key, on: today, status: 201)
                kept = KeptAnswer(
                    status: kept.status,
                    body: kept.body,
                    entityTag: kept.entityTag,
                    location: "\(API.path)/members/\(outcome.key)"
                )
                return kept
            }
        }
    }

    /// The words by which a member is found.
    static func putTags(_ context: APIContext) -> Operation {
        profilePart(
            "/members/{key}/tags",
            id: "putTags",
            summary: "Set a member's tags",
            detail: "Sets the words by which a member is found, all of them.",
            body: ObjectSchema(
                name: "MemberTags",
                isClosed: true,
                [
                    .init(
                        name: "tags",
                        schema: .list(
                            "Small letters, digits and hyphens.",
                            of: .text("A tag.", .key(40), example: "smart-mobility"),
                            atMost: EditTags.most,
                            isUnique: true
                        ),
                        isRequired: true
                    )
                ]
            )
        ) { profile, call in
            EditTags(
                member: profile.member.id,
                tags: call.body.texts("tags") ?? [],
                seen: Tags.mark(profile.content.tags)
            )
        }
    }

    /// The address of a member's own web site.
    static func putWebsite(_ context: APIContext) -> Operation {
        profilePart(
            "/members/{key}/website",
            id: "putWebsite",
            summary: "Set a member's web site",
            detail: "Sets the address of a member's own web site; null takes it away.",
            body: ObjectSchema(
                name: "MemberWebsite",
                isClosed: true,
                [
                    .init(
                        name: "website",
                        schema: Schema.text(
                            "A web address.",
                            .printed(1, 300),
                            example: "https://www.visby.example"
                        ).orNull,
                        isRequired: true
                    )
                ]
            )
        ) { profile, call in
            EditWebsite(
                member: profile.member.id,
                website: call.body.text("website") ?? "",
                seen: WebsiteField.mark(profile.content.website)
            )
        }
    }

    /// What a member says of itself in one language.
    static func putOwnWords(_ context: APIContext) -> Operation {
        let language = Parameter.text("language", in: .path, "The language, BCP 47.", .opaque(2, 12), isRequired: true)
        return profilePart(
            "/members/{key}/own-words/{language}",
            id: "putOwnWords",
            summary: "Set a member's own words",
            detail: "Sets what a member says of itself in one language; null takes that language away.",
            parameters: [language],
            body: ObjectSchema(
                name: "MemberOwnWords",
                isClosed: true,
                [
                    .init(
                        name: "text",
                        schema: Schema.text(
                            "Plain text; an empty line parts paragraphs.",
                            .lines(1, EditDescription.longest)
                        ).orNull,
                        isRequired: true
                    )
                ]
            )
        ) { profile, call in
            let wanted = try call.required(language)
            guard let tag = LanguageTag(wanted) else { throw RequestProblem.noSuchRecord }
            let present = profile.content.texts.first { $0.language == tag.text }
            return EditDescription(
                member: profile.member.id,
                language: tag.text,
                text: call.body.text("text") ?? "",
                seen: present?.mark ?? ProfileText.unwritten
            )
        }
    }

    /// A part of the profile that a member keeps itself.
    private static func profilePart<C: Command>(
        _ path: String,
        id: String,
        summary: String,
        detail: String,
        parameters: [any AnyParameter] = [],
        body: ObjectSchema,
        command: @escaping @Sendable (OwnProfile.Answer, Call) throws -> C
    ) -> Operation {
        Operation(
            .put,
            path,
            id: id,
            topic: .members,
            summary: summary,
            detail: detail,
            access: .token(.writeProfile, .editProfile),
            parameters: [MemberKey.parameter] + parameters + [WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            body: body,
            answers: [.member("The member as it is now.")]
        ) { call in
            let key = try call.required(MemberKey.parameter)
            let profile = try await call.ask(OwnProfile(member: call.memberID(key)))
            return try await call.change(command(profile, call), of: key)
        }
    }
}

extension Call {
    /// The id of the member with a key. Throws 404 where there is none.
    func memberID(_ key: String) async throws -> String {
        let id = try await context.database.read { transaction in
            try transaction.first("SELECT id FROM member WHERE key = ?", [.text(key)]) { try $0.text(0) }
        }
        guard let id else { throw RequestProblem.noSuchRecord }
        return id
    }

    /// Carries out a change of a member, in the state that If-Match names, and answers with the member as it is then.
    func change<C: Command>(_ command: C, of key: String) async throws -> Answer {
        let today = context.today()
        return try await run(
            command,
            on: key,
            tag: { transaction in
                guard let member = try PublicMember.load(transaction, key: key, on: today) else {
                    throw RequestProblem.noSuchRecord
                }
                return MemberTag.dated(member)
            },
            answer: { transaction, _ in try KeptAnswer.member(transaction, key, on: today, status: 200) }
        )
    }
}

extension KeptAnswer {
    /// A member as it is in this transaction, with its tag.
    static func member(
        _ transaction: Transaction,
        _ key: String,
        on day: Day,
        status: Int
    ) throws -> KeptAnswer {
        guard let member = try PublicMember.load(transaction, key: key, on: day) else {
            throw RequestProblem.noSuchRecord
        }
        return KeptAnswer(
            status: status,
            body: Shapes.memberRecord.writer.bytes(member),
            entityTag: MemberTag.dated(member)
        )
    }
}

extension AnswerDescription {
    static func member(_ detail: String) -> AnswerDescription {
        AnswerDescription(.ok, detail, Shapes.memberRecord.schema(detail), headers: [.entityTag])
    }
}
