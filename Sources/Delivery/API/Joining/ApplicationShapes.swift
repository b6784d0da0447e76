import Access
import Charter
import Database
import Files
import Joining
import Languages

/// An application with the key of the member that its applicant was or became.
struct ApplicationEntry: Sendable {
    let application: Application
    let member: String?

    init(_ application: Application, _ transaction: Transaction) throws {
        self.application = application
        member = try application.memberID.flatMap { try transaction.memberKey($0) }
    }
}

/// The same with all that is kept of it.
struct ApplicationFile: Sendable {
    let record: ApplicationRecord
    let entry: ApplicationEntry
}

/// What a body was asked about an application or a request.
struct DecisionLink: Sendable {
    let id: String
    let reference: String
}

extension Shapes {
    static let application = Shape<ApplicationEntry>("Application", always: ["id"], applicationFields({ $0 }, []))

    static let applicationFile = Shape<ApplicationFile>(
        "ApplicationRecord",
        applicationFields(
            { $0.entry },
            [
                .object("values", "What it says, box by box; empty for what is not said.", Shapes.applicationValues) {
                    $0.entry.application.values
                },
                .objects("problems", "What keeps it from being sent.", Shapes.applicationProblem) {
                    $0.record.problems
                },
                .objects("documents", "What was enclosed; `label` is the charter's key or `other`.", Shapes.document) {
                    $0.record.documents.map(\.use)
                },
                .texts("missing", "The keys of documents that the charter asks for and that are not there.") {
                    $0.record.missing.map(\.key)
                },
                .objects("known", "Members, present and former, that may be the applicant.", Shapes.knownApplicant) {
                    $0.record.known
                },
                .objects("steps", "What happened to it, the first step first.", Shapes.applicationStep) {
                    $0.record.steps
                },
                .objects("decisions", "What bodies were asked about it, the latest first.", Shapes.decisionLink) {
                    $0.record.circulars.map { DecisionLink(id: $0.id, reference: $0.reference) }
                },
            ]
        )
    )

    static let applicationValues = Shape<ApplicationValues>(
        "ApplicationValues",
        ApplicationField.allCases.map { field -> Field<ApplicationValues> in
            .text(field.rawValue, field.detail) { $0[field] }
        }
    )

    static let applicationProblem = Shape<InvalidInput.Field>(
        "ApplicationProblem",
        [
            .text("field", "A box of `values`, or `category`, `documents` or `member`.") { $0.name },
            .text("detail", "What is wrong.") { $0.message.english },
        ]
    )

    static let document = Shape<FileUse>(
        "Document",
        [
            .text("id", "The id of this enclosing of it.") { $0.id },
            .text("label", "As what it was enclosed.") { $0.label },
            .text("name", "The name that the file had.") { $0.name },
            .text("type", "Its media type.", example: "application/pdf") { $0.type.mediaType },
            .integer("size", "In bytes.") { $0.size },
            .instant("added_at", "When it was added.") { $0.addedAt },
        ]
    )

    static let knownApplicant = Shape<KnownApplicant>(
        "KnownApplicant",
        [
            .text("member", "The member's key.") { $0.key },
            .text("member_name", "Its name.") { $0.name },
            .optionalText("country", "ISO 3166 alpha-2.") { $0.country },
            .text("category", "The key of its category.") { $0.category },
            .flag("is_on_roll", "Whether it is on the roll now.") { $0.isOnRoll },
            .text("status", "The key of its latest status; empty for none.") { $0.standing },
            .text("since", "The day from which it has it; empty for none.") { $0.since },
            .text("because", "Why it may be the applicant.") { $0.because.english },
            .flag("is_another", "Whether somebody looked at it: the applicant is another one.") { $0.isAnother },
        ]
    )

    static let applicationStep = Shape<ApplicationStep>(
        "ApplicationStep",
        [
            .integer("number", "From 1.") { $0.number },
            .instant("at", "When it was made.") { $0.at },
            .text("kind", "What happened.", example: "submitted") { $0.kind.rawValue },
            .text("side", "Whose step it was: `applicant`, `secretariat` or `program`.") { $0.side.rawValue },
            .text("author", "Who made it; empty for the program, and once a name was erased.") { $0.authorName },
            .text("words", "What was said: a question, an answer, a reason.") { $0.said.english },
            .texts("missing", "The keys of documents that were asked for.") { $0.missing },
            .optionalFlag("is_for", "Of a recommendation: whether it is for admission.") { $0.isFor },
            .optionalDay("day", "The day that counts, of what came on paper and of the end by a body.") { $0.day },
            .flag("is_internal", "Whether the applicant is not shown it.") { $0.isInternal },
        ]
    )

    static let decisionLink = Shape<DecisionLink>(
        "DecisionLink",
        [
            .text("id", "The decision's id.") { $0.id },
            .text("reference", "What people call it.", example: "2026-3") { $0.reference },
        ]
    )

    /// What is told of every application, and `more`.
    private static func applicationFields<Value: Sendable>(
        _ of: @escaping @Sendable (Value) -> ApplicationEntry,
        _ more: [Field<Value>]
    ) -> [Field<Value>] {
        let states = ApplicationState.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        let fields: [Field<Value>] = [
            .text("id", "The application's id.") { of($0).application.id },
            .text("reference", "What people call it.", example: "2026-3") { of($0).application.reference },
            .text("title", "The applicant's name, or its e-mail's domain while it has none.") {
                of($0).application.title
            },
            .text("state", "One of \(states).") { of($0).application.state.rawValue },
            .text("category", "The key of a category of the charter.") { of($0).application.category },
            .text("email", "Where the applicant is written to; empty once it was erased.") {
                of($0).application.email
            },
            .text("letters", "The language of its letters.") { of($0).application.language },
            .instant("started_at", "When it was started.") { of($0).application.startedAt },
            .instant("changed_at", "When it was changed last.") { of($0).application.changedAt },
            .optionalInstant("submitted_at", "From when it counts; null while it was not sent.") {
                of($0).application.submittedAt
            },
            .optionalInstant("ended_at", "When it came to its end.") { of($0).application.endedAt },
            .optionalDay("received_on", "The day on which it came on paper.") { of($0).application.receivedOn },
            .optionalText("member", "The key of the former member that it is of, or that it became.") { of($0).member },
            .optionalInstant("emptied_at", "When what it said was removed, by the charter's rule on retention.") {
                of($0).application.emptiedAt
            },
        ]
        return fields + more
    }
}

extension ApplicationField {
    /// What the document says of the box.
    var detail: String {
        switch self {
        case .language, .otherLanguage: "\(label.english), BCP 47."
        case .country: "ISO 3166 alpha-2."
        case .region: "The key of a region of the charter, where it names none for the country."
        case .gdpPerCapita: "\(label.english), in dollars by purchasing power."
        case .reason: "Why it wants to join."
        default: "\(label.english)."
        }
    }
}
