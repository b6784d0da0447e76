/// A gettext catalogue as translators' tools write it: what of it a program reads.
///
/// Comments and references are skipped; entries marked `fuzzy` or obsolete (`#~`) count as not there.
public struct POFile: Sendable, Equatable {
    public struct Entry: Sendable, Equatable {
        public var context: String?
        public var id: String
        public var plural: String?
        /// `msgstr`, or `msgstr[0]` and so on. Empty texts are not translated yet.
        public var texts: [String]
        /// Where it begins, from 1.
        public var line: Int
    }

    /// What is wrong with a file, and where.
    public struct Fault: Error, Equatable, CustomStringConvertible {
        public var line: Int
        public var message: String

        public var description: String { "line \(line): \(message)" }
    }

    /// `Content-Type`, `Plural-Forms` and the others of the entry without id, by name.
    public private(set) var header: [String: String] = [:]
    public private(set) var entries: [Entry] = []

    /// - Throws: the first fault, with its line.
    public init(_ text: String) throws(Fault) {
        var reader = POReader()
        var line = 0
        for row in text.split(separator: "\n", omittingEmptySubsequences: false) {
            line += 1
            try reader.read(row.hasSuffix("\r") ? row.dropLast() : row, line)
        }
        try reader.finish(line)
        for entry in reader.entries {
            if entry.id.isEmpty, entry.context == nil {
                header = POFile.fields(entry.texts.first ?? "")
            } else {
                entries.append(entry)
            }
        }
    }

    private static func fields(_ text: String) -> [String: String] {
        var fields: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            fields[String(line[..<colon])] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        return fields
    }
}

/// Reads a catalogue line by line; a keyword opens a text that the lines after it go on with.
private struct POReader {
    private enum Field: Equatable {
        case context, id, plural
        case text(Int)
    }

    private(set) var entries: [POFile.Entry] = []
    private var entry: POFile.Entry?
    private var field: Field?
    private var isFuzzy = false

    mutating func read(_ row: Substring, _ line: Int) throws(POFile.Fault) {
        let row = row.drop { $0 == " " || $0 == "\t" }
        if row.isEmpty { return try finish(line) }
        if row.hasPrefix("#") {
            // A comment belongs to what follows it.
            if entry?.texts.isEmpty == false { try finish(line) }
            if row.hasPrefix("#,"), row.contains("fuzzy") { isFuzzy = true }
            return
        }
        if row.hasPrefix("\"") { return try append(try quoted(row, line), line) }
        guard let gap = row.firstIndex(where: { $0 == " " || $0 == "\t" || $0 == "\"" }) else {
            throw POFile.Fault(line: line, message: "a keyword without a text")
        }
        try open(String(row[..<gap]), line)
        try append(try quoted(row[gap...].drop { $0 == " " || $0 == "\t" }, line), line)
    }

    mutating func finish(_ line: Int) throws(POFile.Fault) {
        defer { (entry, field, isFuzzy) = (nil, nil, false) }
        guard let entry else { return }
        guard !entry.texts.isEmpty else {
            throw POFile.Fault(line: entry.line, message: "an entry without msgstr")
        }
        if !isFuzzy || entry.id.isEmpty { entries.append(entry) }
    }

    private mutating func open(_ keyword: String, _ line: Int) throws(POFile.Fault) {
        switch keyword {
        case "msgctxt":
            try finishUnlessFuzzyBegins(line)
            entry = POFile.Entry(context: "", id: "", plural: nil, texts: [], line: line)
            field = .context
        case "msgid":
            if entry == nil || field != .context {
                try finishUnlessFuzzyBegins(line)
                entry = POFile.Entry(context: nil, id: "", plural: nil, texts: [], line: line)
            }
            field = .id
        case "msgid_plural":
            guard field == .id else { throw POFile.Fault(line: line, message: "msgid_plural without msgid") }
            entry?.plural = ""
            field = .plural
        case "msgstr":
            guard field == .id else { throw POFile.Fault(line: line, message: "msgstr does not follow msgid") }
            entry?.texts = [""]
            field = .text(0)
        default: try openForm(keyword, line)
        }
    }

    private mutating func openForm(_ keyword: String, _ line: Int) throws(POFile.Fault) {
        let number = entry?.texts.count ?? 0
        guard keyword == "msgstr[\(number)]" else {
            throw POFile.Fault(line: line, message: "\(keyword) is no keyword here")
        }
        guard field == (number == 0 ? .plural : .text(number - 1)), entry?.plural != nil else {
            throw POFile.Fault(line: line, message: "\(keyword) does not follow msgid_plural")
        }
        entry?.texts.append("")
        field = .text(number)
    }

    /// An entry may follow another without an empty line between them; a `fuzzy` that was read is of the new one.
    private mutating func finishUnlessFuzzyBegins(_ line: Int) throws(POFile.Fault) {
        guard entry != nil else { return }
        try finish(line)
    }

    private mutating func append(_ text: String, _ line: Int) throws(POFile.Fault) {
        switch field {
        case .context: entry?.context?.append(text)
        case .id: entry?.id.append(text)
        case .plural: entry?.plural?.append(text)
        case .text(let number): entry?.texts[number].append(text)
        case nil: throw POFile.Fault(line: line, message: "a text that belongs to no keyword")
        }
    }

    private func quoted(_ row: Substring, _ line: Int) throws(POFile.Fault) -> String {
        guard row.first == "\"" else { throw POFile.Fault(line: line, message: "a text must stand in quotes") }
        // Nearly every text is one without escapes: its bytes are looked through, not its characters.
        let inner = row.utf8.dropFirst()
        let end = inner.firstIndex { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
        if let end, end == inner.index(before: inner.endIndex), inner[end] == UInt8(ascii: "\"") {
            return String(row[inner.startIndex..<end])
        }
        var text = ""
        var rest = row.dropFirst()
        while let character = rest.popFirst() {
            switch character {
            case "\"":
                guard rest.allSatisfy({ $0 == " " || $0 == "\t" }) else {
                    throw POFile.Fault(line: line, message: "something stands behind the closing quote")
                }
                return text
            case "\\":
                guard let escaped = rest.popFirst(), let meant = POReader.escapes[escaped] else {
                    throw POFile.Fault(line: line, message: "an unknown escape")
                }
                text.append(meant)
            default: text.append(character)
            }
        }
        throw POFile.Fault(line: line, message: "the closing quote is missing")
    }

    private static let escapes: [Character: Character] = ["n": "\n", "t": "\t", "r": "\r", "\"": "\"", "\\": "\\"]
}
