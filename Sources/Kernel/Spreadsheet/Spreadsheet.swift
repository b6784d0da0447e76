public import Archive
public import Languages

/// Workbooks in the format XLSX (ECMA-376): read within limits, written with types.
public enum Spreadsheet {
    /// The visible sheets of a workbook, in its order, with every cell as text. CPU work: not for the shared async threads
    /// when the file is large.
    ///
    /// Numbers are plain (`1500`, `0.5`), days are `2026-01-31`, instants `2026-01-31T09:05:00`, truth values `TRUE` and
    /// `FALSE`, errors as shown (`#N/A`). A formula gives the value that it had when the file was saved.
    public static func readXLSX(_ bytes: [UInt8], limits: SheetLimits = .standard) throws(SheetError) -> [SheetTable] {
        // The container of old .xls files, and of workbooks with a password.
        guard !bytes.starts(with: [0xd0, 0xcf, 0x11, 0xe0]) else { throw .oldFormat }
        let archive: ZipArchive
        do { archive = try ZipArchive(bytes, limits: limits.archive) } catch { throw .archive(error) }
        let workbook = try Workbook(archive, limits: limits)
        let strings = try SharedStrings.read(archive, workbook, limits)
        let styles = try CellStyles.read(archive, workbook)
        var room = SheetRoom(limits)
        var tables: [SheetTable] = []
        for sheet in workbook.visibleSheets {
            let part = try archive.part(sheet.part)
            var reader = SheetReader(part, strings: strings, styles: styles, days: workbook.days, sheet: sheet.name)
            tables.append(SheetTable(name: sheet.name, rows: try reader.rows(&room)))
        }
        return tables
    }
}

/// One sheet as text. `rows[0]` is the sheet's row 1; a row ends with its last filled cell, the sheet with its last filled
/// row, and rows or cells left out between are empty.
public struct SheetTable: Sendable, Equatable {
    public var name: String
    public var rows: [[String]]

    public init(name: String, rows: [[String]]) {
        self.name = name
        self.rows = rows
    }
}

/// How much of a workbook is read.
public struct SheetLimits: Sendable {
    public var archive: ArchiveLimits
    public var sheets: Int
    /// The last row that may hold anything.
    public var rows: Int
    /// The last column that may hold anything.
    public var columns: Int
    /// All cells of all sheets, empty ones before filled ones counted too.
    public var cells: Int
    /// Bytes of text in one cell; the format's own limit is 32,767 signs.
    public var cellBytes: Int
    /// Bytes of text in all cells, a text that many cells share counted each time.
    public var textBytes: Int

    public init(
        archive: ArchiveLimits = .document,
        sheets: Int = 100,
        rows: Int = 200_000,
        columns: Int = 1024,
        cells: Int = 4_000_000,
        cellBytes: Int = 131_068,
        textBytes: Int = 256 << 20
    ) {
        self.archive = archive
        self.sheets = sheets
        self.rows = rows
        self.columns = columns
        self.cells = cells
        self.cellBytes = cellBytes
        self.textBytes = textBytes
    }

    /// Enough for a network of 100,000 members.
    public static let standard = SheetLimits()
}

/// What the limits leave for the rest of the workbook.
struct SheetRoom {
    let limits: SheetLimits
    private var cells = 0
    private var textBytes = 0

    init(_ limits: SheetLimits) { self.limits = limits }

    mutating func take(cells count: Int) throws(SheetError) {
        cells += count
        guard cells <= limits.cells else { throw .tooLarge(say("it has more than \(limits.cells) cells")) }
    }

    mutating func take(text: String) throws(SheetError) {
        textBytes += text.utf8.count
        guard textBytes <= limits.textBytes else {
            throw .tooLarge(say("its cells hold more than \(limits.textBytes) bytes of text"))
        }
    }
}

/// Why a workbook is not read or written.
public enum SheetError: Error, Equatable, Sendable {
    /// An .xls file of before 2007, or a workbook with a password.
    case oldFormat
    case archive(ArchiveError)
    /// A part of the workbook cannot be read; the text names it and says what is wrong.
    case damaged(Phrase)
    /// A part declares a document type, which no workbook needs and attacks use.
    case hasDocumentType(String)
    case tooLarge(Phrase)
    case cannotWrite(Phrase)
}

extension SheetError: CustomStringConvertible {
    public var description: String { sentence.english }

    public var sentence: Phrase {
        switch self {
        case .oldFormat:
            say(
                "The file is an old workbook (.xls) or protected with a password. Save it as .xlsx without a password and "
                    + "send that one."
            )
        case .archive(.damaged(let text)):
            say(
                "The file is no workbook in the format .xlsx, or it was cut short: \(text). Save it as .xlsx and send it "
                    + "again."
            )
        case .archive(let error): say("The workbook is not read. \(error.sentence)")
        case .damaged(let text): say("The workbook is damaged: \(text). Open it, save it as .xlsx and send it again.")
        case .hasDocumentType(let part):
            say(
                "The workbook is not read: its part \(part) declares a document type. Save it anew with an office program."
            )
        case .tooLarge(let text): say("The workbook is too large: \(text). Split it, or remove what is not needed.")
        case .cannotWrite(let text): say("The workbook cannot be written: \(text).")
        }
    }
}
