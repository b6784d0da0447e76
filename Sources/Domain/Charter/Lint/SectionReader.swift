/// A mention of something that another section has to define.
struct Reference {
    enum Kind: String {
        case category
        case region
        case status
        case body
        case office
        case standing
    }

    let kind: Kind
    let key: String
    let line: Int
    let path: String
}

/// A section of a version, with what it refers to; a later version that leaves it unchanged inherits both.
struct Section<Value> {
    let value: Value
    /// The keys of its entries, also of those that could not be read: a reference to such a one is no second mistake.
    let keys: [String]
    let references: [Reference]
}

/// Reads the sections of one version, gathering the references of each.
final class SectionReader {
    let log: ProblemLog
    let sources: [String]
    private var references: [Reference] = []
    private var keys: [String] = []

    init(log: ProblemLog, sources: [String]) {
        self.log = log
        self.sources = sources
    }

    static let citationKeys = ["source", "article", "heading"]

    /// Runs the reading of one section; nil where it failed or the section is not stated.
    func section<Value>(_ read: () -> Value?) -> Section<Value>? {
        references = []
        keys = []
        return read().map { Section(value: $0, keys: keys, references: references) }
    }

    /// The entries of a list section, whose keys must differ. An entry that cannot be read is left out and told.
    func entries<Entry>(
        _ version: Table,
        _ section: String,
        keys: [String],
        read: (Table, String) -> Entry?
    ) -> [Entry]? {
        guard let tables = version.optionalTables(section, keys: ["key"] + keys) else { return nil }
        return entries(tables, read: read)
    }

    func entries<Entry>(_ tables: [Table], read: (Table, String) -> Entry?) -> [Entry] {
        var firstLines: [String: Int] = [:]
        return tables.compactMap { table in
            guard let key = key(of: table) else {
                // Read on, so that the other problems of this entry are told too.
                _ = read(table, "")
                return nil
            }
            if let first = firstLines[key] {
                log.error(
                    "duplicate-entry",
                    table.line(of: "key"),
                    "'\(key)' stands twice in \(table.path).",
                    "Rename one of the two; the other is on line \(first)."
                )
            }
            keys.append(key)
            firstLines[key] = firstLines[key] ?? table.line(of: "key")
            return read(table, key)
        }
    }

    private func key(of table: Table) -> String? {
        guard let key = table.text("key") else { return nil }
        let isPlain = key.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        }
        if !isPlain || key.hasPrefix("-") || key.hasSuffix("-") {
            log.error(
                "not-a-key",
                table.line(of: "key"),
                "'\(key)' is no key.",
                "Use small letters, digits and hyphens, such as 'general-assembly'."
            )
        }
        return key
    }

    /// Where a rule comes from. Its source must be one of the charter's.
    func citation(_ table: Table) -> Citation? {
        let article = table.optionalText("article")
        let heading = table.optionalText("heading")
        guard let source = table.text("source") else { return nil }
        if !sources.contains(source) {
            let remedy = didYouMean(
                source,
                in: sources,
                otherwise: "Known sources: \(sources.joined(separator: ", "))."
            )
            log.error("unknown-reference", table.line(of: "source"), "there is no source '\(source)'.", remedy)
        }
        return Citation(source: source, article: article, heading: heading)
    }

    func reference(_ kind: Reference.Kind, _ table: Table, _ key: String) -> String? {
        table.text(key).map { note(kind, $0, table.line(of: key), at: table.path(of: key)) }
    }

    func optionalReference(_ kind: Reference.Kind, _ table: Table, _ key: String) -> String? {
        table.optionalText(key).map { note(kind, $0, table.line(of: key), at: table.path(of: key)) }
    }

    func references(_ kind: Reference.Kind, _ table: Table, _ key: String) -> [String] {
        (table.optionalItems(key) ?? []).map { note(kind, $0.text, $0.line, at: table.path(of: key)) }
    }

    /// The keys in a list that must be there and not be empty.
    func neededReferences(_ kind: Reference.Kind, _ table: Table, _ key: String) -> [String] {
        if !table.has(key) { _ = table.required(key) }
        return references(kind, table, key)
    }

    @discardableResult
    func note(_ kind: Reference.Kind, _ value: String, _ line: Int, at path: String) -> String {
        references.append(Reference(kind: kind, key: value, line: line, path: path))
        return value
    }
}
