import Database
import Languages

/// A member as the records hold it, for comparing with a row of a spreadsheet, and for the export.
struct KnownMember {
    let id: String
    let revision: Int
    let row: RecordRow
    var names: [RecordRow] = []
    /// In the order in which they took effect.
    var statuses: [RecordRow] = []
    /// Populations alone, the one that counts last.
    var populations: [RecordRow] = []
    /// Heads of government alone, the latest last.
    var heads: [RecordRow] = []

    static func load(_ transaction: Transaction, ids: some Sequence<String>) throws -> [String: KnownMember] {
        let ids = Set(ids)
        let rows = try RecordTable.member.load(transaction, members: ids)
        let names = try RecordTable.name.load(transaction, members: ids)
        let statuses = try RecordTable.status.load(transaction, members: ids)
        let figures = try RecordTable.figure.load(transaction, members: ids)
        let people = try RecordTable.person.load(transaction, members: ids)
        var known: [String: KnownMember] = [:]
        for (id, revision) in try revisions(transaction, ids) {
            guard let row = rows[id]?.first else { continue }
            var member = KnownMember(id: id, revision: revision, row: row)
            member.names = (names[id] ?? []).sorted { order($0, "kind", "name") > order($1, "kind", "name") }
            member.statuses = (statuses[id] ?? []).sorted {
                order($0, "latest", "earliest") < order($1, "latest", "earliest")
            }
            member.populations = (figures[id] ?? []).filter { $0.text("kind") == "population" }.sorted(by: isBefore)
            member.heads = (people[id] ?? []).filter { $0.text("role") == "head-of-government" }
                .sorted(by: isShownBefore)
            known[id] = member
        }
        return known
    }

    static func revisions(_ transaction: Transaction, _ ids: Set<String>) throws -> [String: Int] {
        var found: [String: Int] = [:]
        let all = ids.sorted()
        for start in stride(from: 0, to: all.count, by: 400) {
            let part = all[start..<min(start + 400, all.count)]
            let places = part.map { _ in "?" }.joined(separator: ", ")
            try transaction.forEach(
                "SELECT id, revision FROM member WHERE id IN (\(places))",
                part.map(Value.text)
            ) { found[try $0.text(0)] = try $0.integer(1) }
        }
        return found
    }

    private static func order(_ row: RecordRow, _ first: String, _ second: String) -> (String, String) {
        (row.text(first) ?? "", row.text(second) ?? "")
    }

    // The two orders of `FactOrder`, the one that counts last.

    private static func isBefore(_ one: RecordRow, _ other: RecordRow) -> Bool {
        func rank(_ row: RecordRow) -> (Int, Int, Int, String) {
            (row.integer("year_latest") ?? 0, row["note"] == .null ? 1 : 0, nearness(row), row.text("source") ?? "")
        }
        let (first, second) = (rank(one), rank(other))
        return first == second ? (one.text("locator") ?? "") > (other.text("locator") ?? "") : first < second
    }

    private static func isShownBefore(_ one: RecordRow, _ other: RecordRow) -> Bool {
        func rank(_ row: RecordRow) -> (String, Int) { (row.text("shown_on") ?? "", nearness(row)) }
        let (first, second) = (rank(one), rank(other))
        return first == second ? (one.text("person") ?? "") > (other.text("person") ?? "") : first < second
    }

    private static func nearness(_ row: RecordRow) -> Int {
        row.text("source") == "ENTRY" ? 2 : row.text("origin") == "entry" ? 1 : 0
    }

    var key: String { row.text("key") ?? "" }
    var name: String { row.text("name") ?? "" }
    var tags: [String] { (row.text("tags") ?? "").split(separator: " ").map(String.init) }

    /// The language of the member's own name.
    var language: String {
        names.first { $0.text("kind") == "name" && $0.text("name") == name }?.text("language") ?? "en"
    }

    /// Every name under which the member is known, folded as they are compared.
    var foldedNames: Set<String> {
        Set(([name] + names.compactMap { $0.text("name") }).map(NameIndex.fold))
    }

    /// Names beside the main one that a reader may use: no misprints.
    var otherNames: [String] {
        var found: [String] = []
        for row in names where row.text("kind") != "printed" {
            guard let text = row.text("name"), text != name, !found.contains(text) else { continue }
            found.append(text)
        }
        return found
    }

    /// The step in force on a day: the last one that had taken effect, or the first of all.
    func step(on day: String) -> RecordRow? {
        statuses.last { ($0.text("latest") ?? "") <= day } ?? statuses.first
    }

    /// The step with which the latest stay on the roll began.
    func joining(_ words: UploadVocabulary) -> RecordRow? {
        var since: RecordRow?
        var last: RecordRow?
        for row in statuses {
            let onRoll = words.isOnRoll(row.text("status") ?? "", on: row.text("latest") ?? "")
            since = onRoll ? (since ?? row) : nil
            last = since ?? last
        }
        return last
    }

    func candidate(_ because: Phrase) -> RowPlan.Candidate {
        .init(
            id: id,
            key: key,
            name: name,
            country: row.text("country"),
            category: row.text("category") ?? "",
            because: because
        )
    }
}

extension RecordRow {
    /// The day on which a step took effect.
    var bounds: DayBounds { DayBounds(earliest: text("earliest") ?? "", latest: text("latest") ?? "") }
}
