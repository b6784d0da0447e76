import Charter
import Languages
import Membership

/// What is sent of a member: to change it, or to add one.
struct MemberBody: Sendable {
    let context: APIContext

    private typealias Property = ObjectSchema.Property

    /// What changes a member: what is not sent stays.
    var change: ObjectSchema {
        let rename = NameChange.allCases.map(\.rawValue)
        let more: [Property] = [
            Property(
                name: "description",
                schema: Schema.text("What the records say of it. Null takes it away.", .lines(1, 5000)).orNull,
                isRequired: false
            ),
            Property(
                name: "area_km2",
                schema: Schema.number("In square kilometres. Null takes it away.", 0.01...20_000_000).orNull,
                isRequired: false
            ),
            Property(name: "head_of_government", schema: head, isRequired: false),
            Property(
                name: "name_change",
                schema: .choice(
                    "With a new name: `renamed` if it took one, `corrected` if it was misspelt here.",
                    rename
                ),
                isRequired: false
            ),
            Property(
                name: "effective",
                schema: .day("The day from which a new name counts; today without it."),
                isRequired: false
            ),
        ]
        return ObjectSchema(name: "MemberChange", isClosed: true, [Property.grounds] + facts(isNew: false) + more)
    }

    /// What adds a member.
    var addition: ObjectSchema {
        let more: [Property] = [
            Property(
                name: "language",
                schema: .text("The language of the name, BCP 47.", .opaque(2, 12), example: "en"),
                isRequired: true
            ),
            Property(
                name: "joined",
                schema: .text(
                    "The day on which it joined as exactly as it is known: `2026-03-01`, `2026-03` or `2026`.",
                    .key(21),
                    example: "2026-03-01"
                ),
                isRequired: true
            ),
            Property(
                name: "status",
                schema: .choice(
                    "The status with which the membership begins; the charter's first without it.",
                    context.statuses
                ),
                isRequired: false
            ),
            Property(
                name: "decision",
                schema: .text("The key of a recorded decision.", .key()),
                isRequired: false
            ),
            Property(
                name: "despite",
                schema: .list(
                    "The keys of records that look like the same member and are not.",
                    of: .text("A key.", .key()),
                    atMost: 50,
                    isUnique: true
                ),
                isRequired: false
            ),
        ]
        return ObjectSchema(name: "NewMember", isClosed: true, [Property.grounds] + facts(isNew: true) + more)
    }

    private func facts(isNew: Bool) -> [Property] {
        let away = isNew ? "" : " Null takes it away."
        func nullable(_ schema: Schema) -> Schema { isNew ? schema : schema.orNull }
        return [
            Property(name: "name", schema: .text("The official name.", .line(1, 200)), isRequired: isNew),
            Property(
                name: "category",
                schema: .choice("The key of its category in the charter.", context.categories),
                isRequired: isNew
            ),
            Property(
                name: "country",
                schema: nullable(.choice("ISO 3166 alpha-2." + away, context.countries.keys.sorted())),
                isRequired: isNew
            ),
            Property(
                name: "region",
                schema: nullable(.choice("The key of its region in the charter." + away, context.regions)),
                isRequired: false
            ),
            Property(
                name: "website",
                schema: nullable(
                    .text("A web address." + away, .printed(1, 300), example: "https://www.visby.example")
                ),
                isRequired: false
            ),
            Property(name: "coordinates", schema: nullable(coordinates), isRequired: false),
            Property(name: "population", schema: population, isRequired: false),
        ]
    }

    private var coordinates: Schema {
        Schema(
            .object(
                ObjectSchema(
                    name: nil,
                    isClosed: true,
                    [
                        Property(name: "latitude", schema: .number("In degrees.", -90...90), isRequired: true),
                        Property(name: "longitude", schema: .number("In degrees.", -180...180), isRequired: true),
                    ]
                )
            ),
            "Where it lies."
        )
    }

    private var population: Schema {
        Schema(
            .object(
                ObjectSchema(
                    name: nil,
                    isClosed: true,
                    [
                        Property(
                            name: "value",
                            schema: .integer("How many people.", 0...2_000_000_000),
                            isRequired: true
                        ),
                        Property(
                            name: "year",
                            schema: .integer("The year of the figure.", 1900...2199),
                            isRequired: true
                        ),
                    ]
                )
            ),
            "A figure with its year; figures that were published before stay."
        )
    }

    private var head: Schema {
        Schema(
            .object(
                ObjectSchema(
                    name: nil,
                    isClosed: true,
                    [
                        Property(name: "name", schema: .text("As it is written.", .line(1, 200)), isRequired: true),
                        Property(name: "position", schema: .text("As it is written.", .line(1, 200)), isRequired: true),
                        Property(
                            name: "shown_on",
                            schema: .day("The day on which a source shows them in office."),
                            isRequired: true
                        ),
                    ]
                )
            ),
            "Who governs; those before stay in the records."
        )
    }

    /// The draft with what was sent put in.
    static func draft(_ body: JSONValue, over draft: MemberDraft = MemberDraft()) -> MemberDraft {
        var draft = draft
        let simple: [(String, MemberInput)] = [
            ("name", .name), ("category", .category), ("country", .country), ("region", .region),
            ("website", .website), ("description", .description), ("area_km2", .area),
        ]
        for (name, input) in simple {
            if let text = body.text(name) { draft[input] = text }
        }
        switch body["coordinates"] {
        case .null: draft[.coordinates] = ""
        case .some(let place):
            draft[.coordinates] = "\(place.text("latitude") ?? ""), \(place.text("longitude") ?? "")"
        case nil: break
        }
        if let population = body["population"] {
            draft[.population] = population.text("value") ?? ""
            draft[.populationYear] = population.text("year") ?? ""
        }
        if let head = body["head_of_government"] {
            draft[.head] = head.text("name") ?? ""
            draft[.headPosition] = head.text("position") ?? ""
            draft[.headShownOn] = head.text("shown_on") ?? ""
        }
        return draft
    }
}
