extension Schema {
    /// The schema in JSON Schema 2020-12, as OpenAPI 3.1 has it. Named objects are referred to.
    var document: JSONValue {
        var parts: [(String, JSONValue?)] = []
        switch kind {
        case .text(let rule):
            parts = [
                ("type", type("string")), ("minLength", rule.lengths.least.map { .integer($0) }),
                ("maxLength", rule.lengths.most.map { .integer($0) }), ("pattern", rule.pattern.map { .text($0) }),
            ]
        case .choice(let choices):
            let values = choices.map(JSONValue.text)
            parts = [("type", type("string")), ("enum", .list(isNullable ? values + [.null] : values))]
        case .day: parts = [("type", type("string")), ("format", "date")]
        case .instant: parts = [("type", type("string")), ("format", "date-time")]
        case .integer(let range):
            parts = [
                ("type", type("integer")), ("minimum", range.map { .integer($0.lowerBound) }),
                ("maximum", range.map { .integer($0.upperBound) }),
            ]
        case .number(let range):
            parts = [
                ("type", type("number")), ("minimum", range.map { .number($0.lowerBound) }),
                ("maximum", range.map { .number($0.upperBound) }),
            ]
        case .flag: parts = [("type", type("boolean"))]
        case .list(let element, let least, let most, let isUnique):
            parts = [
                ("type", type("array")), ("items", element.document), ("minItems", least > 0 ? .integer(least) : nil),
                ("maxItems", most.map { .integer($0) }), ("uniqueItems", isUnique ? true : nil),
            ]
        case .object(let object): return objectDocument(object)
        }
        parts.append(("description", detail.isEmpty ? nil : .text(detail)))
        parts.append(("examples", example.map { .list([$0]) }))
        return .fields(parts)
    }

    private func type(_ name: String) -> JSONValue { isNullable ? .list([.text(name), "null"]) : .text(name) }

    private func objectDocument(_ object: ObjectSchema) -> JSONValue {
        guard let name = object.name else { return object.document(detail) }
        let reference: JSONValue = ["$ref": .text("#/components/schemas/\(name)")]
        guard isNullable else { return reference }
        return .fields([
            ("oneOf", .list([reference, ["type": "null"]])), ("description", detail.isEmpty ? nil : .text(detail)),
        ])
    }
}

extension ObjectSchema {
    /// The object as it stands among the components.
    func document(_ detail: String = "") -> JSONValue {
        let required = properties.filter(\.isRequired).map { JSONValue.text($0.name) }
        return .fields([
            ("type", "object"), ("description", detail.isEmpty ? nil : .text(detail)),
            (
                "properties",
                .object(properties.map { JSONValue.Member(name: $0.name, value: $0.schema.document) })
            ),
            ("required", required.isEmpty ? nil : .list(required)),
            ("additionalProperties", isClosed ? false : nil),
        ])
    }
}
