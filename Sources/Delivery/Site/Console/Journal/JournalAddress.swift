import Journal
import Web

/// What the journal's page asks for, as its address says it.
struct JournalAddress: Sendable, Equatable {
    var filter: JournalFilter
    var before: String?

    init(_ query: QueryParameters) throws(RequestProblem) {
        let subject = try query.string("about", maximumCharacters: 120)
        filter = JournalFilter(
            action: try query.string("action", maximumCharacters: 60),
            actor: try query.string("actor", maximumCharacters: 120),
            subject: subject.flatMap(Self.subject),
            from: try query.day("from"),
            through: try query.day("through")
        )
        before = try query.string("before", maximumCharacters: 36)
    }

    /// `member:ID`.
    private static func subject(_ text: String) -> JournalEntry.Subject? {
        let parts = text.split(separator: ":", maxSplits: 1)
        return parts.count == 2 ? JournalEntry.Subject(String(parts[0]), String(parts[1])) : nil
    }

    /// The same search, from another place on.
    func address(before id: String?) -> String {
        var fields: [(String, String?)] = [("action", filter.action), ("actor", filter.actor)]
        fields.append(("about", filter.subject.map { "\($0.kind):\($0.id)" }))
        fields += [("from", filter.from), ("through", filter.through), ("before", id)]
        let query = fields.compactMap { name, value in value.map { "\(name)=\(queryEscaped($0))" } }
        return "/console/journal" + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }

    var isNarrowed: Bool { filter != JournalFilter() }
}
