import Access
import Joining

/// What is sent about applications.
enum ApplicationBody {
    typealias Property = ObjectSchema.Property

    /// What begins one.
    static func start(_ context: APIContext) -> ObjectSchema {
        let countries = context.countries.keys.sorted()
        let properties: [Property] = [
            .init(
                name: "category",
                schema: .choice("The key of its category in the charter.", context.categories),
                isRequired: true
            ),
            .init(name: "name", schema: line(.name, "The applicant's name."), isRequired: true),
            .init(name: "country", schema: .choice("ISO 3166 alpha-2.", countries), isRequired: true),
            .init(name: "contact_name", schema: line(.contactName, "Who is written to."), isRequired: true),
            .init(
                name: "email",
                schema: .text("Where the applicant is written to.", .line(3, 254), example: "mayor@visby.example"),
                isRequired: true
            ),
            .init(
                name: "letters",
                schema: .choice("The language of the letters.", Letters.languages),
                isRequired: true
            ),
            received,
        ]
        return ObjectSchema(name: "NewApplication", isClosed: true, properties)
    }

    static func readStart(_ body: JSONValue) -> StartForm {
        StartForm(
            category: body.text("category") ?? "",
            name: body.text("name") ?? "",
            country: body.text("country") ?? "",
            contactName: body.text("contact_name") ?? "",
            email: body.text("email") ?? "",
            language: body.text("letters") ?? ""
        )
    }

    /// What changes one: what is not sent stays.
    static let change = ObjectSchema(
        name: "ApplicationChange",
        isClosed: true,
        [Property.grounds]
            + ApplicationField.allCases.map { field -> Property in
                let rule: TextRule = field.isLong ? .lines(0, field.most) : .line(0, field.most)
                let detail = "\(field.detail) Null takes it away."
                return Property(name: field.rawValue, schema: Schema.text(detail, rule).orNull, isRequired: false)
            }
    )

    /// The boxes that were sent, each with the mark of what the application said.
    static func readChange(_ body: JSONValue, of values: ApplicationValues) -> [ApplicationField: TypedField] {
        var typed: [ApplicationField: TypedField] = [:]
        for field in ApplicationField.allCases {
            guard let text = body.text(field.rawValue) else { continue }
            typed[field] = TypedField(text, seen: values.mark(field))
        }
        return typed
    }

    static let received = Property(
        name: "received_on",
        schema: .day("The day on which it came on paper, from which it counts."),
        isRequired: false
    )

    static func reason(_ detail: String, atMost longest: Int) -> Property {
        Property(name: "reason", schema: .text(detail, .lines(3, longest)), isRequired: true)
    }

    private static func line(_ field: ApplicationField, _ detail: String) -> Schema {
        .text(detail, .line(1, field.most))
    }
}
