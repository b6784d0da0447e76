import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Identity
import Journal
import Languages
import Mail
import Membership
import Testing

@testable import Decisions

@Suite("What people see of decisions")
struct RoomsTests {
    @Test(arguments: TestEngine.all)
    func `each sees what they are asked and nothing of others' answers until it is decided`(
        _ engine: Database.Engine
    ) async throws {
        try await House.with(engine) { house in
            let id = try await house.open("One", "Two")
            try await house.answer(id, "Riga", .object, as: house.janis, comment: "Too early.")
            func own(_ actor: Actor) async throws -> OwnCircular.Answer {
                try await house.ask(
                    OwnCircular(id, person: actor.person.id, services: house.services),
                    as: actor
                )
            }
            let visby = try await own(house.inga)
            #expect(visby.seats.map(\.seat.name) == ["Visby"])
            #expect(visby.seats[0].answers.isEmpty)
            #expect(visby.count == nil)
            #expect(visby.takesAnswers)
            #expect(try await own(house.janis).seats[0].answers.values.map(\.comment) == ["Too early.", "Too early."])
            for outsider in [house.nils, house.piotr, house.officer] {
                let error = await house.refusal { _ = try await own(outsider) }
                #expect(error as? DecisionRefusal == .noSuchDecision)
                let list = OwnCirculars(person: outsider.person.id, services: house.services)
                #expect(try await house.ask(list, as: outsider).isEmpty)
            }
            #expect(try await house.work(at: House.end).closed == 1)
            #expect(try await own(house.inga).count?.tallies.values.map(\.object) == [1, 1])
        }
    }

    @Test(arguments: TestEngine.all)
    func `a member's room says what is due from it`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let id = try await house.open()
            func items(_ member: String) async throws -> [PortalItem] {
                try await house.ask(PortalHome(member: member, sources: [DecisionParts.portal]), as: house.officer)
                    .items
            }
            #expect(try await items(House.visby).map(\.section) == [.due])
            #expect(try await items(House.visby).map(\.day) == ["2026-10-05"])
            #expect(
                try await items(House.visby).map(\.detail.english) == [
                    "A body is asked, and you have a seat in it. Answer by the end of 5 Oct 2026, UTC."
                ]
            )
            #expect(try await items(House.gdansk).isEmpty)
            try await house.answer(id, "Visby", .approve, as: house.eva)
            #expect(try await items(House.visby).map(\.section) == [.coming])
            #expect(
                try await items(House.visby).map(\.detail.english) == [
                    "Your answer is in. It can be changed until the end of 5 Oct 2026, UTC."
                ]
            )
            #expect(try await house.work(at: House.end).closed == 1)
            #expect(try await items(House.visby).isEmpty)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what somebody answered is in what is held on them, and their words go with them`(
        _ engine: Database.Engine
    ) async throws {
        try await House.with(engine) { house in
            let id = try await house.open()
            try await house.answer(id, "Visby", .object, as: house.inga, comment: "My own words.")
            let held = try await house.ask(
                PersonalData(house.inga.person.id, sources: DecisionPersonalData.all),
                as: house.inga
            )
            guard case .object(let parts) = held, case .list(let answers) = parts["decisions"] else {
                Issue.record("there is no part on decisions")
                return
            }
            #expect(answers.count == 1)
            guard case .object(let answer)? = answers.first else {
                Issue.record("an answer is no object")
                return
            }
            #expect(answer["words"] == .text("The minutes"))
            try await house.database.write { transaction in
                try DecisionPersonalData.all[0].erase(transaction, house.inga.person, House.now)
            }
            #expect(try await house.answers(id).map(\.comment) == [""])
            #expect(try await house.answers(id).map(\.answer) == [.object])
            let entries = try await house.database.read { try Journal.entries($0, of: .init("circular", id)) }
            #expect(entries.allSatisfy { !($0.entry.after ?? "").contains("My own words") })
        }
    }

    @Test(arguments: TestEngine.all)
    func `the journal has each step, with the rule`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let id = try await house.open()
            try await house.answerAll(id, .approve, .approve, .approve)
            #expect(
                Set(try await house.actions(id)) == ["decision.opened", "decision.answered", "decision.closed"]
            )
            let entries = try await house.database.read { try Journal.entries($0, of: .init("circular", id)) }
            #expect(entries.allSatisfy { $0.entry.rule == "bodies.executive-committee.circulation" })
            #expect(entries.first { $0.entry.action == "decision.closed" }?.entry.actor == "decisions")
            let words = try await house.database.read { try DecisionParts.subject($0, .init("circular", id)) }?.english
            #expect(words == "2026-1 Minutes")
        }
    }

    @Test func `every letter is there in every language and needs no more than it is given`() throws {
        let templates = try MailTemplates.load(folder: DecisionLetters.folder)
        #expect(templates.languages == Letters.languages.sorted())
        #expect(Set(templates.keys) == Set(DecisionLetters.Key.allCases.map(\.rawValue)))
        let speeches = try Speeches.shipped()
        for language in Language.forReaders {
            let names = MatterOutcome.allCases.map { speeches[language].text(DecisionWords.name($0)) }
            #expect(Set(names).count == 5)
        }
    }
}
