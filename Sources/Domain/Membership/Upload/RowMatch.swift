package import Languages

/// Which member a row of a spreadsheet means.
package enum RowMatch {
    case member(id: String, because: Phrase, sureness: RowPlan.Sureness, notes: [Phrase])
    case nobody
    case several([RowPlan.Candidate], note: Phrase)
    /// There is nothing to find a member by.
    case unnamed

    /// - Parameter chosen: a member's id or `new`, where a person chose.
    package static func find(_ facts: RowFacts, chosen: String?, _ index: NameIndex) -> RowMatch {
        if chosen == UploadChoice.new { return .nobody }
        if let chosen, index.members[chosen] != nil {
            return .member(
                id: chosen,
                because: say("chosen by hand", context: "why a row means a member"),
                sureness: .certain,
                notes: []
            )
        }
        if let key = facts.key {
            if let id = index.idsByKey[key] {
                return .member(
                    id: id,
                    because: say("its key", context: "why a row means a member"),
                    sureness: .certain,
                    notes: []
                )
            }
            if let merged = index.merged[key] {
                return .member(
                    id: merged.keptID,
                    because: say("the key of a merged record", context: "why a row means a member"),
                    sureness: .certain,
                    notes: [say("The key \(key) was that of \(merged.name), which was merged with this member.")]
                )
            }
        }
        guard let name = facts.name else { return .unnamed }
        return byName(name, facts, index)
    }

    private static func byName(_ name: String, _ facts: RowFacts, _ index: NameIndex) -> RowMatch {
        let hits = index.named(name)
        if facts.key != nil, !hits.isEmpty {
            return .several(
                hits.compactMap { index.candidate($0) },
                note: say("The key is no member's, but the name is known.")
            )
        }
        let here = hits.filter { isIn(facts.country, $0, index) }
        if let only = best(here, facts.category, index), let candidate = index.candidate(only) {
            let isSure = facts.country != nil && candidate.country != nil
            return .member(
                id: only.memberID,
                because: candidate.because,
                sureness: isSure ? .high : .fair,
                notes: []
            )
        }
        if !here.isEmpty {
            return .several(here.compactMap { index.candidate($0) }, note: say("Several members bear this name."))
        }
        if !hits.isEmpty {
            return .several(
                hits.compactMap {
                    index.candidate($0, say("the same name in another country", context: "why a row means a member"))
                },
                note: say("A member of this name is in another country.")
            )
        }
        let near = index.nearly(name).filter { isIn(facts.country, $0, index) }
        guard !near.isEmpty else { return .nobody }
        return .several(
            near.prefix(10).compactMap {
                index.candidate($0, say("one letter apart, \"\($0.name)\"", context: "why a row means a member"))
            },
            note: say("No member bears this name, but one is nearly the same.")
        )
    }

    private static func isIn(_ country: String?, _ entry: NameIndex.Entry, _ index: NameIndex) -> Bool {
        guard let country, let known = index.members[entry.memberID]?.country else { return true }
        return known == country
    }

    /// The only one; or the only one of the row's category; or the only one whose own name it is.
    private static func best(_ hits: [NameIndex.Entry], _ category: String?, _ index: NameIndex) -> NameIndex.Entry? {
        if hits.count == 1 { return hits[0] }
        let alike = hits.filter { category != nil && index.members[$0.memberID]?.category == category }
        if alike.count == 1 { return alike[0] }
        let own = (alike.isEmpty ? hits : alike).filter { $0.rank <= 1 }
        return own.count == 1 ? own[0] : nil
    }
}

extension RowMatch {
    /// The records that may be what `facts` tell of, by the same rule by which a row of a spreadsheet finds its member.
    static func candidates(_ facts: RowFacts, _ index: NameIndex) -> [RowPlan.Candidate] {
        var found: [RowPlan.Candidate] = []
        for name in [facts.name, facts.furtherName?.name].compactMap(\.self) {
            var named = facts
            named.name = name
            let more: [RowPlan.Candidate] =
                switch find(named, chosen: nil, index) {
                case .member(let id, let because, _, _): index.candidate(id, because).map { [$0] } ?? []
                case .several(let candidates, _): candidates
                case .nobody, .unnamed: []
                }
            found += more.filter { one in !found.contains { $0.id == one.id } }
        }
        return found
    }
}

/// What a person chose for a row that can mean several members.
public enum UploadChoice: Sendable, Equatable {
    case member(String)
    case newMember
    /// Back to what the program finds by itself.
    case none

    static let new = "new"

    init(stored: String?) {
        switch stored {
        case nil: self = .none
        case Self.new?: self = .newMember
        case let id?: self = .member(id)
        }
    }

    var stored: String? {
        switch self {
        case .member(let id): id
        case .newMember: Self.new
        case .none: nil
        }
    }
}
