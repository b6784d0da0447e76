import Yams

/// The section `translations` as the file has it.
struct TranslationTable {
    struct Language {
        let code: String
        let line: Int
        let names: [(name: String, text: String, line: Int)]
    }

    let line: Int
    let languages: [Language]

    var byLanguage: [String: [String: String]] {
        var all: [String: [String: String]] = [:]
        for language in languages {
            all[language.code] = Dictionary(language.names.map { ($0.name, $0.text) }) { first, _ in first }
        }
        return all
    }
}

/// Reads what the names of the charter are in other languages. Its keys are names and not words of the charter language,
/// so only `check` can tell whether they are right.
func readTranslations(_ top: Table) -> TranslationTable {
    let path = "translations"
    let languages = keysAndValues(of: top.optional(path), path, top.log).map { code, value, line in
        TranslationTable.Language(code: code, line: line, names: names(value, "\(path).\(code)", top.log))
    }
    return TranslationTable(line: top.line(of: path), languages: languages)
}

private func names(_ node: Node, _ path: String, _ log: ProblemLog) -> [(name: String, text: String, line: Int)] {
    keysAndValues(of: node, path, log).compactMap { name, value, line in
        guard let text = value.scalar?.string else {
            log.error("wrong-type", line, "'\(name)' in \(path) must be a text.", "Write a text.")
            return nil
        }
        if text.allSatisfy(\.isWhitespace) {
            log.error("empty-value", line, "'\(name)' in \(path) is empty.", "Write the value or remove the key.")
            return nil
        }
        return (name, text, line)
    }
}

/// A mapping whose keys the charter chooses.
func keysAndValues(of node: Node?, _ path: String, _ log: ProblemLog) -> [(key: String, value: Node, line: Int)] {
    guard let node else { return [] }
    guard case .mapping(let mapping) = node else {
        let line = node.mark?.line ?? 1
        log.error("wrong-type", line, "\(path) must hold keys and values.", "Write 'key: value' lines below it.")
        return []
    }
    var entries: [(key: String, value: Node, line: Int)] = []
    for (key, value) in mapping where !log.isFull {
        let line = key.mark?.line ?? 1
        guard let name = key.scalar?.string else {
            log.error("wrong-type", line, "a key in \(path) is no text.", "Write the name as the charter has it.")
            continue
        }
        entries.append((name, value, line))
    }
    return entries
}

extension TranslationTable {
    /// Compares with the charter: every name in every language, texts as far as somebody translated them, and nothing
    /// else. A name that is missing is shown as it stands, so it is only warned of.
    func check(_ charter: Charter, _ log: ProblemLog) {
        let wanted = charter.association.languages.filter { $0 != Charter.languageOfNames }
        let (names, texts) = (charter.names, charter.texts)
        for language in languages {
            guard wanted.contains(language.code) else {
                log.error(
                    "unknown-language",
                    language.line,
                    "'\(language.code)' is none of the association's other languages.",
                    didYouMean(
                        language.code,
                        in: wanted,
                        otherwise: "Add it to 'languages' in association, or remove it."
                    )
                )
                continue
            }
            checkNames(language, names, texts, log)
        }
        for code in wanted where !languages.contains(where: { $0.code == code }) {
            log.warning(
                "missing-translation",
                line,
                "no name is translated into '\(code)', one of the association's languages.",
                "Add '\(code):' to translations, with a line for each name."
            )
        }
    }

    private func checkNames(_ language: Language, _ names: [String], _ texts: [String], _ log: ProblemLog) {
        let translated = Set(language.names.map(\.name))
        let known = Set(names + texts)
        for entry in language.names where !known.contains(entry.name) {
            let missing = (names + texts).filter { !translated.contains($0) }
            log.error(
                "unknown-name",
                entry.line,
                "translations.\(language.code) has '\(entry.name)', which is no name of the charter.",
                didYouMean(
                    entry.name,
                    in: missing,
                    otherwise: "Write the name exactly as it stands above, or remove it."
                )
            )
        }
        for name in names where !translated.contains(name) {
            log.warning(
                "missing-translation",
                language.line,
                "translations.\(language.code) lacks '\(name)'.",
                "Add a line for it; until then it is shown as it stands."
            )
        }
    }
}

extension Charter {
    /// The language in which names stand in a charter.
    static let languageOfNames = "en"

    /// Every name that people read, and what membership brings, each once, in the order of the file.
    var names: [String] {
        var all = association.names.map(\.name)
        for version in versions {
            all += version.categories.flatMap { [$0.name, $0.plural, $0.title] }
            all += version.categories.flatMap { $0.brings.map(\.text) }
            all += version.regions.map(\.name) + version.statuses.map(\.name)
            all += version.membership.admission.documents.map(\.name)
            all += version.bodies.map(\.name) + version.offices.map(\.name)
            for schedule in version.feeSchedules {
                all += [schedule.name, schedule.measure?.name].compactMap(\.self) + schedule.kinds.map(\.name)
            }
            all += version.standings.map(\.name) + version.points.map(\.name) + version.entitlements.map(\.name)
        }
        return once(all)
    }

    /// What the charter says of its rules in words of its own, each once: translated where somebody did it, otherwise
    /// told as it stands.
    var texts: [String] { once(versions.flatMap { $0.ruleTexts + $0.notes.compactMap(\.self) }) }

    private func once(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }
    }
}

extension CharterVersion {
    fileprivate var ruleTexts: [String] {
        var all = [adoptedBy] + [summary].compactMap(\.self) + membership.grounds.map(\.when)
        all += [membership.withdrawal?.how, remission?.purpose, fiscalYear?.surplus].compactMap(\.self)
        for body in bodies {
            all += [body.composition] + body.powers.map(\.power)
            if let quorum = body.quorum { all.append(quorum.of) }
        }
        all += offices.map(\.how)
        for schedule in feeSchedules {
            if let reason = schedule.unpublished { all.append(reason) }
            all += schedule.rulings.flatMap { [$0.madeBy, $0.grounds] }
            all += schedule.statements.flatMap { [$0.text, $0.why] }
            all += schedule.bands.flatMap { [$0.printed, $0.label].compactMap(\.self) }
        }
        all += entitlements.compactMap(\.limited)
        return all
    }

    fileprivate var notes: [String?] {
        let admission = membership.admission
        var all: [String?] = categories.flatMap { [$0.note] + $0.brings.map(\.note) }
        all += regions.map(\.note) + statuses.map(\.note)
        all += [admission.note] + admission.documents.map(\.note) + admission.asks.map(\.note)
        all += [membership.withdrawal?.note, membership.appeal?.note, membership.reinstatement?.note]
        all += membership.grounds.map(\.note)
        all += bodies.flatMap { [$0.note, $0.quorum?.note, $0.circulation?.note] }
        all += offices.map(\.note)
        all += feeSchedules.flatMap { [$0.note] + $0.rulings.map(\.note) }
        all += [remission?.note, fiscalYear?.note, dues?.note, dues?.bank?.note, dues?.payments?.note]
        all += standings.map(\.note) + points.map(\.note) + entitlements.map(\.note)
        all += retention.map(\.note)
        return all
    }
}
