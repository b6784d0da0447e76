import Access
import Database
import DatabaseTesting
import Foundation
import Identity
import Testing

@testable import Decisions

@Suite("The link in a letter")
struct LinkTests {
    @Test(arguments: TestEngine.all)
    func `it answers for its person once, and looking at it answers nothing`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let id = try await house.open()
            let link = try await house.link(id, to: house.inga)
            for _ in 0..<3 {
                let found = try await house.database.read { try DecisionLink.look($0, link, now: House.now) }
                #expect(found?.person.id == house.inga.person.id)
                #expect(found?.circularID == id)
            }
            #expect(try await house.answers(id).isEmpty)
            let inga = try await house.bearer(house.inga)
            #expect(try await house.answer(id, "Visby", .approve, as: inga, link: link) == .recorded)
            let again = await house.refusal { try await house.answer(id, "Visby", .object, as: inga, link: link) }
            #expect(again as? DecisionRefusal == .worthlessLink)
            #expect(try await house.answers(id).map(\.answer) == [.approve])
            #expect(try await house.database.read { try DecisionLink.look($0, link, now: House.now) } == nil)
            // Signed in, the answer can still be changed.
            #expect(try await house.answer(id, "Visby", .object, as: house.inga) == .recorded)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a form that was not filled in leaves it unused`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let id = try await house.open()
            let link = try await house.link(id, to: house.inga)
            let command = AnswerCircular(
                id,
                seat: try await house.seat("Visby", of: id),
                as: house.inga,
                answers: [:],
                link: link,
                services: house.services
            )
            #expect(await house.refusal { _ = try await house.run(command, as: house.inga) } is InvalidInput)
            #expect(try await house.answer(id, "Visby", .approve, as: house.inga, link: link) == .recorded)
        }
    }

    @Test(arguments: TestEngine.all)
    func `sent twice at the same moment it answers once`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let id = try await house.open()
            let link = try await house.link(id, to: house.inga)
            let taken = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        let refusal = await house.refusal {
                            try await house.answer(id, "Visby", .approve, as: house.inga, link: link)
                        }
                        if refusal == nil { return 1 }
                        #expect(refusal as? DecisionRefusal == .worthlessLink)
                        return 0
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(taken == 1)
            #expect(try await house.answers(id).count == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `it is worth nothing to another person, for another decision, or for another seat`(
        _ engine: Database.Engine
    ) async throws {
        try await House.with(engine) { house in
            let (id, other) = (try await house.open(), try await house.open())
            let link = try await house.link(id, to: house.inga)
            // Eva answers for the same seat, and may; but not by Inga's link.
            let colleague = await house.refusal {
                try await house.answer(id, "Visby", .approve, as: house.eva, link: link)
            }
            #expect(colleague as? DecisionRefusal == .worthlessLink)
            let elsewhere = await house.refusal {
                try await house.answer(other, "Visby", .approve, as: house.inga, link: link)
            }
            #expect(elsewhere as? DecisionRefusal == .worthlessLink)
            let seat = await house.refusal { try await house.answer(id, "Riga", .approve, as: house.inga, link: link) }
            #expect(seat as? AccessRefusal == .notAllowed(.answerDecision))
            let sitting = try await house.link(id, to: house.janis)
            let neighbour = await house.refusal {
                try await house.answer(id, "Astrid Holm", .approve, as: house.janis, link: sitting)
            }
            #expect(neighbour as? DecisionRefusal == .notYourSeat)
            #expect(try await house.answers(id).isEmpty)
            // None of these tries used it up.
            #expect(try await house.answer(id, "Visby", .approve, as: house.inga, link: link) == .recorded)
        }
    }

    @Test(arguments: TestEngine.all)
    func `it ends with the time to answer, and a link to sign in is none of it`(_ engine: Database.Engine) async throws
    {
        try await House.with(engine) { house in
            let id = try await house.open()
            let link = try await house.link(id, to: house.inga)
            let last = House.end.addingTimeInterval(-1)
            #expect(try await house.database.read { try DecisionLink.look($0, link, now: last) } != nil)
            #expect(try await house.database.read { try DecisionLink.look($0, link, now: House.end) } == nil)
            let signIn = try await house.database.write {
                try OneTimeLink.make($0, .signIn, person: house.inga.person.id, detail: id, now: House.now)
            }
            let wrong = await house.refusal {
                try await house.answer(id, "Visby", .approve, as: house.inga, link: signIn)
            }
            #expect(wrong as? DecisionRefusal == .worthlessLink)
        }
    }

    @Test(arguments: TestEngine.all)
    func `whoever has a second factor needs it also for the link`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let id = try await house.open()
            let link = try await house.link(id, to: house.inga)
            try await house.database.write { transaction in
                try transaction.execute(
                    "UPDATE person SET totp_secret = ?, totp_confirmed_at = ? WHERE id = ?",
                    [.blob([1, 2, 3]), .text(InstantText.text(House.now)), .text(house.inga.person.id)]
                )
            }
            let inga = try await house.bearer(house.inga)
            let error = await house.refusal { try await house.answer(id, "Visby", .approve, as: inga, link: link) }
            #expect(error as? AccessRefusal == .secondFactorNeeded)
            #expect(try await house.answers(id).isEmpty)
        }
    }
}

extension House {
    /// The person as their link alone lets them act: without a second factor.
    func bearer(_ actor: Actor) async throws -> Actor {
        let id = actor.person.id
        return try await database.read { transaction in
            try #require(try Actor.load(transaction, person: id, secondFactor: false, now: House.now))
        }
    }
}
