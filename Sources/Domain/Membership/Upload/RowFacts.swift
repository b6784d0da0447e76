import Charter
import Database
import Foundation
import Languages

/// What one row of a spreadsheet says, cell by cell. An empty cell says nothing.
package struct RowFacts {
    package var key: String?
    package var name: String?
    var otherNames: [String] = []
    var category: String?
    package var country: String?
    var region: String?
    var website: String?
    var description: String?
    var tags: [String]?
    var population: Int?
    var populationYear: Int?
    var status: String?
    var statusDay: DayBounds?
    var headOfGovernment: String?
    var joined: DayBounds?
    // What a form says beyond the columns of a spreadsheet.
    /// BCP 47, of the name.
    var language: String?
    var furtherName: FurtherName?
    var coordinates: (latitude: Double, longitude: Double)?
    /// The key of the decision by which the member was admitted.
    var decision: String?
    var problems: [RowPlan.Problem] = []
    /// The column of each field, for problems that come up later.
    private(set) var places: [UploadField: Int] = [:]

    /// Says nothing yet.
    package init() {}

    init(_ cells: [String], header: [String], mapping: UploadMapping, _ words: UploadVocabulary) {
        if let extra = cells.indices.first(where: { $0 >= header.count && !UploadFile.trimmed(cells[$0]).isEmpty }) {
            problems.append(
                .init(
                    column: extra,
                    message: say(
                        "there is a cell to the right of the last heading; give its column a heading or remove it"
                    )
                )
            )
        }
        for (place, field) in mapping.fields.enumerated() where field != .ignore {
            if places[field] == nil { places[field] = place }
            guard cells.indices.contains(place) else { continue }
            if let message = CellReader.hidden(cells[place].replacing("\r\n", with: "\n")) {
                problems.append(.init(column: place, message: message))
                continue
            }
            read(UploadFile.trimmed(cells[place]), field, place, words)
        }
        // A heading such as "Population 2023" says the year of all its cells.
        if population != nil, populationYear == nil, places[.populationYear] == nil, let place = places[.population] {
            populationYear = Self.year(in: header[place])
        }
    }

    private mutating func read(_ cell: String, _ field: UploadField, _ place: Int, _ words: UploadVocabulary) {
        guard !cell.isEmpty else { return }
        guard !cell.hasPrefix("=") else {
            refuse(place, say("the cell begins like a formula; put the value in its place"))
            return
        }
        let text = FormulaGuard.unguarded(cell)
        func checked(_ text: String, _ kind: ImportTable.Kind) -> String? { check(text, kind, place, words) }
        switch field {
        case .ignore: break
        case .key: key = checked(text.lowercased(), .key)
        case .name: name = checked(text, .name)
        case .otherNames: otherNames += Self.names(text).compactMap { checked($0, .name) }
        case .category: category = checked(words.category(text), .category)
        case .country: country = checked(words.country(text), .country)
        case .region: region = checked(words.region(text), .region)
        case .website: website = checked(text.hasPrefix("www.") ? "https://" + text : text, .optionalURL)
        case .description: description = text.replacing("\r\n", with: "\n")
        case .tags: tags = (tags ?? []) + Self.tags(text).compactMap { checked($0, .key) }
        case .population: population = number(text, place)
        case .populationYear: populationYear = year(text, place)
        case .status: status = checked(words.status(text), .status)
        case .statusDay: statusDay = day(text, place)
        case .headOfGovernment: headOfGovernment = checked(text, .name)
        case .joined: joined = day(text, place)
        }
    }

    private mutating func refuse(_ place: Int, _ message: Phrase) {
        problems.append(.init(column: place, message: message))
    }

    /// Adds what is wrong with the row where a field stands, or with the row as a whole.
    mutating func refuse(_ field: UploadField, _ message: Phrase) {
        problems.append(.init(column: places[field], message: message))
    }

    private mutating func check(
        _ text: String,
        _ kind: ImportTable.Kind,
        _ place: Int,
        _ words: UploadVocabulary
    ) -> String? {
        switch words.cells.value(text, kind) {
        case .success(.text(let value)): return value
        case .success: return nil
        case .failure(let refusal):
            refuse(place, refusal.message)
            return nil
        }
    }

    private mutating func number(_ text: String, _ place: Int) -> Int? {
        // 9,668,465 and 9.668.465 and 9 668 465 are one number; 9.668 could be nine and a bit.
        let parts = text.split { ",.'’ \u{a0}\u{202f}".contains($0) }.map(String.init)
        let isGrouped =
            parts.count > 1 && (1...3).contains(parts[0].count) && parts.dropFirst().allSatisfy { $0.count == 3 }
        let isWhole = parts.count == 2 && parts[1].allSatisfy { $0 == "0" } && !isGrouped
        let digits = isWhole ? parts[0] : parts.joined()
        let isClear = parts.count == 1 || isWhole || isGrouped && !(parts.count == 2 && text.contains("."))
        guard isClear, !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }), let number = Int(digits),
            number <= 1_000_000_000
        else {
            refuse(place, say("\"\(text)\" is no number of people; write digits alone, as in 9668465"))
            return nil
        }
        return number
    }

    private mutating func year(_ text: String, _ place: Int) -> Int? {
        guard let bounds = DayBounds(text), let year = Int(bounds.latest.prefix(4)) else {
            refuse(place, say("\"\(text)\" is no year; write it as in 2023"))
            return nil
        }
        return year
    }

    private mutating func day(_ text: String, _ place: Int) -> DayBounds? {
        if let bounds = DayBounds(text) { return bounds }
        refuse(place, say("\"\(text)\" is no day; write year-month-day, as in 2021-10-18"))
        return nil
    }

    private static func year(in heading: String) -> Int? {
        let years = heading.split { !("0"..."9").contains($0) }.compactMap { $0.count == 4 ? Int($0) : nil }
        return years.first { (1900...2199).contains($0) }
    }

    private static func names(_ text: String) -> [String] {
        text.split { ";|·\n".contains($0) }.map { UploadFile.trimmed(String($0)) }.filter { !$0.isEmpty }
    }

    private static func tags(_ text: String) -> [String] {
        text.split { $0 == "," || $0 == ";" || $0.isWhitespace }.map { $0.lowercased() }
    }
}

/// A text in a cell that a spreadsheet program must not take for a formula.
package enum FormulaGuard {
    private static let starts: Set<Character> = ["=", "+", "-", "@", "\t", "\r", "\n"]

    /// With an apostrophe before what begins like a formula.
    static func guarded(_ text: String) -> String {
        text.first.map(starts.contains) == true || isGuarded(text) ? "'" + text : text
    }

    /// Without the apostrophe that `guarded` put there.
    package static func unguarded(_ text: String) -> String { isGuarded(text) ? String(text.dropFirst()) : text }

    private static func isGuarded(_ text: String) -> Bool {
        text.first == "'" && text.dropFirst().first.map { starts.contains($0) || $0 == "'" } == true
    }
}
