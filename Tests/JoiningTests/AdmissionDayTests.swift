import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Foundation
import Languages
import Membership
import Testing

@testable import Joining

/// From which day a membership counts, and what comes with it, by the charter.
@Suite("What an admission brings")
struct AdmissionDayTests {
    /// What bodies decide by, under a charter that counts membership from another day.
    private func decisions(_ house: RequestHouse, countsFrom: String) throws -> DecisionServices {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "Charters/wego.yaml"), encoding: .utf8)
        let from = "counts_from: application-date"
        #expect(text.contains(from))
        let changed = text.replacing(from, with: "counts_from: \(countsFrom)")
        let charter = try #require(Charter.lint(text: changed, file: "wego.yaml").charter)
        return DecisionServices(
            charter: charter,
            matters: Matters([AdmissionMatter(services: try RequestHouse.services(charter))]),
            letters: house.decisions.letters
        )
    }

    /// Sends an application on the first day, puts it before the committee on the second, and has it adopted on the
    /// fourth, which is recorded on the sixth. Returns the ids of the application and of the question.
    private func admit(
        _ house: RequestHouse,
        _ decisions: DecisionServices
    ) async throws -> (id: String, circular: String) {
        let (_, id) = try await house.sent()
        try await house.recommend(id)
        let draft = CircularDraft(
            body: RequestHouse.committee,
            way: .meeting,
            matter: AdmissionMatter.kind,
            title: "New members",
            subjects: [id]
        )
        let circular = try await house.run(
            OpenCircular(draft, services: decisions),
            as: house.officer,
            at: RequestHouse.later(1)
        )
        let item = try #require(try await house.question(circular).items.first)
        try await house.run(
            RecordMeetingDecision(
                circular,
                outcomes: [item.id: .adopted],
                day: "2026-09-24",
                minutes: "Minutes, item 1",
                services: decisions
            ),
            as: house.officer,
            at: RequestHouse.later(5)
        )
        return (id, circular)
    }

    @Test(arguments: TestEngine.all)
    func `membership counts from the day that the charter says`(_ engine: Database.Engine) async throws {
        for (rule, day) in [("application-date", "2026-09-21"), ("approval-date", "2026-09-24")] {
            try await RequestHouse.with(engine) { house in
                let (id, _) = try await admit(house, try decisions(house, countsFrom: rule))
                let member = try #require(try await house.record(id).application.memberID)
                #expect(try await house.steps(member) == ["member \(day) decision-2026-1-1"], "\(rule)")
                #expect(try await house.record(id).steps.last?.day == day, "\(rule)")
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `membership that counts from the first payment waits for payments`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let before = try await house.count("member")
            let (id, circular) = try await admit(house, try decisions(house, countsFrom: "payment-date"))
            let problem = try await house.question(circular).items.first?.problem
            #expect(problem == JoiningRefusal.paymentUnknown.sentence)
            #expect(try await house.state(id) == .put)
            #expect(try await house.count("member") == before)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a corporation brings what the charter asks of it, and nothing else`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let secret = try await house.start(
                RequestHouse.form("Amber Works", email: "office@amber.example", category: "corporation")
            )
            // What was typed for another category is not asked of this one.
            try await house.type(secret, [.employees: "1,250", .population: "5", .populationYear: "2025"])
            try await house.attach(secret, "registration-certificate")
            #expect(try await house.desk.submit(secret, now: RequestHouse.now) == .sent)
            let id = try await house.desk.open(secret, now: RequestHouse.now).application.id
            try await house.recommend(id)
            try await house.meet(try await house.putAdmission(id), .adopted)
            let member = try await house.profile("amber-works")
            #expect(member.category == "corporation" && member.people == [])
            #expect(member.figures.map { "\($0.kind) \($0.value) \($0.yearLatest)" } == ["employees 1250.0 2026"])
        }
    }
}
