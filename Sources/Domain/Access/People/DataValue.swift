/// Data to be handed out: what JSON can say, with the keys of objects in the order of the alphabet.
public indirect enum DataValue: Sendable, Equatable {
    case null
    case flag(Bool)
    case integer(Int)
    case text(String)
    case list([DataValue])
    case object([String: DataValue])

    /// The text, or `null` for `nil`.
    public static func optional(_ text: String?) -> DataValue { text.map(DataValue.text) ?? .null }
}

extension DataValue: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, DataValue)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
}

extension DataValue: Encodable {
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .integer(let integer): try container.encode(integer)
        case .text(let text): try container.encode(text)
        case .list(let values): try container.encode(values)
        case .object(let fields): try container.encode(fields)
        }
    }
}
