import Charter
import Testing

@testable import Dues

@Suite("Which reminders the charter's schedule asks for")
struct ReminderRulesTests {
    private let rules = ReminderRules(days: [-14, 7, 30])

    private func day(_ iso: String) throws -> Day { try #require(Day(iso)) }

    /// "2024-04-20 -14": the day on which it comes due, and its days.
    private func due(_ on: String, written: String = "2024-03-05", parts: [(String, String?)]) throws -> [String] {
        let owed = try parts.map { dueOn, since in
            DueSchedule.Part(dueOn: try day(dueOn), minor: 100, since: try since.map { try day($0) })
        }
        return rules.due(owed, written: try day(written), on: try day(on)).map { "\($0.day) \($0.days)" }
    }

    @Test func `each comes due on its day and not before`() throws {
        let parts: [(String, String?)] = [("2024-05-04", nil)]
        #expect(try due("2024-04-19", parts: parts).isEmpty)
        #expect(try due("2024-04-20", parts: parts) == ["2024-04-20 -14"])
        #expect(try due("2024-05-10", parts: parts) == ["2024-04-20 -14"])
        #expect(try due("2024-05-11", parts: parts) == ["2024-04-20 -14", "2024-05-11 7"])
        #expect(try due("2025-01-01", parts: parts) == ["2024-04-20 -14", "2024-05-11 7", "2024-06-03 30"])
        #expect(try due("2025-01-01", parts: []).isEmpty)
    }

    @Test func `what came due before the invoice was written, or on that day, is none`() throws {
        let parts: [(String, String?)] = [("2024-05-04", nil)]
        #expect(try due("2024-04-20", written: "2024-04-20", parts: parts).isEmpty)
        #expect(try due("2024-04-20", written: "2024-04-19", parts: parts) == ["2024-04-20 -14"])
        #expect(try due("2024-07-01", written: "2024-06-01", parts: parts) == ["2024-06-03 30"])
    }

    @Test func `each instalment has its own, from the day on which it was granted`() throws {
        let parts: [(String, String?)] = [("2024-04-01", "2024-03-25"), ("2024-05-01", "2024-03-25")]
        #expect(try due("2024-04-16", parts: parts) == ["2024-04-08 7"])
        #expect(try due("2024-04-17", parts: parts) == ["2024-04-08 7", "2024-04-17 -14"])
        #expect(
            try due("2024-05-08", parts: parts) == [
                "2024-04-08 7", "2024-04-17 -14", "2024-05-01 30", "2024-05-08 7",
            ]
        )
    }
}
