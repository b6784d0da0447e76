/// Says phrases in one language.
///
/// What its catalogue lacks is said in English, marked by nothing: a test compares catalogues with the code.
public struct Speech: Sendable {
    public let language: Language
    private let catalogue: Catalogue
    private var names: [String: String] = [:]

    public init(_ catalogue: Catalogue) {
        language = catalogue.language
        self.catalogue = catalogue
    }

    /// As the code says it.
    public static let english = Speech(Catalogue(empty: .english))
    /// Every message changed, for finding text that is none.
    public static let pseudo = Speech(Catalogue(empty: .pseudo))

    /// The same, with what more names are in this language by how they stand on record.
    public func naming(_ names: [String: String]) -> Speech {
        var speech = self
        speech.names.merge(names) { known, _ in known }
        return speech
    }

    /// The whole phrase as text. Places for its writer (`part`) stay empty.
    public func text(_ phrase: Phrase) -> String {
        switch phrase.form {
        // The two that tables are full of.
        case .verbatim(let text): return text
        case .number(let number): return language.written(number)
        default:
            var text = ""
            say(phrase, { text += $0 }, { _ in })
            return text
        }
    }

    /// The phrase in its order: texts, and the places that the writer fills.
    ///
    /// - Parameters:
    ///   - text: gets each text, not escaped for anything.
    ///   - part: gets the number of each place.
    public func say(_ phrase: Phrase, _ text: (String) -> Void, _ part: (Int) -> Void) {
        say(phrase, text, part, record: text)
    }

    /// The same with another writer for what stays in the language of the code (`Phrase.record`), so that a page can
    /// say which that is. Within a list it comes as text.
    public func say(
        _ phrase: Phrase,
        _ text: (String) -> Void,
        _ part: (Int) -> Void,
        record: (String) -> Void
    ) {
        switch phrase.form {
        case .verbatim(let words): text(words)
        case .name(let name): text(self.name(name))
        case .record(let words): record(words)
        case .number(let number): text(language.written(number))
        case .compact(let number): text(language.compact(number))
        case .decimal(let number, let places): text(language.written(number, places: places))
        case .money(let minor, let places, let code): text(language.written(minor: minor, places: places, code: code))
        case .date(let date, let style): text(language.written(date, style))
        case .list(let items, let style):
            let marks = language.marks(between: items.count, style, last: items.last.map { self.text($0) } ?? "")
            for (number, item) in items.enumerated() {
                if number > 0 { text(marks[number - 1]) }
                say(item, text, part, record: text)
            }
        case .sequence(let phrases): for phrase in phrases { say(phrase, text, part, record: record) }
        case .part(let number): part(number)
        case .message(let message): say(message, catalogue.template(message), text, part, record)
        case .counted(let number, let one, let other):
            let english = Language.source.plural(of: number) == .one ? one : other
            let template = catalogue.template(number, one)
            say(template == nil ? english : other, template, text, part, record)
        }
    }

    /// The name in this language. In the language of the tests it is changed as messages are: what is printed without
    /// asking here stays English and is found.
    private func name(_ name: String) -> String {
        if let known = names[name] { return known }
        return language == .pseudo && !name.isEmpty ? "[\(Speech.disguised(name))]" : name
    }

    private func say(
        _ message: Phrase.Message,
        _ template: Catalogue.Template?,
        _ text: (String) -> Void,
        _ part: (Int) -> Void,
        _ record: (String) -> Void
    ) {
        guard let template else {
            if language == .pseudo { text("[") }
            for (number, piece) in message.pieces.enumerated() {
                if number > 0 { say(message.values[number - 1], text, part, record: record) }
                text(language == .pseudo ? Speech.disguised(piece) : piece)
            }
            if language == .pseudo { text("]") }
            return
        }
        for (number, piece) in template.pieces.enumerated() {
            if number > 0 {
                let gap = template.gaps[number - 1]
                if message.values.indices.contains(gap) { say(message.values[gap], text, part, record: record) }
            }
            if !piece.isEmpty { text(piece) }
        }
    }

    /// English with other letters and a third longer, so that what does not fit shows as well.
    static func disguised(_ piece: String) -> String {
        var text = ""
        for (number, letter) in piece.enumerated() {
            text.append(disguise[letter] ?? letter)
            if number % 3 == 1, letter.isLetter { text.append(disguise[letter] ?? letter) }
        }
        return text
    }

    private static let disguise: [Character: Character] = [
        "a": "á", "b": "ƀ", "c": "ç", "d": "ð", "e": "é", "f": "ƒ", "g": "ĝ", "h": "ĥ", "i": "í", "j": "ĵ", "k": "ķ",
        "l": "ļ", "m": "ɱ", "n": "ñ", "o": "ó", "p": "þ", "q": "ʠ", "r": "ŕ", "s": "š", "t": "ţ", "u": "ú", "v": "ṽ",
        "w": "ŵ", "x": "ẋ", "y": "ý", "z": "ž", "A": "Á", "B": "Ɓ", "C": "Ç", "D": "Ð", "E": "É", "F": "Ƒ", "G": "Ĝ",
        "H": "Ĥ", "I": "Í", "J": "Ĵ", "K": "Ķ", "L": "Ļ", "M": "Ṁ", "N": "Ñ", "O": "Ó", "P": "Þ", "Q": "Ǫ", "R": "Ŕ",
        "S": "Š", "T": "Ţ", "U": "Ú", "V": "Ṽ", "W": "Ŵ", "X": "Ẋ", "Y": "Ý", "Z": "Ž",
    ]
}

extension Phrase {
    /// As the code says it: for the command line, logs and programs.
    public var english: String { Speech.english.text(self) }
}

/// The speeches of the languages that an installation offers.
public struct Speeches: Sendable {
    private var byLanguage: [Language: Speech]

    /// - Parameter catalogues: one a language; English needs none.
    public init(_ catalogues: [Catalogue]) {
        var all: [Language: Speech] = [.english: .english, .pseudo: .pseudo]
        for catalogue in catalogues { all[catalogue.language] = Speech(catalogue) }
        byLanguage = all
    }

    /// The same, with what names are in each language: by its code, then by how they stand on record.
    public func naming(_ names: [String: [String: String]]) -> Speeches {
        var speeches = self
        for (language, speech) in byLanguage {
            speeches.byLanguage[language] = speech.naming(names[language.rawValue] ?? [:])
        }
        return speeches
    }

    /// The speech of a language; English where no catalogue was given.
    public subscript(_ language: Language) -> Speech { byLanguage[language] ?? .english }
}
