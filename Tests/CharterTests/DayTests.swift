import Charter
import Foundation
import Testing

@Suite("Day")
struct DayTests {
    @Test(
        "days that the calendar has are read and written unchanged",
        arguments: ["1900-01-01", "1969-12-31", "1970-01-01", "2000-02-29", "2023-09-26", "2024-02-29", "2199-12-31"]
    )
    func roundTrip(iso: String) throws {
        #expect(try day(iso).description == iso)
    }

    @Test(
        "what is no day of 1900 to 2199 in ISO form is refused",
        arguments: [
            "2023-02-30", "2023-02-29", "1900-02-29", "2100-02-29", "2023-04-31", "2023-13-01", "2023-00-10",
            "2023-01-00", "1899-12-31", "2200-01-01", "2023-1-1", "23-01-01", "2023/01/01", "2023-01-01T00:00",
            " 2023-01-01", "2023-01-0x", "+202-01-01", "", "２０２３-01-01", "-023-01-01",
        ]
    )
    func refused(text: String) {
        #expect(Day(text) == nil)
    }

    @Test("a day that is none is refused with its figures")
    func refusedFigures() {
        #expect(throws: DayError.self) { try Day(year: 2023, month: 2, day: 30) }
        #expect(throws: DayError.self) { try Day(year: Int.max, month: Int.min, day: 0) }
    }

    @Test(
        "ordinals count days from 1970-01-01",
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017), ("2023-09-26", 19_626),
            ("1900-01-01", -25_567), ("2199-12-31", 84_005),
        ]
    )
    func ordinals(iso: String, ordinal: Int) throws {
        #expect(try day(iso).ordinal == ordinal)
        #expect(try Day(ordinal: ordinal) == day(iso))
    }

    @Test("every ordinal in range makes a day that leads back to it, each one after the last")
    func everyDay() throws {
        var previous = ""
        for ordinal in Day.first.ordinal...Day.last.ordinal {
            let made = try #require(Day(ordinal: ordinal))
            let again = try Day(year: made.year, month: made.month, day: made.day)
            let text = made.description
            if again.ordinal != ordinal || text <= previous {
                Issue.record("\(ordinal) became \(text) after \(previous)")
                return
            }
            previous = text
        }
        #expect(Day(ordinal: Day.first.ordinal - 1) == nil)
        #expect(Day(ordinal: Day.last.ordinal + 1) == nil)
    }

    @Test(
        "moving by days crosses months, leap days and years",
        arguments: [
            ("2024-02-28", 1, "2024-02-29"), ("2023-02-28", 1, "2023-03-01"), ("2000-02-28", 2, "2000-03-01"),
            ("2024-03-01", -1, "2024-02-29"), ("2023-12-31", 1, "2024-01-01"), ("2024-01-01", 366, "2025-01-01"),
            ("2199-12-31", 1, "2199-12-31"), ("1900-01-01", -1, "1900-01-01"), ("2024-01-01", Int.max, "2199-12-31"),
            ("2024-01-01", Int.min, "1900-01-01"),
        ]
    )
    func adding(start: String, days: Int, end: String) throws {
        #expect(try day(start).adding(days: days) == day(end))
    }

    @Test("days between are signed")
    func daysSince() throws {
        #expect(try day("2024-03-01").daysSince(day("2024-02-28")) == 2)
        #expect(try day("2021-10-18").daysSince(day("2023-09-26")) == -708)
    }

    @Test(
        "weekdays",
        arguments: [
            ("1970-01-01", Weekday.thursday), ("1969-12-31", .wednesday), ("2023-09-26", .tuesday),
            ("2021-10-18", .monday), ("1900-01-01", .monday), ("2000-02-29", .tuesday), ("2199-12-31", .tuesday),
        ]
    )
    func weekday(iso: String, weekday: Weekday) throws {
        #expect(try day(iso).weekday == weekday)
    }

    @Test("JSON holds the ISO form and refuses what is no day")
    func coding() throws {
        let encoded = try JSONEncoder().encode([day("2023-09-26")])
        #expect(String(decoding: encoded, as: UTF8.self) == "[\"2023-09-26\"]")
        #expect(try JSONDecoder().decode([Day].self, from: encoded) == [day("2023-09-26")])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Day].self, from: Data("[\"2023-02-30\"]".utf8))
        }
    }
}
