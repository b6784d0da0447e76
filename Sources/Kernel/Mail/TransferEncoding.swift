import Foundation

/// Bodies in lines of ASCII (RFC 2045).
enum TransferEncoding: String {
    case quotedPrintable = "quoted-printable"
    case base64

    /// The one that is shorter: base64 where much is beyond ASCII, as in Korean.
    static func best(for bytes: [UInt8]) -> TransferEncoding {
        let beyond = bytes.reduce(0) { $0 + ($1 >= 0x80 ? 1 : 0) }
        return beyond * 6 > bytes.count ? .base64 : .quotedPrintable
    }

    /// Lines of 76 characters at most, each ended by CRLF.
    func encode(_ bytes: [UInt8]) -> String {
        switch self {
        case .base64:
            let text = Data(bytes).base64EncodedString(options: [
                .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
            ])
            return text + "\r\n"
        case .quotedPrintable: return Self.quotedPrintable(bytes)
        }
    }

    /// `bytes` with CRLF line ends.
    private static func quotedPrintable(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        var width = 0
        func put(_ unit: [UInt8]) {
            if width + unit.count > 75 {
                out += Array("=\r\n".utf8)
                width = 0
            }
            out += unit
            width += unit.count
        }
        for (place, byte) in bytes.enumerated() {
            let next = place + 1 < bytes.count ? bytes[place + 1] : 0x0d
            if byte == 0x0d, next == 0x0a { continue }
            if byte == 0x0a, place > 0, bytes[place - 1] == 0x0d {
                out += [0x0d, 0x0a]
                width = 0
                continue
            }
            let isSpaceAtEnd = (byte == 0x20 || byte == 0x09) && next == 0x0d
            let isPlain = (byte >= 0x20 && byte < 0x7f && byte != UInt8(ascii: "=")) || byte == 0x09
            put(
                isPlain && !isSpaceAtEnd ? [byte] : [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            )
        }
        if width > 0 { out += [0x0d, 0x0a] }
        return String(decoding: out, as: UTF8.self)
    }

    /// What such an encoded body holds; what cannot be decoded is left as it is.
    static func decode(_ bytes: [UInt8], named name: String) -> [UInt8] {
        switch name.lowercased() {
        case "base64":
            Data(base64Encoded: Data(bytes), options: .ignoreUnknownCharacters).map { [UInt8]($0) } ?? bytes
        case "quoted-printable": decodeQuotedPrintable(bytes)
        default: bytes
        }
    }

    private static func decodeQuotedPrintable(_ bytes: [UInt8]) -> [UInt8] {
        func digit(_ byte: UInt8) -> UInt8? { Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) } }
        var out: [UInt8] = []
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            let rest = bytes[(place + 1)...].prefix(2)
            if byte == UInt8(ascii: "="), rest.first == 0x0a {
                place += 2
            } else if byte == UInt8(ascii: "="), rest.elementsEqual([0x0d, 0x0a]) {
                place += 3
            } else if byte == UInt8(ascii: "="), rest.count == 2, let high = rest.first.flatMap(digit),
                let low = rest.last.flatMap(digit)
            {
                out.append(high << 4 | low)
                place += 3
            } else {
                out.append(byte)
                place += 1
            }
        }
        return out
    }
}
