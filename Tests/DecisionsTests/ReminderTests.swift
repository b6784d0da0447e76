import Access
import Database
import DatabaseTesting
import Foundation
import Testing

@testable import Decisions

@Suite("Reminding")
struct ReminderTests {
    @Test(arguments: TestEngine.all)
    func `on the charter's days those are reminded who answer for a silent seat, once`(
        _ engine: Database.Engine
    ) async throws {
        try await House.with(engine) { house in
            let id = try await house.open()
            try await house.answer(id, "Riga", .approve, as: house.janis)
            let seventh = House.end.addingTimeInterval(-7 * 86_400)
            #expect(try await house.work(at: seventh.addingTimeInterval(-1)).reminders == 0)
            let sent = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<5 { group.addTask { try await house.work(at: seventh).reminders } }
                return try await group.reduce(0, +)
            }
            #expect(sent == 3)
            #expect(try await house.letters("decision-reminder:\(id)").count == 3)
            #expect(try await house.letters("decision-reminder:\(id)", to: house.janis).isEmpty)
            // The reminder's link answers too.
            let text = try #require(try await house.letters("decision-reminder:\(id)", to: house.astrid).first).text
            #expect(text.contains("https://hansa.example/decisions/answer?key="))
            try await house.answer(id, "Visby", .approve, as: house.inga)
            #expect(try await house.work(at: House.end.addingTimeInterval(-2 * 86_400)).reminders == 1)
            #expect(try await house.work(at: House.end.addingTimeInterval(-1)).reminders == 0)
        }
    }

    @Test(arguments: TestEngine.all)
    func `several that came due while nobody looked are one letter`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let id = try await house.open()
            let last = House.end.addingTimeInterval(-86_400)
            #expect(try await house.work(at: last).reminders == 4)
            #expect(try await house.work(at: last).reminders == 0)
            #expect(try await house.letters("decision-reminder:\(id)").count == 4)
            // A clock set back to between the two days sends nothing again.
            #expect(try await house.work(at: House.end.addingTimeInterval(-6 * 86_400)).reminders == 0)
        }
    }
}
