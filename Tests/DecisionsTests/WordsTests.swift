import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Journal
import Languages
import Testing

@testable import Decisions

/// A matter whose items are said in words of the program and of the charter, and which nothing carries out.
private struct StatusMatter: MatterEffect {
    let kind = "status"
    let name = Phrase.verbatim("Status")

    func item(_ transaction: Transaction, subject: String, on day: Day) throws -> MatterItem {
        MatterItem(
            subject: MatterSubject("member", subject),
            words: say("\("Riga"): \(Phrase.name("Suspended"))", context: "a member and a status"),
            evidence: say("Nothing on record says so.")
        )
    }

    func settle(_ transaction: Transaction, _ item: SettledItem, by actor: Actor, now: Date) throws {
        throw DecisionRefusal.nothingToCarryOut
    }
}

@Suite("The words of an item")
struct WordsTests {
    private func services(_ house: House) -> DecisionServices {
        DecisionServices(
            charter: house.services.charter,
            matters: Matters([StatusMatter()]),
            letters: house.services.letters
        )
    }

    private func ask(_ house: House) async throws -> String {
        let draft = CircularDraft(body: House.body, matter: "status", title: "Riga", subjects: [House.riga])
        return try await house.run(OpenCircular(draft, services: services(house)), as: house.officer)
    }

    private func korean(_ house: House) throws -> Speech {
        try Speeches.shipped().naming(house.services.charter.translations)[.korean]
    }

    @Test(arguments: TestEngine.all)
    func `each reads them in their language, on pages and in letters`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let id = try await ask(house)
            let item = try await house.items(id)[0]
            #expect(item.numberedWords.english == "1. Riga: Suspended")
            let speech = try korean(house)
            #expect(speech.text(item.numberedWords) == "1. Riga: 자격 정지")
            #expect(speech.text(item.evidence) == "그렇다고 볼 기록이 없습니다.")
            for (reader, words, body) in [
                (house.janis, "1. Riga: 자격 정지", "집행위원회"),
                (house.inga, "1. Riga: Suspendido", "Comité Ejecutivo"),
                (house.eva, "1. Riga: Suspended", "Executive Committee"),
            ] {
                let letter = try #require(try await house.letters("decision-asked:\(id)", to: reader).first)
                #expect(letter.text.contains(words), "\(letter.text)")
                #expect(letter.text.contains(body), "\(letter.text)")
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `what became of an item is told likewise, and so is what the records keep of it`(
        _ engine: Database.Engine
    ) async throws {
        try await House.with(engine) { house in
            let id = try await ask(house)
            try await house.answer(id, "Riga", .approve, as: house.janis)
            try await house.answer(id, "Visby", .approve, as: house.inga)
            try await house.run(CloseCircular(id, services: services(house)), as: house.officer, at: House.end)
            let item = try await house.items(id)[0]
            let minutes = try #require(item.minutes)
            #expect(
                minutes.english.hasPrefix(
                    "Executive Committee, decision 2026-1, item 1, without a meeting: Riga: Suspended: adopted: 2 of 3 "
                )
            )
            let said = try korean(house).text(minutes)
            #expect(said.contains("집행위원회") && said.contains("Riga: 자격 정지"), "\(said)")
            #expect(!said.contains("Executive Committee") && !said.contains("Suspended"), "\(said)")
            #expect(item.problem == DecisionRefusal.nothingToCarryOut.sentence)
            let result = try #require(try await house.letters("decision-result:\(id)", to: house.janis).first)
            #expect(result.text.contains("1. Riga: 자격 정지: 가결"), "\(result.text)")

            let decisions = try await house.database.read { transaction in
                try transaction.query("SELECT title, note FROM decision") { [try $0.text(0), try $0.text(1)] }
            }
            #expect(decisions == [[item.words.recorded, minutes.recorded]])
            let title = try #require(decisions.first?.first)
            #expect(try korean(house).text(.record(title)) == "Riga: 자격 정지")
            let entries = try await house.database.read { try Journal.entries($0, of: .init("circular", id)) }
            for (action, text) in [
                ("decision.opened", "Riga: Suspended"),
                ("decision.not-carried-out", DecisionRefusal.nothingToCarryOut.sentence.english),
            ] {
                let entry = try #require(entries.first { $0.entry.action == action })
                #expect(entry.entry.after?.contains(text) == true, "\(entry.entry.after ?? "nothing")")
            }
        }
    }

    static let odd = ["\"Hansa Day\"", #"{"number":12}"#, #"{"say":["x"]}"#, #""a\b""#, "12", "null", "The minutes"]

    @Test(arguments: TestEngine.all)
    func `what somebody typed stays as it was typed`(_ engine: Database.Engine) async throws {
        try await House.with(engine) { house in
            let draft = CircularDraft(
                body: House.body,
                title: "Odd",
                typed: Self.odd.map { CircularDraft.Typed(words: $0, evidence: $0) }
            )
            let id = try await house.run(OpenCircular(draft, services: house.services), as: house.officer)
            #expect(try await house.items(id).map(\.words) == Self.odd.map(Phrase.verbatim))
            #expect(try await house.items(id).map(\.evidence) == Self.odd.map(Phrase.verbatim))
        }
    }

    @Test(arguments: TestEngine.all)
    func `rows of before words were phrases read as they were typed`(_ engine: Database.Engine) async throws {
        let before = House.migrations.filter { $0.name != "decisions-2-phrases" }
        try #require(before.count == House.migrations.count - 1)
        try await withDatabase(engine, migrations: before) { database in
            try await database.write { transaction in
                try transaction.execute(
                    """
                    INSERT INTO circular (id, year, number, body, matter, title, introduction, way, state, revision,
                        opened_at)
                    VALUES ('c', 2026, 1, 'diet', 'other', 'Old', '', 'meeting', 'open', 1, '2026-01-01T00:00:00.000000Z')
                    """
                )
                try transaction.execute(
                    """
                    INSERT INTO circular_item (id, circular_id, position, words, evidence, minutes)
                    VALUES (?, 'c', ?, ?, ?, 'Diet, decision 2026-1: adopted')
                    """,
                    each: Self.odd.enumerated().map { place, words in
                        [.text("i\(place)"), .int(place + 1), .text(words), .text("\(words)\nand \"so\" on")]
                    }
                )
            }
            try await database.migrate(House.migrations, at: "2026-01-02T00:00:00Z")
            let items = try await database.read { try CircularItem.all($0, circular: "c") }
            #expect(items.map(\.words) == Self.odd.map(Phrase.verbatim))
            #expect(items.map(\.evidence) == Self.odd.map { Phrase.verbatim("\($0)\nand \"so\" on") })
            #expect(Set(items.map(\.minutes)) == [Phrase.verbatim("Diet, decision 2026-1: adopted")])
        }
    }
}
