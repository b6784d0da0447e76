import Access
import Charter
import Database
import Foundation
import Identity
import Journal
import Languages

/// Who acts on an application.
enum ApplicationAuthor {
    /// Whoever holds its link; the contact, as far as anybody knows.
    case applicant
    case secretariat(Actor)
    /// What follows from a body's decision, by whoever or whatever records it.
    case program(Actor)

    var side: ApplicationStep.Side {
        switch self {
        case .applicant: .applicant
        case .secretariat: .secretariat
        case .program: .program
        }
    }

    /// As the journal names them.
    var key: String {
        switch self {
        case .applicant: "applicant"
        case .secretariat(let actor), .program(let actor): actor.key
        }
    }

    var personID: String? {
        switch self {
        case .applicant, .program: nil
        case .secretariat(let actor): actor.isPerson ? actor.person.id : nil
        }
    }

    func name(_ application: Application) -> String {
        switch self {
        case .applicant: application.values[.contactName]
        // A person's name is read from their account, so that it goes with them.
        case .secretariat(let actor): actor.isPerson ? "" : actor.person.name
        case .program: ""
        }
    }
}

/// Writes the steps of an application that is locked.
struct ApplicationWriter {
    let transaction: Transaction
    let application: Application
    let author: ApplicationAuthor
    let now: Date

    /// What a step brings beside its kind.
    struct Details {
        var words = ""
        var missing: [String] = []
        var isFor: Bool?
        var day: Day?
    }

    /// Writes the next step and returns its number.
    @discardableResult
    func step(_ kind: ApplicationStep.Kind, _ details: Details = Details()) throws -> Int {
        let last = try transaction.first(
            "SELECT MAX(number) FROM application_step WHERE application_id = ?",
            [.text(application.id)]
        ) { try $0.optionalInteger(0) }
        let number = ((last ?? nil) ?? 0) + 1
        try transaction.execute(
            """
            INSERT INTO application_step (id, application_id, number, at, kind, side, person_id, author_name, words,
                missing, is_for, day)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(Identifier.make(at: now)), .text(application.id), .int(number), .text(InstantText.text(now)),
                .text(kind.rawValue), .text(author.side.rawValue), .optional(author.personID),
                .text(author.name(application)), .text(details.words),
                .text(details.missing.joined(separator: " ")), details.isFor.map(Value.flag) ?? .null,
                .optional(details.day?.description),
            ]
        )
        return number
    }

    /// Moves the application on. Throws `JoiningRefusal.inAnotherState` unless it is in one of the states `from`.
    func move(
        to state: ApplicationState,
        from states: ApplicationState...,
        submittedAt: String? = nil,
        memberID: String? = nil
    ) throws {
        try move(to: state, from: states, submittedAt: submittedAt, memberID: memberID)
    }

    func move(
        to state: ApplicationState,
        from states: [ApplicationState],
        submittedAt: String? = nil,
        memberID: String? = nil
    ) throws {
        guard states.contains(application.state) else { throw JoiningRefusal.inAnotherState(application.state) }
        let instant = InstantText.text(now)
        try transaction.execute(
            """
            UPDATE application SET state = ?, changed_at = ?, ended_at = ?, submitted_at = COALESCE(?, submitted_at),
                member_id = COALESCE(?, member_id)
            WHERE id = ?
            """,
            [
                .text(state.rawValue), .text(instant), .optional(state.isOver ? instant : nil), .optional(submittedAt),
                .optional(memberID), .text(application.id),
            ]
        )
    }

    /// Tells the journal of it.
    func note(
        _ action: String,
        reason: String? = nil,
        before: [String: JournalValue]? = nil,
        after: [String: JournalValue] = [:]
    ) throws {
        try application.touch(transaction, now: now)
        let reference: [String: JournalValue] = ["reference": .text(application.reference)]
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: author.key,
                action: "application.\(action)",
                subject: .init(Application.subjectKind, application.id),
                rule: Self.rule,
                reason: reason,
                before: before.map { .object($0) },
                after: .object(reference.merging(after) { $1 })
            )
        )
    }

    /// By which an application is dealt with.
    static let rule = "membership.admission"

    /// A text that may name people.
    static func personal(_ field: String, _ text: String) -> JournalValue {
        text.isEmpty ? .null : .personal(field, text)
    }

    /// Boxes as the journal keeps them.
    static func values(_ fields: [ApplicationField], of values: ApplicationValues) -> [String: JournalValue] {
        var told: [String: JournalValue] = [:]
        for field in fields {
            let text = values[field]
            told[field.rawValue] = field.isPersonal ? personal(field.rawValue, text) : .text(text)
        }
        return told
    }

    /// All that the application says, as it stands when it is sent.
    static func whole(_ application: Application) -> [String: JournalValue] {
        let said = ApplicationField.allCases.filter { !application.values[$0].isEmpty }
        return values(said, of: application.values).merging(["category": .text(application.category)]) { $1 }
    }
}
