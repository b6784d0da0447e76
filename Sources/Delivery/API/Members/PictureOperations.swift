import Access
import Files
import HTTPTypes
import Membership
import Web

extension Operation {
    /// A logo, or one more photo.
    static let addPicture: Operation = {
        let kind = Parameter.choice(
            "kind",
            "`logo`, which takes the place of the one before, or one more `photo`.",
            ProfilePicture.Kind.allCases.map(\.rawValue),
            isRequired: true
        )
        let alt = Parameter.text(
            "alt",
            "What it shows, for whoever does not see it.",
            .line(1, 250),
            isRequired: true,
            example: "The old harbour"
        )
        let caption = Parameter.text("caption", "What is said of it.", .line(1, 300))
        return Operation(
            .post,
            "/members/{key}/pictures",
            id: "addPicture",
            topic: .members,
            summary: "Add a picture",
            detail: """
                Puts a logo or a photo on a member's profile. It is made anew from what is seen on it: nothing else of \
                the file is kept.
                """,
            access: .token(.writeProfile, .editProfile),
            parameters: [MemberKey.parameter, kind, alt, caption, WriteHeaders.idempotencyKey],
            file: .picture,
            answers: [
                AnswerDescription(
                    .created,
                    "The picture; Location is the address at which everybody finds it.",
                    Shapes.picture.schema("The picture."),
                    headers: [.location]
                )
            ]
        ) { call in
            let member = try await call.memberID(call.required(MemberKey.parameter))
            // Whoever may not is told nothing of what would be wrong with it.
            try call.actor.require(.editProfile, at: .member(member))
            let chosen = try ProfilePicture.Kind(rawValue: call.required(kind)) ?? .photo
            let command = AddPicture(
                member: member,
                chosen,
                try await call.picture(as: chosen),
                alt: try call.required(alt),
                caption: try call.value(caption) ?? ""
            )
            return try await call.run(command, tag: nil) { transaction, id in
                let profile = try OwnProfile(member: member).answer(transaction, for: call.actor, now: call.now)
                guard let picture = profile.content.pictures.first(where: { $0.id == id }) else {
                    throw RequestProblem.noSuchRecord
                }
                return KeptAnswer(
                    status: 201,
                    body: Shapes.picture.writer.bytes(picture),
                    location: "/files/\(picture.fileName)"
                )
            }
        }
    }()

    /// What is said of a picture.
    static let describePicture = picture(
        .patch,
        id: "describePicture",
        summary: "Describe a picture",
        detail: "Changes what is said of a member's logo or of one of its photos.",
        body: ObjectSchema(
            name: "PictureWords",
            isClosed: true,
            [
                .init(
                    name: "alt",
                    schema: .text("What it shows, for whoever does not see it.", .line(1, 250)),
                    isRequired: false
                ),
                .init(
                    name: "caption",
                    schema: Schema.text("What is said of it. Null takes it away.", .line(1, 300)).orNull,
                    isRequired: false
                ),
            ]
        )
    ) { picture, call in
        DescribePicture(
            picture: picture.id,
            alt: call.body.text("alt") ?? picture.alt,
            caption: call.body.text("caption") ?? picture.caption,
            seen: picture.mark
        )
    }

    /// A photo one place nearer to the beginning.
    static let movePhotoUp = picture(
        .post,
        "/up",
        id: "movePhotoUp",
        summary: "Move a photo up",
        detail: "Moves a photo one place towards the beginning. The first one stays where it is."
    ) { picture, _ in MovePhotoUp(photo: picture.id) }

    /// A picture off a profile.
    static let removePicture = picture(
        .delete,
        id: "removePicture",
        summary: "Remove a picture",
        detail: "Takes a picture off a member's profile. Its file goes once nothing uses it any more."
    ) { picture, _ in RemovePicture(picture: picture.id) }

    private static func picture<C: Command>(
        _ method: HTTPRequest.Method,
        _ end: String = "",
        id: String,
        summary: String,
        detail: String,
        body: ObjectSchema? = nil,
        command: @escaping @Sendable (ProfilePicture, Call) -> C
    ) -> Operation {
        let wanted = Parameter<String>.path("id", "The picture's id, as `getMember` tells it.")
        return Operation(
            method,
            "/members/{key}/pictures/{id}\(end)",
            id: id,
            topic: .members,
            summary: summary,
            detail: detail,
            access: .token(.writeProfile, .editProfile),
            parameters: [MemberKey.parameter, wanted, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            body: body,
            answers: [.member("The member as it is now.")]
        ) { call in
            let (key, id) = (try call.required(MemberKey.parameter), try call.required(wanted))
            let profile = try await call.ask(OwnProfile(member: call.memberID(key)))
            guard let picture = profile.content.pictures.first(where: { $0.id == id }) else {
                throw RequestProblem.noSuchRecord
            }
            return try await call.change(command(picture, call), of: key)
        }
    }
}

extension Call {
    /// Makes the picture that was sent anew, and keeps it. Throws `InvalidInput` for what is not taken.
    fileprivate func picture(as kind: ProfilePicture.Kind) async throws -> PictureFile {
        do {
            return try await PictureFile.make(file, as: kind, in: context.files, now: now)
        } catch let error as PictureError { throw InvalidInput("body", error.sentence) }
    }
}
