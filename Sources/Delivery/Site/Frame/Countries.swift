import Database
import Languages
public import Membership

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The countries of ISO 3166 with their names in the page's language, read once from `Data/world/countries.csv`.
public struct Countries: Sendable {
    /// A country's names in the languages that the file has.
    public struct Names: Sendable, Equatable {
        public let english: String
        public let korean: String
        public let spanish: String
        public let chinese: String

        func name(in language: Language) -> String {
            let name =
                switch language {
                case .english, .pseudo: english
                case .korean: korean
                case .spanish: spanish
                case .chinese: chinese
                }
            return name.isEmpty ? english : name
        }
    }

    private let names: [String: Names]
    private let ranks: [Language: [String: Int]]
    /// The language that `name(_:)` and `rank(_:)` are of.
    private(set) var language = Language.source
    /// The same countries by every word for them, for what people enter.
    public let words: CountryWords

    /// Reads a table with the columns `a2,a3,name_en,name_ko,name_es,name_zh` and a heading line.
    public init(csv path: String) throws(CountriesError) {
        guard let data = FileManager.default.contents(atPath: path) else { throw .unreadable(file: path) }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw .malformed(file: path, line: 1, reason: "it is no UTF-8 text")
        }
        try self.init(text: text, file: path)
    }

    init(text: String, file: String) throws(CountriesError) {
        var names: [String: Names] = [:]
        for (index, line) in text.split(whereSeparator: \.isNewline).enumerated().dropFirst() {
            let fields = Countries.fields(line)
            guard fields.count == 6, fields[0].utf8.count == 2 else {
                throw .malformed(
                    file: file,
                    line: index + 1,
                    reason: "expected are six fields, the first of two letters"
                )
            }
            names[fields[0]] = Names(english: fields[2], korean: fields[3], spanish: fields[4], chinese: fields[5])
        }
        self.names = names
        ranks = Countries.ranks(names)
        words = CountryWords(csv: Array(text.utf8))
    }

    /// The same countries for pages in another language.
    func speaking(_ language: Language) -> Countries {
        var countries = self
        countries.language = language
        return countries
    }

    /// The name, or the code itself where it is unknown: a page never fails for a name.
    ///
    /// - Parameter a2: ISO 3166 alpha-2, in capitals.
    public func name(_ a2: String) -> String { names[a2]?.name(in: language) ?? a2 }

    /// Where a country stands among all when they are sorted by name; the last place for an unknown code.
    func rank(_ a2: String) -> Int { ranks[language]?[a2] ?? .max }

    /// Sorted by the code points of the folded name ("Åland" stands among A) and not by a collation of Foundation's, so
    /// that every machine sorts alike. For Hangul that is the order of dictionaries; Chinese readers also know an order
    /// by sound, which would need a table of readings.
    private static func ranks(_ names: [String: Names]) -> [Language: [String: Int]] {
        var ranks: [Language: [String: Int]] = [:]
        for language in Language.allCases {
            let sorted = names.map { (code: $0.key, folded: Folding.fold($0.value.name(in: language))) }
                .sorted { ($0.folded, $0.code) < ($1.folded, $1.code) }
            let places = sorted.enumerated().map { ($0.element.code, $0.offset) }
            ranks[language] = Dictionary(places) { first, _ in first }
        }
        return ranks
    }

    /// The English names of all countries by alpha-2 code.
    public var englishNames: [String: String] { names.mapValues(\.english) }

    /// What the countries are called in other languages than English, by their English names.
    public var translations: [String: [String: String]] {
        var translations: [String: [String: String]] = [:]
        for language in Language.forReaders where language != .source {
            let pairs = names.values.map { ($0.english, $0.name(in: language)) }
            translations[language.rawValue] = Dictionary(pairs) { first, _ in first }
        }
        return translations
    }

    /// All names of a country, `nil` for an unknown code.
    public func names(_ a2: String) -> Names? { names[a2] }

    /// The alpha-2 codes of all countries, in capitals.
    public var codes: Set<String> { Set(names.keys) }

    /// The fields of one line; a field in quotes may hold commas, and quotes written twice.
    private static func fields(_ line: Substring) -> [String] {
        var fields = [""]
        var isQuoted = false
        var previous: Character?
        for character in line {
            switch character {
            case "\"":
                if !isQuoted, previous == "\"" { fields[fields.count - 1].append("\"") }
                isQuoted.toggle()
            case "," where !isQuoted: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
            previous = character
        }
        return fields
    }
}

/// Why the table of countries could not be read.
public enum CountriesError: Error, Equatable, CustomStringConvertible {
    case unreadable(file: String)
    case malformed(file: String, line: Int, reason: String)

    public var description: String {
        switch self {
        case .unreadable(let file):
            "The table of countries, \(file), cannot be read. It comes with the program: restore it, or point the "
                + "setting for the data folder at it."
        case .malformed(let file, let line, let reason):
            "The table of countries, \(file), is not as expected in line \(line): \(reason). Make it anew with "
                + "Data/tools/countries.py."
        }
    }
}
