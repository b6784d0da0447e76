/// Reads JSON that somebody sent, strictly (RFC 8259): one value and nothing after it, no name twice, no depth without end.
struct JSONReader {
    /// Why a text is no JSON, in words for whoever sent it.
    struct Fault: Error, Equatable {
        let reason: String
        /// From 0.
        let byte: Int
    }

    static let greatestDepth = 32

    private let bytes: [UInt8]
    private var place = 0

    static func read(_ bytes: [UInt8]) throws(Fault) -> JSONValue {
        var reader = JSONReader(bytes: bytes)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.place == bytes.count else { throw reader.fault("there is more after its end") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func fault(_ reason: String) -> Fault { Fault(reason: reason, byte: place) }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { place += 1 }
    }

    private mutating func takes(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        place += 1
        return true
    }

    private mutating func value(depth: Int) throws(Fault) -> JSONValue {
        guard depth <= Self.greatestDepth else { throw fault("it is nested too deeply") }
        skipSpace()
        guard let next else { throw fault("it ends where a value is expected") }
        switch next {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try list(depth)
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .flag(true))
        case UInt8(ascii: "f"): return try word("false", .flag(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw fault("a value is expected")
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(Fault) -> JSONValue {
        guard bytes[place...].starts(with: word.utf8) else { throw fault("a value is expected") }
        place += word.utf8.count
        return value
    }

    private mutating func object(_ depth: Int) throws(Fault) -> JSONValue {
        place += 1
        var members: [JSONValue.Member] = []
        var names: Set<String> = []
        skipSpace()
        if takes(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw fault("a name in quotes is expected") }
            let name = try text()
            guard names.insert(name).inserted else { throw fault("the name \"\(name.prefix(60))\" is there twice") }
            skipSpace()
            guard takes(UInt8(ascii: ":")) else { throw fault("a colon is expected") }
            members.append(.init(name: name, value: try value(depth: depth + 1)))
            skipSpace()
            if takes(UInt8(ascii: "}")) { return .object(members) }
            guard takes(UInt8(ascii: ",")) else { throw fault("a comma or } is expected") }
        }
    }

    private mutating func list(_ depth: Int) throws(Fault) -> JSONValue {
        place += 1
        var values: [JSONValue] = []
        skipSpace()
        if takes(UInt8(ascii: "]")) { return .list(values) }
        while true {
            values.append(try value(depth: depth + 1))
            skipSpace()
            if takes(UInt8(ascii: "]")) { return .list(values) }
            guard takes(UInt8(ascii: ",")) else { throw fault("a comma or ] is expected") }
        }
    }

    private mutating func number() throws(Fault) -> JSONValue {
        let start = place
        var isWhole = true
        _ = takes(UInt8(ascii: "-"))
        if !takes(UInt8(ascii: "0")) { try digits() }
        if takes(UInt8(ascii: ".")) {
            isWhole = false
            try digits()
        }
        if takes(UInt8(ascii: "e")) || takes(UInt8(ascii: "E")) {
            isWhole = false
            if !takes(UInt8(ascii: "+")) { _ = takes(UInt8(ascii: "-")) }
            try digits()
        }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        if isWhole, let whole = Int(text) { return .integer(whole) }
        guard let value = Double(text), value.isFinite else { throw fault("the number is too large") }
        // 12.0 is a whole number to JSON Schema.
        if let whole = Int(exactly: value), whole.magnitude <= 1 << 53 { return .integer(whole) }
        return .number(value)
    }

    private mutating func digits() throws(Fault) {
        let start = place
        while let byte = next, (0x30...0x39).contains(byte) { place += 1 }
        guard place > start else { throw fault("a digit is expected") }
    }

    private mutating func text() throws(Fault) -> String {
        place += 1
        var utf8: [UInt8] = []
        while let byte = next {
            place += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: utf8, as: UTF8.self) else { throw fault("the text is no UTF-8") }
                return text
            case UInt8(ascii: "\\"): utf8 += Array(String(try escape()).utf8)
            case 0x00..<0x20: throw fault("a control character in a text must be escaped")
            default: utf8.append(byte)
            }
        }
        throw fault("a text does not end")
    }

    private mutating func escape() throws(Fault) -> Character {
        guard let byte = next else { throw fault("a text does not end") }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Character(Unicode.Scalar(byte))
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return Character(try scalar())
        default: throw fault("there is no such escape")
        }
    }

    private mutating func scalar() throws(Fault) -> Unicode.Scalar {
        let high = try unit()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard (0xd800..<0xdc00).contains(high), takes(UInt8(ascii: "\\")), takes(UInt8(ascii: "u")) else {
            throw fault("half of a character stands alone")
        }
        let low = try unit()
        guard (0xdc00..<0xe000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00))
        else { throw fault("half of a character stands alone") }
        return scalar
    }

    private mutating func unit() throws(Fault) -> UInt32 {
        guard place + 4 <= bytes.count,
            let unit = UInt32(String(decoding: bytes[place..<(place + 4)], as: UTF8.self), radix: 16),
            bytes[place] != UInt8(ascii: "+"), bytes[place] != UInt8(ascii: "-")
        else { throw fault("four hexadecimal digits are expected") }
        place += 4
        return unit
    }
}
