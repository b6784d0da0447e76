package import Database

/// The countries under every name that the program knows of them.
public struct CountryWords: Sendable {
    /// ISO 3166 alpha-2 codes by folded word: both codes, and the names in English, Korean, Spanish and Chinese.
    private let byWord: [String: String]
    /// By alpha-2 code.
    private let english: [String: String]
    /// ISO 3166 alpha-2; empty when the list is not at hand, which allows any code.
    public let codes: Set<String>

    /// Knows no country.
    public static let none = CountryWords(byWord: [:], english: [:], codes: [])

    private init(byWord: [String: String], english: [String: String], codes: Set<String>) {
        self.byWord = byWord
        self.english = english
        self.codes = codes
    }

    /// Reads `Data/world/countries.csv`: the alpha-2 code first, then any number of words for the country, the second of
    /// them its English name. A file that cannot be read gives no words.
    public init(csv bytes: [UInt8]) {
        guard let document = try? CSVDocument(bytes) else {
            self = .none
            return
        }
        var words: [String: String] = [:]
        var english: [String: String] = [:]
        for record in document.records {
            guard let code = record.cells.first else { continue }
            if record.cells.count > 2 { english[code] = record.cells[2] }
            for word in record.cells { words[Self.fold(word)] = code }
        }
        words[""] = nil
        self.init(byWord: words, english: english, codes: Set(document.records.compactMap(\.cells.first)))
    }

    /// Also knows countries as the association's own rolls printed them, where each name means one country.
    func adding(printed: [(word: String, code: String)]) -> CountryWords {
        var more: [String: Set<String>] = [:]
        for (word, code) in printed { more[Self.fold(word), default: []].insert(code) }
        var words = byWord
        for (word, meant) in more where words[word] == nil && !word.isEmpty && meant.count == 1 {
            words[word] = meant.first
        }
        return CountryWords(byWord: words, english: english, codes: codes)
    }

    package static func printed(_ transaction: Transaction) throws -> [(word: String, code: String)] {
        try transaction.query(
            """
            SELECT DISTINCT r.country_printed, m.country FROM roll_line r JOIN member m ON m.id = r.member_id
            WHERE r.country_printed IS NOT NULL AND m.country IS NOT NULL
            """
        ) { (word: try $0.text(0), code: try $0.text(1)) }
    }

    /// The alpha-2 code that a word means, or `nil`.
    public func code(_ word: String) -> String? { byWord[Self.fold(word)] }

    /// The English name of a country, by which `Phrase.name` finds it in other languages; `nil` for an unknown code.
    package func english(_ code: String) -> String? { english[code] }

    private static func fold(_ word: String) -> String { Folding.words(word).joined(separator: " ") }
}
