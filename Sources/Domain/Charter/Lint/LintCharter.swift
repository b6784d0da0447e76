import Yams

extension Charter {
    /// Checks a charter's text.
    ///
    /// Reads no clock and no database; the same text always gives the same answer. A text that is no YAML, or that has
    /// a key twice in one mapping, ends the reading there; every other problem is told together.
    /// - Parameter file: how problems name the file.
    /// - Returns: the charter, nil when there is at least one error, and every problem in the order of lines.
    public static func lint(text: String, file: String) -> (charter: Charter?, problems: [CharterProblem]) {
        let log = ProblemLog(file: file)
        let charter = compose(text, log).flatMap { read($0, log) }
        guard let charter, !log.hasErrors else { return (nil, log.problems) }
        let checked = Charter(
            association: charter.association,
            sources: charter.sources,
            versions: charter.versions,
            translations: charter.translations,
            warnings: log.problems
        )
        return (checked, log.problems)
    }

    private static func read(_ root: Node, _ log: ProblemLog) -> Charter? {
        let keys = ["charter", "association", "sources", "versions", "translations"]
        guard let top = Table(root, path: Table.top, keys: keys, log) else { return nil }
        _ = top.integer("charter", in: 1...1)
        let sources = readSources(top, log)
        let reader = SectionReader(log: log, sources: sources.map(\.code))
        let association = readAssociation(top, reader)
        let versions = readVersions(top, reader)
        let translations = readTranslations(top)
        guard let association, !versions.isEmpty else { return nil }
        let charter = Charter(
            association: association,
            sources: sources,
            versions: versions,
            translations: translations.byLanguage,
            warnings: []
        )
        // A name that could not be read would be missed here a second time.
        if !log.hasErrors { translations.check(charter, log) }
        return charter
    }

    private static func readSources(_ top: Table, _ log: ProblemLog) -> [Source] {
        var codes: Set<String> = []
        return (top.tables("sources", keys: ["code", "title", "published"]) ?? []).compactMap { table in
            let code = table.text("code")
            let title = table.text("title")
            let published = table.optionalText("published")
            if let code, !codes.insert(code).inserted {
                log.error(
                    "duplicate-entry",
                    table.line(of: "code"),
                    "source '\(code)' stands twice.",
                    "Rename one of the two."
                )
            }
            if let published, !isPartialDate(published) {
                log.error(
                    "not-a-date",
                    table.line(of: "published"),
                    "'\(published)' is no date.",
                    "Write YYYY, YYYY-MM or YYYY-MM-DD, as exactly as it is known."
                )
            }
            guard let code, let title else { return nil }
            return Source(code: code, title: title, published: published)
        }
    }

    private static func isPartialDate(_ text: String) -> Bool {
        switch text.utf8.count {
        case 4: Day("\(text)-01-01") != nil
        case 7: Day("\(text)-01") != nil
        default: Day(text) != nil
        }
    }

    private static func readAssociation(_ top: Table, _ reader: SectionReader) -> Association? {
        let keys = ["key", "short_name", "names", "mark", "website", "languages"]
        guard let table = top.table("association", keys: keys) else { return nil }
        let key = table.text("key")
        let shortName = table.text("short_name")
        let mark = table.text("mark")
        let languages = table.texts("languages")
        let names = readNames(table, reader)
        guard let key, let shortName, let mark, let languages, !names.isEmpty else { return nil }
        return Association(
            key: key,
            shortName: shortName,
            names: names,
            mark: mark,
            website: table.optionalText("website"),
            languages: languages
        )
    }

    private static func readNames(_ association: Table, _ reader: SectionReader) -> [DatedName] {
        let keys = ["name", "from", "precision"] + SectionReader.citationKeys
        var names: [DatedName] = []
        for table in association.tables("names", keys: keys) ?? [] {
            let name = table.text("name")
            let dated = reader.datedStart(table, "from")
            let citation = reader.citation(table)
            guard let name, let dated, let citation else { continue }
            if let previous = names.last {
                reader.checkOrder(
                    (previous.from, previous.precision),
                    dated,
                    line: table.line(of: "from"),
                    what: "names"
                )
            }
            names.append(DatedName(name: name, from: dated.day, precision: dated.precision, citation: citation))
        }
        return names
    }
}
