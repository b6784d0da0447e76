import Access
import Database
public import Languages

/// Two sayings about one thing that cannot both be right, each with its source.
public struct MergeContradiction: Sendable, Equatable {
    /// What it is about: a field, a kind of fact.
    public let title: Phrase
    /// As the record that is kept has it, as records keep it (`Phrase.recorded`); this one stays in force.
    public let kept: String
    public let keptSource: MemberProfile.Source
    public let merged: String
    public let mergedSource: MemberProfile.Source

    /// For programs: "website", "description, en".
    public var topic: String { title.english.prefix(1).lowercased() + title.english.dropFirst() }
}

/// What becomes of every row of a record that goes into another one. Made without writing, for the preview and for the deed.
struct MergePlan {
    let kept: MergeSide
    let merged: MergeSide
    /// Rows that go over, as they are and as they become.
    private(set) var moves: [(from: FactRow, to: FactRow)] = []
    /// Rows that the kept record has already.
    private(set) var repeated: [FactRow] = []
    private(set) var contradictions: [MergeContradiction] = []
    /// Facts that only the merged record has.
    private(set) var filled: [MemberField] = []
    private(set) var tags: [String] = []
    /// The merged record's own name, where none of its rows says it.
    private(set) var alias: String?

    /// Throws `MemberRefusal`.
    init(keptKey: String, mergedKey: String, _ transaction: Transaction) throws {
        guard keptKey != mergedKey else { throw MemberRefusal.mergedWithItself }
        kept = try .load(transaction, key: keptKey)
        merged = try .load(transaction, key: mergedKey)
        guard kept.member.isSample == merged.member.isSample else { throw MemberRefusal.sampleAndRecord }
        tags = merged.tags.filter { !kept.tags.contains($0) }
        planOwnRow()
        try planDescriptions(transaction)
        for table in ImportTable.all where Self.factTables.contains(table.table) {
            let ours = try FactRow.all(table, member: kept.member.id, transaction)
            let theirs = try FactRow.all(table, member: merged.member.id, transaction)
            switch table.table {
            case "member_name": planNames(ours, theirs)
            case "member_status": planStatuses(ours, theirs)
            default: planFacts(ours, theirs)
            }
        }
    }

    static let factTables: Set<String> = [
        "member_name", "member_status", "member_figure", "member_person", "member_office", "participation",
        "circumstance",
    ]

    private mutating func planOwnRow() {
        let fields: [MemberField] = [.category, .country, .region, .website, .description, .area, .coordinates]
        for field in fields {
            let ours = kept.member.draft.text(field)
            let theirs = merged.member.draft.text(field)
            if theirs.isEmpty || ours == theirs { continue }
            if ours.isEmpty {
                filled.append(field)
            } else {
                contradict(field.label, ours, nil, theirs, nil)
            }
        }
    }

    /// What both say of themselves in one language, in other words.
    private mutating func planDescriptions(_ transaction: Transaction) throws {
        let pairs = try transaction.query(
            """
            SELECT k.language, k.text, m.text FROM profile_text k JOIN profile_text m ON m.language = k.language
            WHERE k.member_id = ? AND m.member_id = ? AND k.text <> m.text ORDER BY k.language
            """,
            [.text(kept.member.id), .text(merged.member.id)]
        ) { (language: try $0.text(0), ours: try $0.text(1), theirs: try $0.text(2)) }
        for pair in pairs {
            contradict(say("Description, \(pair.language)"), pair.ours, nil, pair.theirs, nil)
        }
    }

    private mutating func planNames(_ ours: [FactRow], _ theirs: [FactRow]) {
        var known = Set(ours.map { [$0.text("name"), $0.text("language")] })
        for row in theirs {
            guard known.insert([row.text("name"), row.text("language")]).inserted else {
                repeated.append(row)
                continue
            }
            var alias = row
            if row.text("kind") == "name" { alias["kind"] = "alias" }
            moves.append((row, alias))
        }
        let name = merged.member.draft[.name]
        let named = (ours + theirs).map { $0.text("name") } + [kept.member.draft[.name]]
        if !named.contains(name) { alias = name }
    }

    private mutating func planFacts(_ ours: [FactRow], _ theirs: [FactRow]) {
        for row in theirs {
            guard let same = ours.first(where: { $0.key == row.key }) else {
                moves.append((row, row))
                continue
            }
            if same.facts == row.facts {
                repeated.append(row)
            } else {
                contradict(row.title, same.sentence, same, row.sentence, row)
            }
        }
    }

    /// Steps before the kept record's first and after its last go over where they change the standing; a step between
    /// them, or one that says again what holds already, would bend a history that has its own sources.
    private mutating func planStatuses(_ ours: [FactRow], _ theirs: [FactRow]) {
        let ours = ours.sorted { $0.text("latest") < $1.text("latest") }
        let theirs = theirs.sorted { $0.text("latest") < $1.text("latest") }
        guard let first = ours.first, let last = ours.last else {
            moves += theirs.map { ($0, $0) }
            return
        }
        var following = first
        for row in theirs.reversed() where row.text("latest") < first.text("latest") {
            if row["status"] == following["status"] {
                contradict(say("Status"), Self.step(following), following, Self.step(row), row)
            } else {
                moves.append((row, row))
                following = row
            }
        }
        var standing = last
        for row in theirs where row.text("latest") >= first.text("latest") {
            if let same = ours.first(where: { $0.key == row.key }) {
                if same["earliest"] == row["earliest"] {
                    repeated.append(row)
                } else {
                    contradict(say("Status"), Self.step(same), same, Self.step(row), row)
                }
            } else if row.text("latest") > last.text("latest"), row["status"] != standing["status"] {
                moves.append((row, row))
                standing = row
            } else {
                let inForce = ours.last { $0.text("latest") <= row.text("latest") } ?? first
                contradict(say("Status"), Self.step(inForce), inForce, Self.step(row), row)
            }
        }
    }

    private static func step(_ row: FactRow) -> String {
        let earliest = row.text("earliest")
        let latest = row.text("latest")
        let day = earliest == latest ? Phrase.verbatim(latest) : say("between \(earliest) and \(latest)")
        let grounds = row.text("grounds")
        let step = Phrase.verbatim("\(row.text("status")), ") + day
        return (grounds.isEmpty ? step : step + .verbatim(": ") + .record(grounds)).recorded
    }

    private mutating func contradict(
        _ title: Phrase,
        _ ours: String,
        _ our: FactRow?,
        _ theirs: String,
        _ their: FactRow?
    ) {
        contradictions.append(
            MergeContradiction(
                title: title,
                kept: ours,
                keptSource: Self.source(our, kept),
                merged: theirs,
                mergedSource: Self.source(their, merged)
            )
        )
    }

    private static func source(_ row: FactRow?, _ side: MergeSide) -> MemberProfile.Source {
        guard let row else { return .init(code: side.source, locator: side.locator) }
        return .init(code: row.text("source"), locator: row.text("locator").isEmpty ? nil : row.text("locator"))
    }
}
