import Access
import Charter
import Database

/// Which members an action on many is for.
public enum MemberSelection: Sendable, Equatable {
    /// Those that were ticked, by id.
    case members([String])
    /// All that a list shows.
    case matching(RollFilter)

    /// The ids, each once, in the list's order.
    ///
    /// Throws `MemberRefusal.noneChosen`, `.tooManyMembers`, `.searchTooWide`, and `.noSuchMember` for an id that is none.
    func ids(_ transaction: Transaction) throws -> [String] {
        let most = MemberRefusal.most
        var ids: [String] = []
        switch self {
        case .members(let given):
            var seen: Set<String> = []
            ids = given.filter { seen.insert($0).inserted }
            guard ids.count <= most else { throw MemberRefusal.tooManyMembers(ids.count) }
            let known = try MemberRows.existing(ids, transaction)
            guard known.count == ids.count else { throw MemberRefusal.noSuchMember }
        case .matching(let filter):
            ids = try RollListing.everything(filter, transaction, most: most).map(\.memberID)
        }
        guard !ids.isEmpty else { throw MemberRefusal.noneChosen }
        return ids
    }

    /// In words, for the journal and for the notice of what was done.
    func words(_ count: Int) -> String {
        switch self {
        case .members: "\(count) chosen"
        case .matching(let filter): filter.words
        }
    }
}

extension RollFilter {
    /// The filter in a line of text: `on 2026-11-21, region africa, tag climate`.
    var words: String {
        let parts: [String?] = [
            "on \(day)", category.map { "category \($0)" }, region.map { "region \($0)" },
            country.map { "country \($0)" },
            tag.map { "tag \($0)" }, search.map { "search \($0)" },
        ]
        let standing: String? =
            switch self.standing {
            case .onRoll: nil
            case .any: "all that ever were"
            case .only(let status): "status \(status)"
            }
        return (parts + [standing]).compactMap { $0 }.joined(separator: ", ")
    }
}

/// Look-ups of many members by id, in parts that both engines take.
enum MemberRows {
    static func existing(_ ids: [String], _ transaction: Transaction) throws -> Set<String> {
        var found: Set<String> = []
        try inParts(ids, transaction, "SELECT id FROM member WHERE id IN") { found.insert(try $0.text(0)) }
        return found
    }

    /// Runs `sql` followed by a list of ids, for 500 ids at a time.
    static func inParts(
        _ ids: [String],
        _ transaction: Transaction,
        _ sql: String,
        after: String = "",
        _ body: (Row) throws -> Void
    ) throws {
        for start in stride(from: 0, to: ids.count, by: 500) {
            let part = ids[start..<min(start + 500, ids.count)]
            let places = part.map { _ in "?" }.joined(separator: ", ")
            try transaction.forEach("\(sql) (\(places)) \(after)", part.map(Value.text), body)
        }
    }
}
