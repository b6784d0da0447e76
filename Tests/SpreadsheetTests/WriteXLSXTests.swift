import Archive
import Testing

@testable import Spreadsheet

@Suite struct WriteXLSXTests {
    @Test func `what is written is read back with its types`() throws {
        let content = SheetContent(
            name: "Members",
            columns: [
                SheetColumn("City", width: 30), SheetColumn("Joined"), SheetColumn("Population"), SheetColumn("Share"),
            ],
            rows: [
                [.text("서울 <&>\""), .day("2010-09-30"), .integer(9_733_509), .real(0.5)],
                [.text("a\r\nb\tc_x0041_\u{1}"), .day("1899-12-31"), .integer(.max), .real(.nan)],
                [.empty, .optionalDay(nil), .optional(-1), .real(1e20)],
            ]
        )
        let tables = try Spreadsheet.readXLSX(Spreadsheet.writeXLSX([content]))
        let expected = SheetTable(
            name: "Members",
            rows: [
                ["City", "Joined", "Population", "Share"], ["서울 <&>\"", "2010-09-30", "9733509", "0.5"],
                ["a\r\nb\tc_x0041_\u{1}", "1899-12-31", "9223372036854775807"], ["", "", "-1", "1e+20"],
            ]
        )
        #expect(tables == [expected])
    }

    @Test(arguments: ["=1+1", "+41 44", "-x", "@SUM(A1)", "=HYPERLINK(\"http://a\")", "00123", "1e5", "TRUE"])
    func `a text stays a text, whatever it begins with`(_ text: String) throws {
        let bytes = try Spreadsheet.writeXLSX([SheetTable(name: "S", rows: [["Head"], [text]])])
        let sheet = try String(decoding: ZipArchive(bytes).read("xl/worksheets/sheet1.xml"), as: UTF8.self)
        #expect(!sheet.contains("<f>"))
        #expect(sheet.contains(#"<c r="A2" t="inlineStr">"#))
        #expect(try Spreadsheet.readXLSX(bytes)[0].rows == [["Head"], [text]])
    }

    @Test func `the first row is bold and stays in sight, columns have their width`() throws {
        let content = SheetContent(name: "S", columns: [SheetColumn("Head", width: 42)], rows: [[SheetCell.text("x")]])
        let archive = try ZipArchive(Spreadsheet.writeXLSX([content]))
        let sheet = try String(decoding: archive.read("xl/worksheets/sheet1.xml"), as: UTF8.self)
        #expect(sheet.contains(#"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>"#))
        #expect(sheet.contains(#"<col min="1" max="1" width="42.7109375" customWidth="1"/>"#))
        #expect(sheet.contains(#"<c r="A1" s="1" t="inlineStr">"#))
        #expect(try String(decoding: archive.read("xl/styles.xml"), as: UTF8.self).contains("<b/>"))
    }

    @Test func `names of sheets are made to fit and to differ`() throws {
        let long = String(repeating: "y", count: 40)
        let names = ["Dues: 2026/27", "", "'q'", long, long, "History", "dues  2026 27"]
        let tables = try Spreadsheet.readXLSX(
            Spreadsheet.writeXLSX(names.map { SheetTable(name: $0, rows: [["x"]]) })
        )
        #expect(
            tables.map(\.name) == [
                "Dues  2026 27", "Sheet", "q", String(long.prefix(31)), String(long.prefix(29)) + " 2", "Sheet 2",
                "dues  2026 27 2",
            ]
        )
    }

    @Test func `the same sheets give the same bytes`() throws {
        let tables = [SheetTable(name: "S", rows: [["a"], ["b"]])]
        let (first, second) = (try Spreadsheet.writeXLSX(tables), try Spreadsheet.writeXLSX(tables))
        #expect(first == second)
    }

    @Test func `a text beyond what the format holds is refused with its place`() {
        let long = String(repeating: "x", count: 32_768)
        #expect(throws: SheetError.self) { try Spreadsheet.writeXLSX([SheetTable(name: "S", rows: [["a"], [long]])]) }
        #expect(throws: Never.self) {
            try Spreadsheet.writeXLSX([SheetTable(name: "S", rows: [["a"], [String(long.dropLast())]])])
        }
    }

    @Test func `a hundred thousand rows are written as they are made`() throws {
        struct Rows: Sequence, Sendable {
            func makeIterator() -> some IteratorProtocol<[SheetCell]> {
                (1...100_000).lazy.map { [SheetCell.integer($0), .text("City \($0)"), .day("2020-02-29")] }
                    .makeIterator()
            }
        }
        let content = SheetContent(
            name: "S",
            columns: [SheetColumn("No"), SheetColumn("City"), SheetColumn("Day")],
            rows: Rows()
        )
        let bytes = try Spreadsheet.writeXLSX([content])
        let rows = try Spreadsheet.readXLSX(bytes)[0].rows
        #expect(rows.count == 100_001)
        #expect(rows.last == ["100000", "City 100000", "2020-02-29"])
    }
}
