import Database
import DatabaseTesting
import Languages
import Testing

@testable import Dues

@Suite("Files of figures for fees")
struct FeeImportTests {
    private static func outcome(_ entered: Int, _ corrected: Int, _ known: Int) -> ImportFeeInputs.Outcome {
        ImportFeeInputs.Outcome(entered: entered, corrected: corrected, known: known)
    }

    private static let header = "member,country,measure,value,as_of,source,locator,note,invented\n"

    @Test(arguments: TestEngine.all)
    func `a file is entered whole, and brought in again changes nothing`(_ engine: Database.Engine) async throws {
        try await FeeHouse.with(engine) { house in
            let text =
                Self.header + """
                    acme,,kind,sme,2022,Invented,row 1,,yes
                    Acme,,employees,230,2022-12-31,Invented,row 2,,yes
                    ,DE,gdp-per-capita-ppp,1999.50,2021,"A bank, a year",,"of the country",

                    """
            #expect(try await house.bring(text) == Self.outcome(3, 0, 0))
            #expect(try await house.bring(text) == Self.outcome(0, 0, 3))
            let corrected = text.replacing(",230,", with: ",299,")
            #expect(try await house.bring(corrected) == Self.outcome(0, 1, 2))
            let inputs = try await house.inputs()
            #expect(inputs.map(\.content) == [.figure(299), .figure(1999.5), .kind("sme")])
            #expect(inputs.map(\.isInvented) == [true, false, true])
            #expect(inputs.map(\.source) == ["Invented", "A bank, a year", "Invented"])
            #expect(inputs.map(\.note) == [nil, "of the country", nil])
            #expect(try await house.amount("acme", 2022) == 2000)
            #expect(try await house.journal().count == 4)
        }
    }

    @Test(arguments: TestEngine.all)
    func `each row that cannot be taken is named, and nothing is written`(_ engine: Database.Engine) async throws {
        try await FeeHouse.with(engine) { house in
            let text =
                Self.header + """
                    visby,,population,60000,2022,Census,,,
                    atlantis,,population,1,2022,Census,,,
                    visby,,population,60001,2022,Census,,,
                    acme,,employees,2.5,2022,Census,,,
                    acme,,employees,3,2022,,,,perhaps
                    acme,,employees,3,2023,Census,,,,too much

                    """
            do {
                _ = try await house.bring(text)
                Issue.record("it was taken")
            } catch FeeRefusal.rows(let problems, let count) {
                #expect(count == 5)
                let told = problems.map { "\($0.line) \($0.column)" }
                #expect(
                    told == ["3 member", "4 as_of", "5 value", "6 invented", "6 source", "7 invented"]
                )
                let sentence = FeeRefusal.rows(problems, count: count).sentence.english
                #expect(sentence.hasPrefix("Nothing was written: 5 rows cannot be taken."))
                #expect(sentence.contains("Line 4, as_of: Line 2"))
            }
            #expect(try await house.inputs(all: true).isEmpty)
            #expect(try await house.journal() == [])
        }
    }

    @Test func `of very many that cannot be taken some are named, and how many there are`() async throws {
        try await FeeHouse.with(.sqlite) { house in
            let rows = (1...80).map { "atlantis-\($0),,population,1,2022,Census,,,\n" }.joined()
            do {
                _ = try await house.bring(Self.header + rows)
                Issue.record("it was taken")
            } catch FeeRefusal.rows(let problems, let count) {
                #expect(problems.count == 50)
                #expect(count == 80)
                #expect(FeeRefusal.rows(problems, count: count).sentence.english.hasSuffix("And 30 more."))
            }
        }
    }

    @Test(arguments: [
        ("", "empty"), ("member,measure,value,as_of,source\n", "no rows"),
        ("member,measure,value,as_of\nvisby,population,1,2022\n", "no column source"),
        ("measure,value,as_of,source\npopulation,1,2022,C\n", "neither"),
        ("member,measure,value,as_of,source,sorce\nvisby,population,1,2022,C,\n", "sorce"),
        ("member,member,measure,value,as_of,source\nvisby,,population,1,2022,C\n", "Two columns"),
        ("member,measure,value,as_of,source\nvisby,population,\"1,2022,C\n", "quotation mark"),
        ("%PDF-1.7 member,measure\nvisby,population\n", "PDF"),
    ])
    func `a file that cannot be read says why`(_ text: String, _ word: String) async throws {
        try await FeeHouse.with(.sqlite) { house in
            do {
                _ = try await house.bring(text)
                Issue.record("it was taken")
            } catch FeeRefusal.unreadable(let why) { #expect(why.english.contains(word), "\(why.english)") }
        }
    }

    @Test func `headings may be in any order and case`() async throws {
        try await FeeHouse.with(.sqlite) { house in
            let text = "Source;AS_OF;Value;Measure;Member\nCensus;2022;60000;population;visby\n"
            let outcome = try await house.bring(text)
            #expect(outcome == Self.outcome(1, 0, 0))
        }
    }
}
