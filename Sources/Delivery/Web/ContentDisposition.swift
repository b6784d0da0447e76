/// The header field of a download under any name (RFC 6266): plain letters for old programs, all of it for others.
public func contentDisposition(_ name: String) -> String {
    let plain = String(
        name.unicodeScalars.map { scalar in
            let isSafe = scalar.isASCII && scalar.value >= 0x20 && !"\"\\%;/\u{7f}".unicodeScalars.contains(scalar)
            return isSafe ? Character(scalar) : "_"
        }
    )
    var escaped = ""
    for byte in name.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            escaped.append(Character(UnicodeScalar(byte)))
        default:
            let digits = Array("0123456789ABCDEF")
            escaped += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
        }
    }
    return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(escaped)"
}
