/// The texts of one language by the English ones of the code, ready to be put together.
public struct Catalogue: Sendable {
    /// Why a catalogue cannot be used.
    public struct Fault: Error, Equatable, CustomStringConvertible {
        public var language: Language
        /// From 1; nil where it is about the whole file.
        public var line: Int?
        public var message: String

        public init(language: Language, line: Int? = nil, message: String) {
            self.language = language
            self.line = line
            self.message = message
        }

        public var description: String {
            "the catalogue of \(language.endonym)\(line.map { ", line \($0)" } ?? ""): \(message)"
        }
    }

    struct Key: Hashable {
        var context: String?
        var id: String
    }

    /// A text with gaps, taken apart once: `pieces[0]`, value `gaps[0]`, `pieces[1]` and so on. Another order of the
    /// gaps than English has is what makes this more than the pieces in the code.
    struct Template: Hashable {
        var pieces: [String]
        var gaps: [Int]
    }

    public let language: Language
    private var templates: [Key: [Template]] = [:]

    /// A catalogue without a text: everything is said in English.
    public init(empty language: Language) {
        self.language = language
    }

    /// - Parameter text: the whole `.po` file.
    /// - Throws: the first fault. A gap that the English text does not have is one.
    public init(_ language: Language, po text: String) throws(Fault) {
        self.language = language
        let file: POFile
        do { file = try POFile(text) } catch {
            throw Fault(language: language, line: error.line, message: error.message)
        }
        guard file.header["Plural-Forms"] == language.pluralForms else {
            let found = file.header["Plural-Forms"] ?? "none"
            throw Fault(
                language: language,
                message: "Plural-Forms must be \"\(language.pluralForms)\", is \"\(found)\""
            )
        }
        for entry in file.entries where !entry.texts.contains("") {
            try add(entry)
        }
    }

    private mutating func add(_ entry: POFile.Entry) throws(Fault) {
        let expected = entry.plural == nil ? 1 : language.pluralCategories.count
        guard entry.texts.count == expected else {
            throw Fault(language: language, line: entry.line, message: "\(expected) forms are needed")
        }
        let known = Set(
            try template(entry.id, entry).gaps
                + (try entry.plural.map { p throws(Fault) in
                    try template(p, entry).gaps
                } ?? [])
        )
        var forms: [Template] = []
        for text in entry.texts {
            let form = try template(text, entry)
            guard known.isSuperset(of: form.gaps) else {
                throw Fault(language: language, line: entry.line, message: "\"\(text)\" has a gap that English lacks")
            }
            forms.append(form)
        }
        let key = Key(context: entry.context, id: entry.id)
        guard templates.updateValue(forms, forKey: key) == nil else {
            throw Fault(language: language, line: entry.line, message: "\"\(entry.id)\" is there twice")
        }
    }

    private func template(_ text: String, _ entry: POFile.Entry) throws(Fault) -> Template {
        guard let template = Template(text) else {
            throw Fault(language: language, line: entry.line, message: "\"\(text)\" has a brace that opens no gap")
        }
        return template
    }

    /// How many messages it says.
    public var count: Int { templates.count }

    func template(_ message: Phrase.Message) -> Template? {
        // English comes this way for every message: no key is made for it.
        templates.isEmpty ? nil : templates[Key(context: message.context, id: message.key)]?.first
    }

    func template(_ number: Int, _ one: Phrase.Message) -> Template? {
        guard !templates.isEmpty, let forms = templates[Key(context: one.context, id: one.key)] else { return nil }
        let form = language.pluralCategories.firstIndex(of: language.plural(of: number)) ?? 0
        // A message that the catalogue knows without a plural has one form.
        return forms[min(form, forms.count - 1)]
    }
}

extension Catalogue.Template {
    /// Takes `{0} joined on {1}` apart; nil when a brace is neither doubled nor around a number.
    init?(_ text: String) {
        (pieces, gaps) = ([], [])
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }) else {
            pieces = [text]
            return
        }
        var piece = ""
        var rest = Substring(text)
        while let character = rest.popFirst() {
            switch character {
            case "{" where rest.first == "{", "}" where rest.first == "}":
                rest.removeFirst()
                piece.append(character)
            case "{":
                guard let end = rest.firstIndex(of: "}"), let gap = Int(rest[..<end]), (0..<100).contains(gap) else {
                    return nil
                }
                pieces.append(piece)
                gaps.append(gap)
                piece = ""
                rest = rest[rest.index(after: end)...]
            case "}": return nil
            default: piece.append(character)
            }
        }
        pieces.append(piece)
    }
}
