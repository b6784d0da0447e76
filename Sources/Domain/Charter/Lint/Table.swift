import Yams

/// A YAML mapping being read strictly: keys that are not asked for are problems, and so is each that is missing.
struct Table {
    /// How a problem names the outermost mapping.
    static let top = "the charter"

    let path: String
    let line: Int
    let log: ProblemLog
    private let entries: [String: (key: Node, value: Node)]

    /// - Parameters:
    ///   - path: how a problem names this place, such as `bodies`.
    ///   - keys: every key that may stand here.
    init?(_ node: Node, path: String, keys: [String], _ log: ProblemLog) {
        let line = node.mark?.line ?? 1
        guard case .mapping(let mapping) = node else {
            log.error("wrong-type", line, "\(path) must hold keys and values.", "Write 'key: value' lines below it.")
            return nil
        }
        var entries: [String: (key: Node, value: Node)] = [:]
        for (key, value) in mapping where !log.isFull {
            guard let name = key.scalar?.string, keys.contains(name) else {
                let name = key.scalar?.string ?? "(a list or mapping)"
                let remedy = didYouMean(name, in: keys, otherwise: "Known here: \(keys.joined(separator: ", ")).")
                log.error("unknown-key", key.mark?.line ?? line, "unknown key '\(name)' in \(path).", remedy)
                continue
            }
            entries[name] = (key, value)
        }
        self.path = path
        self.line = line
        self.log = log
        self.entries = entries
    }

    func has(_ key: String) -> Bool {
        entries[key] != nil
    }

    /// How a problem names the place below a key: `versions.bodies`.
    func path(of key: String) -> String {
        path == Self.top ? key : "\(path).\(key)"
    }

    /// Where a key stands, or the mapping when it is not there.
    func line(of key: String) -> Int {
        entries[key]?.key.mark?.line ?? line
    }

    /// The value of a key, which is a problem when it is missing.
    func required(_ key: String) -> Node? {
        guard let entry = entries[key] else {
            log.error("missing-key", line, "\(path) lacks '\(key)'.", "Add '\(key): …'.")
            return nil
        }
        return entry.value
    }

    func optional(_ key: String) -> Node? {
        entries[key]?.value
    }

    func wrongType(_ key: String, _ expected: String) {
        let line = entries[key]?.value.mark?.line ?? line
        log.error("wrong-type", line, "'\(key)' in \(path) must be \(expected).", "Write \(expected).")
    }
}

// MARK: - Single values

extension Table {
    func text(_ key: String) -> String? {
        required(key).flatMap { text($0, key) }
    }

    func optionalText(_ key: String) -> String? {
        optional(key).flatMap { text($0, key) }
    }

    private func text(_ node: Node, _ key: String) -> String? {
        guard let scalar = node.scalar else {
            wrongType(key, "a text")
            return nil
        }
        // A value left out is "null" to YAML; here it would hide that somebody forgot to write it.
        if scalar.string.allSatisfy(\.isWhitespace) || (scalar.style == .plain && scalar.string == "~") {
            log.error(
                "empty-value",
                line(of: key),
                "'\(key)' in \(path) is empty.",
                "Write the value or remove the key."
            )
            return nil
        }
        return scalar.string
    }

    func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        required(key).flatMap { integer($0, key, range) }
    }

    func optionalInteger(_ key: String, in range: ClosedRange<Int>) -> Int? {
        optional(key).flatMap { integer($0, key, range) }
    }

    private func integer(_ node: Node, _ key: String, _ range: ClosedRange<Int>) -> Int? {
        guard let scalar = node.scalar, scalar.style == .plain, let value = Int(scalar.string) else {
            wrongType(key, "a whole number in plain digits")
            return nil
        }
        guard range.contains(value) else {
            log.error(
                "out-of-range",
                line(of: key),
                "'\(key)' in \(path) is \(value).",
                "Write a number from \(range.lowerBound) to \(range.upperBound)."
            )
            return nil
        }
        return value
    }

    func flag(_ key: String) -> Bool? {
        required(key).flatMap { flag($0, key) }
    }

    func optionalFlag(_ key: String) -> Bool? {
        optional(key).flatMap { flag($0, key) }
    }

    private func flag(_ node: Node, _ key: String) -> Bool? {
        guard let scalar = node.scalar, scalar.style == .plain, let value = Bool(scalar.string) else {
            wrongType(key, "true or false")
            return nil
        }
        return value
    }

    func day(_ key: String) -> Day? {
        guard let text = text(key) else { return nil }
        guard let day = Day(text) else {
            log.error(
                "not-a-date",
                line(of: key),
                "'\(text)' is no calendar day.",
                "Write YYYY-MM-DD, a day that there is, from 1900 to 2199."
            )
            return nil
        }
        return day
    }

    func option<Option: RawRepresentable<String> & CaseIterable>(_ key: String) -> Option? {
        required(key).flatMap { _ in optionalOption(key) }
    }

    func optionalOption<Option: RawRepresentable<String> & CaseIterable>(_ key: String) -> Option? {
        optionalText(key).flatMap { option($0, key, line(of: key)) }
    }

    /// The values of a list, each once; empty when the key is missing.
    func options<Option: RawRepresentable<String> & CaseIterable & Equatable>(_ key: String) -> [Option] {
        var options: [Option] = []
        for item in optionalItems(key) ?? [] {
            guard let option: Option = option(item.text, key, item.line) else { continue }
            if options.contains(option) {
                log.error(
                    "duplicate-entry",
                    item.line,
                    "'\(item.text)' stands twice in \(path(of: key)).",
                    "Remove one."
                )
            }
            options.append(option)
        }
        return options
    }

    private func option<Option: RawRepresentable<String> & CaseIterable>(
        _ text: String,
        _ key: String,
        _ line: Int
    ) -> Option? {
        if let option = Option(rawValue: text) { return option }
        let options = Option.allCases.map(\.rawValue)
        let remedy = didYouMean(text, in: options, otherwise: "Write one of: \(options.joined(separator: ", ")).")
        log.error("not-an-option", line, "'\(text)' is no value of '\(key)' in \(path).", remedy)
        return nil
    }
}

// MARK: - Lists and mappings

extension Table {
    func texts(_ key: String) -> [String]? {
        required(key).flatMap { _ in optionalTexts(key) }
    }

    func optionalTexts(_ key: String) -> [String]? {
        optionalItems(key)?.map(\.text)
    }

    /// The texts of a list, each with its line; nil when the key is missing or its value is no list.
    func optionalItems(_ key: String) -> [(text: String, line: Int)]? {
        guard let node = optional(key) else { return nil }
        guard case .sequence(let sequence) = node else {
            wrongType(key, "a list of texts")
            return nil
        }
        if sequence.isEmpty {
            log.error("empty-value", line(of: key), "'\(key)' in \(path) has no entry.", "Add one or remove the key.")
        }
        return sequence.compactMap { item in
            let line = item.mark?.line ?? line(of: key)
            guard let text = item.scalar?.string, !text.isEmpty else {
                log.error("wrong-type", line, "an entry of '\(key)' in \(path) is no text.", "Write a text.")
                return nil
            }
            return (text, line)
        }
    }

    func table(_ key: String, keys: [String]) -> Table? {
        required(key).flatMap { Table($0, path: path(of: key), keys: keys, log) }
    }

    func optionalTable(_ key: String, keys: [String]) -> Table? {
        optional(key).flatMap { Table($0, path: path(of: key), keys: keys, log) }
    }

    func tables(_ key: String, keys: [String]) -> [Table]? {
        required(key).flatMap { _ in optionalTables(key, keys: keys) }
    }

    func optionalTables(_ key: String, keys: [String]) -> [Table]? {
        guard let node = optional(key) else { return nil }
        guard case .sequence(let sequence) = node else {
            wrongType(key, "a list; begin each entry with '- '")
            return nil
        }
        if sequence.isEmpty {
            log.error("empty-value", line(of: key), "'\(key)' in \(path) has no entry.", "Add one or remove the key.")
        }
        return sequence.compactMap { Table($0, path: path(of: key), keys: keys, log) }
    }
}
