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

/// What comes by letter, and is entered for its applicant.
@Suite("Applications on paper")
struct ApplicationPaperTests {
    @Test(arguments: TestEngine.all)
    func `an application on paper counts from the day on which it came`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let services = house.services
            let id = try await house.run(
                EnterApplication(RequestHouse.form(), receivedOn: "2026-09-01", services: services),
                as: house.officer
            )
            #expect(try await house.letters("application-link").count == 1)
            let begun = try await house.record(id).application
            #expect(begun.receivedOn == "2026-09-01" && begun.submittedAt == nil)
            let typed = RequestHouse.boxes(RequestHouse.whole, seen: begun.values)
            let outcome = try await house.run(
                CorrectApplication(id, values: typed, grounds: "As on paper", services: services),
                as: house.officer
            )
            #expect(outcome.kept == RequestHouse.whole.count && outcome.conflicts == [:])
            let submit = SubmitForApplicant(id, grounds: "All of it came", services: services)
            #expect(await house.fields { try await house.run(submit, as: house.officer) } == ["documents"])
            try await house.run(
                AttachToApplication(
                    id,
                    key: RequestHouse.letterOfIntent,
                    file: try await RequestHouse.file(),
                    name: "scan.txt",
                    services: services
                ),
                as: house.officer
            )
            try await house.run(submit, as: house.officer)
            let sent = try await house.record(id)
            #expect(sent.application.state == .submitted)
            #expect(sent.application.submittedAt == "2026-09-01T00:00:00.000000Z")
            let step = try #require(sent.steps.last)
            #expect(step.kind == .submitted && step.side == .secretariat && step.authorName == "Oh Ji-woo")
            #expect(step.day == "2026-09-01" && step.words == "All of it came")
            try await house.recommend(id)
            try await house.meet(try await house.putAdmission(id), .adopted)
            let member = try #require(try await house.record(id).application.memberID)
            #expect(try await house.steps(member) == ["member 2026-09-01 decision-2026-1-1"])
        }
    }

    @Test func `paper cannot come from the future, and is sent with grounds`() async throws {
        try await RequestHouse.with(.sqlite) { house in
            let services = house.services
            let tomorrow = await house.fields {
                _ = try await house.run(
                    EnterApplication(RequestHouse.form(), receivedOn: "2026-09-22", services: services),
                    as: house.officer
                )
            }
            #expect(tomorrow == ["received_on"])
            let id = try await house.run(EnterApplication(RequestHouse.form(), services: services), as: house.officer)
            let silent = await house.fields {
                try await house.run(SubmitForApplicant(id, grounds: " ", services: services), as: house.officer)
            }
            #expect(silent == ["grounds"])
            #expect(try await house.state(id) == .draft)
        }
    }

    @Test(arguments: TestEngine.all)
    func `an answer that came on paper is entered, and the application counts from when it was sent`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let services = house.services
            let (_, id) = try await house.sent()
            let sent = try await house.record(id).application.submittedAt
            try await house.run(AskApplicant(id, words: "Since when?", services: services), as: house.officer)
            let answer = SubmitForApplicant(id, grounds: "By letter of today: since 1 May", services: services)
            try await house.run(answer, as: house.officer, at: RequestHouse.later(3))
            let record = try await house.record(id)
            #expect(record.application.state == .submitted && record.application.submittedAt == sent)
            #expect(record.steps.last?.kind == .answered && record.steps.last?.side == .secretariat)
            #expect(record.steps.last?.words == "By letter of today: since 1 May")
            let again = await house.refusal { try await house.run(answer, as: house.officer) }
            #expect(again as? JoiningRefusal == .inAnotherState(.submitted))
        }
    }
}
