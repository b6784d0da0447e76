import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Files
import Foundation
import Languages
import Membership
import Testing

@testable import Joining

/// From a letter to a step in the standing, by what a body decides.
@Suite("A body decides on a member's request")
struct RequestDecisionTests {
    @Test(arguments: TestEngine.all)
    func `a member withdraws by letter, and its standing cites the decision`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let id = try await house.letter(.withdrawal, RequestHouse.visby, of: "2026-09-01", words: "We leave.")
            let filed = try await house.request(id)
            #expect(filed.reference == "2026-1")
            #expect(filed.state == .received)
            #expect(filed.letterDay == RequestHouse.day("2026-09-01"))
            #expect(filed.byPersonID == nil)
            #expect(filed.byName == "The mayor")
            #expect(filed.leadsTo == "withdrawn")
            #expect(filed.rule == "membership.withdrawal")
            #expect(filed.body == RequestHouse.committee)
            #expect(filed.against == nil)
            let circular = try await house.put(id, way: .circulation)
            #expect(try await house.request(id).state == .put)
            #expect(try await house.steps(RequestHouse.visby) == ["member 2015-03-01"], "until it is decided")
            try await answer(house, circular, .approve)
            let decided = try await house.request(id)
            #expect(decided.state == .adopted)
            #expect(decided.decidedOn == RequestHouse.day("2026-09-21"))
            #expect(try Phrase.record(#require(decided.minutes)).english.contains("Visby withdraws"))
            #expect(
                try await house.steps(RequestHouse.visby) == [
                    "member 2015-03-01", "withdrawn 2026-09-21 decision-2026-1-1",
                ]
            )
            #expect(try await house.journal(id) == ["request.filed", "request.put", "request.adopted"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `the member's people are told in their language, each once`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let people = ["Eva Lund", "Inga Karlsson", "Nils Berg"]
            let id = try await house.ask(.withdrawal, RequestHouse.visby, as: house.inga)
            let received = try await house.letters("request-received")
            // Sven's role is over; the people of other members have nothing to do with it.
            #expect(received.map(\.person) == people)
            #expect(received[0].text.contains("秘书处已登记Visby的申请"))
            #expect(received[0].text.contains("执行委员会"))
            #expect(received[1].text.contains("La Secretaría ha registrado una solicitud de Visby"))
            #expect(received[1].text.contains("Comité Ejecutivo"))
            #expect(received[2].text.contains("사무국이 Visby의 신청을 접수했습니다"))
            #expect(received.allSatisfy { $0.text.contains("https://hansa.example/portal/visby/membership") })
            #expect(received.allSatisfy { $0.html.contains("https://hansa.example/portal/visby/membership") })
            let circular = try await house.put(id, way: .circulation)
            let put = try await house.letters("request-put")
            #expect(put.map(\.person) == people)
            // 14 whole days after the day of asking.
            #expect(put[1].text.contains("5 de octubre de 2026"))
            try await answer(house, circular, .approve)
            let told = try await house.letters("standing-changed")
            #expect(told.map(\.person) == people)
            #expect(told.map { $0.text.contains("已退出") } == [true, false, false])
            #expect(told.map { $0.text.contains("Retirado") } == [false, true, false])
            #expect(told.map { $0.text.contains("탈퇴") } == [false, false, true])
            #expect(told.allSatisfy { $0.text.contains("membership.withdrawal") && $0.text.contains("2026-1") })
            // The charter gives no appeal against a withdrawal.
            #expect(!told[1].text.contains("recurrir"))
            #expect(try await house.letters("request-rejected").isEmpty)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what the body rejects changes nothing, and can be asked again`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let id = try await house.ask(.reinstatement, RequestHouse.gdansk, as: house.piotr)
            let circular = try await house.put(id)
            try await house.meet(circular, .rejected)
            let request = try await house.request(id)
            #expect(request.state == .rejected)
            #expect(request.decidedOn == RequestHouse.day("2026-09-21"))
            #expect(try await house.steps(RequestHouse.gdansk) == ["member 2015-03-01", "withdrawn 2025-05-01"])
            let letter = try #require(try await house.letters("request-rejected").first)
            #expect(letter.person == "Piotr Nowak")
            #expect(letter.text.contains("Minutes, item 4"))
            #expect(try await house.letters("standing-changed").isEmpty)
            #expect(try await house.journal(id) == ["request.filed", "request.put", "request.rejected"])
            let again = try await house.ask(.reinstatement, RequestHouse.gdansk, as: house.piotr)
            #expect(try await house.request(again).reference == "2026-2")
        }
    }

    @Test(arguments: TestEngine.all)
    func `what too few answered stays with the body until a meeting decides`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let id = try await house.ask(.withdrawal, RequestHouse.visby, as: house.inga)
            let circular = try await house.put(id, way: .circulation)
            let over = RequestHouse.later(15)
            try await house.run(CloseCircular(circular, services: house.decisions), as: house.officer, at: over)
            #expect(try await house.request(id).state == .put)
            await #expect(throws: RequestRefusal.inAnotherState(.put)) {
                try await house.run(TakeBackRequest(id, reason: "We stay"), as: house.inga, at: over)
            }
            try await house.meet(circular, .adopted, on: "2026-10-06", at: over)
            #expect(try await house.request(id).state == .adopted)
            #expect(
                try await house.steps(RequestHouse.visby).last == "withdrawn 2026-10-06 decision-2026-1-1"
            )
            #expect(try await house.journal(id) == ["request.filed", "request.put", "request.adopted"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `a question that is withdrawn gives the request back`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let id = try await house.ask(.withdrawal, RequestHouse.visby, as: house.inga)
            let circular = try await house.put(id)
            await #expect(throws: DecisionRefusal.self) { _ = try await house.put(id) }
            try await house.run(
                WithdrawCircular(circular, reason: "The letter is not clear", services: house.decisions),
                as: house.officer
            )
            let request = try await house.request(id)
            #expect(request.state == .received)
            #expect(request.putAt == nil)
            #expect(try await house.journal(id) == ["request.filed", "request.put", "request.returned"])
            let second = try await house.put(id)
            try await house.meet(second, .adopted)
            #expect(try await house.request(id).state == .adopted)
            #expect(try await house.letters("request-put").count == 6, "three people, told of both times")
            let record = try await house.ask(RequestByID("2026-1", charter: house.charter), as: house.auditor)
            #expect(record.circulars.map(\.id) == [second, circular])
        }
    }

    @Test(arguments: TestEngine.all)
    func `another body than the charter's, or another kind of matter, is refused`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let id = try await house.ask(.withdrawal, RequestHouse.visby, as: house.inga)
            func open(_ body: String, _ matter: String) async -> (any Error)? {
                let draft = CircularDraft(body: body, way: .meeting, matter: matter, title: "R", subjects: [id])
                return await house.refusal {
                    _ = try await house.run(OpenCircular(draft, services: house.decisions), as: house.officer)
                }
            }
            let wrongBody = await open(RequestHouse.assembly, "withdrawal")
            #expect((wrongBody as? InvalidInput)?.fields.map(\.name) == ["body"])
            #expect(await open(RequestHouse.assembly, "appeal") as? RequestRefusal == .noSuchRequest)
            #expect(try await house.request(id).state == .received)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what can no longer be carried out changes nothing, and the secretariat takes it back`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let id = try await house.ask(.appeal, RequestHouse.riga, as: house.ruta)
            let circular = try await house.put(id)
            let charter = house.charter
            try await house.database.write { transaction in
                try RequestHouse.step(transaction, RequestHouse.riga, "terminated", "2026-09-20", charter)
            }
            try await house.meet(circular, .adopted)
            // An appeal against the suspension does not undo what came after it.
            #expect(try await house.steps(RequestHouse.riga).last == "terminated 2026-09-20")
            #expect(try await house.request(id).state == .put)
            #expect(try await problem(house, circular) != nil)
            let record = try await house.ask(RequestByID(id, charter: house.charter), as: house.officer)
            #expect(record.problem != nil)
            #expect(record.canBeTakenBack)
            await #expect(throws: RequestRefusal.inAnotherState(.put)) {
                try await house.run(TakeBackRequest(id, reason: "So be it"), as: house.ruta)
            }
            try await house.run(TakeBackRequest(id, reason: "It is about what no longer holds"), as: house.officer)
            let item = try await house.items(circular)[0]
            let left = try await house.run(
                CarryOutAgain(circular, item: item, services: house.decisions),
                as: house.officer
            )
            #expect(left == nil)
            #expect(try await problem(house, circular) == nil)
            #expect(try await house.request(id).state == .takenBack)
        }
    }

    private func problem(_ house: RequestHouse, _ circular: String) async throws -> String? {
        try await house.database.read { transaction in
            try transaction.first("SELECT problem FROM circular_item WHERE circular_id = ?", [.text(circular)]) {
                $0.optionalText(0)
            } ?? nil
        }
    }

    /// The one seat of the committee answers, and so all is decided.
    private func answer(_ house: RequestHouse, _ circular: String, _ answer: SeatAnswer) async throws {
        let seat = try await house.database.read { transaction in
            try transaction.first("SELECT id FROM circular_seat WHERE circular_id = ?", [.text(circular)]) {
                try $0.text(0)
            }
        }
        let command = AnswerCircular(
            circular,
            seat: try #require(seat),
            as: house.ruta,
            answers: [try await house.items(circular)[0]: answer],
            services: house.decisions
        )
        #expect(try await house.run(command, as: house.ruta) == .closed)
    }
}
