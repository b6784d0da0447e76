import Access
import Database
import Foundation
import HTTPTypes
import Identity
import Web

/// Somebody's own account with their roles.
struct OwnAccount: Sendable {
    let account: MyAccount.Answer
    let person: Person
    let roles: [HeldRole]

    init(_ account: MyAccount.Answer, _ transaction: Transaction) throws {
        self.account = account
        // Whoever asks was read before the change that this may be the answer to.
        person = try Person.find(transaction, id: account.person.id) ?? account.person
        roles = try account.roles.map { try HeldRole($0, transaction) }
    }
}

extension Shapes {
    static let ownAccount = Shape<OwnAccount>(
        "OwnAccount",
        [
            .text("id", "Your id, as roles and the journal have it.") { $0.person.id },
            .text("name", "Your name.") { $0.person.name },
            .optionalText("email", "Your address.") { $0.person.email },
            .optionalText("new_email", "The address that it shall become, until both have confirmed.") {
                $0.account.addressChange?.email
            },
            .text("language", "Of your mail, BCP 47.") { $0.person.language },
            .flag("has_second_factor", "Whether you sign in with a second factor.") { $0.person.hasSecondFactor },
            .instant("created_at", "Since when you are known.") { $0.person.createdAt },
            .optionalInstant("signed_in_at", "When you last signed in.") { $0.person.signedInAt },
            .objects("roles", "The roles that you hold, and those to come.", Shapes.role) { $0.roles },
            .optionalInstant("erasure_asked_at", "When you asked for your data to be erased.") {
                $0.account.erasure?.askedAt
            },
            .optionalInstant("erasure_declined_at", "When that was declined.") { $0.account.erasure?.declined?.at },
        ]
    )

    /// What is held on somebody differs from one to the next: each part of the program adds its own.
    fileprivate static let personalData = Schema(
        .object(
            ObjectSchema(
                name: "PersonalData",
                [.init(name: "as-of", schema: .instant("When it was taken out."), isRequired: true)]
            )
        ),
        "What is held on you, part by part."
    )
}

private enum OwnAccountRecord {
    static func of(_ call: Call) throws -> Record<MyAccount, OwnAccount> {
        let id = try call.actor.person.id
        let question = MyAccount(id, policy: call.context.sessions)
        return Record("account \(id)", Shapes.ownAccount, question) { try OwnAccount($0, $1) }
    }
}

extension Operation {
    /// Who one is here.
    static let getOwnAccount = one(
        "/account",
        id: "getOwnAccount",
        topic: .account,
        summary: "Read your account",
        detail: "Who you are here: name, address, language, roles.",
        of: Shapes.ownAccount,
        access: .token(.readAccount, .ownAccount),
        parameters: []
    ) { try OwnAccountRecord.of($0) }

    /// One's own name and the language of one's mail.
    static let editOwnAccount = Operation(
        .patch,
        "/account",
        id: "editOwnAccount",
        topic: .account,
        summary: "Change your name or language",
        detail: "Changes your name, or the language in which you are written to. What is not sent stays.",
        access: .token(.writeAccount, .ownAccount),
        parameters: [WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "OwnAccountChange",
            isClosed: true,
            [
                .init(name: "name", schema: .text("Your name.", .line(1, 200)), isRequired: false),
                .init(
                    name: "language",
                    schema: .choice("Of your mail, BCP 47.", Letters.languages),
                    isRequired: false
                ),
            ]
        ),
        answers: [.one(Shapes.ownAccount, "Your account as it is now.")]
    ) { call in
        let person = try await call.ask(OwnAccountRecord.of(call).reading).person
        let command = ChangeOwnDetails(
            person.id,
            name: call.body.text("name") ?? person.name,
            language: call.body.text("language") ?? person.language
        )
        return try await call.change(command, on: OwnAccountRecord.of(call))
    }

    /// Everything that is held on oneself.
    static let getPersonalData = Operation(
        .get,
        "/account/data",
        id: "getPersonalData",
        topic: .account,
        summary: "Take out what is held on you",
        detail: "Your details, roles, sign-ins, mail, tokens and each entry of the journal about you, as one document.",
        access: .token(.readAccount, .ownAccount),
        answers: [AnswerDescription(.ok, "What is held on you.", Shapes.personalData, headers: [.entityTag])]
    ) { call in
        let sources = call.context.personalData
        let data = try await call.ask(PersonalData(call.actor.person.id, sources: sources))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Answer(
            Array(try encoder.encode(data)),
            headers: [.contentDisposition: contentDisposition("my-data-\(Grant.day(call.now)).json")]
        )
    }
}
