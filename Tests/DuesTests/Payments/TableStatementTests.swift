import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Languages
import Testing

@testable import Dues

@Suite("A bank's statement as a table")
struct TableStatementTests {
    private static let german = StatementMapping(
        columns: [
            .booked: [.init("Buchungstag")], .value: [.init("Wertstellung")], .name: [.init("Name")],
            .iban: [.init("IBAN")], .text: [.init("Verwendungszweck")], .amount: [.init("Betrag")],
            .currency: [.init("Währung")], .balance: [.init("Saldo")],
        ],
        account: "DE89 3704 0044 0532 0130 00",
        currency: "USD",
        delimiter: .semicolon,
        decimal: .comma,
        thousands: .point,
        days: .dayMonthYear,
        encoding: .latin1,
        skippedLines: 2
    )

    private static let numbered = StatementMapping(
        columns: [
            .booked: [.init("#1")], .name: [.init("#2")], .text: [.init("#3")], .debit: [.init("#4")],
            .credit: [.init("#5")],
        ],
        account: "Box 7",
        currency: "USD",
        hasHeader: false
    )

    /// Headings Day, Amount and Text.
    private static let plain = StatementMapping(
        columns: [.booked: [.init("Day")], .amount: [.init("Amount")], .text: [.init("Text")]],
        account: "Box 7",
        currency: "USD"
    )

    private func read(_ text: String, _ mapping: StatementMapping = plain) throws -> BankStatement {
        try StatementFile(name: "t.csv", bytes: Array(text.utf8), mapping: mapping).statements[0]
    }

    private func refusal(_ text: String, _ mapping: StatementMapping = plain) -> StatementRefusal? {
        do throws(StatementRefusal) {
            _ = try StatementFile(name: "t.csv", bytes: Array(text.utf8), mapping: mapping)
            return nil
        } catch { return error }
    }

    @Test func `Latin-1 with semicolons, decimal commas, thousands and lines before the headings`() throws {
        let bytes = try PaymentHouse.bytes("bank-latin1.csv")
        let statement = try StatementFile(name: "b.csv", bytes: bytes, mapping: Self.german).statements[0]
        #expect(statement.account == "DE89370400440532013000")
        #expect(statement.lines.map(\.amount.minor) == [100_000, -5000, 100_000])
        #expect(statement.lines.map(\.name) == ["Gemeinde Visby", "Bäckerei am Markt", "Stadt Turku"])
        #expect(statement.lines[0].text == "Jahresbeitrag; RF91 2024 0006")
        #expect(statement.lines[2].valueOn == Day("2024-03-06"))
        #expect(statement.lines.map(\.number) == [4, 5, 6])
        #expect(statement.opening?.minor == 1_163_750 && statement.closing?.minor == 1_358_750)
        #expect(statement.notes == [])
    }

    @Test func `columns by number, one for each way; text that a spreadsheet would run is a text`() throws {
        let bytes = try PaymentHouse.bytes("bank-two-columns.csv")
        let statement = try StatementFile(name: "b.csv", bytes: bytes, mapping: Self.numbered).statements[0]
        #expect(statement.lines.map(\.amount.minor) == [100_000, -3025, 60_000])
        #expect(statement.lines[1].text == "=HYPERLINK(\"http://192.0.2.1/?x\";\"Paper\")")
        #expect(statement.lines[2].name == "Narva, the town")
        #expect(statement.notes.count == 1)
    }

    @Test func `UTF-16 is known by its mark, whatever the mapping says`() throws {
        let text = "Day,Amount,Text\n2024-03-05,12.50,서울\n"
        let bytes: [UInt8] = [0xff, 0xfe] + text.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
        var mapping = Self.plain
        mapping.encoding = .latin1
        let line = try StatementFile(name: "b.csv", bytes: bytes, mapping: mapping).statements[0].lines[0]
        #expect(line.text == "서울")
        mapping.encoding = .utf8
        let narrow = Array("Day,Amount,Text\n2024-03-05,1,".utf8) + [0xe4]
        #expect(throws: StatementRefusal.self) {
            try StatementFile(name: "b.csv", bytes: narrow, mapping: mapping)
        }
    }

    private static let amounts: [(String, StatementMapping.DecimalSign, StatementMapping.ThousandsSign, String)] = [
        ("1234.50", .point, .none, "1234.50"), ("1,234.50", .point, .comma, "1234.50"),
        ("-1.234.567,5", .comma, .point, "-1234567.5"), ("−12,00", .comma, .none, "-12.00"),
        ("+7", .point, .none, "7"), ("1 234", .point, .space, "1234"), ("1\u{202f}234,50", .comma, .space, "1234.50"),
        ("12'345.60", .point, .apostrophe, "12345.60"),
    ]

    @Test(arguments: amounts)
    func `amounts are read as the mapping has them`(
        _ typed: String,
        _ decimal: StatementMapping.DecimalSign,
        _ thousands: StatementMapping.ThousandsSign,
        _ expected: String
    ) {
        var mapping = Self.plain
        (mapping.decimal, mapping.thousands) = (decimal, thousands)
        #expect(mapping.plainAmount(typed) == expected)
    }

    @Test(arguments: ["12,34.5", "1,2345", "1.2.3", "", "-", "1e3", "12 USD", "0x10", ".5", "5.", "٣", ",100"])
    func `what is no amount as the mapping has it is none`(_ typed: String) {
        var mapping = Self.plain
        mapping.thousands = .comma
        #expect(mapping.plainAmount(typed) == nil)
    }

    private static let days: [(String, StatementMapping.DayFormat)] = [
        ("2024-03-05", .yearMonthDay), ("5.3.2024", .dayMonthYear), ("05.03.24", .dayMonthShortYear),
        ("03/05/2024", .monthDayYear), ("05/03/2024", .dayMonthYearSlashes), ("20240305", .compact),
        ("2024-03-05T23:59:59Z", .yearMonthDay), ("05.03.2024 12:00", .dayMonthYear),
    ]

    @Test(arguments: days)
    func `days are read as the mapping has them`(_ typed: String, _ format: StatementMapping.DayFormat) {
        var mapping = Self.plain
        mapping.days = format
        #expect(mapping.day(typed) == Day("2024-03-05"))
    }

    @Test(arguments: ["2024-02-30", "24-03-05", "2024-3-5-1", "05.03.2024", "2024-+3-05", "", "yesterday"])
    func `what is no day as the mapping has it is none`(_ typed: String) {
        #expect(Self.plain.day(typed) == nil)
    }

    @Test(arguments: [
        "2024-03-05,1.005,x", "2024-03-05,abc,x", "2024-03-05,99999999999999999999,x", "2024-03-05,,x", "x,1,x",
        "2024-03-05,1", "2024-03-05,1,\(String(repeating: "y", count: 4001))",
    ])
    func `a line that cannot be right is named and refused`(_ line: String) {
        guard case .badLine(let number, _)? = refusal("Day,Amount,Text\n2024-03-04,1,x\n\(line)\n") else {
            Issue.record("\(line.prefix(40)) was not refused")
            return
        }
        #expect(number == 3)
    }

    @Test func `both ways at once, money that came in below zero, and another currency are refused`() {
        for line in ["2024-03-05,A,x,1.00,2.00", "2024-03-05,A,x,,-2.00", "2024-03-05,A,x,,"] {
            guard case .badLine(1, _)? = refusal(line + "\n", Self.numbered) else {
                Issue.record("\(line) was not refused")
                continue
            }
        }
        #expect(refusal("2024-03-05,A,x,-2.00,\n", Self.numbered) == nil)
        var mapping = Self.plain
        mapping.columns[.currency] = [.init("Currency")]
        #expect(refusal("Day,Amount,Text,Currency\n2024-03-05,1,x,usd\n", mapping) == nil)
        #expect(refusal("Day,Amount,Text,Currency\n2024-03-05,1,x,EUR\n", mapping) != nil)
    }

    @Test func `a balance that does not follow shows the line that is missing`() throws {
        var mapping = Self.plain
        mapping.columns[.balance] = [.init("Balance")]
        let head = "Day,Amount,Text,Balance\n"
        let whole = head + "2024-03-04,10,a,110\n2024-03-05,-5,b,105\n2024-03-06,1,c,106\n"
        let statement = try read(whole, mapping)
        #expect(statement.opening?.minor == 10_000 && statement.closing?.minor == 10_600)
        let short = head + "2024-03-04,10,a,110\n2024-03-06,1,c,106\n"
        guard case .wrongSum(let words)? = refusal(short, mapping) else {
            Issue.record("the missing line was not noticed")
            return
        }
        #expect(words.english.contains("line 3"))
    }

    @Test func `a line of ten megabytes, a quote that never ends and a table of nothing are refused`() {
        let long = String(repeating: "x", count: 10 << 20)
        #expect(refusal("Day,Amount,Text\n2024-03-05,1,\(long)\n") != nil)
        #expect(refusal("Day,Amount,Text\n2024-03-05,1,\"open\n") != nil)
        #expect(refusal("Day,Amount,Text\n") != nil)
        #expect(refusal("Day,Amount,Text\n2024-03-05,1,a\u{0}b\n") != nil)
        #expect(refusal(String(repeating: ",", count: 300) + "\n") != nil)
        #expect(refusal("Tag,Amount,Text\n2024-03-05,1,x\n") != nil)
        #expect(refusal("Day,Amount,Text,Text\n2024-03-05,1,x,y\n") != nil)
    }

    @Test func `a mapping by which nothing can be read is refused field by field`() throws {
        let problems = { (mapping: StatementMapping) -> Set<String> in
            do throws(InvalidInput) {
                try mapping.check()
                return []
            } catch { return Set(error.fields.map(\.name)) }
        }
        #expect(problems(Self.plain).isEmpty && problems(Self.german).isEmpty && problems(Self.numbered).isEmpty)
        var mapping = Self.plain
        mapping.columns[.credit] = [.init("In")]
        mapping.account = " "
        mapping.currency = "XYZ"
        (mapping.decimal, mapping.thousands) = (.comma, .comma)
        mapping.skippedLines = -1
        #expect(problems(mapping) == ["columns", "account", "currency", "decimal", "skipped_lines"])
        mapping = Self.plain
        mapping.hasHeader = false
        #expect(problems(mapping) == ["columns"])
        mapping = Self.numbered
        mapping.columns[.name] = [.init("#0")]
        #expect(problems(mapping) == ["columns"])
    }

    @Test(arguments: TestEngine.all)
    func `a mapping is kept under its name, renewed and forgotten`(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            try await house.run(SaveStatementMapping("My bank", Self.german))
            try await house.run(SaveStatementMapping("My bank", Self.numbered))
            try await house.run(SaveStatementMapping("Another", Self.german))
            #expect(try await house.ask(StatementMappingByName("My bank")) == Self.numbered)
            #expect(try await house.ask(StatementMappings()).map(\.name) == ["Another", "My bank"])
            #expect(try await house.ask(StatementMappings())[0].mapping == Self.german)
            let actions = try await house.actions("statement-mapping", "My bank")
            #expect(actions == ["statement-mapping.saved", "statement-mapping.saved"])
            try await house.run(ForgetStatementMapping("My bank"))
            let problem = await house.problem { _ = try await house.ask(StatementMappingByName("My bank")) }
            #expect(problem as? StatementRefusal == .noSuchMapping("My bank"))
            let unnamed = await house.problem { try await house.run(SaveStatementMapping(" ", Self.german)) }
            #expect(unnamed is InvalidInput)
        }
    }
}
