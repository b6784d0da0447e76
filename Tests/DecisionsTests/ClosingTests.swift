import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Languages
import Testing

@testable import Decisions

@Suite("Closing a decision")
struct ClosingTests {
    @Test(arguments: TestEngine.all)
    func `answers count until the last instant and not after it`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let id = try await house.open()
            let before = House.end.addingTimeInterval(-0.001)
            #expect(try await house.answer(id, "Riga", .approve, as: house.janis, at: before) == .recorded)
            let early = await house.refusal {
                try await house.run(CloseCircular(id, services: house.services), as: house.officer, at: before)
            }
            #expect(early as? DecisionRefusal == .notDue)
            #expect(try await house.work(at: before).closed == 0)
            let late = await house.refusal {
                try await house.answer(id, "Visby", .approve, as: house.inga, at: House.end)
            }
            #expect(late as? DecisionRefusal == .tooLate)
            #expect(try await house.work(at: House.end).closed == 1)
            // One of three answered; two must.
            #expect(try await house.items(id).map(\.outcome) == [.noQuorum])
            #expect(try await house.items(id).map(\.decidedOn) == ["2026-10-05"])
            #expect(try await house.circular(id).state == .closed)
        }
    }

    @Test(arguments: TestEngine.all)
    func `of many processes that close it at once exactly one does, and each is told once`(
        _ engine: Database.Engine
    ) async throws {
        try await House.with(engine) { house in
            let id = try await house.open(about: [House.gdansk])
            try await house.answer(id, "Riga", .approve, as: house.janis)
            try await house.answer(id, "Visby", .approve, as: house.inga)
            let closed = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 { group.addTask { try await house.work(at: House.end).closed } }
                return try await group.reduce(0, +)
            }
            #expect(closed == 1)
            #expect(try await house.told() == ["Praise Gdańsk: adopted"])
            #expect(try await house.letters("decision-result:\(id)").count == 4)
            #expect(try await house.actions(id).filter { $0 == "decision.closed" }.count == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `an answer that arrives while it closes is counted or refused, never lost`(
        _ engine: Database.Engine
    ) async throws {
        try await House.with(engine) { house in
            for _ in 0..<8 {
                let id = try await house.open()
                try await house.answer(id, "Riga", .approve, as: house.janis)
                try await house.answer(id, "Visby", .object, as: house.inga)
                // Both are the end: the last answer closes it, and the job comes at the same moment.
                let before = House.end.addingTimeInterval(-1)
                async let answered = house.refusal {
                    try await house.answer(id, "Astrid Holm", .approve, as: house.astrid, at: before)
                }
                async let worked = house.work(at: House.end).closed
                let (refusal, closed) = (await answered, try await worked)
                let outcome = try await house.items(id)[0].outcome
                let counted = try await house.answers(id).count(where: \.isCurrent)
                if let refusal {
                    #expect(refusal as? DecisionRefusal == .over(.closed))
                    #expect(closed == 1 && counted == 2 && outcome == .rejected)
                } else {
                    #expect(closed == 0 && counted == 3 && outcome == .adopted)
                }
                #expect(try await house.letters("decision-result:\(id)").count == 4)
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a clock that jumps back neither reopens nor closes`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let id = try await house.open()
            try await house.answer(id, "Riga", .approve, as: house.janis)
            try await house.answer(id, "Visby", .approve, as: house.inga)
            #expect(try await house.work(at: House.end).closed == 1)
            let back = House.later(1)
            #expect(try await house.work(at: back) == CircularWork.Outcome())
            let error = await house.refusal { try await house.answer(id, "Visby", .object, as: house.inga, at: back) }
            #expect(error as? DecisionRefusal == .over(.closed))
            let withdrawn = await house.refusal {
                try await house.run(
                    WithdrawCircular(id, reason: "x", services: house.services),
                    as: house.officer,
                    at: back
                )
            }
            #expect(withdrawn as? DecisionRefusal == .over(.closed))
            let other = try await house.open(at: House.later(2))
            #expect(try await house.work(at: House.later(-30)).closed == 0)
            #expect(try await house.circular(other).state == .open)
        }
    }

    @Test(arguments: TestEngine.all)
    func `an adopted item has a decision that can be cited, and minutes that say all`(
        _ engine: Database.Engine
    ) async throws {
        try await House.with(engine) { house in
            let id = try await house.open(about: [House.riga, House.gdansk])
            let items = try await house.items(id)
            for (seat, actor, answers) in [
                ("Riga", house.janis, [SeatAnswer.approve, .object]), ("Visby", house.inga, [.approve, .object]),
                ("Astrid Holm", house.astrid, [.abstain, .approve]),
            ] {
                let command = AnswerCircular(
                    id,
                    seat: try await house.seat(seat, of: id),
                    as: actor,
                    answers: [items[0].id: answers[0], items[1].id: answers[1]],
                    services: house.services
                )
                _ = try await house.run(command, as: actor)
            }
            let closed = try await house.items(id)
            #expect(closed.map(\.outcome) == [.adopted, .rejected])
            #expect(closed.map(\.decision) == ["decision-2026-1-1", nil])
            #expect(
                closed[0].minutes?.english
                    == "Executive Committee, decision 2026-1, item 1, without a meeting: Praise Riga: adopted: 2 of 3 seats "
                    + "approve, 0 object, 1 abstains, 0 are silent; 2 must answer (one half of 3 seats) and more than one "
                    + "half of 2 must approve; on 21 Sept 2026, HOUSE (bodies.executive-committee.circulation)"
            )
            let rows = try await house.database.read { transaction in
                try transaction.query("SELECT key, date_latest, body, title, source, origin FROM decision") { row in
                    try (0..<6).map { try row.text($0) }
                }
            }
            #expect(
                rows == [["decision-2026-1-1", "2026-09-21", House.body, "Praise Riga", "ENTRY", "entry"]]
            )
            #expect(try await house.told() == ["Praise Gdańsk: rejected", "Praise Riga: adopted"])
            let result = try await house.letters("decision-result:\(id)", to: house.inga)
            #expect(
                result[0].text.contains(
                    "1. Praise Riga: aprobado (de 3 puestos: 2 a favor, 0 en contra, 1 abstenciones)"
                )
            )
        }
    }

    @Test(arguments: TestEngine.all)
    func `what the owner refuses leaves the decision standing, and can be carried out later`(
        _ engine: Database.Engine
    ) async throws {
        try await House.with(engine) { house in
            try await house.tag(House.gdansk, "refuse")
            let id = try await house.open(about: [House.riga, House.gdansk])
            try await house.answerAll(id, .approve, .approve, .approve)
            let items = try await house.items(id)
            #expect(items.map(\.outcome) == [.adopted, .adopted])
            #expect(items[0].problem == nil)
            #expect(items[1].problem?.english.hasPrefix("Somebody changed this record") == true)
            // What the effect wrote before it refused is undone, and only that.
            #expect(try await house.told() == ["Praise Riga: adopted"])
            let today = try await house.ask(Today(.mine, sources: [DecisionParts.waiting]), as: house.officer)
            #expect(today.waiting.map(\.id) == [id])

            let again = CarryOutAgain(id, item: items[1].id, services: house.services)
            #expect(try await house.run(again, as: house.officer) != nil)
            try await house.tag(House.gdansk, "")
            #expect(try await house.run(again, as: house.officer, at: House.later(5)) == nil)
            #expect(try await house.told() == ["Praise Gdańsk: adopted", "Praise Riga: adopted"])
            let days = try await house.database.read { transaction in
                try transaction.query("SELECT DISTINCT date_to FROM event WHERE kind = 'settled'") { try $0.text(0) }
            }
            #expect(days == ["2026-09-21"])
            let done = await house.refusal { _ = try await house.run(again, as: house.officer) }
            #expect(done as? DecisionRefusal == .nothingToCarryOut)
            #expect(
                try await house.ask(Today(.mine, sources: [DecisionParts.waiting]), as: house.officer).waiting.isEmpty
            )
        }
    }

    @Test(arguments: TestEngine.all)
    func `a fault undoes the closing and holds up no other`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            try await house.tag(House.gdansk, "fail")
            let (broken, sound) = (try await house.open(about: [House.gdansk]), try await house.open())
            let outcome = try await house.work(at: House.end)
            #expect(outcome.closed == 1)
            #expect(outcome.failed == ["2026-1"])
            #expect(try await house.circular(broken).state == .open)
            #expect(try await house.items(broken).map(\.outcome) == [nil])
            #expect(try await house.circular(sound).state == .closed)
            try await house.tag(House.gdansk, "")
            #expect(try await house.work(at: House.end).closed == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `withdrawing tells everybody why, and no answer counts any more`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let id = try await house.open(about: [House.gdansk])
            let bare = await house.refusal {
                try await house.run(WithdrawCircular(id, reason: " ", services: house.services), as: house.officer)
            }
            #expect((bare as? InvalidInput)?.fields.map(\.name) == ["reason"])
            try await house.run(
                WithdrawCircular(id, reason: "Wrong text.", services: house.services),
                as: house.officer
            )
            #expect(try await house.circular(id).state == .withdrawn)
            #expect(try await house.told() == ["Praise Gdańsk: withdrawn"])
            let letters = try await house.letters("decision-withdrawn:\(id)")
            #expect(letters.count == 4 && letters.allSatisfy { $0.text.contains("Wrong text.") })
            let late = await house.refusal { try await house.answer(id, "Visby", .approve, as: house.inga) }
            #expect(late as? DecisionRefusal == .over(.withdrawn))
            #expect(try await house.work(at: House.end) == CircularWork.Outcome())
            // The member can be put to the committee anew.
            _ = try await house.open(about: [House.gdansk])
        }
    }
}
