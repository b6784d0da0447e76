public import Access
public import Charter
public import Database
public import Foundation

/// What the command field finds: members by any name, people by name or address.
public struct FindAnything: Question {
    public static let action = Action.readMembers
    public static let most = 8

    public let text: String
    public let day: Day

    public init(_ text: String, day: Day) {
        self.text = text
        self.day = day
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Finds {
        guard !Folding.words(text).isEmpty else { return Finds(members: [], people: []) }
        var filter = RollFilter(day: day)
        filter.standing = .any
        filter.search = text
        let members = try NameSearch.find(text, filter, transaction, limit: Self.most, offset: 0).rows
        return Finds(members: members, people: actor.may(.readPeople) ? try people(transaction) : [])
    }

    /// People are few: a couple of thousand names are folded faster than an index for them would be kept.
    private func people(_ transaction: Transaction) throws -> [Finds.Person] {
        let words = Folding.words(text)
        var found: [Finds.Person] = []
        try transaction.forEach(
            "SELECT id, name, email FROM person WHERE erased_at IS NULL ORDER BY name, id"
        ) { row in
            guard found.count < Self.most else { return }
            let person = Finds.Person(id: try row.text(0), name: try row.text(1), email: row.optionalText(2) ?? "")
            let known = Folding.words(person.name) + [person.email]
            if words.allSatisfy({ word in known.contains { $0.hasPrefix(word) } }) { found.append(person) }
        }
        return found
    }
}

/// What was found.
public struct Finds: Sendable, Equatable {
    public struct Person: Sendable, Equatable {
        public let id: String
        public let name: String
        public let email: String
    }

    public let members: [RollRow]
    public let people: [Person]
}
