/// Writes JSON straight into bytes.
///
/// It knows no structure: shapes write names, commas and braces from bytes that were made once (`Shape`), and values
/// through this. A list of a hundred members is some thousand appends and no object on the way.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []

    init(capacityBytes: Int = 4096) {
        bytes.reserveCapacity(capacityBytes)
    }

    /// Bytes that are JSON already.
    mutating func raw(_ json: [UInt8]) { bytes.append(contentsOf: json) }

    mutating func raw(_ json: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: json.utf8Start, count: json.utf8CodeUnitCount))
    }

    mutating func byte(_ byte: UInt8) { bytes.append(byte) }

    mutating func null() { raw("null") }

    mutating func flag(_ value: Bool) {
        if value { raw("true") } else { raw("false") }
    }

    mutating func integer(_ value: Int) {
        if (0...9).contains(value) { return byte(UInt8(ascii: "0") + UInt8(value)) }
        var text = String(value)
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    /// A number without a fraction that is none. Infinities, which JSON has not, become null.
    mutating func number(_ value: Double) {
        guard value.isFinite else { return null() }
        if value == value.rounded(), abs(value) < 1e15 { return integer(Int(value)) }
        var text = "\(value)"
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    mutating func text(_ value: String) {
        var value = value
        value.withUTF8 { text($0) }
    }

    /// UTF-8 text with quotes around it and what must be escaped escaped.
    mutating func text(_ utf8: UnsafeBufferPointer<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        if utf8.allSatisfy(Self.isPlain) {
            bytes.append(contentsOf: utf8)
        } else {
            for byte in utf8 { escaped(byte) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func optional(_ value: String?) {
        if let value { text(value) } else { null() }
    }

    mutating func optional(_ value: Int?) {
        if let value { integer(value) } else { null() }
    }

    mutating func optional(_ value: Double?) {
        if let value { number(value) } else { null() }
    }

    /// A list, each element written by `write`.
    mutating func list<Elements: Sequence>(
        _ elements: Elements,
        _ write: (Elements.Element, inout JSONWriter) throws -> Void
    ) rethrows {
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for element in elements {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            try write(element, &self)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != 0x7f
    }

    private mutating func escaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): raw("\\\"")
        case UInt8(ascii: "\\"): raw("\\\\")
        case 0x0a: raw("\\n")
        case 0x0d: raw("\\r")
        case 0x09: raw("\\t")
        case 0x00..<0x20, 0x7f:
            let digits = Array("0123456789abcdef".utf8)
            raw("\\u00")
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        default: bytes.append(byte)
        }
    }
}
