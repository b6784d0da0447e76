import Membership
import Web

/// Every state of the secretariat's table of members as an address: the directory's filters, and which columns.
struct ConsoleMembersAddress: Sendable, Equatable {
    static let path = "/console/members"

    var roll: MembersAddress
    var columns: [MemberColumn] = MemberColumn.standard
    /// The saved view that this state came from.
    var view: String?
    /// The action on many members that was just done.
    var done: String?

    /// Throws 400 where the query names something that there is not.
    init(_ query: QueryParameters, _ words: Words, _ countries: Countries) throws(RequestProblem) {
        roll = try MembersAddress(query, words, countries)
        let chosen = Set(query.all("cols").flatMap { $0.split(separator: ",").map(String.init) })
        // In the one order that there is; a column of a view that is no more is left out.
        if !chosen.isEmpty { columns = MemberColumn.allCases.filter { chosen.contains($0.rawValue) } }
        view = try query.string("view", maximumCharacters: 36)
        done = try query.string("done", maximumCharacters: 36)
    }

    private init(_ roll: MembersAddress, _ columns: [MemberColumn]) {
        self.roll = roll
        self.columns = columns
    }

    static let everybody = ConsoleMembersAddress(MembersAddress(), MemberColumn.standard)

    /// This state at `path`, without what was just done.
    func address(_ path: String = Self.path, _ more: [(String, String)] = []) -> String {
        var fields: [(String, String)] = more
        if columns != MemberColumn.standard {
            fields.append(("cols", columns.map(\.rawValue).joined(separator: ",")))
        }
        if let view { fields.append(("view", view)) }
        let roll = roll.address(path)
        guard !fields.isEmpty else { return roll }
        let tail = fields.map { "\($0)=\(queryEscaped($1))" }.joined(separator: "&")
        return roll + (roll.contains("?") ? "&" : "?") + tail
    }

    /// The filter and order alone, as a view keeps them.
    var query: String {
        var first = roll
        first.page = 1
        return String(first.address("").dropFirst())
    }

    /// This state with its list changed.
    func with(_ change: (inout MembersAddress) -> Void) -> ConsoleMembersAddress {
        var changed = self
        changed.roll = roll.with(change)
        changed.done = nil
        return changed
    }

    func page(_ number: Int) -> ConsoleMembersAddress {
        var changed = self
        changed.roll.page = number
        return changed
    }
}
