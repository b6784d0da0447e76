package import Database
package import Languages

/// Names of members, folded, to find which member a row means: those of all members, or of those that come near a name.
package struct NameIndex: Sendable {
    /// A member under one of its names.
    struct Entry: Sendable {
        let memberID: String
        let name: String
        /// 0 for the name of the record, then official names, aliases, misprints.
        let rank: Int
    }

    package struct Brief: Sendable {
        package let id: String
        package let key: String
        package let name: String
        package let category: String
        package let country: String?
    }

    /// What a key that is no member's any more stands for.
    struct Merged: Sendable {
        let keptID: String
        let name: String
    }

    package private(set) var members: [String: Brief] = [:]
    private(set) var idsByKey: [String: String] = [:]
    private(set) var merged: [String: Merged] = [:]
    private var entries: [String: [Entry]] = [:]
    // The folded names in order, as they are and reversed: the two ways to a name with one slip in it.
    private var inOrder: [String] = []
    private var reversed: [String] = []

    /// As names are compared: the words, folded, without what stands between them.
    package static func fold(_ name: String) -> String { Folding.words(name).joined(separator: " ") }

    /// For many rows: all names of all members.
    package init(_ transaction: Transaction) throws {
        try load(transaction)
        try transaction.forEach("SELECT merged_key, merged_name, kept_id FROM member_merge") { row in
            merged[try row.text(0)] = Merged(keptID: try row.text(2), name: try row.text(1))
        }
        sortNames()
    }

    /// For a few names and no keys: finds the same by them, and reads only the members that have their words.
    package init(_ transaction: Transaction, near names: [String]) throws {
        for name in names {
            try load(transaction, only: NameWords.bearers(of: name, transaction))
            // Who bears the name is found before anybody whose name is nearly the same.
            if named(name).isEmpty { try load(transaction, only: NameWords.nearly(name, transaction)) }
        }
        sortNames()
    }

    private mutating func load(_ transaction: Transaction, only ids: [String]) throws {
        let new = ids.filter { members[$0] == nil }
        for start in stride(from: 0, to: new.count, by: 400) {
            let part = new[start..<min(start + 400, new.count)]
            let places = part.map { _ in "?" }.joined(separator: ", ")
            try load(transaction, " WHERE id IN (\(places))", " WHERE member_id IN (\(places))", part.map(Value.text))
        }
    }

    private mutating func load(
        _ transaction: Transaction,
        _ ofMember: String = "",
        _ ofName: String = "",
        _ values: [Value] = []
    ) throws {
        try transaction.forEach("SELECT id, key, name, category, country FROM member\(ofMember)", values) { row in
            let brief = Brief(
                id: try row.text(0),
                key: try row.text(1),
                name: try row.text(2),
                category: try row.text(3),
                country: row.optionalText(4)
            )
            members[brief.id] = brief
            idsByKey[brief.key] = brief.id
            add(Entry(memberID: brief.id, name: brief.name, rank: 0))
        }
        try transaction.forEach("SELECT member_id, name, kind FROM member_name\(ofName)", values) { row in
            let kind = try row.text(2)
            let rank = kind == "name" ? 1 : kind == "alias" ? 2 : 3
            add(Entry(memberID: try row.text(0), name: try row.text(1), rank: rank))
        }
    }

    private mutating func sortNames() {
        inOrder = entries.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        reversed = entries.keys.map { String($0.reversed()) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private mutating func add(_ entry: Entry) {
        let folded = Self.fold(entry.name)
        guard !folded.isEmpty else { return }
        let known = entries[folded, default: []]
        if let place = known.firstIndex(where: { $0.memberID == entry.memberID }) {
            if known[place].rank > entry.rank { entries[folded]?[place] = entry }
        } else {
            entries[folded, default: []].append(entry)
        }
    }

    /// Each member that bears this name, once, the best of its names first.
    func named(_ name: String) -> [Entry] {
        (entries[Self.fold(name)] ?? []).sorted { ($0.rank, $0.memberID) < ($1.rank, $1.memberID) }
    }

    /// The members with a name that differs by one slip of the finger; the same rule as the search of the roll.
    func nearly(_ name: String) -> [Entry] {
        let typed = Array(Self.fold(name))
        guard let (head, tail) = Self.halves(typed) else { return [] }
        let close =
            Self.run(inOrder, from: head)
            + Self.run(reversed, from: String(tail.reversed())).map { String($0.reversed()) }
        var found: [String: Entry] = [:]
        for folded in Set(close) where Typing.isWithinOneSlip(typed, Array(folded)) {
            for entry in entries[folded] ?? [] where (found[entry.memberID]?.rank ?? 9) > entry.rank {
                found[entry.memberID] = entry
            }
        }
        return found.values.sorted { ($0.rank, $0.memberID) < ($1.rank, $1.memberID) }
    }

    /// With which a name begins, or else ends, that differs by one slip; `nil` for one that is too short to tell.
    static func halves(_ typed: [Character]) -> (head: String, tail: String)? {
        guard typed.count >= 5 else { return nil }
        let half = (typed.count - 1) / 2
        return (String(typed[..<half]), String(typed[(typed.count - half)...]))
    }

    /// The texts that begin with `prefix`, of texts in the order of their bytes.
    private static func run(_ texts: [String], from prefix: String) -> ArraySlice<String> {
        var low = 0
        var high = texts.count
        while low < high {
            let middle = (low + high) / 2
            if texts[middle].utf8.lexicographicallyPrecedes(prefix.utf8) { low = middle + 1 } else { high = middle }
        }
        return texts[low...].prefix { $0.hasPrefix(prefix) }
    }

    func candidate(_ entry: Entry, _ because: Phrase? = nil) -> RowPlan.Candidate? {
        let words =
            switch entry.rank {
            case 0: say("its name", context: "why a row means a member")
            case 1: say("an official name, \"\(entry.name)\"", context: "why a row means a member")
            case 2: say("another name, \"\(entry.name)\"", context: "why a row means a member")
            default: say("a spelling in print, \"\(entry.name)\"", context: "why a row means a member")
            }
        return candidate(entry.memberID, because ?? words)
    }

    package func candidate(_ id: String, _ because: Phrase) -> RowPlan.Candidate? {
        members[id].map { brief in
            RowPlan.Candidate(
                id: id,
                key: brief.key,
                name: brief.name,
                country: brief.country,
                category: brief.category,
                because: because
            )
        }
    }
}
