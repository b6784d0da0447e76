import Database
public import Languages

/// One box of the form in which a member is changed, and its name there.
public enum MemberInput: String, Sendable, CaseIterable {
    case name, category, country, region, website, description
    case area
    case coordinates
    case population
    case populationYear = "population_year"
    case head
    case headPosition = "head_position"
    case headShownOn = "head_shown_on"
}

/// One fact about a member that is changed as a whole.
public enum MemberField: String, Sendable, CaseIterable {
    case name, category, country, region, website, description, area, coordinates, population, head

    /// The boxes that hold it.
    public var inputs: [MemberInput] {
        switch self {
        case .name: [.name]
        case .category: [.category]
        case .country: [.country]
        case .region: [.region]
        case .website: [.website]
        case .description: [.description]
        case .area: [.area]
        case .coordinates: [.coordinates]
        case .population: [.population, .populationYear]
        case .head: [.head, .headPosition, .headShownOn]
        }
    }

    /// As a label of the form.
    public var label: Phrase {
        switch self {
        case .name: say("Name")
        case .category: say("Category")
        case .country: say("Country")
        case .region: say("Region")
        case .website: say("Website")
        case .description: say("Description")
        case .area: say("Area")
        case .coordinates: say("Coordinates")
        case .population: say("Population")
        case .head: say("Head of government")
        }
    }

    /// Within a sentence.
    public var noun: Phrase {
        switch self {
        case .name: say("name", context: "a field, within a sentence")
        case .category: say("category", context: "a field, within a sentence")
        case .country: say("country", context: "a field, within a sentence")
        case .region: say("region", context: "a field, within a sentence")
        case .website: say("website", context: "a field, within a sentence")
        case .description: say("description", context: "a field, within a sentence")
        case .area: say("area", context: "a field, within a sentence")
        case .coordinates: say("coordinates", context: "a field, within a sentence")
        case .population: say("population", context: "a field, within a sentence")
        case .head: say("head of government", context: "a field, within a sentence")
        }
    }

    /// The columns of the member's own row that hold it.
    var columns: [String] {
        switch self {
        case .name, .category, .country, .region, .website, .description: [rawValue]
        case .area: ["area_km2"]
        case .coordinates: ["latitude", "longitude", "coordinates_source"]
        case .population, .head: []
        }
    }
}

/// A member's facts as a form holds them: text, trimmed, empty for what is not known.
public struct MemberDraft: Sendable, Equatable {
    private var texts: [MemberInput: String] = [:]

    public init() {}

    public subscript(input: MemberInput) -> String {
        get { texts[input] ?? "" }
        set {
            // Browsers send line ends as CR LF.
            let text = newValue.replacing("\r\n", with: "\n").trimmed
            texts[input] = text.isEmpty ? nil : text
        }
    }

    /// The fact in one line for a person; empty when it is not known.
    public func text(_ field: MemberField) -> String {
        field.inputs.map { self[$0] }.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    public func hasSame(_ field: MemberField, as other: MemberDraft) -> Bool {
        field.inputs.allSatisfy { self[$0] == other[$0] }
    }

    /// Takes a fact from another draft.
    public mutating func take(_ field: MemberField, from other: MemberDraft) {
        for input in field.inputs { self[input] = other[input] }
    }
}

extension String {
    var trimmed: String {
        let head = drop(while: \.isWhitespace)
        return String(head.reversed().drop(while: \.isWhitespace).reversed())
    }
}

/// A member as somebody who changes it sees it.
public struct EditableMember: Sendable, Equatable {
    /// Another name of the member, that can be ended.
    public struct OtherName: Sendable, Equatable {
        /// Which row it is; opaque.
        public let token: String
        public let name: String
        /// BCP 47.
        public let language: String
        /// `name` or `alias`.
        public let kind: String
        public let from: String?
    }

    public let id: String
    public let key: String
    /// The number of the state that is shown; a change carries it back.
    public let revision: Int
    public let draft: MemberDraft
    /// The language of the name.
    public let language: String
    public let isSample: Bool
    /// The names in other languages and the aliases that are in use.
    public let otherNames: [OtherName]
    /// The number of employees, which no form edits: a member proposes it, or states it when it joins.
    let employees: FactValue?

    static func load(_ transaction: Transaction, id: String) throws -> EditableMember? {
        try load(transaction, where: "id = ?", id)
    }

    static func load(_ transaction: Transaction, key: String) throws -> EditableMember? {
        try load(transaction, where: "key = ?", key)
    }

    private static func load(_ transaction: Transaction, where condition: String, _ value: String) throws -> Self? {
        var draft = MemberDraft()
        let found = try transaction.first(
            """
            SELECT id, key, revision, origin, name, category, country, region, website, description, area_km2, latitude,
                longitude
            FROM member WHERE \(condition)
            """,
            [.text(value)]
        ) { row in
            draft[.name] = try row.text(4)
            draft[.category] = try row.text(5)
            draft[.country] = row.optionalText(6) ?? ""
            draft[.region] = row.optionalText(7) ?? ""
            draft[.website] = row.optionalText(8) ?? ""
            draft[.description] = row.optionalText(9) ?? ""
            draft[.area] = try row.optionalReal(10).map(NumberText.plain) ?? ""
            if let latitude = try row.optionalReal(11), let longitude = try row.optionalReal(12) {
                draft[.coordinates] = "\(NumberText.plain(latitude)), \(NumberText.plain(longitude))"
            }
            return (id: try row.text(0), key: try row.text(1), revision: try row.integer(2), origin: try row.text(3))
        }
        guard let found else { return nil }
        try loadDated(transaction, found.id, &draft)
        let names = try OpenName.all(transaction, member: found.id)
        return EditableMember(
            id: found.id,
            key: found.key,
            revision: found.revision,
            draft: draft,
            language: names.first { $0.isMain(draft[.name]) }?.language ?? "en",
            isSample: found.origin == "sample",
            otherNames: names.filter { !$0.isMain(draft[.name]) }.map(\.shown),
            employees: try EmployeesFigure.latest(transaction, member: found.id)
        )
    }

    private static func loadDated(_ transaction: Transaction, _ id: String, _ draft: inout MemberDraft) throws {
        let figure = try transaction.first(
            """
            SELECT value, year_latest FROM member_figure WHERE member_id = ? AND kind = 'population'
            ORDER BY \(FactOrder.population(newestFirst: true)) LIMIT 1
            """,
            [.text(id)]
        ) { (NumberText.plain(try $0.optionalReal(0) ?? 0), try $0.integer(1)) }
        if let figure {
            draft[.population] = figure.0
            draft[.populationYear] = "\(figure.1)"
        }
        let head = try transaction.first(
            """
            SELECT person, position, shown_on FROM member_person
            WHERE member_id = ? AND role = 'head-of-government' ORDER BY \(FactOrder.peopleNewestFirst) LIMIT 1
            """,
            [.text(id)]
        ) { (try $0.text(0), try $0.text(1), try $0.text(2)) }
        if let head { (draft[.head], draft[.headPosition], draft[.headShownOn]) = head }
    }
}

/// Numbers as a form holds them: without a fraction that is none.
package enum NumberText {
    package static func plain(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
    }
}

/// Which of several readings of one fact counts: the latest, and of one time the one that was entered by hand, then the
/// one that an import of a spreadsheet brought.
enum FactOrder {
    /// Exact figures count before those printed as "nearly ten million".
    static func population(newestFirst: Bool) -> String {
        let last = newestFirst ? " DESC" : ""
        let first = newestFirst ? "" : " DESC"
        return """
            year_latest\(last), CASE WHEN note IS NULL THEN 1 ELSE 0 END\(last),
            CASE WHEN source = 'ENTRY' THEN 2 WHEN origin = 'entry' THEN 1 ELSE 0 END\(last), source\(last), locator\(first)
            """
    }

    static let peopleNewestFirst = """
        shown_on DESC, CASE WHEN source = 'ENTRY' THEN 0 WHEN origin = 'entry' THEN 1 ELSE 2 END, role, person
        """
}
