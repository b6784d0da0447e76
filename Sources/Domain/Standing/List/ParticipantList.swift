import Crypto
import Database
public import Languages
import Membership

/// A list of who took part in one event, as it was read from a spreadsheet and not yet brought in, or was.
public struct ParticipantList: Sendable {
    /// What a page shows of it.
    public struct Brief: Sendable, Equatable {
        public let id: String
        public let event: String
        public let file: String
        /// How the file was read: "CSV, UTF-8, parted by semicolons".
        public let reading: Phrase
        public let rowCount: Int
        public let readAt: String
        public let isApplied: Bool
        public let appliedAt: String?
        /// How many rows were written.
        public let written: Int
        /// Whether everybody who took part is in it, as whoever brought it said.
        public let isWhole: Bool

        static let columns = "id, event, file, reading, row_count, read_at, state, applied_at, written, is_whole"

        init(row: Row) throws {
            id = try row.text(0)
            event = try row.text(1)
            file = try row.text(2)
            reading = Phrase(stored: try row.text(3))
            rowCount = try row.integer(4)
            readAt = try row.text(5)
            isApplied = try row.text(6) == "applied"
            appliedAt = row.optionalText(7)
            written = try row.integer(8)
            isWhole = try row.flag(9)
        }

        static func all(_ transaction: Transaction, event: String) throws -> [Brief] {
            try transaction.query(
                "SELECT \(columns) FROM participant_list WHERE event = ? ORDER BY read_at DESC, id LIMIT 50",
                [.text(event)]
            ) { try Brief(row: $0) }
        }
    }

    let brief: Brief
    /// What a row without such a cell gets.
    let capacity: String
    let mode: String
    let rows: [ParticipantCells]
    /// By line: a member's id, or `leave`.
    let choices: [String: String]

    static let leave = "leave"

    static func find(_ transaction: Transaction, _ id: String) throws -> ParticipantList {
        let found = try transaction.first(
            "SELECT \(Brief.columns), capacity, mode, rows, choices FROM participant_list WHERE id = ?",
            [.text(id)]
        ) { row in
            ParticipantList(
                brief: try Brief(row: row),
                capacity: try row.text(10),
                mode: try row.text(11),
                rows: try StoredJSON.value([ParticipantCells].self, row.text(12)),
                choices: try StoredJSON.value([String: String].self, row.text(13))
            )
        }
        guard let found else { throw ParticipationRefusal.noSuchList }
        return found
    }

    /// What each row would do, compared with the records as they are now.
    func plan(_ transaction: Transaction, _ rules: UploadRules) throws -> [ParticipantRow] {
        var planner = ParticipantPlanner(
            list: self,
            index: try NameIndex(transaction),
            words: UploadVocabulary(rules, printed: try CountryWords.printed(transaction)),
            known: try known(transaction)
        )
        return rows.map { planner.plan($0) }
    }

    /// What is recorded of the event already, by member and capacity.
    private func known(_ transaction: Transaction) throws -> [String: ParticipationStep.Content] {
        var known: [String: ParticipationStep.Content] = [:]
        try transaction.forEach(
            """
            SELECT member_id, capacity, mode, position FROM participation WHERE event = ? AND removed_at IS NULL
            """,
            [.text(brief.event)]
        ) { row in
            let capacity = try row.text(1)
            known[ParticipantPlanner.subject(try row.text(0), capacity)] = ParticipationStep.Content(
                capacity: capacity,
                mode: try row.text(2),
                position: row.optionalText(3)
            )
        }
        return known
    }

    /// The same for the same plan: who applies a list says which they looked at.
    static func mark(_ rows: [ParticipantRow]) -> String {
        let text = rows.map(\.mark).joined(separator: "\n")
        return SHA256.hash(data: Array(text.utf8)).prefix(12).map { String(Int($0) + 256, radix: 16).dropFirst() }
            .joined()
    }
}

/// Compares the rows of a list with the records, one after the other.
struct ParticipantPlanner {
    let list: ParticipantList
    let index: NameIndex
    let words: UploadVocabulary
    let known: [String: ParticipationStep.Content]
    /// Which line has a member in a capacity already.
    private var lines: [String: Int] = [:]

    init(
        list: ParticipantList,
        index: NameIndex,
        words: UploadVocabulary,
        known: [String: ParticipationStep.Content]
    ) {
        self.list = list
        self.index = index
        self.words = words
        self.known = known
    }

    static func subject(_ member: String, _ capacity: String) -> String { "\(capacity) \(member)" }

    mutating func plan(_ cells: ParticipantCells) -> ParticipantRow {
        var row = ParticipantRow(line: cells.line, told: cells.name ?? cells.key ?? "", outcome: .refused)
        let choice = list.choices[String(cells.line)]
        if choice == ParticipantList.leave {
            row.outcome = .leftOut
            return row
        }
        var facts = RowFacts()
        (facts.key, facts.name) = (cells.key, cells.name)
        if let country = cells.country {
            let code = words.country(country)
            guard code.utf8.count == 2 else {
                row.problem = say(
                    "“\(country)” is no country that is known. Write its name or its code of two letters."
                )
                return row
            }
            facts.country = code
        }
        if let unreadable = cells.unreadable {
            row.problem = say(
                "The cell of the column “\(unreadable)” cannot be taken: it is too long, a formula, or holds signs "
                    + "that nobody sees."
            )
            return row
        }
        guard let capacity = cells.capacity.map(ParticipantWords.capacity) ?? list.capacity else {
            row.problem = say(
                "“\(cells.capacity ?? "")” is no capacity. Known: \(Participation.capacities.joined(separator: ", "))."
            )
            return row
        }
        guard let mode = cells.mode.map(ParticipantWords.mode) ?? list.mode else {
            row.problem = say(
                "“\(cells.mode ?? "")” is no way of taking part. Known: \(Participation.modes.joined(separator: ", "))."
            )
            return row
        }
        switch RowMatch.find(facts, chosen: choice, index) {
        case .member(let id, let because, _, _):
            row.member = index.candidate(id, because)
            settle(&row, id, .init(capacity: capacity, mode: mode, position: cells.position), cells)
        case .several(let candidates, let note):
            row.outcome = .unclear
            row.candidates = candidates
            row.problem = note
        case .nobody:
            row.outcome = .unknown
            row.problem = say("No member bears this name.")
        case .unnamed: row.problem = say("The row names nobody.")
        }
        return row
    }

    private mutating func settle(
        _ row: inout ParticipantRow,
        _ id: String,
        _ content: ParticipationStep.Content,
        _ cells: ParticipantCells
    ) {
        let subject = Self.subject(id, content.capacity)
        if let first = lines[subject] {
            row.problem = say("The same member stands on line \(first) already, in the same capacity.")
            return
        }
        lines[subject] = cells.line
        guard let recorded = known[subject] else {
            row.outcome = .add
            row.after = content
            return
        }
        // An empty cell says nothing: what is recorded stays.
        var after = recorded
        if cells.mode != nil { after.mode = content.mode }
        if let position = cells.position { after.position = position }
        row.outcome = after == recorded ? .same : .correct
        (row.before, row.after) = (recorded, after)
    }
}
