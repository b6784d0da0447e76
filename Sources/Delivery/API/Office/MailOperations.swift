import Access
import Database
import HTTPTypes
import Languages
import Mail
import Web

/// An outgoing mail with the key of the member that it is about.
struct MailEntry: Sendable {
    let mail: QueuedMail
    let member: String?

    init(_ mail: QueuedMail, _ transaction: Transaction) throws {
        self.mail = mail
        member = try mail.member.flatMap { try transaction.memberKey($0) }
    }
}

/// The same with all that is kept of it.
struct MailFile: Sendable {
    let record: MailRecord
    let entry: MailEntry
}

extension Shapes {
    static let mail = Shape<MailEntry>("Mail", always: ["id"], mailFields({ $0 }, []))

    static let mailFile = Shape<MailFile>(
        "MailRecord",
        always: ["id"],
        mailFields(
            { $0.entry },
            [
                .optionalText("text", "What it says; null for a confidential one, and once removed.") {
                    $0.record.text
                },
                .optionalText("html", "The same as HTML.") { $0.record.html },
                .objects("tries", "Each attempt to hand it over, the first one first.", Shapes.mailAttempt) {
                    $0.record.attempts
                },
            ]
        )
    )

    static let mailAttempt = Shape<MailAttempt>(
        "MailAttempt",
        [
            .integer("number", "From 1.") { $0.number },
            .instant("began_at", "When it began.") { $0.beganAt },
            .optionalInstant("ended_at", "When it ended.") { $0.endedAt },
            .optionalText("outcome", "`sent`, `refused`, `deferred` or `uncertain`; null while it is under way.") {
                $0.outcome
            },
            .text("words", "What the mail server said.") { $0.words.english },
        ]
    )

    /// What is told of every mail, and `more`.
    private static func mailFields<Value: Sendable>(
        _ of: @escaping @Sendable (Value) -> MailEntry,
        _ more: [Field<Value>]
    ) -> [Field<Value>] {
        let fields: [Field<Value>] = [
            .text("id", "The mail's id.") { of($0).mail.id },
            .text("cause", "What it is for; the same cause is written once.") { of($0).mail.cause },
            .text("recipient", "The address; empty once erased.") { of($0).mail.recipient },
            .optionalText("recipient_name", "The name beside it.") { of($0).mail.recipientName },
            .optionalText("person", "The id of the person whom it is about.") { of($0).mail.person },
            .optionalText("member", "The key of the member that it is about.") { of($0).member },
            .flag("is_confidential", "Whether it holds a secret, so that nobody is shown what it says.") {
                of($0).mail.isConfidential
            },
            .text("subject", "Its subject; empty once erased.") { of($0).mail.subject },
            .text("state", "`waiting`, `sending`, `sent`, `failed`, `bounced`, `stopped` or `uncertain`.") {
                of($0).mail.state.rawValue
            },
            .instant("queued_at", "When it was written.") { of($0).mail.queuedAt },
            .instant("due_at", "When it is tried next, while it waits.") { of($0).mail.dueAt },
            .optionalInstant("settled_at", "Since when nothing more is to be done.") { of($0).mail.settledAt },
            .integer("attempts", "How often it was tried since it was last asked for.") { of($0).mail.attempts },
            .optionalText("problem", "The words of the last failure.") { of($0).mail.problem?.english },
        ]
        return fields + more
    }
}

private enum MailFiles {
    static let id = Parameter<String>.path("id", "The mail's id.")

    static func of(_ call: Call) throws -> Record<ReadMail, MailFile> {
        let id = try call.required(id)
        return Record("mail \(id)", Shapes.mailFile, ReadMail(id: id)) { record, transaction in
            MailFile(record: record, entry: try MailEntry(record.mail, transaction))
        }
    }
}

extension Operation {
    /// Outgoing mail, the latest first.
    static let listMail: Operation = {
        let states = MailState.allCases.map(\.rawValue)
        let state = Parameter.choice("state", "Mail in this state.", states)
        let search = Parameter.text("q", "Words of address, name, subject or cause.", .line(1, 200))
        let person = Parameter.text("person", "Mail about the person with this id.", .key())
        let member = Parameter.text("member", "Mail about the member with this key.", .key())
        return pages(
            "/mail",
            id: "listMail",
            topic: .office,
            summary: "List outgoing mail",
            detail: "What the program wrote to whom and what became of it, the latest first.",
            of: Shapes.mail,
            named: "MailPage",
            access: .token(.readMail, .readMail),
            parameters: [state, search, person, member],
            size: ListMail.pageSize
        ) { call, page in
            var filter = OutboxFilter(
                state: try call.value(state).flatMap(MailState.init(rawValue:)),
                search: try call.value(search) ?? "",
                person: try call.value(person)
            )
            if let key = try call.value(member) { filter.member = try await call.memberID(key) }
            let question = Reading(ListMail(filter, page: page)) { found, transaction in
                Rows(rows: try found.page.mails.map { try MailEntry($0, transaction) }, total: found.page.total)
            }
            return try await call.ask(question)
        }
    }()

    static let getMail = one(
        "/mail/{id}",
        id: "getMail",
        topic: .office,
        summary: "Read an outgoing mail",
        detail: "One mail with what it says and each attempt to hand it over.",
        of: Shapes.mailFile,
        access: .token(.readMail, .readMail),
        parameters: [MailFiles.id]
    ) { try MailFiles.of($0) }

    /// What becomes of a mail that did not simply go out.
    static let decideMail = Operation(
        .post,
        "/mail/{id}/decision",
        id: "decideMail",
        topic: .office,
        summary: "Decide about a mail",
        detail: """
            Stops a mail that waits, has one sent again that did not arrive, or notes that an uncertain one did arrive.
            """,
        access: .token(.writeMail, .sendMail),
        parameters: [MailFiles.id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "MailDecision",
            isClosed: true,
            [
                .init(
                    name: "decision",
                    schema: .choice("What shall become of it.", DecideMail.Decision.allCases.map(\.rawValue)),
                    isRequired: true
                )
            ]
        ),
        answers: [.one(Shapes.mailFile, "The mail as it is now.")]
    ) { call in
        let decision = call.body.text("decision").flatMap(DecideMail.Decision.init(rawValue:)) ?? .stop
        let command = DecideMail(id: try call.required(MailFiles.id), decision)
        return try await call.change(command, on: MailFiles.of(call))
    }
}
