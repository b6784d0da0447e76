import Spreadsheet
import Testing

@Suite struct CSVCellTests {
    @Test(arguments: [
        ("Köln", "Köln"), ("", ""), ("a,b", "\"a,b\""), ("say \"so\"", "\"say \"\"so\"\"\""), ("a\r\nb", "\"a\r\nb\""),
        ("=1+1", "\"'=1+1\""), ("\n-5", "\"'\n-5\""), ("a=b", "a=b"),
        // A mark with an accent on it ends a cell as well as one without.
        ("a\"\u{301},b", "\"a\"\"\u{301},b\""),
    ])
    func `a cell is quoted where it must be, and is never a formula`(_ text: String, _ cell: String) {
        #expect(Array(CSVCell.written(text).utf8) == Array(cell.utf8))
    }
}
