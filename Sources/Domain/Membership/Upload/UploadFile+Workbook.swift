import Languages
import Spreadsheet

extension UploadFile {
    /// One sheet of an .xlsx file as lines of text.
    static func workbook(_ bytes: [UInt8], sheet: String?) throws(UploadRefusal) -> ([Line], Phrase) {
        let tables: [SheetTable]
        do {
            tables = try Spreadsheet.readXLSX(bytes, limits: SheetLimits(cells: 2_000_000, textBytes: 64 << 20))
        } catch {
            throw .unreadable(say("The file cannot be read as an Excel workbook: \(error.sentence)"))
        }
        let filled = tables.filter { !$0.rows.isEmpty }
        let table: SheetTable?
        if let sheet, !sheet.isEmpty {
            table = tables.first { $0.name == sheet }
            guard table != nil else {
                let names = tables.map(\.name).joined(separator: ", ")
                throw .unreadable(say("The workbook has no sheet \"\(sheet)\". It has: \(names)."))
            }
        } else {
            // A sheet with a title alone is no table.
            table = filled.first { $0.rows.count > 1 } ?? filled.first
        }
        guard let table else {
            throw .unreadable(
                say("No sheet of the workbook has any cells. Choose a file that has a header and rows.")
            )
        }
        let widest = table.rows.reduce(0) { max($0, $1.count) }
        guard widest <= mostColumns else {
            throw .tooLarge(say("The sheet has \(widest) columns; \(mostColumns) are allowed. Remove some."))
        }
        let others = filled.filter { $0.name != table.name }.map { "\"\($0.name)\"" }
        let title = say("Excel workbook, sheet \"\(table.name)\"")
        let lines = table.rows.enumerated().map { Line(number: $0.offset + 1, cells: $0.element) }
        return (lines, others.isEmpty ? title : say("\(title); not read: \(others.joined(separator: ", "))"))
    }
}
