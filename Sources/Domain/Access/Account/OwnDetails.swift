public import Database
public import Foundation
import Identity
import Journal
import Languages

/// Changes one's own name and the language of one's mail. Throws `InvalidInput` with the fields `name` and `language`.
public struct ChangeOwnDetails: Command {
    public static let action = Action.ownAccount

    private let personID: String
    private let name: String
    private let language: String

    public init(_ personID: String, name: String, language: String) {
        self.personID = personID
        self.name = name
        self.language = language
    }

    public func place(_ transaction: Transaction) -> Place { .person(personID) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        try PersonDetails(name: name, language: language).write(transaction, actor.person, by: actor, now: now)
    }
}

/// A person's name and language, from a form.
struct PersonDetails {
    let name: String
    let language: String

    func write(_ transaction: Transaction, _ person: Person, by actor: Actor, now: Date) throws {
        var form = FormCheck()
        let name = form.line(name, "name", say("The name"), upTo: 200)
        let language = form.language(language, "language")
        try form.finish()
        var before: [String: JournalValue] = [:]
        var after: [String: JournalValue] = [:]
        if name != person.name {
            try Person.rename(transaction, id: person.id, to: name)
            before["name"] = .personal("name", person.name)
            after["name"] = .personal("name", name)
        }
        if language != person.language {
            try Person.changeLanguage(transaction, id: person.id, to: language)
            before["language"] = .text(person.language)
            after["language"] = .text(language)
        }
        guard !after.isEmpty else { return }
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "person.edited",
                subject: .init("person", person.id),
                before: .object(before),
                after: .object(after)
            )
        )
    }
}
