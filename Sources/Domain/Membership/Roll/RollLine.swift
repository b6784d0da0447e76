public import Database

/// One line of the roll on its way out: as the database hands it over, so that nothing is made of it that is only written
/// again, or as a search has found it.
public enum RollLine {
    /// Valid only while the database hands it over.
    case stored(Row)
    case found(RollRow)

    /// A column of text.
    public enum TextColumn: Int, Sendable {
        case key = 1
        case name, otherNames, category, country, region, status
        case sinceEarliest = 10
        case since
    }

    /// A column of whole numbers.
    public enum NumberColumn: Int, Sendable {
        case population = 8
        case populationYear
    }

    /// Hands the text's UTF-8 bytes to `body`; `nil` where the member has none.
    public func utf8<T>(_ column: TextColumn, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T? {
        switch self {
        case .stored(let row): return row.utf8(column.rawValue, as: body)
        case .found(let row):
            guard var text = row.text(column) else { return nil }
            return text.withUTF8(body)
        }
    }

    /// `nil` where the member has none, and for what is no whole number.
    public func number(_ column: NumberColumn) -> Int? {
        switch self {
        case .stored(let row): (try? row.optionalInteger(column.rawValue)) ?? nil
        case .found(let row): column == .population ? row.population : row.populationYear
        }
    }

    public var isSample: Bool {
        switch self {
        case .stored(let row): row.utf8(RollQuery.originColumn) { $0.elementsEqual("sample".utf8) } ?? false
        case .found(let row): row.isSample
        }
    }
}

extension RollRow {
    fileprivate func text(_ column: RollLine.TextColumn) -> String? {
        switch column {
        case .key: key
        case .name: name
        case .otherNames: otherNames
        case .category: category
        case .country: country
        case .region: region
        case .status: status
        case .sinceEarliest: sinceEarliest
        case .since: since
        }
    }
}
