import Charter
import Dues
import Foundation
import HTML
import HTTPTypes
import Languages
import Testing

@testable import Membership
@testable import Site
@testable import Standing
@testable import Web

@Suite("The parts of a member's dues, each by itself")
struct MemberDuesPartsTests {
    @Test
    func `what is typed to see another fee is read strictly, and each mistake is told at its box`() throws {
        func question(_ text: String) throws -> MemberFeeQuestion {
            try MemberFeeQuestion(QueryParameters(text: text), charter: MemberDuesTests.charter(), today: Ports.today)
        }
        let plain = try question("")
        #expect(plain.year == 2024 && !plain.isAsked && plain.assumptions == FeeAssumptions.none && plain.status == .ok)
        let asked = try question("year=2023&if-berths=1%2C200")
        #expect(asked.year == 2023 && asked.isAsked && asked.assumptions.figures == ["berths": 1200])
        let wrong = try question("if-berths=many")
        #expect(wrong.problems.message("if-berths") != nil && wrong.status == .unprocessableContent)
        #expect(throws: RequestProblem.self) { try question("year=soon") }
    }

    @Test
    func `the strip has a bar for each time, as high as what it opens`() throws {
        let charter = try MemberDuesTests.charter()
        let member = StandingFacts.Member(id: "m", key: "koeln", name: "Köln", category: "port", status: "moored")
        func span(_ from: String, _ to: String, paid: Bool) throws -> StandingHistory.Span {
            let (first, last) = (Ports.day(from), Ports.day(to))
            let dues = DuesFacts(lastPayment: paid ? first : nil)
            let version = try #require(charter.version(on: first))
            let found = try #require(StandingOfMember(member, on: first, dues: dues, version: version))
            return StandingHistory.Span(from: first, to: last, found: .standing(found))
        }
        let gone = StandingHistory.Span(
            from: Ports.day("2023-01-01"),
            to: Ports.day("2024-06-01"),
            found: .notOnRoll(status: "sunk")
        )
        let strip = StandingStrip(
            try [
                span("2021-01-01", "2021-12-31", paid: false), span("2022-01-01", "2022-12-31", paid: true), gone,
            ],
            charter: charter
        )
        #expect(strip.bars.map(\.look) == [.part, .whole, .none])
        #expect(strip.years == YearScale(first: 2021, last: 2025))
        #expect(strip.bars.map { strip.years.position($0.from) } == [0, 25, 50])
        #expect(strip.bars.map(\.to).first == Ports.day("2022-01-01"))
        let shown = markup { $0.standingStrip(strip, sentence: say("Standing through the years: \("Paid")")) }
        #expect(shown.contains("role=\"img\"") && shown.contains("aria-label=\"Standing through the years: Paid\""))
        #expect(StandingStrip([], charter: charter).bars.isEmpty)
    }

    @Test
    func `a figure is dated as exactly as it is known`() {
        let first = Ports.day("2022-01-01")
        let labels = [DatePrecision.day, .month, .year].map { DayRange(first, $0).label.english }
        #expect(labels == ["1 Jan 2022", "Jan 2022", "2022"])
    }

    @Test
    func `a balance says what is owed and what stands to the credit`() throws {
        let dollars = try Currency("USD")
        let (fifty, seven) = (Money(minor: 5000, dollars), Money(minor: 700, try Currency("EUR")))
        #expect(balanceWords(owed: [], credit: []).english == "You owe nothing.")
        #expect(balanceWords(owed: [fifty], credit: []).english == "You owe USD\u{A0}50.00.")
        let both = balanceWords(owed: [seven], credit: [fifty]).english
        #expect(both == "You owe EUR\u{A0}7.00. You have a credit balance of USD\u{A0}50.00.")
    }
}
