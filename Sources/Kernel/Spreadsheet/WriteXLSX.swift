import CXLSXWriter
import Foundation
import Languages

/// One cell to be written, with its type.
public enum SheetCell: Sendable, Equatable {
    case empty
    /// Always text, also when it begins like a formula.
    case text(String)
    case integer(Int)
    case real(Double)
    /// A day in the form `2026-01-31`, shown as one and sorted as one.
    case day(String)

    /// A cell for what may be missing.
    public static func optional(_ text: String?) -> SheetCell { text.map(SheetCell.text) ?? .empty }
    public static func optional(_ number: Int?) -> SheetCell { number.map(SheetCell.integer) ?? .empty }
    public static func optionalDay(_ day: String?) -> SheetCell { day.map(SheetCell.day) ?? .empty }
}

/// A column's head, and how wide it is shown.
public struct SheetColumn: Sendable, Equatable {
    public let title: String
    /// In signs.
    public let width: Double

    public init(_ title: String, width: Double = 16) {
        self.title = title
        self.width = width
    }
}

/// A sheet to be written: a bold first row that stays in sight, then the rows.
public struct SheetContent: Sendable {
    public let name: String
    public let columns: [SheetColumn]
    /// Gone through once, row by row, so that it may be made as it is read.
    public let rows: any Sequence<[SheetCell]> & Sendable

    public init(name: String, columns: [SheetColumn], rows: any Sequence<[SheetCell]> & Sendable) {
        self.name = name
        self.columns = columns
        self.rows = rows
    }
}

extension Spreadsheet {
    /// A workbook of these sheets. The same sheets give the same bytes. Blocks while it writes a temporary file.
    public static func writeXLSX(_ sheets: [SheetContent]) throws(SheetError) -> [UInt8] {
        let folder = NSTemporaryDirectory() + "/hansa-sheet-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch { throw .cannotWrite(say("there is no room for a temporary file (\(error.localizedDescription))")) }
        let path = folder + "/workbook.xlsx"
        try WorkbookFile.write(sheets, to: path, temporary: folder)
        guard let data = FileManager.default.contents(atPath: path) else { throw .cannotWrite(say("its file is gone")) }
        return [UInt8](data)
    }

    /// A workbook of texts; the first row of each table is its head.
    public static func writeXLSX(_ tables: [SheetTable]) throws(SheetError) -> [UInt8] {
        try writeXLSX(
            tables.map { table in
                SheetContent(
                    name: table.name,
                    columns: (table.rows.first ?? []).map { SheetColumn($0) },
                    rows: table.rows.dropFirst().map { $0.map { $0.isEmpty ? SheetCell.empty : .text($0) } }
                )
            }
        )
    }
}

/// libxlsxwriter, in the mode that holds one row at a time.
private struct WorkbookFile {
    private static let greatestRow = 1_048_576
    private static let greatestColumn = 16_384

    let workbook: UnsafeMutablePointer<lxw_workbook>
    let bold: UnsafeMutablePointer<lxw_format>?
    let day: UnsafeMutablePointer<lxw_format>?

    static func write(_ sheets: [SheetContent], to path: String, temporary: String) throws(SheetError) {
        // The library keeps no copy of the folder's name before it closes.
        guard let folder = strdup(temporary) else { throw .cannotWrite(say("no memory is left")) }
        defer { free(folder) }
        var options = lxw_workbook_options()
        options.constant_memory = 1
        options.tmpdir = folder
        guard let workbook = workbook_new_opt(path, &options) else { throw .cannotWrite(say("no memory is left")) }
        // The library would ask the clock, and the same sheets would give other bytes.
        var properties = lxw_doc_properties()
        properties.created = 315_532_800
        workbook_set_properties(workbook, &properties)
        let bold = workbook_add_format(workbook)
        format_set_bold(bold)
        let day = workbook_add_format(workbook)
        format_set_num_format(day, "yyyy-mm-dd")
        let file = WorkbookFile(workbook: workbook, bold: bold, day: day)
        var problem: SheetError?
        do { try file.add(sheets) } catch { problem = error }
        // Closing frees the workbook, so it is done in any case.
        let status = workbook_close(workbook)
        if let problem { throw problem }
        guard status == LXW_NO_ERROR else { throw .cannotWrite(.verbatim(String(cString: lxw_strerror(status)))) }
    }

    private func add(_ sheets: [SheetContent]) throws(SheetError) {
        var names: Set<String> = []
        for sheet in sheets {
            let name = SheetName.fitting(sheet.name, besides: &names)
            guard let page = workbook_add_worksheet(workbook, name) else {
                throw .cannotWrite(say("a sheet cannot be named \(name)"))
            }
            guard sheet.columns.count <= WorkbookFile.greatestColumn else {
                throw .cannotWrite(say("sheet \(name) has more than \(WorkbookFile.greatestColumn) columns"))
            }
            for (place, column) in sheet.columns.enumerated() {
                worksheet_set_column(page, UInt16(place), UInt16(place), column.width, nil)
                try put(.text(column.title), 0, place, page, bold)
            }
            worksheet_freeze_panes(page, 1, 0)
            var row = 1
            for cells in sheet.rows {
                guard row < WorkbookFile.greatestRow, cells.count <= WorkbookFile.greatestColumn else {
                    throw .cannotWrite(say("sheet \(name) has more rows or columns than the format allows"))
                }
                for (place, cell) in cells.enumerated() { try put(cell, row, place, page, nil) }
                row += 1
            }
        }
    }

    private func put(
        _ cell: SheetCell,
        _ row: Int,
        _ column: Int,
        _ page: UnsafeMutablePointer<lxw_worksheet>,
        _ format: UnsafeMutablePointer<lxw_format>?
    ) throws(SheetError) {
        let (row, column) = (UInt32(row), UInt16(column))
        var status = LXW_NO_ERROR
        switch cell {
        case .empty: return
        case .text(let text): status = worksheet_write_string(page, row, column, EscapedText.encode(text), format)
        case .integer(let number) where number.magnitude <= 1 << 53:
            status = worksheet_write_number(page, row, column, Double(number), format)
        case .integer(let number): status = worksheet_write_string(page, row, column, String(number), format)
        case .real(let number) where number.isFinite:
            status = worksheet_write_number(page, row, column, number, format)
        case .real: return
        case .day(let text):
            if var date = SheetDay.parts(text) {
                status = worksheet_write_datetime(page, row, column, &date, day)
            } else {
                status = worksheet_write_string(page, row, column, EscapedText.encode(text), format)
            }
        }
        guard status == LXW_NO_ERROR else {
            let (line, place) = (Int(row) + 1, Int(column) + 1)
            let fault = String(cString: lxw_strerror(status))
            throw .cannotWrite(say("row \(plain: line), column \(plain: place): \(fault)"))
        }
    }
}

/// Days that the format can count; earlier ones are written as text.
private enum SheetDay {
    static func parts(_ text: String) -> lxw_datetime? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], let year = Int32(parts[0]), let month = Int32(parts[1]),
            let day = Int32(parts[2]), year > 1900, (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        return lxw_datetime(year: year, month: month, day: day, hour: 0, min: 0, sec: 0)
    }
}

/// The format's rules for names of sheets: at most 31 signs, some not allowed, no two alike.
enum SheetName {
    static func fitting(_ name: String, besides taken: inout Set<String>) -> String {
        let plain = name.map {
            "[]:*?/\\".contains($0) || $0.isNewline || $0.asciiValue.map { $0 < 0x20 } == true ? " " : $0
        }
        var base = cut(String(plain).trimmingCharacters(in: CharacterSet(charactersIn: " '")), 31)
        // A name that the programs keep for themselves.
        if base.isEmpty || base.lowercased() == "history" { base = "Sheet" }
        var fitting = base
        var number = 2
        while !taken.insert(fitting.lowercased()).inserted {
            fitting = cut(base, 31 - " \(number)".count) + " \(number)"
            number += 1
        }
        return fitting
    }

    /// Counted as the programs count: in UTF-16.
    private static func cut(_ name: String, _ count: Int) -> String {
        var name = name
        while name.utf16.count > count { name.removeLast() }
        return name
    }
}
