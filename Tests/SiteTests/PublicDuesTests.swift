import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import HTML
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Languages
import NIOCore
import Testing

@testable import Dues
@testable import Membership
@testable import Site
@testable import Web

@Suite struct PublicDuesTests {
    private func charter() throws -> Charter {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../CharterTests/Fixtures/river-ports.yaml").standardizedFileURL.path()
        return try Charter.load(path: path)
    }

    private func question(_ query: String) throws -> FeeQuestion {
        try FeeQuestion(
            QueryParameters(text: query),
            charter: charter(),
            today: try #require(Day("2024-06-01"))
        )
    }

    @Test func `what would be paid follows from the charter, with all that it follows from`() throws {
        let told = try #require(try question("category=port&kind=canal&quays=5").told(in: 2024, charter()))
        #expect(told.outcome.answer?.fee == 900)
        #expect(told.rules.billedOn == Day("2024-06-01"))
        let page = markup { told.write($0) }
        #expect(page.contains("EUR\u{A0}900 a year"))
        #expect(page.contains("5 quays (assumed)"))
        #expect(page.contains("by the rules in force since 20 May 2005"))
        let less = try #require(try question("category=port&kind=canal&quays=4").told(in: 2024, charter()))
        #expect(told.difference(from: less)?.english == "That is EUR\u{A0}600 more than for 2024.")
        #expect(less.difference(from: told)?.english == "That is EUR\u{A0}600 less than for 2024.")
        let other = try question("category=port&kind=sea&depth=3.5").told(in: 2024, charter())
        #expect(told.difference(from: try #require(other)) == nil, "the two are in different currencies")
    }

    @Test func `the share of the year of joining stands beside the fee`() throws {
        let told = try #require(try question("category=port&kind=canal&quays=5").told(in: 2024, charter()))
        let page = markup { told.write($0, joinedOn: Day("2024-11-03")) }
        #expect(page.contains("EUR\u{A0}150.00 of it is asked for 2024. 2 of 12 months."))
        #expect(!markup { told.write($0, joinedOn: Day("2023-11-03")) }.contains("is asked for"))
    }

    @Test(
        arguments: [
            ("category=port&quays=5", "It is not known of which kind it is"),
            ("category=port&kind=canal", "No figure is known: quays."),
            ("category=port&kind=canal&quays=0", "no row for “quays: 0”, and no ruling settles it."),
            ("category=shipyard", "The charter has no fee for members of this category."),
        ]
    )
    func `what is missing is said`(_ query: String, _ words: String) throws {
        let told = try #require(try question(query).told(in: 2024, charter()))
        let page = markup { told.write($0) }
        #expect(page.contains("No fee can be told") && page.contains(words), "\(page)")
    }

    @Test(
        arguments: [
            ("quays=5", ["category"]), ("category=port&quays=many", ["quays"]), ("category=ferry", ["category"]),
            ("category=port&kind=river&depth=-1", ["depth", "kind"]), ("category=port&quays=5", []),
            ("year=2020&with=2021", []),
        ] as [(String, [String])]
    )
    func `what cannot be read is told beside its box`(_ query: String, _ wrong: [String]) throws {
        let question = try question(query)
        #expect(question.problems.fields.map(\.name) == wrong)
        if !wrong.isEmpty { #expect(try question.told(in: 2024, self.charter()) == nil) }
        let charter = try charter()
        let form = markup { h in
            FeeForm(h: h, id: "fee", question: question).all(charter, years: [2024], categories: [])
        }
        #expect(form.components(separatedBy: "aria-invalid").count - 1 == wrong.count)
        for name in wrong { #expect(form.contains("id=\"fee-\(name)-error\"")) }
    }

    @Test(
        arguments: [
            ("", "/dues"), ("year=2024", "/dues"), ("year=2020", "/dues?year=2020"), ("with=2020", "/dues"),
            ("quays=5&category=port&kind=", "/dues?year=2024&category=port&quays=5"),
            ("with=2020&category=a+b", "/dues?year=2024&with=2020&category=a+b"),
        ]
    )
    func `an answer has one address`(_ query: String, _ address: String) throws {
        #expect(try question(query).address == address)
    }

    @Test(arguments: ["year=2200", "year=x", "with=0", "year=2020&year=2021"])
    func `a year that is none is refused`(_ query: String) throws {
        #expect(throws: RequestProblem.self) { try question(query) }
    }

    @Test func `each year that has fees is offered`() throws {
        #expect(FeeQuestion.offered(try charter(), today: Ports.today) == Array(1999...2024))
        #expect(FeeQuestion.offered(Ports.charter, today: Ports.today) == [])
    }

    @Test func `what would show one or two members is not written`() throws {
        let usd = try Currency("USD")
        func money(_ whole: Int) throws -> Money { try Money(whole: whole, usd) }
        let part = DuesPart(members: 4, billed: try money(900), remitted: try money(100), open: try money(300))
        func table(open: Bool, remitted: Bool, isInvented: Bool = false) throws -> String {
            let numbers = try DuesNumbers(part, tellsOpen: open, tellsRemitted: remitted)
            let row = DuesTable.Row(name: .verbatim("2024"), isInvented: isInvented, numbers: numbers)
            return markup { DuesTable(caption: say("Dues"), heading: say("Year"), rows: [row]).write($0) }
        }
        let all = try table(open: true, remitted: true)
        for amount in ["900.00", "500.00", "100.00", "300.00"] { #expect(all.contains("USD\u{A0}\(amount)")) }
        #expect(!all.contains("Made up"))
        let together = try table(open: true, remitted: false, isInvented: true)
        #expect(together.contains("USD\u{A0}600.00") && together.contains("received or remitted"))
        #expect(!together.contains("500.00") && !together.contains("100.00") && together.contains("Made up"))
        let billed = try table(open: false, remitted: true)
        #expect(billed.contains("900.00") && billed.contains("not shown: fewer than three members"))
        for amount in ["500.00", "100.00", "300.00", "600.00"] { #expect(!billed.contains(amount)) }
    }

    @Test func `each age is in words`() {
        let words = OpenDues.Age.all.map(\.words.english)
        #expect(words == ["not yet due", "1 to 30 days", "31 to 90 days", "91 to 365 days", "more than a year"])
        #expect(OpenDues.Age(from: 0, to: 90).words.english == "not yet due, or up to 90 days past due")
        #expect(OpenDues.Age(from: 0, to: nil).words.english == "not yet due, or past due")
        #expect(OpenDues.Age(from: 31, to: nil).words.english == "31 days and more")
    }
}

@Suite struct ProofPageTests {
    private func get(_ rooms: TestRooms, _ path: String) async throws -> (HTTPResponse.Status, HTTPFields, String) {
        try await rooms.client.execute(uri: path, method: .get) { ($0.status, $0.headers, String(buffer: $0.body)) }
    }

    @Test(arguments: TestEngine.all)
    func `a code tells what was issued, a wrong one nothing`(_ engine: Database.Engine) async throws {
        try await withRooms(engine) { rooms in
            let proof = DocumentProof(
                .certificate,
                subject: "2024",
                member: "id-koeln",
                memberName: "Köln & Co",
                number: "D2024-0001",
                day: Ports.today,
                amount: try Money(whole: 1000, Currency("EUR")),
                isInvented: true,
                now: TestRooms.now
            )
            try await rooms.database.write { try DocumentProof.insert($0, [proof]) }
            for code in [proof.code, proof.code.uppercased()] {
                let (status, headers, page) = try await get(rooms, "/proof/\(code)")
                #expect(status == .ok)
                #expect(headers[.cacheControl] == "private, no-store")
                #expect(headers[.referrerPolicy] == "no-referrer")
                #expect(page.contains("<meta name=\"robots\" content=\"noindex\">"))
                for fact in ["D2024-0001", "Köln &amp; Co", "EUR\u{A0}1,000.00", "2024", "made up"] {
                    #expect(page.contains(fact), "\(fact)")
                }
            }
            let typed = try await get(rooms, "/proof?code=+\(proof.groupedCode.replacing(" ", with: "+"))")
            #expect(typed.0 == .seeOther && typed.1[.location] == "/proof/\(proof.code)")
            for wrong in [String(proof.code.dropLast()), "\(proof.code)0", "x", "%00x", "%E2%82%AC"] {
                let (status, _, page) = try await get(rooms, "/proof/\(wrong)")
                #expect([.notFound, .badRequest].contains(status), "\(wrong): \(status)")
                #expect(!page.contains("D2024-0001"))
            }
            try await rooms.database.write {
                try $0.execute("UPDATE document_proof SET amount_minor = 1 WHERE code = ?", [.text(proof.code)])
            }
            let (_, _, altered) = try await get(rooms, "/proof/\(proof.code)")
            #expect(altered.contains("cannot be confirmed") && !altered.contains("D2024-0001"))
        }
    }

    @Test func `too many wrong codes are refused, and the pages on dues are there without an invoice`() async throws {
        try await withRooms(.sqlite) { rooms in
            for path in ["/dues", "/dues?year=1999", "/dues/figures", "/dues/figures?year=2020", "/proof"] {
                let (status, _, page) = try await get(rooms, path)
                #expect(status == .ok, "\(path)")
                #expect(page.contains("<h1>"), "\(path)")
            }
            #expect(try await get(rooms, "/dues?quays=1").0 == .ok, "no table of this charter goes by it")
            #expect(try await get(rooms, "/dues?kind=sea").0 == .unprocessableContent)
            #expect(try await get(rooms, "/dues/figures?year=none").0 == .badRequest)
            for number in 0..<Database.hourlyWrongCodes {
                #expect(try await get(rooms, "/proof/\(number)").0 == .notFound)
            }
            #expect(try await get(rooms, "/proof/0").0 == .tooManyRequests)
        }
    }
}
