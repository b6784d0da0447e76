import Charter
import Foundation
import Languages
import Testing

@testable import Dues

@Suite("A bank's statement in camt.053")
struct CamtStatementTests {
    private static let both = ["camt053-02.xml", "camt053-08.xml"]

    private func usd(_ minor: Int) throws -> Money { Money(minor: minor, try Currency("USD")) }

    private func refusal(_ text: String, fixture: String = "camt053-02.xml") -> StatementRefusal? {
        do throws(StatementRefusal) {
            _ = try StatementFile(name: fixture, bytes: Array(text.utf8))
            return nil
        } catch { return error }
    }

    /// What a fixture is refused with once a text of it is another.
    private func refusal(_ fixture: String, _ from: String, _ to: String) throws -> StatementRefusal? {
        let text = try PaymentHouse.text(fixture)
        #expect(text.contains(from), "the fixture has no \(from)")
        return refusal(text.replacing(from, with: to), fixture: fixture)
    }

    @Test func `version 02 is read with its parties, references, parts and sums`() throws {
        let file = try PaymentHouse.statement("camt053-02.xml")
        let statement = try #require(file.statements.first)
        #expect(file.statements.count == 1)
        #expect(statement.format == .camt02)
        #expect(statement.account == "DE89370400440532013000")
        #expect(statement.from == Day("2024-03-01") && statement.to == Day("2024-03-05"))
        #expect(try statement.opening == usd(1_000_000) && statement.closing == usd(1_463_750))
        #expect(statement.notes == [])
        #expect(statement.lines.map(\.amount.minor) == [100_000, 40_000, 125_000, -1250, 100_000, 100_000])
        let names = ["City of Gdynia", "Narva Treasury & Co", "Riga", nil, "Stade", "Town of Turku"]
        #expect(statement.lines.map(\.name) == names)
        #expect(statement.lines[0].references == ["RF3220240001"])
        #expect(statement.lines[0].iban == "PL61109010140000071219812874")
        #expect(statement.lines[0].valueOn == Day("2024-03-02"))
        #expect(statement.lines[1].bookedOn == Day("2024-03-04"))
        #expect(statement.lines[1].text == "First part of the dues, RF05 2024 0002 thank you")
        #expect(statement.lines[1].references == [])
        #expect(statement.lines[2].references == ["RF7520240003"])
        #expect(statement.lines[3].text == "Account fee" && statement.lines[3].bankID == nil)
        #expect(statement.lines[4].bankID == "B0305-1/P1" && statement.lines[5].bankID == "B0305-1/P2")
    }

    @Test func `version 08 is read with its prefix, charges, ultimate debtor and what was instructed`() throws {
        let statement = try #require(try PaymentHouse.statement("camt053-08.xml").statements.first)
        #expect(statement.format == .camt08)
        #expect(statement.lines.map(\.amount.minor) == [-1250, 100_000, 100_000, 98_500, 100_000])
        #expect(statement.lines[3].name == "Region of Gotland / Visby")
        #expect(statement.lines[3].iban == "1234567")
        #expect(try statement.lines[3].charge == usd(1500))
        #expect(try statement.lines[3].instructed == usd(100_000))
        #expect(statement.lines[4].references == ["RF32 2024 0001"])
        #expect(statement.lines[4].charge == nil && statement.lines[4].instructed == nil)
    }

    @Test func `a booking keeps its key in another version, and two that are alike differ`() throws {
        let old = try #require(try PaymentHouse.statement("camt053-02.xml").statements.first)
        let new = try #require(try PaymentHouse.statement("camt053-08.xml").statements.first)
        var (keys, others) = (LineKey(), LineKey())
        let first = old.lines.map { keys.next($0, account: old.account) }
        let second = new.lines.map { others.next($0, account: new.account) }
        #expect(Set(first).intersection(second).count == 3)
        #expect(Set(first).count == 6)
        let again = keys.next(old.lines[3], account: old.account)
        #expect(!first.contains(again))
    }

    @Test(arguments: [
        // A balance, a count, a sum, the net amount and the parts of a batch, each wrong by a little.
        ("camt053-02.xml", "14637.50", "14637.51"), ("camt053-02.xml", "<NbOfNtries>5", "<NbOfNtries>6"),
        ("camt053-02.xml", "<Sum>4662.50", "<Sum>4662.49"),
        ("camt053-02.xml", "<TtlNetNtryAmt>4637.50", "<TtlNetNtryAmt>1"),
        ("camt053-02.xml", "<NbOfNtries>4", "<NbOfNtries>3"), ("camt053-02.xml", "<Sum>12.5<", "<Sum>12.6<"),
        ("camt053-08.xml", "<s:Amt>3972.50", "<s:Amt>3972.00"), ("camt053-08.xml", "16622.50", "16622.49"),
        ("camt053-08.xml", "<s:NbOfNtries>4", "<s:NbOfNtries>5"),
        ("camt053-08.xml", "<s:Sum>3985.00", "<s:Sum>3985.01"),
        // The same amounts in another currency than the account's.
        ("camt053-02.xml", "<Ccy>USD</Ccy>", "<Ccy>EUR</Ccy>"),
    ])
    func `a statement whose sums are not right is refused`(_ fixture: String, _ from: String, _ to: String) throws {
        guard case .wrongSum? = try refusal(fixture, from, to) else {
            Issue.record("\(to) was not refused for its sum")
            return
        }
    }

    @Test(arguments: [
        ("camt053-02.xml", "<Amt Ccy=\"USD\">400.00", "<Amt Ccy=\"USD\">-400.00"),
        ("camt053-02.xml", "<Amt Ccy=\"USD\">400.00", "<Amt Ccy=\"XYZ\">400.00"),
        ("camt053-02.xml", "<Amt Ccy=\"USD\">400.00", "<Amt Ccy=\"USD\">400.005"),
        ("camt053-02.xml", "<Amt Ccy=\"USD\">400.00", "<Amt Ccy=\"USD\">4e2"),
        ("camt053-02.xml", "<Amt Ccy=\"USD\">400.00", "<Amt Ccy=\"USD\">99999999999999999999"),
        ("camt053-02.xml", "<Amt Ccy=\"USD\">400.00", "<Amt Ccy=\"USD\">"),
        ("camt053-02.xml", "<Amt Ccy=\"USD\">400.00", "<Amt>400"),
        ("camt053-02.xml", "<BookgDt><Dt>2024-03-01</Dt></BookgDt><ValDt><Dt>2024-03-02", "<ValDt><Dt>2024-02-30"),
        ("camt053-02.xml", "<NbOfTxs>2", "<NbOfTxs>3"), ("camt053-08.xml", "<s:NbOfTxs>2", "<s:NbOfTxs>1"),
        ("camt053-02.xml", "<TxAmt><Amt Ccy=\"USD\">1000.00", "<TxAmt><Amt Ccy=\"USD\">999.00"),
        ("camt053-02.xml", "<CdtDbtInd>DBIT</CdtDbtInd><Sts>", "<CdtDbtInd>BOTH</CdtDbtInd><Sts>"),
    ])
    func `a booking that cannot be right is named and refused`(_ fixture: String, _ from: String, _ to: String) throws {
        guard case .badBooking(let number, _)? = try refusal(fixture, from, to) else {
            Issue.record("\(to) was not refused")
            return
        }
        #expect((1...5).contains(number))
    }

    @Test(arguments: both)
    func `a statement that was cut short anywhere is refused`(_ fixture: String) throws {
        let whole = try PaymentHouse.bytes(fixture)
        for length in stride(from: 0, to: whole.count - 1, by: 61) {
            let part = Array(whole.prefix(length))
            #expect(throws: StatementRefusal.self) { try StatementFile(name: fixture, bytes: part) }
        }
    }

    @Test func `entities, document types and addresses outside are refused before anything is read`() throws {
        let whole = try PaymentHouse.text("camt053-02.xml")
        let laughs = (1...9).map { "<!ENTITY l\($0) \"&l\($0 - 1);&l\($0 - 1);&l\($0 - 1);&l\($0 - 1);\">" }.joined()
        for declaration in [
            "<!DOCTYPE Document [<!ENTITY l0 \"ha\">\(laughs)]>",
            "<!DOCTYPE Document SYSTEM \"http://192.0.2.1/x.dtd\">",
            "<!DOCTYPE Document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
        ] {
            let text = whole.replacing("<Document ", with: declaration + "<Document ")
            guard case .unreadable(let words)? = refusal(text) else {
                Issue.record("\(declaration) was not refused")
                continue
            }
            #expect(words.english.contains("document type"))
        }
        #expect(refusal(whole.replacing("First part", with: "&x; part")) != nil)
    }

    @Test func `depth, other kinds of file and other encodings are refused with words`() throws {
        let whole = try PaymentHouse.text("camt053-02.xml")
        let deep = String(repeating: "<a>", count: 100_000)
        #expect(refusal(whole.replacing("<Ustrd>Annual dues", with: "<Ustrd>" + deep)) != nil)
        guard case .unreadable(let words)? = refusal(whole.replacing("camt.053.001.02", with: "camt.054.001.02")) else {
            Issue.record("a notice of credit was taken for a statement")
            return
        }
        #expect(words.english.contains("camt.054.001.02") && words.english.contains("camt.053.001.08"))
        #expect(refusal(whole.replacing("encoding=\"UTF-8\"", with: "encoding=\"ISO-8859-1\"")) != nil)
        let wide: [UInt8] = [0xff, 0xfe] + whole.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
        #expect(throws: StatementRefusal.self) { try StatementFile(name: "wide.xml", bytes: wide) }
        #expect(refusal("") != nil)
        #expect(refusal("<html><body>Session expired</body></html>") != nil)
        #expect(refusal("Day,Amount\n2024-03-05,1\n") == .needsMapping)
    }

    @Test func `a text of ten megabytes is refused, and what nobody sees is taken out of a short one`() throws {
        let whole = try PaymentHouse.text("camt053-02.xml")
        let long = String(repeating: "x", count: 10 << 20)
        #expect(refusal(whole.replacing("Annual dues", with: long)) != nil)
        let odd = whole.replacing("Annual dues", with: "An\u{202e}nual\n\t &#x7; dues")
        let lines = try StatementFile(name: "odd.xml", bytes: Array(odd.utf8)).statements[0].lines
        #expect(lines[2].text == "Annual dues")
    }

    @Test func `a statement without balances is read, and says that nothing shows whether it is whole`() throws {
        let file = try PaymentHouse.statement("camt053-02.xml", [("<Cd>OPBD</Cd>", "<Cd>ITAV</Cd>")])
        #expect(file.statements[0].opening == nil)
        #expect(file.statements[0].notes.count == 1)
        #expect(file.statements[0].lines.count == 6)
    }

    @Test func `charges that the bank took out of the parts of a batch are known`() throws {
        let charge = "<Chrgs><Amt Ccy=\"USD\">10.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></Chrgs>"
        let file = try PaymentHouse.statement(
            "camt053-02.xml",
            [
                ("<RltdPties><Dbtr><Nm>Stade", charge + "<RltdPties><Dbtr><Nm>Stade"), ("2000.00", "1990.00"),
                ("14637.50", "14627.50"), ("4662.50", "4652.50"), ("4637.50", "4627.50"), ("<Sum>4650<", "<Sum>4640<"),
            ]
        )
        let lines = file.statements[0].lines
        #expect(lines.map(\.amount.minor).suffix(2) == [99_000, 100_000])
        #expect(try lines[4].charge == usd(1000))
    }

    @Test func `what a bank only announces is left out`() throws {
        let start = "985.00</s:Amt><s:CdtDbtInd>CRDT</s:CdtDbtInd><s:Sts><s:Cd>"
        let file = try PaymentHouse.statement(
            "camt053-08.xml",
            [(start + "BOOK", start + "PDNG"), ("16622.50", "15637.50")]
        )
        #expect(file.statements[0].lines.map(\.amount.minor) == [-1250, 100_000, 100_000, 100_000])
        #expect(file.statements[0].notes.count == 1)
    }
}
