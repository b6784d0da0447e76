import Charter
import Database
package import Languages

/// Checks one cell of a file against what its column may hold; the same for every way by which a file comes in.
package struct CellReader {
    let known: RowReader.Known
    private let categories: Set<String>
    private let regions: Set<String>
    private let statuses: Set<String>

    /// What is wrong with a cell, as the rest of a sentence.
    struct Refusal: Error { let message: Phrase }

    init(known: RowReader.Known) {
        self.known = known
        let versions = known.charter.versions
        categories = Set(versions.flatMap(\.categories).map(\.key))
        regions = Set(versions.flatMap(\.regions).map(\.key))
        statuses = Set(versions.flatMap(\.statuses).map(\.key))
    }

    /// The cell as a value of that kind, or what is wrong with it.
    func value(_ cell: String, _ kind: ImportTable.Kind) -> Result<Value, Refusal> {
        func refuse(_ message: Phrase) -> Result<Value, Refusal> { .failure(Refusal(message: message)) }
        func oneOf(_ keys: Set<String>, _ message: (_ known: String) -> Phrase) -> Result<Value, Refusal> {
            keys.contains(cell) ? .success(.text(cell)) : refuse(message(keys.sorted().joined(separator: ", ")))
        }
        switch kind {
        case .optionalText, .optionalDay, .optionalReal, .optionalInteger, .optionalMember, .optionalReference,
            .optionalRegion, .optionalCategory, .optionalCountry, .optionalURL:
            if cell.isEmpty { return .success(.null) }
        case .name, .text, .day, .dayOrEmpty, .real, .integer, .key, .member, .reference, .category, .region, .status,
            .country, .oneOf,
            .rowNumber:
            break
        }
        switch kind {
        case .dayOrEmpty where cell.isEmpty: return .success("")
        case .name:
            return cell.contains { $0.isLetter || $0.isNumber }
                ? .success(.text(cell)) : refuse(say("the name is missing: there is no letter in it"))
        case .text, .optionalText, .rowNumber: return .success(.text(cell))
        case .day, .optionalDay, .dayOrEmpty:
            return Day(cell) == nil
                ? refuse(say("\"\(cell)\" is no day; write year-month-day, as in 2021-10-18")) : .success(.text(cell))
        case .real, .optionalReal:
            guard let number = Double(cell), number.isFinite else { return refuse(say("\"\(cell)\" is no number")) }
            return .success(.real(number))
        case .integer, .optionalInteger:
            guard let number = Int64(cell) else { return refuse(say("\"\(cell)\" is no whole number")) }
            return .success(.integer(number))
        case .key:
            return RowReader.isKey(cell)
                ? .success(.text(cell)) : refuse(say("\"\(cell)\" is no key; use a-z, 0-9 and hyphens, up to 80 signs"))
        case .member, .optionalMember:
            guard let id = known.members[cell] else {
                return refuse(say("there is no member \"\(cell)\" in members.csv"))
            }
            return .success(.text(id))
        case .reference(let table), .optionalReference(let table):
            return known.references[table]?.contains(cell) == true
                ? .success(.text(cell)) : refuse(say("there is no \(table) \"\(cell)\""))
        case .category, .optionalCategory:
            return oneOf(categories) { say("\"\(cell)\" is no category of the charter; known: \($0)") }
        case .region, .optionalRegion:
            return oneOf(regions) { say("\"\(cell)\" is no region of the charter; known: \($0)") }
        case .status:
            return oneOf(statuses) { say("\"\(cell)\" is no status of the charter; known: \($0)") }
        case .oneOf(let keys):
            return oneOf(Set(keys)) { say("\"\(cell)\" is no value of this column; known: \($0)") }
        case .country, .optionalCountry:
            return known.countries.isEmpty || known.countries.contains(cell)
                ? .success(.text(cell)) : refuse(say("\"\(cell)\" is no ISO 3166 code of a country, as in KR"))
        case .optionalURL:
            return cell.hasPrefix("https://") || cell.hasPrefix("http://")
                ? .success(.text(cell)) : refuse(say("\"\(cell)\" is no web address; it begins with https://"))
        }
    }

    /// Signs that nobody sees have no business in a record: they break search, and NUL breaks PostgreSQL.
    package static func hidden(_ cell: String) -> Phrase? {
        if cell.utf8.count > 10_000 {
            return say("the cell has \(cell.utf8.count) bytes; \(10_000) are allowed")
        }
        for scalar in cell.unicodeScalars where scalar.value < 0x20 && scalar != "\n" && scalar != "\t" {
            return say("the cell holds the control character \(plain: Int(scalar.value)); remove it")
        }
        return nil
    }
}
