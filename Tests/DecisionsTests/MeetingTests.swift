import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Languages
import Testing

@testable import Decisions

@Suite("What a meeting decides")
struct MeetingTests {
    private func record(
        _ house: House,
        _ id: String,
        _ outcomes: [String: MatterOutcome],
        day: String = "2026-09-22",
        minutes: String = "Minutes, item 4",
        as actor: Actor? = nil,
        at now: Date = House.later(3)
    ) async throws {
        let command = RecordMeetingDecision(
            id,
            outcomes: outcomes,
            day: day,
            minutes: minutes,
            services: house.services
        )
        try await house.run(command, as: actor ?? house.officer, at: now)
    }

    @Test(arguments: TestEngine.all)
    func `its outcome has the effects of answers that were counted`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let id = try await house.open(about: [House.riga, House.gdansk], way: .meeting)
            #expect(try await house.seats(id).isEmpty)
            #expect(try await house.letters("decision-asked:\(id)").isEmpty)
            let waiting = try await house.ask(Today(.mine, sources: [DecisionParts.waiting]), as: house.officer)
            #expect(waiting.waiting.map(\.id) == [id])
            let items = try await house.items(id)
            try await record(house, id, [items[0].id: .adopted])
            #expect(try await house.circular(id).state == .open)
            try await record(house, id, [items[1].id: .rejected])
            #expect(try await house.circular(id).state == .closed)
            let closed = try await house.items(id)
            #expect(closed.map(\.finalOutcome) == [.adopted, .rejected])
            #expect(closed.map(\.decision) == ["decision-2026-1-1", nil])
            #expect(closed.map(\.decidedOn) == ["2026-09-22", "2026-09-22"])
            #expect(
                closed[0].meeting?.minutes.english
                    == "Executive Committee, decision 2026-1, item 1, in its meeting of 22 Sept 2026: Praise Riga: "
                    + "adopted; Minutes, item 4"
            )
            #expect(try await house.told() == ["Praise Gdańsk: rejected", "Praise Riga: adopted"])
            let twice = await house.refusal { try await record(house, id, [items[0].id: .rejected]) }
            #expect(twice as? DecisionRefusal == .decidedAlready)
        }
    }

    @Test(arguments: TestEngine.all)
    func `two who enter the same meeting at once write it once`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let id = try await house.open(about: [House.gdansk], way: .meeting)
            let item = try await house.items(id)[0].id
            let done = await withTaskGroup(of: Int.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        let refusal = await house.refusal { try await record(house, id, [item: .adopted]) }
                        return refusal == nil ? 1 : 0
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(done == 1)
            #expect(try await house.told() == ["Praise Gdańsk: adopted"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `a form with a wrong day, no minutes, or items of elsewhere changes nothing`(
        _ engine: Database.Engine
    ) async throws {
        try await House.with(engine) { house in
            let id = try await house.open(about: [House.gdansk], way: .meeting)
            let item = try await house.items(id)[0].id
            for (day, minutes, field) in [
                ("2026-09-31", "M", "day"), ("2026-09-25", "M", "day"), ("2026-09-20", "M", "day"),
                ("2026-09-22", " ", "minutes"),
            ] {
                let error = await house.refusal {
                    try await record(house, id, [item: .adopted], day: day, minutes: minutes)
                }
                #expect((error as? InvalidInput)?.fields.map(\.name) == [field], "\(day)")
            }
            let none = await house.refusal { try await record(house, id, [:]) }
            #expect((none as? InvalidInput)?.fields.map(\.name) == ["outcome"])
            let odd = await house.refusal { try await record(house, id, [item: .referred]) }
            #expect((odd as? InvalidInput)?.fields.map(\.name) == ["outcome"])
            let forged = await house.refusal { try await record(house, id, [item: .adopted, "item": .adopted]) }
            #expect(forged as? DecisionRefusal == .noSuchItem)
            let member = await house.refusal { try await record(house, id, [item: .adopted], as: house.astrid) }
            #expect(member as? AccessRefusal == .notAllowed(.recordDecision))
            #expect(try await house.told().isEmpty)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what answers referred to a meeting is decided there, and the owner hears both`(
        _ engine: Database.Engine
    ) async throws {
        let change = [
            "silence: counts-for-nothing\n": "silence: counts-for-nothing\n          refer_at_objections: 2\n"
        ]
        try await House.with(engine, rule: change) { house in
            let id = try await house.open(about: [House.riga, House.gdansk])
            try await house.answerAll(id, .object, .object, .approve)
            let items = try await house.items(id)
            #expect(items.map(\.outcome) == [.referred, .referred])
            #expect(items.map(\.isUndecided) == [true, true])
            try await record(house, id, [items[0].id: .adopted])
            let decided = try await house.items(id)
            #expect(decided.map(\.finalOutcome) == [.adopted, .referred])
            #expect(
                try await house.told() == [
                    "Praise Gdańsk: referred", "Praise Riga: adopted", "Praise Riga: referred",
                ]
            )
            // The other is put to a meeting of its own.
            let again = AskAgain(about: id, .meeting, services: house.services)
            let next = try await house.run(again, as: house.officer, at: House.later(4))
            #expect(try await house.items(next).map(\.words) == [.verbatim("Praise Gdańsk")])
            #expect(try await house.items(id).map(\.followedBy) == [nil, next])
            let late = await house.refusal { try await record(house, id, [items[1].id: .adopted]) }
            #expect(late as? DecisionRefusal == .decidedAlready)
            let nothing = await house.refusal { _ = try await house.run(again, as: house.officer) }
            #expect(nothing == nil, "the same form sent twice asks once")
            let third = AskAgain(about: id, .meeting, services: house.services)
            let none = await house.refusal { _ = try await house.run(third, as: house.officer) }
            #expect(none as? DecisionRefusal == .decidedAlready)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what had no quorum is circulated again`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let id = try await house.open(about: [House.gdansk])
            #expect(try await house.work(at: House.end).closed == 1)
            let waiting = try await house.ask(Today(.mine, sources: [DecisionParts.waiting]), as: house.officer)
            #expect(waiting.waiting.map(\.id) == [id])
            let next = try await house.run(
                AskAgain(about: id, services: house.services),
                as: house.officer,
                at: House.end
            )
            #expect(try await house.seats(next).count == 3)
            #expect(try await house.letters("decision-asked:\(next)").count == 4)
            #expect(
                try await house.ask(Today(.mine, sources: [DecisionParts.waiting]), as: house.officer).waiting.isEmpty
            )
            try await house.answer(next, "Riga", .approve, as: house.janis, at: House.end)
            try await house.answer(next, "Visby", .approve, as: house.inga, at: House.end)
            try await house.answer(next, "Astrid Holm", .approve, as: house.astrid, at: House.end)
            #expect(try await house.items(next).map(\.decision) == ["decision-2026-2-1"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `nobody answers what a meeting decides, and nobody closes it by hand`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let id = try await house.open(about: [House.gdansk], way: .meeting)
            let close = await house.refusal {
                try await house.run(CloseCircular(id, services: house.services), as: house.officer)
            }
            #expect(close as? DecisionRefusal == .decidedInMeeting)
            let answer = RecordAnswer(
                id,
                seat: "none",
                answers: [:],
                grounds: "Letter",
                services: house.services
            )
            let error = await house.refusal { _ = try await house.run(answer, as: house.officer) }
            #expect(error as? DecisionRefusal == .decidedInMeeting)
            #expect(try await house.work(at: House.later(100)).closed == 0)
        }
    }
}
