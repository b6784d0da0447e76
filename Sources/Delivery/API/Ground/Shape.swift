/// How a value is written as a JSON object, and so what the document says of it: a field's name, schema and writing are
/// one declaration.
struct Shape<Value>: Sendable {
    /// Its name among the document's components.
    let name: String
    let fields: [Field<Value>]
    /// The fields that are there whichever were asked for; `nil` where all always are.
    let always: Set<String>?

    init(_ name: String, always: Set<String>? = nil, _ fields: [Field<Value>]) {
        self.name = name
        self.fields = fields
        self.always = always
    }

    var object: ObjectSchema {
        ObjectSchema(
            name: name,
            fields.map { field in
                .init(name: field.name, schema: field.schema, isRequired: always?.contains(field.name) ?? true)
            }
        )
    }

    func schema(_ detail: String) -> Schema { Schema(.object(object), detail) }

    /// Writes all fields.
    var writer: ShapeWriter<Value> { ShapeWriter(fields) }

    /// Writes the fields that were asked for and those that are always there; all where none was asked for.
    func writer(of chosen: [String]?) -> ShapeWriter<Value> {
        guard let chosen, let always else { return writer }
        return ShapeWriter(fields.filter { always.contains($0.name) || chosen.contains($0.name) })
    }
}

/// One field of a shape.
struct Field<Value>: Sendable {
    typealias Write = @Sendable (Value, inout JSONWriter) -> Void

    let name: String
    let schema: Schema
    let write: Write

    init(_ name: String, _ schema: Schema, _ write: @escaping Write) {
        self.name = name
        self.schema = schema
        self.write = write
    }
}

/// A shape ready to write: names, commas and braces as bytes.
struct ShapeWriter<Value>: Sendable {
    private let parts: [(prefix: [UInt8], write: Field<Value>.Write)]

    init(_ fields: [Field<Value>]) {
        parts = fields.enumerated().map { index, field in
            (prefix: Array("\(index == 0 ? "{" : ",")\"\(field.name)\":".utf8), write: field.write)
        }
    }

    func write(_ value: Value, to json: inout JSONWriter) {
        guard !parts.isEmpty else { return json.raw("{}") }
        for part in parts {
            json.raw(part.prefix)
            part.write(value, &json)
        }
        json.byte(UInt8(ascii: "}"))
    }

    func bytes(_ value: Value, capacityBytes: Int = 4096) -> [UInt8] {
        var json = JSONWriter(capacityBytes: capacityBytes)
        write(value, to: &json)
        return json.bytes
    }
}

extension Field {
    static func text(
        _ name: String,
        _ detail: String,
        _ rule: TextRule = .any,
        example: JSONValue? = nil,
        _ get: @escaping @Sendable (Value) -> String
    ) -> Field {
        Field(name, .text(detail, rule, example: example)) { $1.text(get($0)) }
    }

    static func optionalText(
        _ name: String,
        _ detail: String,
        example: JSONValue? = nil,
        _ get: @escaping @Sendable (Value) -> String?
    ) -> Field {
        Field(name, Schema.text(detail, example: example).orNull) { $1.optional(get($0)) }
    }

    static func day(
        _ name: String,
        _ detail: String,
        _ get: @escaping @Sendable (Value) -> String
    ) -> Field {
        Field(name, .day(detail)) { $1.text(get($0)) }
    }

    static func optionalDay(
        _ name: String,
        _ detail: String,
        _ get: @escaping @Sendable (Value) -> String?
    ) -> Field {
        Field(name, Schema.day(detail).orNull) { $1.optional(get($0)) }
    }

    static func instant(
        _ name: String,
        _ detail: String,
        _ get: @escaping @Sendable (Value) -> String
    ) -> Field {
        Field(name, .instant(detail)) { $1.text(get($0)) }
    }

    static func optionalInstant(
        _ name: String,
        _ detail: String,
        _ get: @escaping @Sendable (Value) -> String?
    ) -> Field {
        Field(name, Schema.instant(detail).orNull) { $1.optional(get($0)) }
    }

    static func integer(
        _ name: String,
        _ detail: String,
        _ get: @escaping @Sendable (Value) -> Int
    ) -> Field {
        Field(name, .integer(detail)) { $1.integer(get($0)) }
    }

    static func optionalInteger(
        _ name: String,
        _ detail: String,
        _ get: @escaping @Sendable (Value) -> Int?
    ) -> Field {
        Field(name, Schema.integer(detail).orNull) { $1.optional(get($0)) }
    }

    static func number(
        _ name: String,
        _ detail: String,
        _ get: @escaping @Sendable (Value) -> Double
    ) -> Field {
        Field(name, .number(detail)) { $1.number(get($0)) }
    }

    static func optionalNumber(
        _ name: String,
        _ detail: String,
        _ get: @escaping @Sendable (Value) -> Double?
    ) -> Field {
        Field(name, Schema.number(detail).orNull) { $1.optional(get($0)) }
    }

    static func flag(
        _ name: String,
        _ detail: String,
        _ get: @escaping @Sendable (Value) -> Bool
    ) -> Field {
        Field(name, .flag(detail)) { $1.flag(get($0)) }
    }

    static func optionalFlag(
        _ name: String,
        _ detail: String,
        _ get: @escaping @Sendable (Value) -> Bool?
    ) -> Field {
        Field(name, Schema.flag(detail).orNull) { value, json in
            if let flag = get(value) { json.flag(flag) } else { json.null() }
        }
    }

    static func texts(
        _ name: String,
        _ detail: String,
        _ get: @escaping @Sendable (Value) -> [String]
    ) -> Field {
        Field(name, .list(detail, of: .text(""))) { value, json in
            json.list(get(value)) { text, json in json.text(text) }
        }
    }

    static func object<Inner: Sendable>(
        _ name: String,
        _ detail: String,
        _ shape: Shape<Inner>,
        _ get: @escaping @Sendable (Value) -> Inner
    ) -> Field {
        let writer = shape.writer
        return Field(name, shape.schema(detail)) { writer.write(get($0), to: &$1) }
    }

    static func optionalObject<Inner: Sendable>(
        _ name: String,
        _ detail: String,
        _ shape: Shape<Inner>,
        _ get: @escaping @Sendable (Value) -> Inner?
    ) -> Field {
        let writer = shape.writer
        return Field(name, shape.schema(detail).orNull) { value, json in
            guard let inner = get(value) else { return json.null() }
            writer.write(inner, to: &json)
        }
    }

    static func objects<Inner: Sendable>(
        _ name: String,
        _ detail: String,
        _ shape: Shape<Inner>,
        _ get: @escaping @Sendable (Value) -> [Inner]
    ) -> Field {
        let writer = shape.writer
        return Field(name, .list(detail, of: shape.schema(""))) { value, json in
            json.list(get(value)) { inner, json in writer.write(inner, to: &json) }
        }
    }
}
