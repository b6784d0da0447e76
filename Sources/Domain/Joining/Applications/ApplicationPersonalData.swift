import Access
import Database
import Files
import Foundation
import Identity
import Journal
import Languages
import Mail

/// What applications hold on people: the contact who applied by an address, and who of the secretariat dealt with them.
///
/// Addresses such as a mayor's pass from one person to the next. So what was begun under an address is its holder's only
/// as long as they hold it: when they leave it, it is bound to the person, and likewise when the contact is invited as the
/// first representative. What is bound is nobody else's, whoever has the address then.
enum ApplicationPersonalData {
    static let all: [PersonalDataSource] = [contacts, steps]

    private static let contactFields: [ApplicationField] = [.contactName, .contactPosition, .contactPhone]

    private static let contacts = PersonalDataSource("applications") { transaction, person in
        .list(try ofContact(person, transaction).map { try told($0, transaction) })
    } erase: { transaction, person, now in
        // What a city said of itself is the city's; by whom it can be reached goes, and with it the letters and links.
        for application in try ofContact(person, transaction) where isShown(application, to: person) {
            try eraseContact(of: application, transaction, now: now)
        }
    } bind: { transaction, person in
        for application in try ofContact(person, transaction) where isShown(application, to: person) {
            try application.bind(to: person.id, transaction)
        }
    }

    /// What is bound to somebody, and what is under their address and bound to nobody.
    private static func ofContact(_ person: Person, _ transaction: Transaction) throws -> [Application] {
        try Application.list(
            transaction,
            "WHERE a.contact_id = ? OR (a.contact_id IS NULL AND a.email = ?) ORDER BY a.id",
            [.text(person.id), .optional(person.email)]
        )
    }

    /// Whether it is theirs beyond doubt. Somebody who was only invited has not shown that the address is theirs, and
    /// what was begun from an address after its account was closed is somebody else's. Contacts without an account are
    /// erased by `EraseContact`.
    private static func isShown(_ application: Application, to person: Person) -> Bool {
        if application.contactID != nil { return true }
        return person.signedInAt != nil && (person.closedAt.map { application.startedAt <= $0 } ?? true)
    }

    /// By whom an applicant can be reached, the links to its application, and the letters about it.
    static func eraseContact(of application: Application, _ transaction: Transaction, now: Date) throws {
        for field in contactFields { try application.write(field, "", transaction) }
        let id = Value.text(application.id)
        try transaction.execute(
            "UPDATE application_step SET author_name = '' WHERE application_id = ? AND side = 'applicant'",
            [id]
        )
        try transaction.execute("DELETE FROM application_link WHERE application_id = ?", [id])
        try transaction.execute("UPDATE application SET email = '', contact_id = NULL WHERE id = ?", [id])
        try Outbox.erase(transaction, about: application.id, now: now)
        try Journal.erasePersonal(transaction, subject: .init(Application.subjectKind, application.id))
    }

    private static func told(_ application: Application, _ transaction: Transaction) throws -> DataValue {
        var said: [String: DataValue] = [:]
        for field in ApplicationField.allCases where !application.values[field].isEmpty {
            said[field.rawValue] = .text(application.values[field])
        }
        let steps = try ApplicationStep.all(transaction, application: application.id).filter { !$0.isInternal }
        let documents = try ApplicationReading.documents(application, transaction)
        return [
            "reference": .text(application.reference), "state": .text(application.state.rawValue),
            "category": .text(application.category), "started-at": .text(application.startedAt),
            "said": .object(said), "steps": .list(steps.map(told)),
            "documents": .list(documents.map { .text($0.use.name) }),
        ]
    }

    private static func told(_ step: ApplicationStep) -> DataValue {
        [
            "at": .text(step.at), "kind": .text(step.kind.rawValue), "side": .text(step.side.rawValue),
            "words": .text(step.said.english),
        ]
    }

    // That a colleague made a step is part of the application's story; their name goes with the person.
    private static let steps = PersonalDataSource("application-steps") { transaction, person in
        .list(
            try transaction.query(
                """
                SELECT a.year, a.number, s.kind, s.at, s.words FROM application_step s
                JOIN application a ON a.id = s.application_id WHERE s.person_id = ? ORDER BY s.at, s.id
                """,
                [.text(person.id)]
            ) { row in
                [
                    "application": .text("\(try row.integer(0))-\(try row.integer(1))"), "kind": .text(try row.text(2)),
                    "at": .text(try row.text(3)), "words": .text(try row.text(4)),
                ]
            }
        )
    } erase: { _, _, _ in
    }
}
