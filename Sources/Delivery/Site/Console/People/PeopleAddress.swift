import Access
import Web

/// What the list of people asks for, as its address says it.
struct PeopleAddress: Sendable, Equatable {
    static let size = 50

    let filter: PeopleFilter
    let page: Int

    init(_ query: QueryParameters) throws(RequestProblem) {
        filter = PeopleFilter(
            search: try query.string("q", maximumCharacters: 100) ?? "",
            role: try query.choice("role", of: Role.self),
            state: try query.choice("state", of: PeopleFilter.State.self)
        )
        page = try query.int("page", in: 1...100_000, default: 1)
    }

    func address(page: Int) -> String {
        var fields: [(String, String)] = []
        if !filter.search.isEmpty { fields.append(("q", filter.search)) }
        if let role = filter.role { fields.append(("role", role.rawValue)) }
        if let state = filter.state { fields.append(("state", state.rawValue)) }
        if page > 1 { fields.append(("page", String(page))) }
        let query = fields.map { "\($0.0)=\(queryEscaped($0.1))" }.joined(separator: "&")
        return ConsolePlace.people.address + (query.isEmpty ? "" : "?" + query)
    }

    static func person(_ id: String) -> String { "\(ConsolePlace.people.address)/\(id)" }
}
