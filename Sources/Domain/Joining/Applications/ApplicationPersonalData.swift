import Access
import Database
import Files
import Foundation
import Identity
import Journal
import Languages
import Mail

/// What applications hold on people: the contact who applied by an address, and who of the secretariat dealt with them.
enum ApplicationPersonalData {
    static let all: [PersonalDataSource] = [contacts, steps]

    private static let contactFields: [ApplicationField] = [.contactName, .contactPosition, .contactPhone]

    private static let contacts = PersonalDataSource("applications") { transaction, person in
        guard let email = person.email else { return .list([]) }
        let own = try Application.list(transaction, "WHERE a.email = ? ORDER BY a.id", [.text(email)])
        return .list(try own.map { try told($0, transaction) })
    } erase: { transaction, person, now in
        // Somebody who was only invited has not shown that the address is theirs, and what was begun from an address after
        // its account was closed is somebody else's. Contacts without an account are erased by `EraseContact`.
        guard let email = person.email, person.signedInAt != nil else { return }
        // What a city said of itself is the city's; by whom it can be reached goes, and with it the letters and links.
        let own = try Application.list(transaction, "WHERE a.email = ?", [.text(email)])
        for application in own where person.closedAt.map({ application.startedAt <= $0 }) ?? true {
            try eraseContact(of: application, transaction, now: now)
        }
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
        try transaction.execute("UPDATE application SET email = '' WHERE id = ?", [id])
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
