import Charter
import Testing

@Suite("Holes of a schedule, and rulings on them")
struct RulingTests {
    /// The ports' schedule with other bands and rulings, and what the lint tells of it.
    private func told(_ bands: String, _ rulings: [String], measured: Bool = false) throws -> [String] {
        let rules = rulings.map { "{\($0), day: 2001-02-03, made_by: Bosun, grounds: Fair., source: DEED}" }
        let all = rules.joined(separator: ", ")
        let text = try CharterFile.text(CharterFile.riverPorts)
            .replacing("          - {from: 1, to: 4, fee: 300}\n          - {from: 5, fee: 900}\n", with: "")
            .replacing("        bands:\n", with: "        bands: [\(bands)]\n        rulings: [\(all)]\n")
            .replacing("quays, whole_numbers: true", with: "quays, whole_numbers: \(!measured)")
        return findings(text).map { "\($0.severity) \($0.code): \($0.message)" }
    }

    @Test("a hole is told part by part: what each ruling settles, and what is open")
    func parts() throws {
        let found = try told(
            "{from: 1, to: 4, fee: 3}, {from: 10, fee: 9}",
            ["key: b, covers: {from: 8, to: 8}, fee: 5", "key: a, covers: {from: 5, to: 6}, fee: 4"]
        )
        #expect(
            found == [
                "warning settled-hole: ports has no band for 5 to 6 quays; the ruling 'a' settles it.",
                "warning band-hole: ports has no band for 7 quays.",
                "warning settled-hole: ports has no band for 8 quays; the ruling 'b' settles it.",
                "warning band-hole: ports has no band for 9 quays.",
            ]
        )
    }

    @Test("a ruling can settle what lies below the first band and above the last")
    func ends() throws {
        let found = try told(
            "{from: 3, to: 9, fee: 3}",
            ["key: low, covers: {from: 1, to: 2}, fee: 1", "key: high, covers: {from: 10}, fee: 9"]
        )
        #expect(
            found == [
                "warning settled-hole: ports has no band for 1 to 2 quays; the ruling 'low' settles it.",
                "warning settled-hole: ports has no band above 9 quays; the ruling 'high' settles it.",
            ]
        )
        let open = try told("{from: 3, to: 9, fee: 3}", ["key: high, covers: {from: 12}, fee: 9"])
        #expect(
            open == [
                "warning band-hole: ports has no band for 1 to 2 quays.",
                "warning band-hole: ports has no band for 10 to 11 quays.",
                "warning settled-hole: ports has no band above 11 quays; the ruling 'high' settles it.",
            ]
        )
    }

    @Test("where fractions are dropped, only whole numbers can be left out")
    func fractions() throws {
        let dropped = "key: whole, fractions: dropped"
        #expect(
            try told("{from: 1, to: 4, fee: 3}, {from: 5, fee: 9}", [dropped], measured: true) == [
                "warning settled-hole: ports has no band between 4 and 5 quays; the ruling 'whole' settles it."
            ]
        )
        #expect(
            try told("{from: 1, to: 4, fee: 3}, {from: 7, fee: 9}", [dropped], measured: true) == [
                "warning band-hole: ports has no band for 5 to 6 quays."
            ]
        )
        #expect(
            try told("{from: 1, fee: 3}", [dropped], measured: true) == [
                "error ruling-idle: the ruling 'whole' of ports settles nothing."
            ]
        )
        let twice = [dropped, "key: again, fractions: dropped"]
        #expect(
            try told("{from: 1, to: 4, fee: 3}, {from: 5, fee: 9}", twice, measured: true)
                .contains("error ruling-idle: the ruling 'again' of ports settles nothing.")
        )
    }

    @Test("two rulings on one value are an error")
    func twice() throws {
        let found = try told(
            "{from: 1, to: 4, fee: 3}, {from: 10, fee: 9}",
            ["key: a, covers: {from: 5, to: 7}, fee: 4", "key: b, covers: {from: 7, to: 9}, fee: 5"]
        )
        #expect(
            found.filter { $0.hasPrefix("error") } == [
                "error ruling-overlap: the ruling 'b' of ports covers a value that the ruling 'a' covers, on line 81."
            ]
        )
    }

    @Test("a fee by two rulings names both: the fraction dropped, and the value settled")
    func both() throws {
        let text = try CharterFile.text(CharterFile.riverPorts)
            .replacing(
                "bands: [{from: 0, fee: 7000}]",
                with: "bands: [{from: 0, to: 4, fee: 7}, {from: 6, fee: 9}]\n        rulings: ["
                    + "{key: five, covers: {from: 5, to: 5}, fee: 8, day: 2001-02-03, made_by: Bosun, grounds: Fair., "
                    + "source: DEED}, {key: whole, fractions: dropped, day: 2001-02-03, made_by: Bosun, "
                    + "grounds: Fair., source: DEED}]"
            )
        let charter = try #require(Charter.lint(text: text, file: "test.yaml").charter)
        let schedule = try #require(charter.versions.last?.feeSchedule("sea-ports"))
        let row = try #require(schedule.row(for: 5.5))
        #expect(row.rulings.map(\.key) == ["whole", "five"])
        #expect(row.fee == 8 && row.value == 5 && row.band == nil && row.ruling?.key == "five")
        #expect(schedule.row(for: 5)?.rulings.map(\.key) == ["five"])
        #expect(schedule.row(for: 4.5)?.band?.fee == 7)
        #expect(schedule.row(for: 1e300)?.fee == 9)
        #expect(schedule.row(for: -1) == nil)
    }
}
