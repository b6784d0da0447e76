import Archive
import Languages
import Testing

@testable import Spreadsheet

@Suite struct ReadXLSXTests {
    private func rows(
        _ xml: String,
        strings: String? = nil,
        styles: String? = nil,
        date1904: Bool = false
    ) throws
        -> [[String]]
    {
        let builder = ZipBuilder.workbook(rows: xml, strings: strings, styles: styles, date1904: date1904)
        let tables = try Spreadsheet.readXLSX(builder.bytes())
        #expect(tables.map(\.name) == ["Members & friends"])
        return tables[0].rows
    }

    @Test func `a workbook of openpyxl is read with its types, without its hidden sheet`() throws {
        let tables = try Spreadsheet.readXLSX(OpenpyxlWorkbook.bytes())
        let members = SheetTable(
            name: "Members",
            rows: [
                ["City", "Joined", "Population", "Share", "Full", "Seen"],
                ["Seoul", "2010-09-30", "9733509", "0.5", "TRUE", "2021-12-31T09:05:00"],
                ["Łódź & <Co>", "2011-03-01", "1.1", "1e+20", "FALSE", "14:30:00"],
                [], ["plain bold end", "", "2", "", "", "=HYPERLINK(\"http://a\")"], [], ["", "", "", "#N/A"], [],
                ["", "", "", "", "", "", "", "  kept  \nspace"],
            ]
        )
        #expect(tables == [members, SheetTable(name: "번호", rows: [[], ["", "1900-01-05"]])])
    }

    @Test func `shared texts are read, with their runs and without how they are spoken`() throws {
        let strings = """
            <sst><si><t>one</t></si><si><r><rPr><b/></rPr><t xml:space="preserve">two </t></r><r><t>parts</t></r>
            <rPh sb="0" eb="1"><t>spoken</t></rPh></si><si><t/></si><si><t>a_x000D_b_x005F_x0041_ &#38;&lt;&#x9;</t></si></sst>
            """
        let xml = #"<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c></row>"#
        #expect(try rows(xml, strings: strings) == [["two parts", "one", "", "a\rb_x0041_ &<\t"]])
        #expect(throws: SheetError.self) { try rows(#"<row><c t="s"><v>4</v></c></row>"#, strings: strings) }
    }

    @Test func `rows and cells keep their places, said or not`() throws {
        let xml = #"""
            <x:row r="2"><x:c r="B2"><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c><x:c r="AB2" t="str"><x:v>z</x:v></x:c></x:row>
            <row><c t='inlineStr'><is><t><![CDATA[<a&amp;]]></t></is></c><!-- none --></row><row r="9"><c s="1"/></row>
            """#
        #expect(
            try rows(xml) == [[], ["", "1", "2"] + [String](repeating: "", count: 24) + ["z"], ["<a&amp;"]]
        )
    }

    @Test(arguments: [
        ("mm-dd-yy", "44561", "2021-12-31"), ("yyyy\\-mm\\-dd;@", "44561.4", "2021-12-31"),
        ("[$-409]mmm", "44561", "2021-12-31"),
        ("d.m.yyyy h:mm", "44561.5", "2021-12-31T12:00:00"), ("h:mm:ss", "0.999999", "1900-01-01"),
        ("[h]:mm", "1.5", "1.5"),
        ("0.00 \"days\"", "3", "3"), ("#,##0", "12345678901", "12345678901"), ("General", "1.10", "1.1"),
        ("yyyy-mm-dd hh:mm:ss.000", "1.25", "1900-01-01T06:00:00"), ("yyyy-mm-dd", "60", "1900-02-29"),
        ("yyyy-mm-dd", "61", "1900-03-01"), ("yyyy-mm-dd", "-1", "-1"), ("yyyy-mm-dd", "2958465", "9999-12-31"),
        ("yyyy-mm-dd", "99999999", "99999999"), ("@", "12345678901234567890", "12345678901234567890"),
    ])
    func `a number is shown as its style says`(_ format: String, _ value: String, _ expected: String) throws {
        let code = format.replacing("\"", with: "&quot;")
        let styles = """
            <styleSheet><numFmts><numFmt numFmtId="170" formatCode="\(code)"/></numFmts><cellStyleXfs><xf numFmtId="14"/>
            </cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>
            """
        #expect(try rows(#"<row><c s="1"><v>\#(value)</v></c></row>"#, styles: styles) == [[expected]])
    }

    @Test func `days that count from 1904 are four years later`() throws {
        let styles = #"<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>"#
        #expect(try rows("<row><c s='0'><v>0</v></c></row>", styles: styles, date1904: true) == [["1904-01-01"]])
    }

    @Test func `a billion laughs, and any document type, are refused`() {
        let bomb = """
            <?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;">
            <!ENTITY x SYSTEM "file:///etc/passwd">]><sst><si><t>&lol1;&x;</t></si></sst>
            """
        #expect(throws: SheetError.hasDocumentType("xl/sharedStrings.xml")) { try rows("", strings: bomb) }
        #expect(throws: SheetError.self) { try rows("<row><c t='str'><v>&lol;</v></c></row>") }
    }

    @Test(arguments: [
        "<row><c><v>1</v></row></c>", "<row>", "</row>", "<row", "<row><c t='str'><v>&#0;</v></c></row>",
        "<row r='0'/>",
        "<row r='9223372036854775807'/><row/>", "<row><c t='str'><v>&#xD800;</v></c></row>", "<![CDATA[", "<!-- ",
        String(repeating: "<a>", count: 100_000),
    ])
    func `XML that is not well formed is refused`(_ xml: String) {
        #expect(throws: SheetError.self) { try rows(xml) }
    }

    @Test func `a part in UTF-16 or in bytes that are no text is refused`() {
        var builder = ZipBuilder.workbook(rows: "")
        builder.entries[3].content = [0xff, 0xfe] + Array("<worksheet/>".utf16).flatMap { [UInt8($0 & 0xff), 0] }
        #expect(throws: SheetError.self) { try Spreadsheet.readXLSX(builder.bytes()) }
        builder.entries[3].content = Array("<worksheet><sheetData><row><c t='str'><v>".utf8) + [0xc3, 0x28]
        builder.entries[3].content += Array("</v></c></row></sheetData></worksheet>".utf8)
        #expect(throws: SheetError.self) { try Spreadsheet.readXLSX(builder.bytes()) }
    }

    @Test func `a cell in the last column of all is refused by default, and costs memory only once when allowed`()
        throws
    {
        let bytes = ZipBuilder.workbook(rows: #"<row r="1"><c r="XFD1"><v>1</v></c></row>"#).bytes()
        let place = say(
            "sheet “\("Members & friends")” has something in column \(plain: 16_384) of row \(plain: 1)"
        )
        #expect(throws: SheetError.tooLarge(place)) {
            try Spreadsheet.readXLSX(bytes)
        }
        let wide = try Spreadsheet.readXLSX(bytes, limits: SheetLimits(columns: 16_384))
        #expect(wide[0].rows[0].count == 16_384)
        let rows = (1...400).map { #"<row r="\#($0)"><c r="XFD\#($0)"><v>1</v></c></row>"# }.joined()
        #expect(throws: SheetError.tooLarge(say("it has more than \(4_000_000) cells"))) {
            try Spreadsheet.readXLSX(ZipBuilder.workbook(rows: rows).bytes(), limits: SheetLimits(columns: 16_384))
        }
        #expect(throws: SheetError.self) { try self.rows(#"<row r="1"><c r="XFE1"><v>1</v></c></row>"#) }
    }

    @Test func `a row far below, a long text and a text shared too often are refused`() throws {
        #expect(throws: SheetError.self) { try rows(#"<row r="200001"><c><v>1</v></c></row>"#) }
        #expect(try rows(#"<row r="1048576"><c s="1"/></row>"#) == [])
        let long = String(repeating: "x", count: 131_069)
        #expect(throws: SheetError.self) { try rows("<row><c t='str'><v>\(long)</v></c></row>") }
        let often = String(repeating: "<c t='s'><v>0</v></c>", count: 100)
        let builder = ZipBuilder.workbook(rows: "<row>\(often)</row>", strings: "<sst><si><t>1234567890</t></si></sst>")
        #expect(throws: SheetError.tooLarge(say("its cells hold more than \(999) bytes of text"))) {
            try Spreadsheet.readXLSX(builder.bytes(), limits: SheetLimits(textBytes: 999))
        }
    }

    @Test func `what is no workbook is told from one`() {
        #expect(throws: SheetError.oldFormat) { try Spreadsheet.readXLSX([0xd0, 0xcf, 0x11, 0xe0, 0xa1]) }
        #expect(throws: SheetError.self) { try Spreadsheet.readXLSX(Array("name,city\n".utf8)) }
        #expect(throws: SheetError.self) { try Spreadsheet.readXLSX([]) }
        var other = ZipBuilder()
        other.add("word/document.xml", "<document/>")
        #expect(throws: SheetError.damaged(say("its part \("_rels/.rels") is missing"))) {
            try Spreadsheet.readXLSX(other.bytes())
        }
    }

    @Test func `a workbook cut short anywhere is refused`() throws {
        let whole = try OpenpyxlWorkbook.bytes()
        for length in stride(from: 0, to: whole.count, by: 37) {
            #expect(throws: SheetError.self) { try Spreadsheet.readXLSX(Array(whole.prefix(length))) }
        }
    }
}
