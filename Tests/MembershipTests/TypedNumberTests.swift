import Access
import Languages
import Testing

@testable import Membership

/// How people may write a number: with spaces, commas, points and apostrophes.
@Suite struct TypedNumberTests {
    private func read(_ text: String, whole: Bool) -> (value: Double?, problems: [String]) {
        var check = FormCheck()
        let value = check.number(text, "figure", 0.01...20_000_000, whole: whole)
        return (value, check.problems.map(\.message.english))
    }

    @Test(
        arguments: [
            ("605.2", 605.2), ("605.250", 605.25), ("6052", 6052), ("605,2", 605.2), ("605,25", 605.25),
            ("605,2501", 605.2501), ("0,5", 0.5), ("1 234,5", 1234.5),
            ("1 234.5", 1234.5), ("1\u{a0}234,5", 1234.5), ("1\u{202f}234,5", 1234.5), ("1'234.5", 1234.5),
            ("1,234.5", 1234.5), ("1,234.567", 1234.567), ("1.234,5", 1234.5), ("1.234,567", 1234.567),
            ("1.234.567,8", 1_234_567.8), ("1,234,567", 1_234_567), ("1 234 567", 1_234_567), ("225 920", 225_920),
        ] as [(String, Double)]
    )
    func aNumberIsReadAsItWasMeant(_ text: String, _ value: Double) {
        let found = read(text, whole: false)
        #expect(found.value == value)
        #expect(found.problems == [])
    }

    @Test(
        arguments: [
            ("225920", 225_920), ("225,920", 225_920), ("225 920", 225_920), ("9,411,000", 9_411_000),
            ("12,34,567", 1_234_567), ("605.0", 605), ("605,0", 605),
        ] as [(String, Double)]
    )
    func aWholeNumberIsReadAsItWasMeant(_ text: String, _ value: Double) {
        let found = read(text, whole: true)
        #expect(found.value == value)
        #expect(found.problems == [])
    }

    @Test(arguments: ["225.920", "605,2", "605.2", "1.234,5", "1.234.567", "225,920.5"])
    func whatIsNotWholeIsNotTakenForAWholeNumber(_ text: String) {
        let found = read(text, whole: true)
        #expect(found.value == nil)
        #expect(found.problems.count == 1)
    }

    @Test func whatCanMeanTwoNumbersIsRefusedWithBothWaysToWriteIt() {
        let found = read("605,250", whole: false)
        #expect(found.value == nil)
        #expect(
            found.problems == [
                "605,250 can mean two numbers. Write 605250 for the whole number, or 605.250 with a point before the "
                    + "decimals."
            ]
        )
        // Both are taken as they were told.
        #expect(read("605250", whole: false).value == 605_250)
        #expect(read("605.250", whole: false).value == 605.25)
        #expect(read("1 234,567", whole: false).problems.count == 1)
    }

    @Test(arguments: ["", "six", "six,two", "abc,def", "605,2.5", "1.23,4", "1.234.567", "-1,5", "1,,5x", "nan", "٦٠٥"])
    func whatIsNoNumberIsRefused(_ text: String) {
        let found = read(text, whole: false)
        #expect(found.value == nil)
        #expect(found.problems.count == 1)
        #expect(!found.problems.contains { $0.contains("two numbers") })
    }

    @Test func anAreaThatAMemberProposesIsReadLikewise() throws {
        #expect(try FactValue(.area, typed: "605,2", detail: "", year: 2026).value == "605.2")
        #expect(try FactValue(.area, typed: "1.234,5", detail: "", year: 2026).value == "1234.5")
        #expect(try FactValue(.population, typed: "225,920", detail: "2020", year: 2026).value == "225920")
        for typed in ["605,250", "605,2.5", "six"] {
            #expect(throws: InvalidInput.self) { try FactValue(.area, typed: typed, detail: "", year: 2026) }
        }
        #expect(throws: InvalidInput.self) { try FactValue(.population, typed: "605,2", detail: "2020", year: 2026) }
    }
}
