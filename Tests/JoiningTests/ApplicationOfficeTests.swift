import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Files
import Foundation
import Identity
import Languages
import Membership
import Testing

@testable import Joining

/// What the secretariat does with an application, and when nobody can do anything with it any more.
@Suite("The secretariat deals with applications")
struct ApplicationOfficeTests {
    @Test(arguments: TestEngine.all)
    func `an application that was adopted and can never be carried out is closed`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            // Two departments of one city, neither of which knows of the other.
            let (_, first) = try await house.sent()
            let (_, second) = try await house.sent(RequestHouse.form(email: "other@tallinn.example"))
            for id in [first, second] { try await house.recommend(id) }
            let (one, other) = (try await house.putAdmission(first), try await house.putAdmission(second))
            try await house.meet(one, .adopted)
            let close = CloseApplication(second, reason: "It is a member by now.", services: house.services)
            let early = await house.refusal { try await house.run(close, as: house.officer) }
            #expect(early as? JoiningRefusal == .inAnotherState(.put), "the body has it")
            try await house.meet(other, .adopted)
            #expect(try await house.state(second) == .put)
            try await house.run(close, as: house.officer)
            #expect(try await house.state(second) == .closed)
            #expect(try await house.count("member WHERE name = 'Tallinn'") == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a correction is kept with what was there, and overwrites nobody`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let (secret, id) = try await house.sent()
            let seen = try await house.values(secret)
            func correct(
                _ typed: [ApplicationField: String],
                grounds: String = "By telephone"
            ) async throws -> SaveOutcome {
                let boxes = RequestHouse.boxes(typed, seen: seen)
                return try await house.run(
                    CorrectApplication(id, values: boxes, grounds: grounds, services: house.services),
                    as: house.officer
                )
            }
            #expect(try await correct([.population: "462000", .website: ""]).kept == 2)
            let late = try await correct([.population: "463000"])
            #expect(late.kept == 0 && late.conflicts == [.population: "462000"])
            #expect(await house.fields { _ = try await correct([.populationYear: "1066"]) } == ["population_year"])
            #expect(await house.fields { _ = try await correct([.head: "Juhan Juurikas"], grounds: "") } == ["grounds"])
            #expect(await house.fields { _ = try await correct([.contactName: ""]) } == ["contact_name"])
            let values = try await house.record(id).application.values
            #expect(values[.population] == "462000" && values[.website] == "" && values[.head] == "Mari Maasikas")
            #expect(try await house.kinds(id).filter { $0 == .corrected }.count == 1)
            let told = try await house.database.read { transaction in
                try transaction.first(
                    """
                    SELECT e.before, e.after, e.reason FROM journal_entry e
                    WHERE e.subject_id = ? AND e.action = 'application.corrected'
                    """,
                    [.text(id)]
                ) { [try $0.text(0), try $0.text(1), try $0.text(2)] }
            }
            #expect(told?[0] == "{\"population\":\"461 000\",\"website\":\"www.tallinn.example\"}")
            #expect(told?[1] == "{\"population\":\"462000\",\"reference\":\"2026-1\",\"website\":\"\"}")
            #expect(told?[2] == "By telephone")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a question is mailed with what is missing, and answered with what was changed`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let (secret, id) = try await house.sent(RequestHouse.form(language: "zh"))
            func ask(_ words: String, _ missing: [String] = []) async throws {
                try await house.run(
                    AskApplicant(id, words: words, missing: missing, services: house.services),
                    as: house.officer
                )
            }
            #expect(await house.fields { try await ask("") } == ["words"])
            #expect(await house.fields { try await ask("Please", ["passport"]) } == ["missing"])
            try await ask("Is this the mayor's own hand?", [RequestHouse.letterOfIntent])
            let letter = try #require(try await house.letters("application-asked").first)
            #expect(letter.text.contains("Is this the mayor's own hand?"))
            let open = try await house.desk.open(secret, now: RequestHouse.now)
            #expect(open.application.state == .asked)
            #expect(open.steps.last?.missing == [RequestHouse.letterOfIntent])
            #expect(open.steps.last?.words == "Is this the mayor's own hand?" && open.steps.last?.authorName == "")
            // What was sent can be changed now; an answer is checked as the whole was.
            let document = try #require(open.documents.first).use.id
            try await house.desk.removeDocument(secret, use: document, now: RequestHouse.now)
            let missing = await house.fields {
                try await house.desk.answer(secret, words: "Yes", now: RequestHouse.now)
            }
            #expect(missing == ["documents"])
            try await house.attach(secret, RequestHouse.letterOfIntent, "Signed by hand.")
            try await house.desk.answer(secret, words: "Here it is anew.", now: RequestHouse.now)
            #expect(try await house.state(id) == .submitted)
            let twice = await house.refusal { try await house.desk.answer(secret, words: "Yes", now: RequestHouse.now) }
            #expect(twice as? JoiningRefusal == .inAnotherState(.submitted))
            #expect(
                try await house.deeds(id).suffix(4) == [
                    "application.asked", "application.document-removed", "application.document-added",
                    "application.answered",
                ]
            )
        }
    }

    @Test(arguments: TestEngine.all)
    func `a recommendation needs that doubles were looked at, and can be taken back`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let (_, id) = try await house.sent()
            try await house.database.write { try RequestHouse.add($0, "member-talinn", "local-government", "Talinn") }
            try await house.database.write { transaction in
                try transaction.execute("UPDATE member SET country = 'EE' WHERE id = 'member-talinn'")
            }
            try await Membership.Directory.refreshRoll(house.database, charter: house.charter)
            // One letter apart, and in the same country.
            await #expect(throws: JoiningRefusal.notLookedAt(["Talinn"])) { try await house.recommend(id) }
            try await house.run(MatchApplication(id, memberKey: nil, services: house.services), as: house.officer)
            let against = RecommendApplication(id, isFor: false, words: " ", services: house.services)
            #expect(await house.fields { try await house.run(against, as: house.officer) } == ["words"])
            try await house.recommend(id)
            #expect(try await house.record(id).steps.last?.isFor == true)
            try await house.run(TakeBackRecommendation(id, reason: "Too early"), as: house.officer)
            #expect(try await house.state(id) == .submitted)
            try await house.run(
                RecommendApplication(id, isFor: false, words: "Another city writes for it.", services: house.services),
                as: house.officer
            )
            let circular = try await house.putAdmission(id)
            let evidence = try #require(try await house.question(circular).items.first).evidence.english
            #expect(evidence.hasSuffix("The secretariat recommends not to admit it.\nAnother city writes for it."))
            let late = await house.refusal {
                try await house.run(TakeBackRecommendation(id, reason: "Too late"), as: house.officer)
            }
            #expect(late as? JoiningRefusal == .inAnotherState(.put))
        }
    }

    @Test(arguments: TestEngine.all)
    func `what was sent the applicant cannot change, and what is over nobody can`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let (secret, id) = try await house.sent()
            for refusal in await applicantRefusals(house, secret) {
                #expect(refusal as? JoiningRefusal == .inAnotherState(.submitted))
            }
            let before = try await house.record(id)
            try await house.run(
                CloseApplication(id, reason: "It is no city.", services: house.services),
                as: house.officer
            )
            let letter = try #require(try await house.letters("application-closed").first)
            #expect(letter.text.contains("It is no city."))
            for refusal in await applicantRefusals(house, secret) + (await officeRefusals(house, id)) {
                #expect(refusal as? JoiningRefusal == .inAnotherState(.closed))
            }
            let withdrawn = await house.refusal {
                try await house.desk.withdraw(secret, reason: "", now: RequestHouse.now)
            }
            #expect(withdrawn as? JoiningRefusal == .inAnotherState(.closed))
            let after = try await house.record(id)
            #expect(after.application.values == before.application.values && after.documents == before.documents)
            #expect(after.steps.count == before.steps.count + 1)
        }
    }

    private func applicantRefusals(_ house: RequestHouse, _ secret: Secret) async -> [(any Error)?] {
        let now = RequestHouse.now
        return [
            await house.refusal { _ = try await house.desk.save(secret, [:], now: now) },
            await house.refusal { try await house.desk.setCategory(secret, "corporation", now: now) },
            await house.refusal { try await house.attach(secret) },
            await house.refusal { try await house.desk.removeDocument(secret, use: "any", now: now) },
            await house.refusal { try await house.desk.sameAs(secret, memberKey: "gdansk", now: now) },
            await house.refusal { try await house.desk.answer(secret, words: "Yes", now: now) },
        ]
    }

    private func officeRefusals(_ house: RequestHouse, _ id: String) async -> [(any Error)?] {
        let services = house.services
        func refusal<C: Command>(_ command: C) async -> (any Error)? {
            await house.refusal { _ = try await house.run(command, as: house.officer) }
        }
        return [
            await refusal(NoteOnApplication(id, words: "A note")),
            await refusal(AskApplicant(id, words: "Why?", services: services)),
            await refusal(CorrectApplication(id, values: [:], grounds: "Why", services: services)),
            await refusal(MatchApplication(id, memberKey: "gdansk", services: services)),
            await refusal(RecommendApplication(id, isFor: true, words: "", services: services)),
            await refusal(TakeBackRecommendation(id, reason: "Why")),
            await refusal(SubmitForApplicant(id, grounds: "Why", services: services)),
            await refusal(CloseApplication(id, reason: "Why", services: services)),
        ]
    }

    @Test(arguments: TestEngine.all)
    func `the list tells the oldest first and how many there are, and Today what waits`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let (_, first) = try await house.sent()
            let tartu = RequestHouse.form("Tartu", email: "a@tartu.example")
            let second = try await house.sent(tartu, at: RequestHouse.later(1)).id
            _ = try await house.start(RequestHouse.form("Narva", email: "a@narva.example"))
            try await house.run(NoteOnApplication(first, words: "A note"), as: house.officer, at: RequestHouse.later(2))
            let list = try await house.ask(ApplicationList([.submitted, .recommended]), as: house.auditor)
            #expect(list.applications.map(\.id) == [first, second])
            #expect(list.counts == [.submitted: 2, .draft: 1])
            let waiting = try await house.database.read { try WaitingApplications.list($0) }
            #expect(Set(waiting.map(\.id)) == [first, second])
            // A note does not make it wait from anew.
            #expect(waiting.first { $0.id == first }?.since == "2026-09-21T14:13:20.000000Z")
            try await house.run(
                AskApplicant(first, words: "Why?", services: house.services),
                as: house.officer,
                at: RequestHouse.later(2)
            )
            let left = try await house.database.read { try WaitingApplications.list($0) }
            #expect(left.map(\.id) == [second], "the applicant's turn is nobody's work")
        }
    }
}
