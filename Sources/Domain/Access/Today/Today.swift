public import Database
public import Foundation
public import Journal
public import Languages

/// What waits in the secretariat, oldest first, and what was done this week: of each what the roles of whoever asks let
/// them read.
public struct Today: Question {
    public static let action = Action.readToday

    /// Whose work is shown.
    public enum Scope: String, Sendable, CaseIterable {
        /// What the roles of whoever asks can move on.
        case mine
        /// Whatever they may read.
        case everyone
    }

    public struct Answer: Sendable, Equatable {
        public let scope: Scope
        /// Oldest first.
        public let waiting: [WaitingItem]
        public let mineCount: Int
        public let everyoneCount: Int
        public let week: DoneThisWeek
    }

    let scope: Scope
    let sources: [WaitingSource]
    let subjects: SubjectWords
    let reads: [String: Action]

    /// - Parameters:
    ///   - subjects: what an entry of the journal is about, in words; every capability knows its own.
    ///   - reads: by the kind of a subject, the right without which nothing is told of what was done to it; a kind that
    ///     is not in it is told to all.
    public init(
        _ scope: Scope,
        sources: [WaitingSource],
        subjects: @escaping SubjectWords = { _, _ in nil },
        reads: [String: Action] = [:]
    ) {
        self.scope = scope
        self.sources = sources
        self.subjects = subjects
        self.reads = reads
    }

    public typealias SubjectWords = @Sendable (Transaction, JournalEntry.Subject) throws -> Phrase?

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        // The roles decide what is told, and not the scopes of the token with which they ask.
        let holder = actor.byRoles
        let everyone = try sources.filter { holder.may($0.reads) }.flatMap { try $0.list(transaction) }
            .sorted { ($0.since, $0.id) < ($1.since, $1.id) }
        let mine = everyone.filter { holder.may($0.needs) }
        let closed = reads.filter { !holder.may($0.value) }.keys.sorted()
        return Answer(
            scope: scope,
            waiting: scope == .mine ? mine : everyone,
            mineCount: mine.count,
            everyoneCount: everyone.count,
            week: try DoneThisWeek.load(transaction, subjects, except: closed, now: now)
        )
    }
}

/// What people did since Monday, from the journal. What programs did (imports, jobs) is left out.
public struct DoneThisWeek: Sendable, Equatable {
    /// One thing that somebody did.
    public struct Deed: Sendable, Equatable {
        public let entry: JournalEntry
        /// The name of whoever did it; `nil` when the account is unknown.
        public let person: String?
        /// What it was about, where that is known.
        public let about: Phrase?
    }

    /// The Monday, as an ISO day of UTC.
    public let since: String
    public let count: Int
    /// The latest first.
    public let latest: [Deed]

    static func load(
        _ transaction: Transaction,
        _ subjects: Today.SubjectWords,
        except kinds: [String],
        now: Date,
        limit: Int = 20
    ) throws -> DoneThisWeek {
        let monday = monday(before: now)
        let people = "person:"
        let entries = try Journal.latest(transaction, since: monday, actors: people, except: kinds, limit: limit)
        var names: [String: String] = [:]
        for entry in entries where names[entry.actor] == nil {
            let id = String(entry.actor.dropFirst(people.count))
            names[entry.actor] = try transaction.first("SELECT name FROM person WHERE id = ?", [.text(id)]) {
                try $0.text(0)
            }
        }
        return DoneThisWeek(
            since: String(monday.prefix(10)),
            count: try Journal.count(transaction, since: monday, actors: people, except: kinds),
            latest: try entries.map { entry in
                Deed(entry: entry, person: names[entry.actor], about: try subjects(transaction, entry.subject))
            }
        )
    }

    /// The beginning of the ISO week that holds an instant, in UTC.
    static func monday(before now: Date) -> String {
        let days = Int((now.timeIntervalSince1970 / 86_400).rounded(.down))
        // 1970-01-01 was a Thursday, the fourth day of the ISO week.
        let sinceMonday = ((days + 3) % 7 + 7) % 7
        return InstantText.text(Date(timeIntervalSince1970: Double(days - sinceMonday) * 86_400))
    }
}
