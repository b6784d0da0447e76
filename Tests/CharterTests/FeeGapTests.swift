import Charter
import Languages
import Testing

@Suite("What a table of fees leaves open")
struct FeeGapTests {
    /// The open values of each table of a year that has any.
    private func open(_ year: Int) throws -> [String: [String]] {
        let charter = try Charter.load(path: CharterFile.wego)
        let version = try #require(charter.feeVersion(year: year))
        let gaps = version.feeSchedules.map { ($0.key, $0.openGaps.map(\.range.english)) }
        return Dictionary(uniqueKeysWithValues: gaps).filter { !$0.value.isEmpty }
    }

    @Test("the association's tables leave nothing open but corporations without employees, until 2023")
    func published() throws {
        #expect(try open(2022) == ["corporations": ["0"], "start-ups": ["0"]])
        #expect(try open(2023) == (try open(2022)))
        #expect(try open(2024) == [:])
    }

    /// The schedule of sea ports, by a measured figure, with other rows.
    private func seaPorts(_ bands: String, _ rulings: String = "") throws -> [String] {
        let text = try CharterFile.text(CharterFile.riverPorts)
            .replacing("bands: [{from: 0, fee: 7000}]", with: "bands: [\(bands)]\(rulings)")
        let charter = try #require(Charter.lint(text: text, file: "test.yaml").charter)
        return try #require(charter.versions.last?.feeSchedule("sea-ports")).openGaps.map(\.range.english)
    }

    private let whole =
        "\n        rulings: [{key: whole, fractions: dropped, day: 2001-02-03, made_by: Bosun, grounds: Fair., "
        + "source: DEED}]"

    @Test("of a measured figure what lies between two rows is open, until fractions are dropped")
    func measured() throws {
        let bands = "{from: 1, to: 4, fee: 3}, {from: 5, to: 6, fee: 4}, {from: 9, to: 10, fee: 9}"
        #expect(try seaPorts(bands) == ["less than 1", "between 4 and 5", "between 6 and 9", "more than 10"])
        #expect(try seaPorts(bands, whole) == ["0", "7–8", "11 and more"])
        #expect(try seaPorts("{from: 0, fee: 3}") == [])
    }
}
