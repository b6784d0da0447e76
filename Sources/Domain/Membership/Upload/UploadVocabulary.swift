public import Charter
import Database
import Languages

/// What the cells of a spreadsheet are read by: the charter's words and the countries' names.
public struct UploadRules: Sendable {
    let charter: Charter
    package let countries: CountryWords

    public init(charter: Charter, countries: CountryWords) {
        self.charter = charter
        self.countries = countries
    }
}

/// Words of a spreadsheet as the keys of the records.
package struct UploadVocabulary: Sendable {
    let charter: Charter
    let countries: CountryWords
    let cells: CellReader
    private let categories: [String: String]
    private let regions: [String: String]
    private let statuses: [String: String]

    package init(_ rules: UploadRules, printed: [(word: String, code: String)]) {
        charter = rules.charter
        countries = rules.countries.adding(printed: printed)
        cells = CellReader(
            known: .init(charter: charter, countries: rules.countries.codes, members: [:], references: [:])
        )
        let versions = charter.versions
        categories = Self.words(versions.flatMap(\.categories).map { ($0.key, [$0.name, $0.plural, $0.title]) })
        regions = Self.words(versions.flatMap(\.regions).map { ($0.key, [$0.name]) })
        statuses = Self.words(versions.flatMap(\.statuses).map { ($0.key, [$0.name]) })
    }

    /// Later versions of the charter come later and win; a word that means two keys of one version means the first.
    private static func words(_ known: [(key: String, names: [String])]) -> [String: String] {
        var words: [String: String] = [:]
        for (key, names) in known { for name in names { words[fold(name)] = words[fold(name)] ?? key } }
        for (key, _) in known { words[fold(key)] = key }
        return words
    }

    private static func fold(_ word: String) -> String { Folding.words(word).joined(separator: " ") }

    func category(_ word: String) -> String { categories[Self.fold(word)] ?? word }
    func region(_ word: String) -> String { regions[Self.fold(word)] ?? word }
    func status(_ word: String) -> String { statuses[Self.fold(word)] ?? word }

    package func country(_ word: String) -> String {
        countries.code(word) ?? (word.utf8.count == 2 ? word.uppercased() : word)
    }

    /// The region of a country by the charter's last version.
    func region(ofCountry country: String?) -> String? {
        country.flatMap { charter.versions.last?.region(forCountry: $0)?.key }
    }

    /// The status with which a membership begins: the first of the charter that is on the roll.
    var beginning: String? { charter.versions.last?.statuses.first { $0.isOnRoll }?.key }

    func isOnRoll(_ status: String, on day: String) -> Bool {
        RollProjection(charter: charter).isOnRoll(status, on: day)
    }

    func statusName(_ key: String) -> Phrase { .name(charter.versions.last?.status(key)?.name ?? key) }
}
