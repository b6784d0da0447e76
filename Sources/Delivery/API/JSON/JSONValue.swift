/// A JSON value as a tree: for what was sent, and for documents that are made once. Lists of records never become one.
indirect enum JSONValue: Sendable, Equatable {
    case null
    case flag(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([JSONValue])
    /// In the order of writing; each name once.
    case object([Member])

    struct Member: Sendable, Equatable {
        let name: String
        let value: JSONValue
    }

    /// The value of a name in an object; `nil` for a name that is not there, and for whatever is no object.
    subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    func write(to json: inout JSONWriter) {
        switch self {
        case .null: json.null()
        case .flag(let value): json.flag(value)
        case .integer(let value): json.integer(value)
        case .number(let value): json.number(value)
        case .text(let value): json.text(value)
        case .list(let values): json.list(values) { value, json in value.write(to: &json) }
        case .object(let members):
            json.byte(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { json.byte(UInt8(ascii: ",")) }
                json.text(member.name)
                json.byte(UInt8(ascii: ":"))
                member.value.write(to: &json)
            }
            json.byte(UInt8(ascii: "}"))
        }
    }

    var bytes: [UInt8] {
        var json = JSONWriter()
        write(to: &json)
        return json.bytes
    }

    /// As it stands in a document or an error.
    var written: String { String(decoding: bytes, as: UTF8.self) }

    /// What it is, in a word of JSON Schema.
    var kind: String {
        switch self {
        case .null: "null"
        case .flag: "boolean"
        case .integer: "integer"
        case .number: "number"
        case .text: "string"
        case .list: "array"
        case .object: "object"
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .flag(value) }
}

extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    init(arrayLiteral elements: JSONValue...) { self = .list(elements) }

    init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member(name: $0.0, value: $0.1) })
    }

    /// An object of those pairs that have a value, in order.
    static func fields(_ pairs: [(String, JSONValue?)]) -> JSONValue {
        .object(pairs.compactMap { name, value in value.map { Member(name: name, value: $0) } })
    }
}
