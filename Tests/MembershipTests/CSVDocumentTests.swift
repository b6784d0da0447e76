import Testing

@testable import Membership

@Suite struct CSVDocumentTests {
    @Test(arguments: [
        ("a,b\n1,2\n", [["1", "2"]]), ("a,b\r\n1,2\r\n", [["1", "2"]]), ("a,b\n1,2", [["1", "2"]]),
        ("a,b\n\"x,y\",\"he said \"\"no\"\"\"\n", [["x,y", "he said \"no\""]]), ("a,b\n,\n", [["", ""]]),
        ("a,b\n\"two\nlines\",2\n", [["two\nlines", "2"]]), ("\u{feff}a,b\n서울,São\n", [["서울", "São"]]),
        ("a,b\n\n1,2\n", [["1", "2"]]),
    ])
    func readsWhatTheStandardWrites(_ text: String, _ rows: [[String]]) throws {
        let document = try CSVDocument(Array(text.utf8))
        #expect(document.header == ["a", "b"])
        #expect(document.records.map(\.cells) == rows)
    }

    @Test func aRowsLineIsWhereItBegins() throws {
        let document = try CSVDocument(Array("a\n\"x\ny\"\nz\n".utf8))
        #expect(document.records.map(\.line) == [2, 4])
    }
}
