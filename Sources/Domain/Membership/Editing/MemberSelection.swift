import Access
import Charter
import Database
import Languages

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
    func words(_ count: Int) -> Phrase {
        switch self {
        case .members: say(count, one: "\(count) chosen", other: "\(count) chosen")
        case .matching(let filter): filter.words
        }
    }
}

extension RollFilter {
    /// The filter in a line of text: `on 2026-11-21, region africa, tag climate`.
    var words: Phrase {
        var parts = [say("on \(day.description)", context: "a list of members")]
        if let category { parts.append(say("category \(category)", context: "a list of members")) }
        if let region { parts.append(say("region \(region)", context: "a list of members")) }
        if let country { parts.append(say("country \(country)", context: "a list of members")) }
        if let tag { parts.append(say("tag \(tag)", context: "a list of members")) }
        if let search { parts.append(say("search \(search)", context: "a list of members")) }
        switch standing {
        case .onRoll: break
        case .any: parts.append(say("all that ever were", context: "a list of members"))
        case .only(let status): parts.append(say("status \(status)", context: "a list of members"))
        }
        return .joined(parts, by: ", ")
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
