/// A named value of a request, and how it is read.
struct Parameter<Value: Sendable>: AnyParameter {
    let name: String
    let place: ParameterPlace
    let schema: Schema
    let isRequired: Bool
    private let convert: @Sendable (JSONValue) -> Value?

    init(
        _ name: String,
        in place: ParameterPlace = .query,
        _ schema: Schema,
        isRequired: Bool = false,
        convert: @escaping @Sendable (JSONValue) -> Value?
    ) {
        self.name = name
        self.place = place
        self.schema = schema
        self.isRequired = isRequired || place == .path
        self.convert = convert
    }

    func read(_ text: String) -> (any Sendable)? {
        schema.read(text).flatMap(convert)
    }
}

/// Where a parameter stands.
enum ParameterPlace: String, Sendable {
    case path, query, header
}

/// A parameter as the door and the document see it.
protocol AnyParameter: Sendable {
    var name: String { get }
    var place: ParameterPlace { get }
    var schema: Schema { get }
    var isRequired: Bool { get }
    /// The value, or `nil` for what the schema does not take.
    func read(_ text: String) -> (any Sendable)?
}

extension Parameter where Value == String {
    static func text(
        _ name: String,
        in place: ParameterPlace = .query,
        _ detail: String,
        _ rule: TextRule,
        isRequired: Bool = false,
        example: JSONValue? = nil
    ) -> Parameter {
        Parameter(name, in: place, .text(detail, rule, example: example), isRequired: isRequired) {
            if case .text(let text) = $0 { text } else { nil }
        }
    }

    /// What stands in the address and names a record.
    static func path(_ name: String, _ detail: String) -> Parameter { .text(name, in: .path, detail, .key()) }

    static func choice(
        _ name: String,
        _ detail: String,
        _ choices: [String],
        isRequired: Bool = false,
        example: JSONValue? = nil
    ) -> Parameter {
        Parameter(name, .choice(detail, choices, example: example), isRequired: isRequired) {
            if case .text(let text) = $0 { text } else { nil }
        }
    }
}

extension Parameter where Value == Bool {
    static func flag(_ name: String, _ detail: String) -> Parameter {
        Parameter(name, .flag(detail)) { if case .flag(let flag) = $0 { flag } else { nil } }
    }
}

extension Parameter where Value == Int {
    static func integer(_ name: String, _ detail: String, _ range: ClosedRange<Int>) -> Parameter {
        Parameter(name, .integer(detail, range)) { if case .integer(let number) = $0 { number } else { nil } }
    }
}

extension Parameter where Value == [String] {
    /// The fields of a shape that shall be answered.
    static func fields<Row>(of shape: Shape<Row>) -> Parameter {
        let always = (shape.always ?? []).sorted().map { "`\($0)`" }.joined(separator: ", ")
        return Parameter(
            "fields",
            .list(
                "Only these fields, with commas between; \(always) always comes too.",
                of: .choice("The name of a field.", shape.fields.map(\.name)),
                atLeast: 1,
                isUnique: true
            )
        ) { value in
            guard case .list(let values) = value else { return nil }
            return values.compactMap { if case .text(let text) = $0 { text } else { nil } }
        }
    }
}
