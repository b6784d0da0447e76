import Access
import Database
import DatabaseTesting
import Foundation
import Journal
import Testing

@testable import Identity

@Suite("A request to be erased that is declined")
struct DeclineErasureTests {
    private let reason = "The law of accounts asks us to keep\r\n your claims of 2025 until 2035."
    private let told = "The law of accounts asks us to keep your claims of 2025 until 2035."

    private func waiting(_ desk: Desk) async throws -> [String] {
        try await desk.database.read { try ErasureRequest.waiting($0).map(\.id) }
    }

    private func decline(_ desk: Desk, _ id: String, _ reason: String, as actor: Actor? = nil) async throws {
        try await desk.run(DeclineErasure(id, reason: reason, letters: desk.letters), as: actor)
    }

    @Test("the person is told why, sees it, and may ask again", arguments: TestEngine.all)
    func declined(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let id = try await desk.add("Xiomara Quispe", "xiomara@seoul.test", (.editor, .member("m1")))
            let actor = try await desk.actor(id)
            try await desk.run(AskErasure(id), as: actor)
            try await decline(desk, id, reason)

            let left = try await waiting(desk)
            #expect(left == [])
            let mail = try #require(try await desk.mails().last)
            #expect(mail.to == "xiomara@seoul.test" && mail.subject == "Your request to WeGO to erase your data")
            #expect(mail.text.contains(told) && mail.text.contains("data protection authority"))
            #expect(mail.text.contains("https://hansa.test/account"))
            let account = try await desk.ask(MyAccount(id, policy: SessionPolicy()), as: actor)
            #expect(account.erasure?.declined?.reason == told)
            let record = try await desk.ask(PersonRecord(id))
            #expect(record.erasure == account.erasure)
            let data = try await desk.ask(PersonalData(id, sources: []), as: actor)
            guard case .object(let parts) = data, case .object(let request) = parts["erasure-request"] else {
                Issue.record("what is held says nothing of the request")
                return
            }
            #expect(request["reason"] == .text(told) && request["declined-at"] != .null)

            // Nothing was erased; withdrawing has nothing to take back; asking again waits anew.
            let person = try await desk.person(id)
            #expect(person?.name == "Xiomara Quispe")
            try await desk.run(WithdrawErasure(id), as: actor)
            let kept = try await desk.ask(PersonRecord(id)).erasure
            #expect(kept?.declined != nil)
            try await desk.run(AskErasure(id), as: actor)
            let again = try await waiting(desk)
            #expect(again == [id])
            let journal = try await desk.journal(about: id)
            #expect(journal == ["erasure.asked", "erasure.declined", "erasure.asked"])
        }
    }

    @Test("the log holds no word of the reason, and erasing takes it", arguments: TestEngine.all)
    func reasonGoes(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let id = try await desk.add("Xiomara Quispe", "xiomara@seoul.test", (.editor, .member("m1")))
            try await desk.run(AskErasure(id), as: desk.actor(id))
            try await decline(desk, id, reason)
            func find(_ table: String, _ column: String) async throws -> [String] {
                try await desk.database.read { transaction in
                    try transaction.query("SELECT \(column) FROM \(table)") { $0.optionalText(0) ?? "" }
                }.filter { $0.contains("law of accounts") }
            }
            let log = try await find("journal_entry", "after")
            let beside = try await find("journal_personal", "value")
            #expect(log.isEmpty && beside == [told])
            try await desk.run(ErasePerson(id, sources: [], letters: desk.letters))
            let after = try await find("journal_personal", "value") + find("erasure_request", "reason")
            let mails = try await find("mail", "body_text")
            #expect(after.isEmpty && mails.isEmpty)
        }
    }

    @Test("there is a reason, a request that waits, and another person", arguments: TestEngine.all)
    func refused(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            _ = try await desk.add("Lee", "lee@wego.test", (.administrator, .association))
            let id = try await desk.add("Luis", "luis@seoul.test", (.editor, .member("m1")))
            let nothing = try await refusal { try await decline(desk, id, told) }
            #expect(nothing as? PersonRefusal == .noErasureRequest)
            try await desk.run(AskErasure(id), as: desk.actor(id))
            let empty = try await refusal { try await decline(desk, id, " \n ") }
            #expect((empty as? InvalidInput)?.fields.map(\.name) == ["reason"])
            let long = try await refusal { try await decline(desk, id, String(repeating: "x", count: 1001)) }
            #expect((long as? InvalidInput)?.fields.map(\.name) == ["reason"])
            let me = desk.administrator.person.id
            try await desk.run(AskErasure(me))
            let own = try await refusal { try await decline(desk, me, told) }
            #expect(own as? PersonRefusal == .own)
            let open = try await waiting(desk)
            #expect(Set(open) == [id, me])
            try await decline(desk, id, String(repeating: "x", count: 1000))
            let twice = try await refusal { try await decline(desk, id, told) }
            #expect(twice as? PersonRefusal == .noErasureRequest)
            let mails = try await desk.mails()
            #expect(mails.count == 1)
        }
    }

    @Test("the letter is in the person's language", arguments: ["en", "es", "ko", "zh"])
    func languages(_ language: String) async throws {
        try await withDesk(.sqlite) { desk in
            let id = try await desk.add("Ana", "ana@seoul.test", (.editor, .member("m1")))
            let actor = try await desk.actor(id)
            try await desk.run(ChangeOwnDetails(id, name: "Ana", language: language), as: actor)
            try await desk.run(AskErasure(id), as: actor)
            try await decline(desk, id, told)
            let subjects = [
                "en": "Your request to WeGO to erase your data", "es": "Su solicitud a WeGO de borrar sus datos",
                "ko": "WeGO 개인정보 삭제 요청에 대한 답변", "zh": "关于您请求 WeGO 删除个人数据的答复",
            ]
            let mail = try #require(try await desk.mails().last)
            #expect(mail.subject == subjects[language] && mail.text.contains(told))
        }
    }
}
