public import Access
public import Database
public import Foundation
import Identity
public import Journal
public import Languages

/// A page of the journal, with the names of those it tells of.
public struct ReadJournal: Question {
    public static let action = Action.readJournal
    public static let pageSize = 50

    public let filter: JournalFilter
    /// The last id of the page that came before.
    public let before: String?

    public init(_ filter: JournalFilter, before: String? = nil) {
        self.filter = filter
        self.before = before
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> JournalPage {
        let found = try Journal.search(transaction, filter, before: before, limit: Self.pageSize + 1)
        let shown = Array(found.prefix(Self.pageSize))
        let next = found.count > Self.pageSize ? shown.last?.entry.id : nil
        return JournalPage(entries: shown, next: next, names: try SubjectNames(shown.map(\.entry), transaction))
    }
}

/// One entry, with the personal values that were not erased.
public struct ReadEntry: Question {
    public static let action = Action.readJournal

    public let id: String

    public init(id: String) { self.id = id }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> JournalDetail? {
        guard let recorded = try Journal.entry(transaction, id: id) else { return nil }
        let personal = try Journal.personalValues(transaction, entry: id)
        return JournalDetail(
            recorded: recorded,
            changes: recorded.entry.changes(personal: personal),
            names: try SubjectNames([recorded.entry], transaction)
        )
    }
}

/// Entries of the journal, the newest first.
public struct JournalPage: Sendable, Equatable {
    public let entries: [RecordedEntry]
    /// What the next page asks for; `nil` on the last.
    public let next: String?
    public let names: SubjectNames
}

/// One entry and what it changed.
public struct JournalDetail: Sendable, Equatable {
    public let recorded: RecordedEntry
    public let changes: [FieldChange]
    public let names: SubjectNames
}

/// What members and people are called, for entries that hold their ids.
public struct SubjectNames: Sendable, Equatable {
    public struct Member: Sendable, Equatable {
        public let key: String
        public let name: String
    }

    public let members: [String: Member]
    public let people: [String: String]

    init(_ entries: [JournalEntry], _ transaction: Transaction) throws {
        let memberIDs = Set(entries.filter { $0.subject.kind == "member" }.map(\.subject.id))
        var personIDs = Set(entries.filter { $0.subject.kind == "person" }.map(\.subject.id))
        for entry in entries where entry.actor.hasPrefix("person:") {
            personIDs.insert(String(entry.actor.dropFirst(7)))
        }
        var members: [String: Member] = [:]
        var people: [String: String] = [:]
        try Self.look(memberIDs, "SELECT id, key, name FROM member WHERE id IN", transaction) { row in
            members[try row.text(0)] = Member(key: try row.text(1), name: try row.text(2))
        }
        try Self.look(personIDs, "SELECT id, name FROM person WHERE id IN", transaction) { row in
            people[try row.text(0)] = try row.text(1)
        }
        self.members = members
        self.people = people
    }

    private static func look(
        _ ids: Set<String>,
        _ selection: String,
        _ transaction: Transaction,
        _ body: (Row) throws -> Void
    ) throws {
        guard !ids.isEmpty else { return }
        let places = ids.map { _ in "?" }.joined(separator: ", ")
        try transaction.forEach("\(selection) (\(places))", ids.sorted().map(Value.text), body)
    }

    /// Who acted, in words.
    public func actor(_ key: String) -> Phrase {
        // What the program calls itself, as `import`.
        guard key.hasPrefix("person:") else { return .quoted(key) }
        return people[String(key.dropFirst(7))].map { .person($0) } ?? say("a person no longer known")
    }
}
