import Charter
import Languages
import Membership

/// Every kind of object that the API answers with.
enum Shapes {}

extension Shapes {
    /// One line of the roll.
    static let member = Shape<RollLine>(
        "Member",
        always: ["key"],
        [
            .column(
                "key",
                .key,
                "The member's key: the last part of its address. It never changes.",
                .key(),
                example: "seoul"
            ),
            .column("name", .name, "The official name on the day.", example: "Seoul"),
            .column(
                "other_names",
                .otherNames,
                "Up to three other names, with ` · ` between; empty where there are none."
            ),
            .column("category", .category, "The key of its category in the charter."),
            .optionalColumn(
                "country",
                .country,
                Schema.text("ISO 3166 alpha-2; null where no report prints the country.", example: "KR")
            ),
            .optionalColumn("region", .region, Schema.text("The key of its region in the charter.")),
            .column("status", .status, "The key of its status in the charter, on the day."),
            .optionalInteger("population", "The latest figure known.") { $0.number(.population) },
            .optionalInteger("population_year", "The year of that figure.") { $0.number(.populationYear) },
            .optionalColumn(
                "since_earliest",
                .sinceEarliest,
                Schema.day("The earliest day on which the membership can have begun.")
            ),
            .optionalColumn("since", .since, Schema.day("The latest such day; the same where the day is known.")),
            .flag("is_sample", "Whether it is an invented sample and no record.") { $0.isSample },
        ]
    )
}

extension Field where Value == RollLine {
    /// A text that every line of the roll has.
    fileprivate static func column(
        _ name: String,
        _ column: RollLine.TextColumn,
        _ detail: String,
        _ rule: TextRule = .any,
        example: JSONValue? = nil
    ) -> Field {
        Field(name, .text(detail, rule, example: example)) { line, json in
            if line.utf8(column, { json.text($0) }) == nil { json.raw("\"\"") }
        }
    }

    /// A text that a line may lack.
    fileprivate static func optionalColumn(
        _ name: String,
        _ column: RollLine.TextColumn,
        _ schema: Schema
    ) -> Field {
        Field(name, schema.orNull) { line, json in
            if line.utf8(column, { json.text($0) }) == nil { json.null() }
        }
    }
}

extension Shapes {
    static let source = Shape<MemberProfile.Source>(
        "SourceReference",
        [
            .text("code", "The source's code, as in the page about the figures.") { $0.code },
            .optionalText("locator", "Where in the source.") { $0.locator },
        ]
    )
}

extension Shapes {
    static let name = Shape<MemberProfile.Name>(
        "MemberName",
        [
            .text("name", "As it is written.") { $0.name },
            .text("language", "BCP 47.", example: "ko") { $0.language },
            .text("kind", "`name`, `alias`, or `printed` for a misprint.") { $0.kind },
            .optionalDay("from", "The first day on which it was in use, where that is known.") { $0.from },
            .optionalDay("to", "The last such day.") { $0.to },
            .object("source", "Where it was read.", Shapes.source) { $0.source },
            .optionalText("note", "What is to be known of it.") { $0.note.map { Phrase.record($0).english } },
        ]
    )
}

extension Shapes {
    static let statusEvent = Shape<MemberProfile.StatusEvent>(
        "StatusEvent",
        [
            .text("status", "The key of the status in the charter.") { $0.status },
            .day("earliest", "The earliest day on which it can have taken effect.") { $0.earliest },
            .day("latest", "The latest such day; the same where the day is known.") { $0.latest },
            .optionalText("grounds", "Why.") { $0.grounds.map { Phrase.record($0).english } },
            .optionalText("decision", "The key of the decision by which.") { $0.decision },
            .object("source", "Where it was read.", Shapes.source) { $0.source },
            .optionalText("note", "What is to be known of it.") { $0.note },
        ]
    )
}

extension Shapes {
    static let memberFigure = Shape<MemberProfile.Figure>(
        "MemberFigure",
        [
            .text("kind", "`population`, `area` or `employees`.") { $0.kind },
            .number("value", "The figure.") { $0.value },
            .text("unit", "Its unit.") { $0.unit },
            .optionalInteger("year_earliest", "The earliest year that it can be of.") { $0.yearEarliest },
            .integer("year_latest", "The latest such year.") { $0.yearLatest },
            .object("source", "Where it was read.", Shapes.source) { $0.source },
            .optionalText("note", "What is to be known of it.") { $0.note },
        ]
    )
}

extension Shapes {
    static let officeHolder = Shape<MemberProfile.Person>(
        "OfficeHolder",
        [
            .text("name", "As the source prints it.") { $0.name },
            .text("position", "As the source prints it.") { $0.position },
            .text("role", "`head-of-government` or `representative`.") { $0.role },
            .text("shown_on", "The day, month or year of the source.") { $0.shownOn },
            .object("source", "Where it was read.", Shapes.source) { $0.source },
        ]
    )
}

extension Shapes {
    static let office = Shape<MemberProfile.Office>(
        "MemberOffice",
        [
            .text("office", "The key of the office in the charter.") { $0.office },
            .text("detail", "What sets it apart from others of its kind; may be empty.") { $0.detail },
            .text("from", "The day, month or year from which it was held.") { $0.from },
            .optionalText("to", "Until when.") { $0.to },
            .object("source", "Where it was read.", Shapes.source) { $0.source },
            .optionalText("note", "What is to be known of it.") { $0.note },
        ]
    )
}

extension Shapes {
    static let ownWords = Shape<ProfileText>(
        "OwnWords",
        [
            .text("language", "BCP 47.") { $0.language },
            .text("text", "Plain text; an empty line parts paragraphs.") { $0.text },
        ]
    )
}

extension Shapes {
    static let contact = Shape<Contact>(
        "Contact",
        [
            .text("kind", "`email`, `phone`, `address`, `web` or `social`.") { $0.kind.rawValue },
            .text("label", "Whose, or what for; may be empty.") { $0.label },
            .text("value", "The address or number.") { $0.value },
        ]
    )
}

extension Shapes {
    static let picture = Shape<ProfilePicture>(
        "Picture",
        [
            .text("id", "The picture's id.") { $0.id },
            .text("kind", "`logo` or `photo`.") { $0.kind.rawValue },
            .text("address", "Where everybody finds the file, on this site.") { "/files/\($0.fileName)" },
            .integer("width", "In pixels.") { $0.width },
            .integer("height", "In pixels.") { $0.height },
            .text("alt", "What it shows, for whoever does not see it.") { $0.alt },
            .text("caption", "What is said of it; may be empty.") { $0.caption },
        ]
    )
}

/// A point on the globe, in degrees.
struct Coordinates: Sendable {
    let latitude: Double
    let longitude: Double
}

extension Shapes {
    static let coordinates = Shape<Coordinates>(
        "Coordinates",
        [.number("latitude", "In degrees.") { $0.latitude }, .number("longitude", "In degrees.") { $0.longitude }]
    )
}

extension Shapes {
    /// Everything that everybody may know of one member.
    static let memberRecord = Shape<PublicMember>(
        "MemberRecord",
        always: ["key"],
        [
            .text("key", "The member's key. It never changes.", .key(), example: "seoul") { $0.profile.key },
            .day("as_of", "The day that name and status are of.") { $0.day.description },
            .text("name", "The official name on the day.") { $0.standing?.name ?? $0.profile.name },
            .text("category", "The key of its category in the charter.") { $0.profile.category },
            .optionalText("country", "ISO 3166 alpha-2.") { $0.profile.country },
            .optionalText("region", "The key of its region in the charter.") { $0.profile.region },
            .optionalText("status", "The key of its status on the day; null before it was a member.") {
                $0.standing?.status
            },
            .optionalDay("since_earliest", "The earliest day on which the membership can have begun.") {
                $0.standing?.sinceEarliest
            },
            .optionalDay("since", "The latest such day.") { $0.standing?.since },
            .optionalInteger("population", "The latest figure known.") { $0.standing?.population },
            .optionalInteger("population_year", "The year of that figure.") { $0.standing?.populationYear },
            .optionalNumber("area_km2", "In square kilometres.") { $0.profile.areaKm2 },
            .optionalObject("coordinates", "Where it lies.", Shapes.coordinates) { member in
                guard let latitude = member.profile.latitude, let longitude = member.profile.longitude else {
                    return nil
                }
                return Coordinates(latitude: latitude, longitude: longitude)
            },
            .optionalText("website", "Its own web site.") { $0.own.website },
            .optionalText("description", "What the records say of it.") { $0.profile.description },
            .texts("tags", "The words by which it is found.") { $0.own.tags },
            .objects("own_words", "What it says of itself, in each language.", Shapes.ownWords) { $0.own.texts },
            .objects("contacts", "How everybody may reach it.", Shapes.contact) { $0.own.contacts },
            .objects("pictures", "Its logo, then its photos in their order.", Shapes.picture) { $0.own.pictures },
            .objects("names", "Every name that it has or had.", Shapes.name) { $0.profile.names },
            .objects("statuses", "Every step of its membership, in order.", Shapes.statusEvent) { $0.profile.statuses },
            .objects("figures", "Figures with their years.", Shapes.memberFigure) { $0.profile.figures },
            .objects("people", "Who stood for it, as sources show, the latest first.", Shapes.officeHolder) {
                $0.profile.people
            },
            .objects("offices", "Offices that it held in the association.", Shapes.office) { $0.profile.offices },
            .object("source", "Where the record is from.", Shapes.source) { $0.profile.source },
            .flag("is_sample", "Whether it is an invented sample and no record.") { $0.profile.isSample },
        ]
    )
}
