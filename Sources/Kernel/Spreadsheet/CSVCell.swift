/// A cell of CSV (RFC 4180) that no spreadsheet takes for a formula.
public enum CSVCell {
    private static let quote = UInt8(ascii: "\"")

    /// The text as it stands in the file: in quotes where it must be, with an apostrophe before what would be a formula.
    public static func written(_ text: String) -> String {
        let isFormula = text.utf8.first.map(startsFormula) ?? false
        guard isFormula || text.utf8.contains(where: needsQuotes) else { return text }
        var bytes = [quote]
        if isFormula { bytes.append(UInt8(ascii: "'")) }
        // Byte by byte: a quotation mark with an accent on it is another character, and ends the cell all the same.
        for byte in text.utf8 {
            if byte == quote { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(quote)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func startsFormula(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "\t"),
            UInt8(ascii: "\r"), UInt8(ascii: "\n"):
            true
        default: false
        }
    }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), quote, UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
        default: false
        }
    }
}
