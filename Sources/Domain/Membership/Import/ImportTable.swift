import Database

/// How one file of `Data/` becomes rows of one table: every file goes through this one description.
struct ImportTable {
    /// What a column's cells may hold, and how they are stored.
    enum Kind: Equatable {
        /// A day that is part of a row's key, where a missing one is an empty text.
        case dayOrEmpty
        /// Text with at least one sign that is seen.
        case name
        case text, optionalText, day, optionalDay, optionalReal, real, optionalInteger, integer
        /// A lower-case ASCII slug.
        case key
        /// The key of a member, stored as the member's id.
        case member, optionalMember
        /// The code of a row of `source`, `decision`, `event` or `statement`.
        case reference(String)
        case optionalReference(String)
        /// One of the charter's keys.
        case category, region, optionalRegion, status, optionalCategory
        case country, optionalCountry
        case oneOf([String])
        /// http or https only: it becomes a link.
        case optionalURL
        /// The row's number in the file; the file has no such column.
        case rowNumber
    }

    struct Column {
        let header: String
        let name: String
        let kind: Kind

        init(_ header: String, _ kind: Kind, as name: String? = nil) {
            self.header = header
            self.kind = kind
            self.name = name ?? header
        }
    }

    let file: String
    let table: String
    /// What one row is called in the journal and in reports.
    let noun: String
    /// How many of the leading columns identify a row.
    let keyColumns: Int
    let columns: [Column]
    /// Whether a row without this file's line is removed, as far as it came from this file before.
    var keepsMissing = false

    static let all: [ImportTable] = [
        ImportTable(
            file: "sources.csv",
            table: "source",
            noun: "source",
            keyColumns: 1,
            columns: [
                Column("code", .text), Column("title", .text), Column("published", .optionalText),
                Column("licence", .optionalText), Column("note", .optionalText),
            ],
            keepsMissing: true
        ),
        ImportTable(
            file: "decisions.csv",
            table: "decision",
            noun: "decision",
            keyColumns: 1,
            columns: [
                Column("decision", .key, as: "key"), Column("date_earliest", .day), Column("date_latest", .day),
                Column("body", .text), Column("title", .text), source, locator, note,
            ],
            keepsMissing: true
        ),
        ImportTable(
            file: "events.csv",
            table: "event",
            noun: "event",
            keyColumns: 1,
            columns: [
                Column("event", .key, as: "key"), Column("name", .name), Column("kind", .text),
                Column("date_from", .day),
                Column("date_to", .day), Column("place", .optionalText), source, locator,
            ],
            keepsMissing: true
        ),
        members,
        ImportTable(
            file: "names.csv",
            table: "member_name",
            noun: "name",
            keyColumns: 7,
            columns: [
                member, Column("name", .name), Column("language", .text),
                Column("kind", .oneOf(["name", "alias", "printed"])), source, Column("locator", .text),
                Column("from", .dayOrEmpty, as: "valid_from"), Column("to", .optionalDay, as: "valid_to"), note,
            ]
        ),
        ImportTable(
            file: "statuses.csv",
            table: "member_status",
            noun: "status",
            keyColumns: 3,
            columns: [
                member, Column("status", .status), Column("latest", .day), Column("earliest", .day),
                Column("grounds", .optionalText), Column("decision", .optionalReference("decision")), source, locator,
                note,
            ]
        ),
        ImportTable(
            file: "figures.csv",
            table: "member_figure",
            noun: "figure",
            keyColumns: 4,
            columns: [
                member, Column("kind", .oneOf(["population", "area", "employees"])), source, Column("locator", .text),
                Column("value", .real), Column("unit", .text), Column("year_earliest", .optionalInteger),
                Column("year_latest", .integer), note,
            ]
        ),
        ImportTable(
            file: "people.csv",
            table: "member_person",
            noun: "person",
            keyColumns: 4,
            columns: [
                member, Column("person", .name), Column("role", .oneOf(["head-of-government", "representative"])),
                Column("date", .day, as: "shown_on"), Column("position", .text), source, locator, note,
            ]
        ),
        ImportTable(
            file: "offices.csv",
            table: "member_office",
            noun: "office",
            keyColumns: 4,
            columns: [
                member, Column("office", .text), Column("detail", .text), Column("from", .day, as: "valid_from"),
                Column("to", .optionalDay, as: "valid_to"), Column("decision", .optionalReference("decision")), source,
                locator, note,
            ]
        ),
        ImportTable(
            file: "participations.csv",
            table: "participation",
            noun: "participation",
            keyColumns: 3,
            columns: [
                Column("event", .reference("event")), member, Column("capacity", .text), Column("printed", .text),
                Column("position", .optionalText), Column("mode", .text), source, locator, note,
            ]
        ),
        ImportTable(
            file: "circumstances.csv",
            table: "circumstance",
            noun: "circumstance",
            keyColumns: 4,
            columns: [
                member, Column("circumstance", .key), Column("as_of", .day), source,
                Column("years", .optionalInteger), Column("comparison", .oneOf(["", "more-than", "at-least"])),
                locator, note,
            ]
        ),
        ImportTable(
            file: "rolls.csv",
            table: "roll_line",
            noun: "roll line",
            keyColumns: 3,
            columns: [
                Column("roll", .text), source, Column("position", .integer),
                Column("region", .optionalText, as: "region_printed"), Column("country_printed", .optionalText),
                Column("name_printed", .name), member, Column("category", .category), locator, note,
            ]
        ),
        ImportTable(
            file: "statements.csv",
            table: "statement",
            noun: "statement",
            keyColumns: 1,
            columns: [
                Column("statement", .key, as: "key"), Column("subject", .oneOf(Subject.allCases.map(\.rawValue))),
                Column("as_of", .day), Column("as_of_latest", .day), Column("category", .optionalCategory),
                Column("region", .optionalRegion), Column("value", .real), Column("unit", .optionalText),
                Column("text", .optionalText), source, locator, note,
            ],
            keepsMissing: true
        ),
        ImportTable(
            file: "explanations.csv",
            table: "explanation",
            noun: "explanation",
            keyColumns: 2,
            columns: [
                Column("statement", .reference("statement")), Column("", .rowNumber, as: "position"),
                Column("member", .optionalMember, as: "member_id"),
                Column("kind", .oneOf(["adds", "removes", "unknown", "unexplained", "recorded"])),
                Column("explanation", .text),
            ]
        ),
        ImportTable(
            file: "contradictions.csv",
            table: "contradiction",
            noun: "contradiction",
            keyColumns: 1,
            columns: [
                Column("", .rowNumber, as: "position"), Column("member", .optionalMember, as: "member_id"),
                Column("topic", .text), Column("reading_a", .text), Column("source_a", .reference("source")),
                Column("locator_a", .optionalText), Column("reading_b", .text),
                Column("source_b", .reference("source")),
                Column("locator_b", .optionalText), note,
            ]
        ),
    ]

    // The member's own row is inserted with an id of its own; see `Importer`.
    static let members = ImportTable(
        file: "members.csv",
        table: "member",
        noun: "member",
        keyColumns: 1,
        columns: [
            Column("member", .key, as: "key"), Column("category", .category), Column("country", .optionalCountry),
            Column("region", .optionalRegion), Column("name", .name), Column("area_km2", .optionalReal),
            Column("website", .optionalURL), Column("latitude", .optionalReal), Column("longitude", .optionalReal),
            Column("coordinates_source", .optionalText), Column("tags", .text), Column("description", .optionalText),
            source, locator, note,
        ],
        keepsMissing: true
    )

    private static let member = Column("member", .member, as: "member_id")
    private static let source = Column("source", .reference("source"))
    private static let locator = Column("locator", .optionalText)
    private static let note = Column("note", .optionalText)
}
