import Charter
import Membership
import Web

/// What a list of members can be narrowed to and sorted by: as the directory on the site.
struct RollParameters: Sendable {
    let asOf = Parameter<Day>.day("as_of", "The roll as it was on this day; today without it.")
    let search = Parameter.text(
        "q",
        "Words of any name that a member has had, in any script; each may be a beginning, or have one letter wrong.",
        .line(1, 200),
        example: "Nur-Sultan"
    )
    let category: Parameter<String>
    let region: Parameter<String>
    let country: Parameter<String>
    let status: Parameter<String>
    let tag = Parameter.text("tag", "Members with this tag.", .key(40))
    let sort: Parameter<String>

    init(_ context: APIContext) {
        category = .choice("category", "Members of this category of the charter.", context.categories)
        region = .choice("region", "Members in this region of the charter.", context.regions)
        country = .choice(
            "country",
            "Members in this country: two letters, as in ISO 3166.",
            context.countries.keys.sorted()
        )
        status = .choice(
            "status",
            "Members of this status of the charter; `any` for all that ever were. Those on the roll without it.",
            context.statuses + ["any"]
        )
        let orders = RollFilter.Order.allCases.map(\.rawValue)
        sort = .choice(
            "sort",
            "The order; with `-` before it the other way round. By name without it, and a search by closeness.",
            orders + orders.map { "-" + $0 }
        )
    }

    var all: [any AnyParameter] { [asOf, search, category, region, country, status, tag, sort] }

    /// The same as an object of a body, described and checked as in an address.
    var object: ObjectSchema {
        ObjectSchema(
            name: "NewViewFilter",
            isClosed: true,
            all.map { parameter -> ObjectSchema.Property in
                .init(name: parameter.name, schema: parameter.schema, isRequired: false)
            }
        )
    }

    func filter(_ call: Call) throws -> RollFilter {
        try filter(day: call.value(asOf) ?? call.context.today()) { try call.value($0) }
    }

    /// Reads such an object.
    func filter(_ sent: JSONValue, today: Day) -> RollFilter {
        filter(day: sent.text(asOf.name).map(Day.nearest) ?? today) { sent.text($0.name) }
    }

    private func filter(day: Day, _ value: (Parameter<String>) throws -> String?) rethrows -> RollFilter {
        var filter = RollFilter(day: day)
        filter.search = try value(search)
        filter.category = try value(category)
        filter.region = try value(region)
        filter.country = try value(country)
        filter.tag = try value(tag)
        if let status = try value(status) { filter.standing = status == "any" ? .any : .only(status) }
        if let sort = try value(sort) {
            filter.descending = sort.hasPrefix("-")
            filter.order = RollFilter.Order(rawValue: filter.descending ? String(sort.dropFirst()) : sort) ?? .name
        }
        return filter
    }
}

extension Parameter where Value == Day {
    /// A day of the calendar. One that the records cannot have is taken for the nearest that they can.
    static func day(_ name: String, _ detail: String) -> Parameter {
        Parameter(name, .day(detail, example: "2021-12-31")) { value in
            guard case .text(let text) = value else { return nil }
            return Day.nearest(text)
        }
    }
}

extension Day {
    /// A day of the calendar; where the records cannot have it, the nearest that they can.
    static func nearest(_ text: String) -> Day {
        Day(text) ?? (text < Day.first.description ? .first : .last)
    }
}

extension RollMark {
    /// The mark as a cursor of a list with this filter.
    func cursor(_ filter: RollFilter) -> String {
        switch self {
        case .after(let value, let name, let key):
            Cursor.text(kind: Self.kind(filter), [filter.day.description, value, name, key])
        case .places(let places): Cursor.text(kind: "search", [filter.day.description, String(places)])
        }
    }

    /// Reads a cursor of such a list. Throws 404 for one of another list.
    static func read(_ cursor: String, _ filter: RollFilter) throws -> (mark: RollMark, day: Day) {
        if filter.search != nil {
            let parts = try Cursor.parts(cursor, kind: "search", count: 2)
            guard let day = parts[0].flatMap(Day.init), let places = parts[1].flatMap({ Int($0) }),
                (1...1_000_000).contains(places)
            else { throw RequestProblem.oldCursor }
            return (.places(places), day)
        }
        let parts = try Cursor.parts(cursor, kind: kind(filter), count: 4)
        guard let day = parts[0].flatMap(Day.init), let name = parts[2], let key = parts[3] else {
            throw RequestProblem.oldCursor
        }
        if filter.order == .population, let value = parts[1], Int(value) == nil { throw RequestProblem.oldCursor }
        return (.after(value: parts[1], name: name, key: key), day)
    }

    private static func kind(_ filter: RollFilter) -> String {
        (filter.descending ? "-" : "") + filter.order.rawValue
    }
}
