import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Identity
import Testing

@testable import Decisions

@Suite("Answering for a seat")
struct AnswerTests {
    @Test(arguments: TestEngine.all)
    func `who speaks or votes for the member, or sits in the body and works for it, answers; nobody else does`(
        _ engine: Database.Engine
    ) async throws {
        try await House.with(engine) { house in
            let id = try await house.open()
            #expect(try await house.answer(id, "Visby", .approve, as: house.inga) == .recorded)
            #expect(try await house.answer(id, "Visby", .object, as: house.eva) == .recorded)
            #expect(try await house.answer(id, "Riga", .abstain, as: house.janis) == .recorded)
            let editor = await house.refusal { try await house.answer(id, "Visby", .approve, as: house.nils) }
            #expect(editor as? AccessRefusal == .notAllowed(.answerDecision))
            let stranger = await house.refusal { try await house.answer(id, "Visby", .approve, as: house.piotr) }
            #expect(stranger as? AccessRefusal == .notAllowed(.answerDecision))
            let office = await house.refusal { try await house.answer(id, "Visby", .approve, as: house.officer) }
            #expect(office as? AccessRefusal == .notAllowed(.answerDecision))
            #expect(try await house.answers(id).count == 3)
        }
    }

    @Test(arguments: TestEngine.all)
    func `an answer for another's seat of the same body is refused`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let id = try await house.open()
            for (seat, actor) in [("Visby", house.janis), ("Astrid Holm", house.janis), ("Riga", house.astrid)] {
                let error = await house.refusal { try await house.answer(id, seat, .object, as: actor) }
                #expect(error as? DecisionRefusal == .notYourSeat, "\(seat)")
            }
            let other = try await house.open()
            let foreign = AnswerCircular(
                id,
                seat: try await house.seat("Visby", of: other),
                as: house.inga,
                answers: [try await house.items(id)[0].id: .approve],
                services: house.services
            )
            let error = await house.refusal { _ = try await house.run(foreign, as: house.inga) }
            #expect(error as? DecisionRefusal == .notYourSeat)
            // Made for somebody else than who runs it.
            let borrowed = AnswerCircular(
                id,
                seat: try await house.seat("Visby", of: id),
                as: house.inga,
                answers: [try await house.items(id)[0].id: .approve],
                services: house.services
            )
            let misuse = await house.refusal { _ = try await house.run(borrowed, as: house.eva) }
            #expect(misuse as? DecisionRefusal == .notYourSeat)
            #expect(try await house.answers(id).isEmpty)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a colleague's later answer replaces it and both are kept`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let id = try await house.open()
            try await house.answer(id, "Visby", .approve, as: house.inga, comment: "Good.")
            // A clock that was set back does not make the later answer the earlier one.
            try await house.answer(id, "Visby", .object, as: house.eva, at: House.later(-0.5))
            let answers = try await house.answers(id)
            #expect(answers.map(\.answer) == [.object, .approve])
            #expect(answers.map(\.isCurrent) == [true, false])
            #expect(answers.map(\.givenByName) == ["Eva Lund", "Inga Karlsson"])
            let record = try await house.ask(CircularRecord(id, services: house.services), as: house.officer)
            #expect(record.count.tallies.values.map(\.object) == [1])
            #expect(record.count.tallies.values.map(\.approve) == [0])
            #expect(record.replaced.map(\.comment) == ["Good."])
        }
    }

    @Test(arguments: TestEngine.all)
    func `an answer form that is sent twice counts once`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let id = try await house.open("One", "Two")
            #expect(try await house.answer(id, "Visby", .approve, as: house.inga) == .recorded)
            #expect(try await house.answer(id, "Visby", .approve, as: house.inga) == .unchanged)
            #expect(try await house.answers(id).count == 2)
            #expect(try await house.actions(id).filter { $0 == "decision.answered" }.count == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `two who answer for one seat at the same moment leave one answer that counts`(
        _ engine: Database.Engine
    ) async throws {
        try await House.with(engine) { house in
            let id = try await house.open()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for round in 0..<10 {
                    group.addTask { try await house.answer(id, "Visby", .approve, as: house.inga, comment: "\(round)") }
                    group.addTask { try await house.answer(id, "Visby", .object, as: house.eva, comment: "\(round)") }
                }
                try await group.waitForAll()
            }
            let answers = try await house.answers(id)
            #expect(answers.count == 20)
            #expect(answers.count(where: \.isCurrent) == 1)
            #expect(answers.first?.isCurrent == true)
            #expect(Set(answers.map(\.number)).count == 20)
        }
    }

    @Test(arguments: TestEngine.all)
    func `items can be answered one by one; an item of another decision is refused`(
        _ engine: Database.Engine
    ) async throws {
        try await House.with(engine) { house in
            let (id, other) = (try await house.open("One", "Two"), try await house.open("Three"))
            let (items, foreign) = (try await house.items(id), try await house.items(other))
            let seat = try await house.seat("Visby", of: id)
            func send(_ answers: [String: SeatAnswer]) async throws -> AnswerOutcome {
                let command = AnswerCircular(id, seat: seat, as: house.inga, answers: answers, services: house.services)
                return try await house.run(command, as: house.inga)
            }
            #expect(try await send([items[1].id: .object]) == .recorded)
            let forged = await house.refusal { _ = try await send([items[0].id: .approve, foreign[0].id: .approve]) }
            #expect(forged as? DecisionRefusal == .noSuchItem)
            let invented = await house.refusal { _ = try await send(["item": .approve]) }
            #expect(invented as? DecisionRefusal == .noSuchItem)
            let empty = await house.refusal { _ = try await send([:]) }
            #expect((empty as? InvalidInput)?.fields.map(\.name) == ["answer"])
            #expect(try await house.answers(id).map(\.itemID) == [items[1].id])
        }
    }

    @Test(arguments: TestEngine.all)
    func `the last missing answer decides at once`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let id = try await house.open("One", "Two")
            try await house.answer(id, "Riga", .approve, as: house.janis)
            try await house.answer(id, "Visby", .approve, as: house.inga)
            #expect(try await house.circular(id).state == .open)
            #expect(try await house.answer(id, "Astrid Holm", .object, as: house.astrid) == .closed)
            #expect(try await house.circular(id).state == .closed)
            #expect(try await house.items(id).map(\.outcome) == [.adopted, .adopted])
            #expect(try await house.items(id).map(\.decidedOn) == ["2026-09-21", "2026-09-21"])
            let late = await house.refusal { try await house.answer(id, "Visby", .object, as: house.inga) }
            #expect(late as? DecisionRefusal == .over(.closed))
        }
    }

    @Test(arguments: TestEngine.all)
    func `an answer that came on paper says where from, and its people can still change it`(
        _ engine: Database.Engine
    ) async throws {
        try await House.with(engine) { house in
            let id = try await house.open()
            let item = try await house.items(id)[0].id
            let seat = try await house.seat("Visby", of: id)
            func record(_ grounds: String, as actor: Actor) async throws {
                let command = RecordAnswer(
                    id,
                    seat: seat,
                    answers: [item: .object],
                    grounds: grounds,
                    services: house.services
                )
                _ = try await house.run(command, as: actor)
            }
            let bare = await house.refusal { try await record(" ", as: house.officer) }
            #expect((bare as? InvalidInput)?.fields.map(\.name) == ["grounds"])
            let own = await house.refusal { try await record("Letter", as: house.inga) }
            #expect(own as? AccessRefusal == .notAllowed(.recordDecision))
            try await record("Letter of 3 May", as: house.officer)
            #expect(try await house.answers(id).map(\.grounds) == ["Letter of 3 May"])
            try await house.answer(id, "Visby", .approve, as: house.inga)
            #expect(try await house.answers(id).filter(\.isCurrent).map(\.answer) == [.approve])
            #expect(try await house.actions(id).contains("decision.answer-recorded"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `whose role ended answers no more; whose member was merged answers through the other record`(
        _ engine: Database.Engine
    ) async throws {
        try await House.with(engine) { house in
            let id = try await house.open()
            try await house.database.write { transaction in
                try transaction.execute(
                    "UPDATE role_grant SET ended_at = ? WHERE person_id = ?",
                    [.text(InstantText.text(House.now)), .text(house.eva.person.id)]
                )
                // What a merge of Visby into Gdańsk does to the rows that matter here.
                try transaction.execute(
                    """
                    INSERT INTO member_merge (merged_id, merged_key, merged_name, kept_id, grounds, merged_at, merged_by)
                    VALUES (?, 'visby', 'Visby', ?, 'One city', ?, 'operator')
                    """,
                    [.text(House.visby), .text(House.gdansk), .text(InstantText.text(House.now))]
                )
                try transaction.execute(
                    "UPDATE role_grant SET place_id = ? WHERE place_id = ?",
                    [.text(House.gdansk), .text(House.visby)]
                )
            }
            let ended = await house.refusal { try await house.answer(id, "Visby", .approve, as: house.eva) }
            #expect(ended as? AccessRefusal == .notAllowed(.answerDecision))
            let inga = try await house.reloaded(house.inga)
            #expect(try await house.answer(id, "Visby", .approve, as: inga) == .recorded)
            let own = try await house.ask(OwnCirculars(person: inga.person.id, services: house.services), as: inga)
            #expect(own.map(\.circular.id) == [id])
        }
    }
}
