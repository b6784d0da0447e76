import Charter
import Languages
import Testing

@testable import Site

@Suite struct DatesTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let earliest: String?
        let latest: String
        let label: String
        let phrase: String
        let year: String
        let machine: String?
        var testDescription: String { label }
    }

    static let cases = [
        Case(
            earliest: "2023-09-26",
            latest: "2023-09-26",
            label: "26 Sept 2023",
            phrase: "on 26 Sept 2023",
            year: "2023",
            machine: "2023-09-26"
        ),
        Case(
            earliest: "2022-01-01",
            latest: "2022-12-31",
            label: "2022",
            phrase: "in 2022",
            year: "2022",
            machine: "2022"
        ),
        Case(
            earliest: "2020-11-01",
            latest: "2020-11-30",
            label: "Nov 2020",
            phrase: "in Nov 2020",
            year: "2020",
            machine: "2020-11"
        ),
        Case(
            earliest: "2020-02-01",
            latest: "2020-02-29",
            label: "Feb 2020",
            phrase: "in Feb 2020",
            year: "2020",
            machine: "2020-02"
        ),
        Case(
            earliest: "2021-02-01",
            latest: "2021-02-27",
            label: "1 Feb 2021 to 27 Feb 2021",
            phrase: "between 1 Feb 2021 and 27 Feb 2021",
            year: "2021",
            machine: nil
        ),
        Case(
            earliest: "2010-01-01",
            latest: "2020-12-31",
            label: "2010 to 2020",
            phrase: "between 2010 and 2020",
            year: "by 2020",
            machine: nil
        ),
        Case(
            earliest: "2021-10-19",
            latest: "2023-09-26",
            label: "19 Oct 2021 to 26 Sept 2023",
            phrase: "between 19 Oct 2021 and 26 Sept 2023",
            year: "by 2023",
            machine: nil
        ),
        Case(
            earliest: nil,
            latest: "2020-12-31",
            label: "by 31 Dec 2020",
            phrase: "by 31 Dec 2020",
            year: "by 2020",
            machine: nil
        ),
        Case(
            earliest: "soon",
            latest: "2020-12-31",
            label: "soon to 2020-12-31",
            phrase: "between soon and 2020-12-31",
            year: "by 2020",
            machine: nil
        ),
    ]

    @Test(arguments: cases) func `a day is told as exactly as it is known`(_ given: Case) {
        let range = DayRange(given.earliest, given.latest)
        #expect(range.label.english == given.label)
        #expect(range.phrase.english == given.phrase)
        #expect(range.year.english == given.year)
        #expect(range.machine == given.machine)
    }

    @Test(arguments: [
        ("2014-01-01", nil, "2014", nil), ("2014-01-01", "2022-12-31", "2014", "2022"),
        ("2010-01-01", "2010-12-31", "2010", nil), ("2021-10-18", "2023-09-26", "18 Oct 2021", "26 Sept 2023"),
        ("2021-10-14", "2021-10-14", "14 Oct 2021", nil), ("2023-09-26", "2026-12-31", "26 Sept 2023", "2026"),
    ]) func `the bounds of an office that stand at the edge of a year are known to the year`(
        _ from: String,
        _ to: String?,
        _ start: String,
        _ end: String?
    ) {
        let term = OfficeTerm(from: from, to: to)
        #expect(term.start.label.english == start)
        #expect(term.end?.english == end)
    }

    @Test(arguments: [
        (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (-1000, "-1,000"), (130_996_081, "130,996,081"),
        (Int.max, "9,223,372,036,854,775,807"), (Int.min, "-9,223,372,036,854,775,808"),
    ]) func `a number is grouped by thousands`(_ number: Int, _ text: String) {
        #expect(grouped(number) == text)
    }
}
