import Charter
import Languages
import Testing

@Suite("What of a year's fee a member owes")
struct DuesAmountTests {
    private let wego: Charter.Dues
    private let ports: Charter.Dues

    init() throws {
        wego = try #require(Charter.load(path: CharterFile.wego).versions.last?.dues)
        ports = try #require(Charter.load(path: CharterFile.riverPorts).versions.last?.dues)
    }

    @Test(
        "the year of joining by quarters, the year of leaving whole",
        arguments: [
            (nil, nil, 100_000, []), ("2023-12-31", nil, 100_000, []), ("2024-01-01", nil, 100_000, ["joining-year"]),
            ("2024-03-31", nil, 100_000, ["joining-year"]), ("2024-04-01", nil, 75_000, ["joining-year"]),
            ("2024-09-30", nil, 50_000, ["joining-year"]), ("2024-12-31", nil, 25_000, ["joining-year"]),
            ("2025-01-01", nil, 0, []), (nil, "2023-12-31", 0, []), (nil, "2024-01-01", 100_000, ["leaving-year"]),
            ("2024-07-01", "2024-08-01", 50_000, ["joining-year", "leaving-year"]),
        ] as [(String?, String?, Int, [String])]
    )
    func quarters(from: String?, to: String?, minor: Int, rules: [String]) throws {
        let share = wego.amount(
            fee: 1000,
            minorUnits: 100,
            memberFrom: try from.map(day),
            memberTo: try to.map(day),
            year: 2024
        )
        #expect(share.minor == minor)
        #expect(share.rules == rules.map { "dues.\($0)" })
    }

    @Test(
        "another association counts months, and asks nothing for the year of leaving",
        arguments: [
            ("2024-06-30", nil, 58_333), ("2024-12-01", nil, 8333), ("2024-01-31", nil, 100_000),
            (nil, "2024-12-31", 0), ("2024-02-01", "2024-11-30", 0),
        ] as [(String?, String?, Int)]
    )
    func months(from: String?, to: String?, minor: Int) throws {
        let share = ports.amount(
            fee: 1000,
            minorUnits: 100,
            memberFrom: try from.map(day),
            memberTo: try to.map(day),
            year: 2024
        )
        #expect(share.minor == minor)
    }

    @Test("half of the smallest unit goes to the even neighbour", arguments: [(1, 0), (3, 2), (5, 2), (7, 4)])
    func halves(fee: Int, minor: Int) throws {
        let july = try day("2024-07-01")
        #expect(ports.amount(fee: fee, minorUnits: 1, memberFrom: july, memberTo: nil, year: 2024).minor == minor)
    }

    @Test("it says why")
    func sentences() throws {
        let april = try day("2024-04-05")
        let share = wego.amount(fee: 1000, minorUnits: 100, memberFrom: april, memberTo: nil, year: 2024)
        #expect(
            share.sentence.english
                == "9 of 12 months. It joined on 5 Apr 2024. The year of joining is paid from the quarter of joining "
                + "on."
        )
        #expect(share.months == 9)
        let later = wego.amount(fee: 1000, minorUnits: 100, memberFrom: april, memberTo: nil, year: 2025)
        #expect(later.sentence.english == "The whole year.")
        let before = wego.amount(fee: 1000, minorUnits: 100, memberFrom: april, memberTo: nil, year: 2023)
        #expect(before.sentence.english == "It was no member in 2023.")
        let left = ports.amount(fee: 9, minorUnits: 100, memberFrom: nil, memberTo: april, year: 2024)
        #expect(
            left.sentence.english
                == "0 of 12 months. It left on 5 Apr 2024. Nothing is paid for the year of leaving."
        )
    }
}
