import Foundation
import Languages
import Testing

/// The formats beside the table that Babel makes from CLDR (`Tests/Journeys/support/cldr.py`).
@Suite("Formats of each language, beside CLDR")
struct CLDRTests {
    private struct Table: Decodable {
        struct Number: Decodable {
            let number: Int
            let text: String
        }
        struct Decimal: Decodable {
            let number: Double
            let places: Int
            let text: String
        }
        struct Day: Decodable {
            let day: String
            let short: String
            let long: String
            let month: String
            let year: String
        }
        struct List: Decodable {
            let items: [String]
            let and: String
            let or: String
        }

        let plurals: [String: [Int]]
        let numbers: [Number]
        let decimals: [Decimal]
        let compact: [Number]
        let days: [Day]
        let lists: [List]
    }

    private func table(_ language: Language) throws -> Table {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/cldr.json")
        let tables = try JSONDecoder().decode([String: Table].self, from: Data(contentsOf: file))
        return try #require(tables[language.rawValue])
    }

    @Test("the same plural forms", arguments: Language.forReaders)
    func plurals(language: Language) throws {
        let plurals = try table(language).plurals
        #expect(plurals.values.reduce(0) { $0 + $1.count } > 200)
        for (form, numbers) in plurals {
            #expect(numbers.filter { language.plural(of: $0).rawValue != form } == [], "\(form)")
        }
        #expect(Set(plurals.keys) == Set(language.pluralCategories.map(\.rawValue)))
    }

    @Test("the same whole numbers", arguments: Language.forReaders)
    func numbers(language: Language) throws {
        let numbers = try table(language).numbers
        #expect(numbers.map { language.written($0.number) } == numbers.map(\.text))
    }

    @Test("the same decimals", arguments: Language.forReaders)
    func decimals(language: Language) throws {
        let decimals = try table(language).decimals
        #expect(decimals.map { language.written($0.number, places: $0.places) } == decimals.map(\.text))
    }

    @Test("the same short numbers", arguments: Language.forReaders)
    func compact(language: Language) throws {
        let numbers = try table(language).compact
        #expect(numbers.map { language.compact($0.number) } == numbers.map(\.text))
        #expect(language.compact(999_999) == language.written(999_999))
    }

    @Test("the same days, months and years", arguments: Language.forReaders)
    func days(language: Language) throws {
        for row in try table(language).days {
            let parts = row.day.split(separator: "-").compactMap { Int($0) }
            let date = CalendarDate(year: parts[0], month: parts[1], day: parts[2])
            let written = DateStyle.allCases.map { language.written(date, $0) }
            #expect(written == [row.short, row.long, row.month, row.year])
        }
    }

    @Test("the same lists", arguments: Language.forReaders)
    func lists(language: Language) throws {
        for row in try table(language).lists {
            #expect(ListStyle.allCases.map { language.written(row.items, $0) } == [row.and, row.or])
        }
    }
}
