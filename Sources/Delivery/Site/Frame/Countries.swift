import Membership

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The countries of ISO 3166 with their names, read once from `Data/world/countries.csv`.
public struct Countries: Sendable {
    /// A country's names in the languages that the file has.
    public struct Names: Sendable, Equatable {
        public let english: String
        public let korean: String
        public let spanish: String
        public let chinese: String
    }

    private let names: [String: Names]
    /// The same countries by every word for them, for what people enter.
    let words: CountryWords

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
        words = CountryWords(csv: Array(text.utf8))
    }

    /// The English name, or the code itself where it is unknown: a page never fails for a name.
    ///
    /// - Parameter a2: ISO 3166 alpha-2, in capitals.
    public func name(_ a2: String) -> String { names[a2]?.english ?? a2 }

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
