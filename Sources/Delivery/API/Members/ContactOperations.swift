import Access
import HTTPTypes
import Membership
import Web

/// How a member can be reached, with what is for the network only.
struct OwnContacts: Sendable {
    let member: String
    let contacts: [Contact]
}

extension Shapes {
    static let ownContact = Shape<Contact>(
        "OwnContact",
        [
            .text("kind", "`email`, `phone`, `address`, `web` or `social`.") { $0.kind.rawValue },
            .text("label", "Whose, or what for; may be empty.") { $0.label },
            .text("value", "The address or number.") { $0.value },
            .flag("is_public", "Whether everybody is shown it; else it is for the network only.") { $0.isPublic },
        ]
    )

    static let ownContacts = Shape<OwnContacts>(
        "OwnContacts",
        [
            .text("member", "The member's key.") { $0.member },
            .objects("contacts", "In the member's own order.", Shapes.ownContact) { $0.contacts },
        ]
    )
}

private enum ContactRecord {
    static func of(_ call: Call) async throws -> Record<OwnProfile, OwnContacts> {
        let key = try call.required(MemberKey.parameter)
        let question = OwnProfile(member: try await call.memberID(key))
        return Record("contacts of \(key)", Shapes.ownContacts, question) { profile, _ in
            OwnContacts(member: key, contacts: profile.content.contacts)
        }
    }

    static let body = ObjectSchema(
        name: "MemberContacts",
        isClosed: true,
        [
            .init(
                name: "contacts",
                schema: .list("All of them.", of: Schema(.object(contact), ""), atMost: EditContacts.most),
                isRequired: true
            )
        ]
    )

    private static let contact = ObjectSchema(
        name: "NewContact",
        isClosed: true,
        [
            .init(
                name: "kind",
                schema: .choice("What it is.", Contact.Kind.allCases.map(\.rawValue)),
                isRequired: true
            ),
            .init(name: "label", schema: .text("Whose, or what for.", .line(1, 80)), isRequired: false),
            .init(
                name: "value",
                schema: .text("The address or number.", .lines(1, 400), example: "office@visby.example"),
                isRequired: true
            ),
            .init(
                name: "is_public",
                schema: .flag("Whether everybody is shown it; else it is for the network only."),
                isRequired: true
            ),
        ]
    )

    static func sent(_ body: JSONValue) -> [Contact] {
        body.elements("contacts").map { contact in
            Contact(
                contact.text("kind").flatMap(Contact.Kind.init(rawValue:)) ?? .web,
                contact.text("value") ?? "",
                label: contact.text("label") ?? "",
                isPublic: contact.flag("is_public") ?? false
            )
        }
    }
}

extension Operation {
    /// A member's contacts, with those that are not public.
    static let getContacts = one(
        "/members/{key}/contacts",
        id: "getContacts",
        topic: .members,
        summary: "Read a member's contacts",
        detail: "How a member can be reached, with what is for the network only. `getMember` has what is public.",
        of: Shapes.ownContacts,
        access: .token(.readMembers, .readPortal),
        parameters: [MemberKey.parameter]
    ) { try await ContactRecord.of($0) }

    /// All contacts of a member.
    static let putContacts = Operation(
        .put,
        "/members/{key}/contacts",
        id: "putContacts",
        topic: .members,
        summary: "Set a member's contacts",
        detail: """
            Sets how a member can be reached, all of it and in this order. If-Match is the ETag of `getContacts`, \
            which covers what is not public too.
            """,
        access: .token(.writeProfile, .editProfile),
        parameters: [MemberKey.parameter, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
        body: ContactRecord.body,
        answers: [.one(Shapes.ownContacts, "The contacts as they are now.")]
    ) { call in
        let record = try await ContactRecord.of(call)
        let command = EditContacts(
            member: try await call.memberID(call.required(MemberKey.parameter)),
            contacts: ContactRecord.sent(call.body),
            seen: Contact.mark(try await call.ask(record.reading).contacts)
        )
        return try await call.change(command, on: record)
    }
}
