import NIOCore

/// Linked data (schema.org) for search engines, written as literals:
/// `["@context": "https://schema.org", "@type": "City", "name": .string(city.name)]`.
public indirect enum JSONLD: Sendable, Equatable {
    case string(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case array([JSONLD])
    /// Members in the order in which they are written.
    case object([Member])

    /// One member of an object.
    public struct Member: Sendable, Equatable {
        public let name: String
        public let value: JSONLD

        public init(_ name: String, _ value: JSONLD) {
            self.name = name
            self.value = value
        }
    }
}

extension JSONLD: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: JSONLD...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONLD)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}

extension HTMLWriter {
    /// Writes `<script type="application/ld+json">`, which browsers do not run. No value can end the element: `<`, `>`
    /// and `&` are written as `\u003c` and so on.
    public func linkedData(_ data: JSONLD) {
        buffer.writeStaticString("<script type=\"application/ld+json\">")
        write(data)
        buffer.writeStaticString("</script>")
    }

    private func write(_ data: JSONLD) {
        switch data {
        case .string(let value): writeQuoted(value)
        case .integer(let value): buffer.writeString(String(value))
        case .number(let value): buffer.writeString(value.isFinite ? String(value) : "null")
        case .boolean(let value): buffer.writeString(value ? "true" : "false")
        case .array(let values):
            writeList("[", values, "]") { write($0) }
        case .object(let members):
            writeList("{", members, "}") { member in
                writeQuoted(member.name)
                buffer.writeStaticString(":")
                write(member.value)
            }
        }
    }

    private func writeList<Item>(_ open: StaticString, _ items: [Item], _ close: StaticString, item: (Item) -> Void) {
        buffer.writeStaticString(open)
        for (index, value) in items.enumerated() {
            if index > 0 { buffer.writeStaticString(",") }
            item(value)
        }
        buffer.writeStaticString(close)
    }

    private func writeQuoted(_ string: String) {
        buffer.writeStaticString("\"")
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": buffer.writeStaticString("\\\"")
            case "\\": buffer.writeStaticString("\\\\")
            case "<": buffer.writeStaticString("\\u003c")
            case ">": buffer.writeStaticString("\\u003e")
            case "&": buffer.writeStaticString("\\u0026")
            case "\n": buffer.writeStaticString("\\n")
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": writeUnicodeEscape(scalar)
            case _ where scalar.properties.isNoncharacterCodePoint: buffer.writeStaticString("\\ufffd")
            default: buffer.writeBytes(scalar.utf8)
            }
        }
        buffer.writeStaticString("\"")
    }

    private func writeUnicodeEscape(_ scalar: Unicode.Scalar) {
        let digits = String(scalar.value, radix: 16)
        buffer.writeStaticString("\\u")
        buffer.writeString(String(repeating: "0", count: 4 - digits.count) + digits)
    }
}
