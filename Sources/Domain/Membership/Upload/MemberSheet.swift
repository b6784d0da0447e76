public import Access
public import Database
public import Foundation
public import Spreadsheet

/// The members as a table whose columns an import knows: brought in again, it changes nothing.
public struct MemberSheet: Sendable, Equatable {
    /// The columns, in their order. Their names stay.
    public static let columns: [UploadField] = [
        .key, .name, .otherNames, .category, .country, .region, .status, .statusDay, .joined, .population,
        .populationYear, .headOfGovernment, .website, .tags, .description,
    ]

    public let header: [String]
    public let rows: [[String]]
}

/// Takes the members out of the program as a sheet to be edited and brought back. The journal keeps who took what.
public struct ExportMemberSheet: Command {
    public static let action = Action.exportMembers
    let rules: UploadRules
    let keys: [String]?
    let format: ExportFormat

    /// - Parameter keys: the members to export, in this order; all of them, by name, when `nil`.
    public init(rules: UploadRules, keys: [String]? = nil, as format: ExportFormat) {
        self.rules = rules
        self.keys = keys
        self.format = format
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> MemberSheet {
        let today = String(InstantText.text(now).prefix(10))
        let words = UploadVocabulary(rules, printed: [])
        let ids = try chosen(transaction)
        let known = try KnownMember.load(transaction, ids: ids)
        let members = ids.compactMap { known[$0] }
        let sorted =
            keys == nil
            ? members.sorted { (Folding.fold($0.name), $0.key) < (Folding.fold($1.name), $1.key) } : members
        let sheet = MemberSheet(
            header: MemberSheet.columns.map(\.rawValue),
            rows: sorted.map { $0.cells(words, today: today) }
        )
        let selection = keys == nil ? "all that ever were" : "\(sheet.rows.count) chosen"
        let note = ExportNote(format: format, selection: selection, columns: sheet.header, rows: sheet.rows.count)
        try note.append(transaction, by: actor, now: now)
        return sheet
    }

    private func chosen(_ transaction: Transaction) throws -> [String] {
        var ids: [String: String] = [:]
        try transaction.forEach("SELECT key, id FROM member") { ids[try $0.text(0)] = try $0.text(1) }
        guard let keys else { return Array(ids.values) }
        return keys.compactMap { ids[$0] }
    }
}

extension KnownMember {
    /// One cell for each of `MemberSheet.columns`.
    fileprivate func cells(_ words: UploadVocabulary, today: String) -> [String] {
        let current = step(on: today)
        let population = populations.last
        // A name with a semicolon in it would be read as two.
        let others = otherNames.filter { name in !name.contains { ";|·\n".contains($0) } }
        return MemberSheet.columns.map { field in
            switch field {
            case .key: key
            case .name: name
            case .otherNames: others.joined(separator: "; ")
            case .category: row.text("category") ?? ""
            case .country: row.text("country") ?? ""
            case .region: row.text("region") ?? ""
            case .status: current?.text("status") ?? ""
            case .statusDay: current?.bounds.text ?? ""
            case .joined: joining(words)?.bounds.text ?? ""
            case .population: population.map { String(Int($0.real("value") ?? 0)) } ?? ""
            case .populationYear: population?.integer("year_latest").map { String($0) } ?? ""
            case .headOfGovernment: heads.last?.text("person") ?? ""
            case .website: row.text("website") ?? ""
            case .tags: row.text("tags") ?? ""
            case .description: row.text("description") ?? ""
            case .ignore: ""
            }
        }
    }
}

extension MemberSheet {
    /// The file's bytes.
    public func bytes(as format: ExportFormat) async throws -> [UInt8] {
        switch format {
        case .csv: csv
        case .json: try json
        // Writing a workbook blocks; it has a thread of its own.
        case .xlsx: try await Task.detached { try Spreadsheet.writeXLSX([sheet]) }.value
        }
    }

    /// RFC 4180 in UTF-8 with a byte order mark, by which Excel knows it; nothing in it is run as a formula.
    public var csv: [UInt8] {
        var text = "\u{feff}"
        for row in [header] + rows { text += row.map(Self.quoted).joined(separator: ",") + "\r\n" }
        return Array(text.utf8)
    }

    /// A list of objects, one a member; empty cells are left out.
    public var json: [UInt8] {
        get throws {
            let members = rows.map { row in
                Dictionary(zip(header, row).filter { !$1.isEmpty }, uniquingKeysWith: { $1 })
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(members))
        }
    }

    /// The cells as a sheet of text, for `Spreadsheet.writeXLSX`.
    public var sheet: SheetTable {
        SheetTable(name: "Members", rows: [header] + rows.map { $0.map(FormulaGuard.guarded) })
    }

    private static func quoted(_ cell: String) -> String {
        let safe = FormulaGuard.guarded(cell)
        guard safe.contains(where: { ",\"\n\r;\t".contains($0) }) || safe.contains("\r\n") else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
