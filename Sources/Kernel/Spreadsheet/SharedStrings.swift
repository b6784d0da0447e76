import Archive
import Languages
import XML

/// The texts that cells share, by their number.
enum SharedStrings {
    static func read(_ archive: ZipArchive, _ workbook: Workbook, _ limits: SheetLimits) throws(SheetError) -> [String]
    {
        guard let part = workbook.sharedStrings else { return [] }
        var scanner = try PartScanner(archive.part(part), part: part)
        var strings: [String] = []
        while let event = try scanner.next() {
            guard case .start(let tag) = event, tag.name == "si" else { continue }
            strings.append(try RichText.read(&scanner, until: "si", atMost: limits.cellBytes))
            guard strings.count <= limits.cells else { throw .tooLarge(say("it has more than \(limits.cells) texts")) }
        }
        return strings
    }
}

/// A text in one or several runs of their own looks.
enum RichText {
    /// Reads up to the end of the element `name`, which is open. How a text is spoken (`rPh`) is no part of it.
    static func read(_ scanner: inout PartScanner, until name: String, atMost limit: Int) throws(SheetError) -> String {
        var text = ""
        var isText = false
        var isSpoken = false
        while let event = try scanner.next() {
            switch event {
            case .start(let tag):
                if tag.name == "rPh" { isSpoken = true }
                isText = tag.name == "t" && !isSpoken
            case .text(let range):
                if isText { text += try scanner.text(range) }
                guard text.utf8.count <= limit else {
                    throw .tooLarge(say("a cell holds more than \(limit) bytes of text"))
                }
            case .end(let ended):
                if ended == name { return EscapedText.decode(text) }
                if ended == "rPh" { isSpoken = false }
                isText = false
            }
        }
        throw .damaged(say("\(scanner.part) ends early"))
    }
}

/// The format's own writing of signs that XML cannot hold: `_x000D_`, and `_x005F_` for a low line that would be read so.
enum EscapedText {
    static func decode(_ text: String) -> String {
        guard text.contains("_x") else { return text }
        let scalars = Array(text.unicodeScalars)
        var plain = String.UnicodeScalarView()
        var at = 0
        while at < scalars.count {
            if let scalar = escape(scalars, at) {
                plain.append(scalar)
                at += 7
            } else {
                plain.append(scalars[at])
                at += 1
            }
        }
        return String(plain)
    }

    static func encode(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0 == "_" || mustEscape($0) }) else { return text }
        let scalars = Array(text.unicodeScalars)
        var escaped = ""
        for (at, scalar) in scalars.enumerated() where scalar.value != 0 {
            if mustEscape(scalar) || scalar == "_" && escape(scalars, at) != nil {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                escaped += "_x" + String(repeating: "0", count: 4 - digits.count) + digits + "_"
            } else {
                escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 && scalar != "\t" && scalar != "\n" || scalar.value == 0xfffe || scalar.value == 0xffff
    }

    private static func escape(_ scalars: [Unicode.Scalar], _ at: Int) -> Unicode.Scalar? {
        guard at + 6 < scalars.count, scalars[at] == "_", scalars[at + 1] == "x", scalars[at + 6] == "_" else {
            return nil
        }
        let digits = String(String.UnicodeScalarView(scalars[at + 2..<at + 6]))
        guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else { return nil }
        // A zero is a sign that no program shows and databases refuse.
        return UInt32(digits, radix: 16).flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }
    }
}
