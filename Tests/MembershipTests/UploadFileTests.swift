import Access
import Foundation
import Languages
import Spreadsheet
import Testing

@testable import Membership

@Suite struct UploadFileTests {
    private static let rows = "Name;Land\nMünchen;Deutschland\n"

    @Test(
        arguments: [
            ("UTF-8", Array(rows.utf8)), ("UTF-8", [0xef, 0xbb, 0xbf] + Array(rows.utf8)),
            ("UTF-16", [0xff, 0xfe] + rows.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }),
            ("UTF-16", [0xfe, 0xff] + rows.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }),
            ("UTF-16", rows.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }),
            ("Windows-1252", rows.unicodeScalars.map { UInt8($0.value) }),
        ] as [(String, [UInt8])]
    )
    func everyEncodingThatSpreadsheetProgramsWriteIsRead(_ encoding: String, _ bytes: [UInt8]) throws {
        let file = try UploadFile(name: "m.csv", bytes: bytes)
        #expect(file.reading.english == "CSV, \(encoding), parted by semicolons")
        #expect(file.header == ["Name", "Land"])
        #expect(file.lines == [.init(number: 2, cells: ["München", "Deutschland"])])
    }

    @Test(arguments: [(",", "commas"), (";", "semicolons"), ("\t", "tabs")])
    func theSeparatorIsFoundAlsoWhenOthersStandInQuotes(_ sign: String, _ words: String) throws {
        let text = "\"Name, official; or not\"\(sign)Country\n\"Lima\(sign) the city\"\(sign)PE\n"
        let file = try UploadFile(name: "m.csv", bytes: Array(text.utf8))
        #expect(file.reading.english.hasSuffix(words))
        #expect(file.lines.map(\.cells) == [["Lima\(sign) the city", "PE"]])
    }

    @Test func aLineThatAnnouncesTheSeparatorIsNoHeader() throws {
        let file = try UploadFile(name: "m.csv", bytes: Array("sep=;\nname;country\nLima;PE\n".utf8))
        #expect(file.header == ["name", "country"])
        #expect(file.lines == [.init(number: 3, cells: ["Lima", "PE"])])
    }

    @Test func emptyRowsAreLeftOutAndLinesKeepTheirNumbers() throws {
        let file = try UploadFile(name: "m.csv", bytes: Array("\n\nname,country\n , \nLima,PE\n\n".utf8))
        #expect(file.header == ["name", "country"])
        #expect(file.lines.map(\.number) == [5])
    }

    @Test func aWorkbookIsReadFromTheSheetThatIsNamed() throws {
        let bytes = try Spreadsheet.writeXLSX([
            SheetTable(name: "Notes", rows: [["hello"]]),
            SheetTable(name: "Members", rows: [["Name", "Population 2023"], ["Lima", "10004141"]]),
        ])
        let first = try UploadFile(name: "m.xlsx", bytes: bytes)
        #expect(first.reading.english == "Excel workbook, sheet \"Members\"; not read: \"Notes\"")
        let named = try UploadFile(name: "m.xlsx", bytes: bytes, sheet: "Members")
        #expect(named.header == ["Name", "Population 2023"])
        #expect(named.lines == [.init(number: 2, cells: ["Lima", "10004141"])])
        #expect(throws: UploadRefusal.self) { try UploadFile(name: "m.xlsx", bytes: bytes, sheet: "Nobody") }
    }

    @Test(
        arguments: [
            ("empty", []), ("only spaces", Array(" \n \n".utf8)), ("header alone", Array("name,country\n".utf8)),
            ("NUL bytes", Array("name\nLi\u{0}ma and more text to read\n".utf8)),
            ("NUL in UTF-16", [0xff, 0xfe] + "name\nLi\u{0}ma\n".utf16.flatMap { [UInt8($0), 0] }),
            ("odd UTF-16", [0xff, 0xfe, 0x41]), ("half a surrogate", [0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00]),
            (
                "Korean of before Unicode",
                Array("name\n".utf8) + [0xbc, 0xad, 0xbf, 0xef, 0x0a, 0xba, 0xce, 0xbb, 0xea]
            ),
            ("unclosed quote", Array("name\n\"Lima\n".utf8)), ("text after quote", Array("name\n\"Lima\"x\n".utf8)),
            ("old Excel", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), ("PDF", Array("%PDF-1.7 and so on".utf8)),
            ("a picture", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]),
            ("a broken workbook", [0x50, 0x4b, 0x03, 0x04, 1, 2, 3]),
        ] as [(String, [UInt8])]
    )
    func whatIsNoTableIsRefusedInWords(_ name: String, _ bytes: [UInt8]) {
        do {
            _ = try StageImport(file: "m.csv", bytes: bytes)
            Issue.record("\(name) was read")
        } catch {
            #expect(error.kind == .invalid)
            #expect(error.sentence.english.count > 30)
        }
    }

    @Test func aMillionColumnsAreRefusedBeforeTheyAreKept() {
        let start = ContinuousClock.now
        let wide = [UInt8](repeating: UInt8(ascii: ","), count: 1_000_000)
        #expect(throws: UploadRefusal.self) { try UploadFile(name: "m.csv", bytes: wide) }
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test func theLimitsTakeTheLastAllowedAndRefuseTheNext() throws {
        func sheet(_ columns: Int, _ rows: Int) -> [UInt8] {
            let line = (0..<columns).map { "c\($0)" }.joined(separator: ",") + "\n"
            return Array(String(repeating: line, count: rows + 1).utf8)
        }
        #expect(try UploadFile(name: "m.csv", bytes: sheet(UploadFile.mostColumns, 1)).header.count == 200)
        #expect(throws: UploadRefusal.self) { try UploadFile(name: "m.csv", bytes: sheet(201, 1)) }
        #expect(try UploadFile(name: "m.csv", bytes: sheet(1, UploadFile.mostRows)).lines.count == 20_000)
        #expect(throws: UploadRefusal.self) { try UploadFile(name: "m.csv", bytes: sheet(1, 20_001)) }
        let large = [UInt8](repeating: UInt8(ascii: "a"), count: UploadFile.largestBytes + 1)
        #expect(throws: UploadRefusal.self) { try UploadFile(name: "m.csv", bytes: large) }
    }

    @Test func aWorkbookThatUnpacksToAThousandTimesItsSizeIsRefused() throws {
        let bytes = [UInt8](try #require(Data(base64Encoded: Self.bomb.joined())))
        #expect(throws: UploadRefusal.self) { try UploadFile(name: "m.xlsx", bytes: bytes) }
    }

    @Test func aFileNameKeepsNoFolderAndNothingUnseen() throws {
        let file = try UploadFile(name: "C:\\temp\\..\\mem\u{7}bers.csv", bytes: Array("name\nLima\n".utf8))
        #expect(file.name == "members.csv")
    }

    /// Three megabytes of spaces, packed.
    private static let bomb = [
        "UEsDBBQAAAAIAGRhdV19j8M5SgAAAE0AAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbLMJqSxILVaoyM3JK7ZVyigpKbDS1y9OzkjN",
        "TSzWyy9IzQPKpOUX5SaWALlF6foFicnZiemp+kYGBmb6yfl5Jal5JbolIDOU9O0AUEsDBBQAAAAIAGRhdV0b74ZD+gsAAAAAMAAY",
        "AAAAeGwvd29ya3NoZWV0cy9zaGVldDEueG1s7cEBDQAAAMKgKu+f0hxuQAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAHwbUEsBAhQDFAAAAAgAZGF1XX2PwzlKAAAATQAAABMAAAAAAAAAAAAAAIABAAAAAFtDb250ZW50X1R5",
        "cGVzXS54bWxQSwECFAMUAAAACABkYXVdG++GQ/oLAAAAADAAGAAAAAAAAAAAAAAAgAF7AAAAeGwvd29ya3NoZWV0cy9zaGVldDEu",
        "eG1sUEsFBgAAAAACAAIAhwAAAKsMAAAAAA==",
    ]
}
