/// A value in an entry's `before` or `after`.
///
/// Written as JSON without spaces, the keys of an object in the order of their bytes. A personal value appears there only
/// as a salted hash: the value itself stands beside the log and can be erased without harm to any hash.
public enum JournalValue: Sendable, Equatable {
    case null
    case flag(Bool)
    case integer(Int)
    /// Written as Swift writes it; what is no finite number becomes `null`.
    case real(Double)
    case text(String)
    case list([JournalValue])
    case object([String: JournalValue])
    /// A value about a living person, under the name of its field, which is unlike the others of the same side.
    case personal(String, String)

    /// The value as JSON text; personal values met on the way are added to `personal` as fields of `side`.
    func json(side: String, personal: inout [PersonalValue]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(128)
        write(side, &out, &personal)
        return String(decoding: out, as: UTF8.self)
    }

    private func write(_ side: String, _ out: inout [UInt8], _ personal: inout [PersonalValue]) {
        switch self {
        case .null: out.append(contentsOf: "null".utf8)
        case .flag(let flag): out.append(contentsOf: (flag ? "true" : "false").utf8)
        case .integer(let integer): out.append(contentsOf: String(integer).utf8)
        case .real(let real): out.append(contentsOf: (real.isFinite ? "\(real)" : "null").utf8)
        case .text(let text): Self.quote(text, &out)
        case .list(let values):
            Self.bracket("[", "]", values, &out) { value, out in value.write(side, &out, &personal) }
        case .object(let fields):
            let sorted = fields.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            Self.bracket("{", "}", sorted, &out) { field, out in
                Self.quote(field.key, &out)
                out.append(UInt8(ascii: ":"))
                field.value.write(side, &out, &personal)
            }
        case .personal(let field, let value):
            let kept = PersonalValue(field: "\(side).\(field)", value: value)
            personal.append(kept)
            out.append(contentsOf: kept.placeholder.utf8)
        }
    }

    private static func bracket<T>(
        _ open: Unicode.Scalar,
        _ close: Unicode.Scalar,
        _ parts: [T],
        _ out: inout [UInt8],
        _ write: (T, inout [UInt8]) -> Void
    ) {
        out.append(UInt8(ascii: open))
        for (index, part) in parts.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            write(part, &out)
        }
        out.append(UInt8(ascii: close))
    }

    /// Writes a JSON string; only what JSON forbids is escaped, so names stay readable in any script.
    static func quote(_ text: String, _ out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): out.append(contentsOf: #"\""#.utf8)
            case UInt8(ascii: "\\"): out.append(contentsOf: #"\\"#.utf8)
            case 0x0a: out.append(contentsOf: #"\n"#.utf8)
            case 0x0d: out.append(contentsOf: #"\r"#.utf8)
            case 0x09: out.append(contentsOf: #"\t"#.utf8)
            case 0..<0x20:
                out.append(contentsOf: #"\u00"#.utf8)
                out.append(contentsOf: Hex.text([byte]).utf8)
            default: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }
}

extension JournalValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .flag(value) }
}

extension JournalValue: ExpressibleByFloatLiteral, ExpressibleByNilLiteral {
    public init(floatLiteral value: Double) { self = .real(value) }
    public init(nilLiteral: ()) { self = .null }
}

extension JournalValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    public init(arrayLiteral elements: JournalValue...) { self = .list(elements) }
    /// Of a key that is given twice the last value counts.
    public init(dictionaryLiteral elements: (String, JournalValue)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
}

extension JournalValue {
    /// The text, or `null` for `nil`.
    public static func optional(_ text: String?) -> JournalValue { text.map(JournalValue.text) ?? .null }
    /// The integer, or `null` for `nil`.
    public static func optional(_ integer: Int?) -> JournalValue { integer.map(JournalValue.integer) ?? .null }
    /// The number, or `null` for `nil`.
    public static func optional(_ real: Double?) -> JournalValue { real.map(JournalValue.real) ?? .null }
    /// The personal value, or `null` for `nil`.
    public static func personal(_ field: String, ifAny value: String?) -> JournalValue {
        value.map { .personal(field, $0) } ?? .null
    }
}
