import Charter
import Languages
import Membership
import Web

/// Every state of the directory as an address: read from a query, and written as one.
///
/// What is not chosen is not written, and what is written stands in one order, so that a state has one address.
struct MembersAddress: Sendable, Equatable {
    /// As it was typed.
    var search: String?
    var category: String?
    var region: String?
    /// ISO 3166 alpha-2 in capitals; in addresses it stands in small letters.
    var country: String?
    var tag: String?
    var standing = RollFilter.Standing.onRoll
    /// Nil for the day on which the reader looks.
    var day: Day?
    var order = RollFilter.Order.name
    var isDescending = false
    /// From 1.
    var page = 1

    static let pageSize = 100

    init() {}

    /// Reads the query. Throws 400 where it names something that the charter or the calendar does not have.
    init(_ query: QueryParameters, _ words: Words, _ countries: Countries) throws(RequestProblem) {
        // Shown again as it was typed: space at its ends does not matter to the search.
        search = try query.string("q", maximumCharacters: 1_000) == nil ? nil : query.all("q").first
        category = try query.value("category", expected: say("the key of a category of members")) {
            words.knows(category: $0) ? $0 : nil
        }
        region = try query.value("region", expected: say("the key of a region")) { words.knows(region: $0) ? $0 : nil }
        country = try query.value("country", expected: say("the two letters of a country, as in ISO 3166")) { text in
            let code = text.uppercased()
            return countries.names(code) == nil ? nil : code
        }
        tag = try query.string("tag", maximumCharacters: 60).flatMap(Self.tag)
        if let status = try query.value(
            "status",
            expected: say("the key of a status, or any"),
            parse: Self.standing(words)
        ) {
            standing = status
        }
        day = try query.day("on").map(Self.nearestDay)
        if let (order, isDescending) = try query.value("sort", expected: Self.orders, parse: Self.sorting) {
            self.order = order
            self.isDescending = isDescending
        }
        page = try query.int("page", in: 1...1_000_000, default: 1)
    }

    /// What the directory is asked for; `today` stands in where no day was chosen.
    func filter(today: Day) -> RollFilter {
        RollFilter(
            day: day ?? today,
            category: category,
            region: region,
            country: country,
            tag: tag,
            standing: standing,
            search: search,
            order: order,
            descending: isDescending
        )
    }

    /// The address of this state, at `path`.
    func address(_ path: String = "/members") -> String {
        var fields: [(String, String)] = []
        if let search { fields.append(("q", search)) }
        if let category { fields.append(("category", category)) }
        if let region { fields.append(("region", region)) }
        if let country { fields.append(("country", country.lowercased())) }
        if let tag { fields.append(("tag", tag)) }
        switch standing {
        case .onRoll: break
        case .any: fields.append(("status", "any"))
        case .only(let status): fields.append(("status", status))
        }
        if let day { fields.append(("on", day.description)) }
        if order != .name || isDescending { fields.append(("sort", (isDescending ? "-" : "") + order.rawValue)) }
        if page > 1 { fields.append(("page", String(page))) }
        guard !fields.isEmpty else { return path }
        return path + "?" + fields.map { "\($0)=\(queryEscaped($1))" }.joined(separator: "&")
    }

    /// This state with one thing changed, from its first page on.
    func with(_ change: (inout MembersAddress) -> Void) -> MembersAddress {
        var changed = self
        changed.page = 1
        change(&changed)
        return changed
    }

    /// Whether anything but the day and the order narrows the list.
    var isNarrowed: Bool {
        search != nil || category != nil || region != nil || country != nil || tag != nil || standing != .onRoll
    }

    /// A search that is not sorted otherwise shows the name first that is closest to what was typed.
    var putsClosestFirst: Bool { search != nil && order == .name && !isDescending }

    /// Tags are words with hyphens; what else was typed is taken for the gaps between them.
    private static func tag(_ text: String) -> String? {
        let parts = text.lowercased().split { !($0.isLetter || $0.isNumber) }
        return parts.isEmpty ? nil : parts.joined(separator: "-")
    }

    private static func standing(_ words: Words) -> (String) -> RollFilter.Standing? {
        { text in
            if text == "any" { return .any }
            return words.knows(status: text) ? .only(text) : nil
        }
    }

    /// A day that the calendar has and the records cannot: a year half typed must not lead to an error.
    private static func nearestDay(_ text: String) -> Day {
        Day(text) ?? (text < Day.first.description ? .first : .last)
    }

    private static let orders =
        say(
            "one of \(RollFilter.Order.allCases.map(\.rawValue).joined(separator: ", ")), with - before it to turn round"
        )

    private static func sorting(_ text: String) -> (RollFilter.Order, Bool)? {
        let isDescending = text.hasPrefix("-")
        return RollFilter.Order(rawValue: isDescending ? String(text.dropFirst()) : text).map { ($0, isDescending) }
    }
}
