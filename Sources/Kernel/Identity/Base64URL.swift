/// URL-safe base 64 without padding (RFC 4648, section 5), read strictly: one text for each row of bytes.
///
/// Byte by byte, because every page behind sign-in and every page of a list makes some, and replacing characters of
/// Foundation's text cost more than the query before it.
public enum Base64URL {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    public static func encode(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: (bytes.count * 4 + 2) / 3) { text in
            var (bits, held, count) = (0, 0, 0)
            for byte in bytes {
                bits = bits << 8 | Int(byte)
                held += 8
                while held >= 6 {
                    held -= 6
                    text[count] = letters[bits >> held & 63]
                    count += 1
                }
                bits &= (1 << held) - 1
            }
            if held > 0 {
                text[count] = letters[bits << (6 - held) & 63]
                count += 1
            }
            return count
        }
    }

    /// `nil` for anything that `encode` would not have written.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count * 3 / 4)
        var (bits, held) = (0, 0)
        for letter in text.utf8 {
            guard let value = value(of: letter) else { return nil }
            bits = bits << 6 | value
            held += 6
            if held >= 8 {
                held -= 8
                bytes.append(UInt8(bits >> held))
                bits &= (1 << held) - 1
            }
        }
        // A letter too many, or bits that no byte has.
        return held < 6 && bits == 0 ? bytes : nil
    }

    private static func value(of letter: UInt8) -> Int? {
        switch letter {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(letter - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(letter - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(letter - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
