public import Charter
public import Database
public import Foundation

/// Brings the files of a folder into the records: one transaction a file, repeatable without change.
///
/// A file with one wrong row is refused whole, with every wrong row named.
public struct Importer: Sendable {
    let database: Database
    let charter: Charter
    /// ISO 3166 alpha-2 codes that a record may use; empty allows any.
    let countries: Set<String>
    let actor: String
    let now: @Sendable () -> Date

    /// Larger files are refused before they are read: no record of an association is that large.
    public static let largestFileBytes = 64 << 20

    public init(
        database: Database,
        charter: Charter,
        countries: Set<String>,
        actor: String,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.database = database
        self.charter = charter
        self.countries = countries
        self.actor = actor
        self.now = now
    }

    /// Imports every known file of the folder, in the order in which they refer to each other.
    ///
    /// Throws `ImportRefusal` at the first file with problems; the files before it are kept, that one is not.
    public func importFolder(_ folder: String) async throws -> [ImportedFile] {
        var done: [ImportedFile] = []
        let files = ImportTable.all.filter { FileManager.default.fileExists(atPath: "\(folder)/\($0.file)") }
        guard !files.isEmpty else {
            let names = ImportTable.all.map(\.file).joined(separator: ", ")
            throw refusal(folder, "holds none of the files that can be imported: \(names)")
        }
        for table in files { done.append(try await importFile("\(folder)/\(table.file)")) }
        return done
    }

    /// Imports one file; its name says what it holds. Throws `ImportRefusal`.
    public func importFile(_ path: String) async throws -> ImportedFile {
        let name = URL(fileURLWithPath: path).lastPathComponent
        guard let table = ImportTable.all.first(where: { $0.file == name }) else {
            let names = ImportTable.all.map(\.file).joined(separator: ", ")
            throw refusal(name, "is none of the files that can be imported: \(names)")
        }
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let size = attributes?[.size] as? Int else { throw refusal(name, "cannot be read; check its path") }
        guard size <= Self.largestFileBytes else {
            throw refusal(name, "has \(size >> 20) MB; \(Self.largestFileBytes >> 20) MB are allowed, split it")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw refusal(name, "cannot be read; check its permissions")
        }
        return try await importBytes([UInt8](data), as: table)
    }

    func importBytes(_ bytes: [UInt8], as table: ImportTable, origin: String = "import") async throws -> ImportedFile {
        let document = try parse(bytes, file: table.file)
        return try await database.write { transaction in
            var reader = RowReader(table: table, known: try known(transaction))
            let rows = reader.read(document)
            guard reader.problems.isEmpty else { throw ImportRefusal(reader.problems) }
            let change = try TableChange(
                table: table,
                rows: rows,
                ofMerged: reader.ofMerged,
                origin: origin,
                transaction
            )
            try change.write(transaction)
            try change.record(transaction, actor: actor, at: now())
            try RollProjection(charter: charter).rebuild(change.members(), transaction)
            if change.summary.created + change.summary.changed > 5000 {
                // Both engines choose their way by what they know of the tables' sizes.
                for table in [table.table, "roll_span", "name_word"] { try transaction.script("ANALYZE \(table)") }
            }
            return change.summary
        }
    }

    private func parse(_ bytes: [UInt8], file: String) throws -> CSVDocument {
        do { return try CSVDocument(bytes) } catch {
            let (line, message) =
                switch error {
                case .empty: (1, "the file is empty")
                case .notUTF8(let line): (line, "the text is not UTF-8; save the file as UTF-8 and import it again")
                case .unclosedQuote(let line): (line, "a quotation mark opens here and is never closed")
                case .textAfterQuote(let line):
                    (line, "a quotation mark opens here, and after the one that closes it comes no comma")
                case .tooManyColumns(let line): (line, "the line has too many cells")
                case .tooManyRows: (1, "the file has too many rows")
                }
            throw ImportRefusal([ImportProblem(file: file, line: line, column: nil, message: message)])
        }
    }

    private func known(_ transaction: Transaction) throws -> RowReader.Known {
        var members: [String: String] = [:]
        try transaction.forEach("SELECT key, id FROM member") { members[try $0.text(0)] = try $0.text(1) }
        var references: [String: Set<String>] = [:]
        for (table, column) in [("source", "code"), ("decision", "key"), ("event", "key"), ("statement", "key")] {
            references[table] = Set(try transaction.query("SELECT \(column) FROM \(table)") { try $0.text(0) })
        }
        var known = RowReader.Known(charter: charter, countries: countries, members: members, references: references)
        try transaction.forEach("SELECT merged_key, kept_id FROM member_merge") { row in
            let key = try row.text(0)
            known.merged.insert(key)
            known.members[key] = try row.text(1)
        }
        return known
    }

    private func refusal(_ file: String, _ message: String) -> ImportRefusal {
        ImportRefusal([ImportProblem(file: file, line: 0, column: nil, message: message)])
    }
}
