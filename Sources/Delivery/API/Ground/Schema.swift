/// What a value looks like: the one description from which a request is checked, the OpenAPI document is written and the
/// reference page is made.
struct Schema: Sendable {
    indirect enum Kind: Sendable {
        case text(TextRule)
        case choice([String])
        /// ISO 8601, `2021-12-31`.
        case day
        /// RFC 3339 in UTC.
        case instant
        case integer(ClosedRange<Int>?)
        case number(ClosedRange<Double>?)
        case flag
        case list(Schema, atLeast: Int, atMost: Int?, isUnique: Bool)
        case object(ObjectSchema)
    }

    let kind: Kind
    /// What it means, in a sentence; the document and the page say it.
    let detail: String
    var isNullable = false
    var example: JSONValue?

    init(_ kind: Kind, _ detail: String, isNullable: Bool = false, example: JSONValue? = nil) {
        self.kind = kind
        self.detail = detail
        self.isNullable = isNullable
        self.example = example
    }

    var orNull: Schema {
        var schema = self
        schema.isNullable = true
        return schema
    }
}

/// An object with its properties in order.
struct ObjectSchema: Sendable {
    struct Property: Sendable {
        let name: String
        let schema: Schema
        let isRequired: Bool
    }

    /// Its name among the document's components; `nil` for one that is described where it stands.
    let name: String?
    let properties: [Property]
    /// Whether a property that is not listed is refused: in what is sent, a slip of the pen; in answers, room to grow.
    let isClosed: Bool

    init(name: String?, isClosed: Bool = false, _ properties: [Property]) {
        self.name = name
        self.properties = properties
        self.isClosed = isClosed
    }
}

extension Schema {
    static func text(_ detail: String, _ rule: TextRule = .any, example: JSONValue? = nil) -> Schema {
        Schema(.text(rule), detail, example: example)
    }

    static func choice(_ detail: String, _ choices: [String], example: JSONValue? = nil) -> Schema {
        // A charter without regions offers none: then any key is one that nothing has.
        if choices.isEmpty { return .text(detail, .key(), example: example) }
        return Schema(.choice(choices), detail, example: example)
    }

    static func day(_ detail: String, example: JSONValue? = nil) -> Schema { Schema(.day, detail, example: example) }
    static func instant(_ detail: String) -> Schema { Schema(.instant, detail) }
    static func flag(_ detail: String) -> Schema { Schema(.flag, detail) }

    static func integer(_ detail: String, _ range: ClosedRange<Int>? = nil, example: JSONValue? = nil) -> Schema {
        Schema(.integer(range), detail, example: example)
    }

    static func number(_ detail: String, _ range: ClosedRange<Double>? = nil, example: JSONValue? = nil) -> Schema {
        Schema(.number(range), detail, example: example)
    }

    static func list(
        _ detail: String,
        of element: Schema,
        atLeast: Int = 0,
        atMost: Int? = nil,
        isUnique: Bool = false
    ) -> Schema {
        Schema(.list(element, atLeast: atLeast, atMost: atMost, isUnique: isUnique), detail)
    }

    /// Every named object in it, itself included.
    var components: [ObjectSchema] {
        switch kind {
        case .object(let object):
            (object.name == nil ? [] : [object]) + object.properties.flatMap(\.schema.components)
        case .list(let element, _, _, _): element.components
        default: []
        }
    }
}
