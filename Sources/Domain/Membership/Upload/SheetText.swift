import Foundation
import Languages

/// The bytes of a text file as UTF-8, whatever the spreadsheet program wrote.
package struct SheetText {
    package let utf8: [UInt8]
    /// As a person may read it: `UTF-16`.
    package let encoding: String

    package init(_ bytes: [UInt8]) throws(UploadRefusal) {
        if let order = Self.utf16Order(bytes) {
            guard bytes.count % 2 == 0, let text = Self.utf16(bytes, bigEndian: order == .big) else {
                throw .unreadable(
                    say("The file begins as UTF-16 text and then is none. Save it as CSV UTF-8 and try again.")
                )
            }
            (utf8, encoding) = (Array(text.utf8), "UTF-16")
        } else if bytes.contains(0) {
            throw .unreadable(
                say(
                    "The file holds zero bytes, so it is no CSV text. Save the sheet as CSV UTF-8 or as .xlsx and try "
                        + "again."
                )
            )
        } else if String(validating: bytes, as: UTF8.self) != nil {
            (utf8, encoding) = (bytes, "UTF-8")
        } else {
            guard let text = Self.windows1252(bytes) else {
                throw .unreadable(
                    say(
                        "The text is neither UTF-8, UTF-16 nor Windows-1252. Save it as CSV UTF-8 or as .xlsx and try "
                            + "again."
                    )
                )
            }
            (utf8, encoding) = (Array(text.utf8), "Windows-1252")
        }
        guard !utf8.contains(0) else {
            throw .unreadable(
                say("The text holds NUL signs, which no record may have. Remove them and try again.")
            )
        }
    }

    /// The text of bytes that somebody says are Windows-1252, which is Latin-1 with more signs; `nil` where a byte stands
    /// for nothing there.
    package static func western(_ bytes: [UInt8]) -> [UInt8]? {
        decoded(bytes).map { Array(String($0).utf8) }
    }

    private enum Order { case little, big }

    /// By the byte order mark, or by the zero half of ASCII signs.
    private static func utf16Order(_ bytes: [UInt8]) -> Order? {
        if bytes.starts(with: [0xff, 0xfe]) { return .little }
        if bytes.starts(with: [0xfe, 0xff]) { return .big }
        let part = bytes.prefix(2000)
        guard part.count >= 8 else { return nil }
        let zeros = part.enumerated().filter { $0.element == 0 }
        let odd = zeros.count { $0.offset % 2 == 1 }
        if odd * 5 > part.count, odd == zeros.count { return .little }
        let even = zeros.count - odd
        if even * 5 > part.count, even == zeros.count { return .big }
        return nil
    }

    private static func utf16(_ bytes: [UInt8], bigEndian: Bool) -> String? {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for place in stride(from: 0, to: bytes.count - 1, by: 2) {
            let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
            units.append(bigEndian ? first << 8 | second : second << 8 | first)
        }
        if units.first == 0xfeff { units.removeFirst() }
        return String(validating: units, as: UTF16.self)
    }

    /// `nil` when it does not look like text of Western Europe: then every second sign would be wrong without a word.
    private static func windows1252(_ bytes: [UInt8]) -> String? {
        var letters = 0
        var high = 0
        for byte in bytes {
            if byte >= 0x80 { high += 1 }
            if byte >= 0x80 || byte >= 65 && byte <= 90 || byte >= 97 && byte <= 122 { letters += 1 }
        }
        return high * 3 > letters ? nil : decoded(bytes).map { String($0) }
    }

    private static func decoded(_ bytes: [UInt8]) -> String.UnicodeScalarView? {
        var scalars = String.UnicodeScalarView()
        for byte in bytes {
            guard (0x80..<0xa0).contains(byte) else {
                scalars.append(Unicode.Scalar(byte))
                continue
            }
            guard let code = upper[Int(byte) - 0x80], let scalar = Unicode.Scalar(code) else { return nil }
            scalars.append(scalar)
        }
        return scalars
    }

    // The WHATWG index of windows-1252 for 0x80 to 0x9f, without the five codes that stand for nothing.
    private static let upper: [UInt32?] = [
        0x20ac, nil, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, nil,
        0x017d, nil, nil, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
        0x0153, nil, 0x017e, 0x0178,
    ]
}
