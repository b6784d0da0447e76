/// Writes JSON straight into bytes.
///
/// It knows no structure: shapes write names, commas and braces from bytes that were made once (`Shape`), and values
/// through this. A list of a hundred members is some thousand appends and no object on the way.
struct JSONWriter {
    private var room: ByteRoom

    init(capacityBytes: Int = 4096) { room = ByteRoom(capacity: capacityBytes) }

    var bytes: [UInt8] { room.bytes }
    var isEmpty: Bool { room.isEmpty }

    /// Bytes that are JSON already.
    mutating func raw(_ json: [UInt8]) { json.withUnsafeBufferPointer { room.append($0) } }

    mutating func raw(_ json: StaticString) {
        room.append(UnsafeBufferPointer(start: json.utf8Start, count: json.utf8CodeUnitCount))
    }

    mutating func byte(_ byte: UInt8) { room.append(byte) }

    mutating func null() { raw("null") }

    mutating func flag(_ value: Bool) {
        if value { raw("true") } else { raw("false") }
    }

    mutating func integer(_ value: Int) {
        if (0...9).contains(value) { return byte(UInt8(ascii: "0") + UInt8(value)) }
        var text = String(value)
        text.withUTF8 { room.append($0) }
    }

    /// A number without a fraction that is none. Infinities, which JSON has not, become null.
    mutating func number(_ value: Double) {
        guard value.isFinite else { return null() }
        if value == value.rounded(), abs(value) < 1e15 { return integer(Int(value)) }
        var text = "\(value)"
        text.withUTF8 { room.append($0) }
    }

    mutating func text(_ value: String) {
        var value = value
        value.withUTF8 { text($0) }
    }

    /// UTF-8 text with quotes around it and what must be escaped escaped.
    mutating func text(_ utf8: UnsafeBufferPointer<UInt8>) {
        // Six bytes at most for each byte, two quotation marks.
        let start = room.room(utf8.count * 6 + 2)
        var end = start
        end.pointee = UInt8(ascii: "\"")
        end += 1
        var place = 0
        let source = UnsafeRawBufferPointer(utf8)
        while place + 8 <= utf8.count {
            let word = source.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            guard EightBytes.arePlain(word) else { break }
            UnsafeMutableRawPointer(end).storeBytes(of: word, as: UInt64.self)
            end += 8
            place += 8
        }
        while place < utf8.count {
            end = Self.write(utf8[place], at: end)
            place += 1
        }
        end.pointee = UInt8(ascii: "\"")
        room.take(end + 1 - start)
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
        byte(UInt8(ascii: "["))
        var isFirst = true
        for element in elements {
            if !isFirst { byte(UInt8(ascii: ",")) }
            isFirst = false
            try write(element, &self)
        }
        byte(UInt8(ascii: "]"))
    }

    /// One byte of a text, escaped where it must be; the place after it.
    @inline(__always)
    private static func write(_ byte: UInt8, at end: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte != 0x7f {
            end.pointee = byte
            return end + 1
        }
        end.pointee = UInt8(ascii: "\\")
        if let letter = shortEscape(byte) {
            end[1] = letter
            return end + 2
        }
        let digits: StaticString = "0123456789abcdef"
        end[1] = UInt8(ascii: "u")
        end[2] = UInt8(ascii: "0")
        end[3] = UInt8(ascii: "0")
        end[4] = digits.utf8Start[Int(byte >> 4)]
        end[5] = digits.utf8Start[Int(byte & 15)]
        return end + 6
    }

    private static func shortEscape(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
        case 0x0a: UInt8(ascii: "n")
        case 0x0d: UInt8(ascii: "r")
        case 0x09: UInt8(ascii: "t")
        default: nil
        }
    }
}
