import Access
import HTTPTypes
import Membership
import Web

extension Operation {
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
