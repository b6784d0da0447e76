import Access
import Database
import DatabaseTesting
import Foundation
import Languages
import Mail
import Testing

@Suite("The mail that people get")
struct LettersTests {
    @Test("every template is there in every language and needs no more than it is given")
    func templates() throws {
        let templates = try MailTemplates.load(folder: Letters.folder)
        #expect(templates.languages == Letters.languages.sorted())
        #expect(templates.keys.count == 11)
        let values = [
            "association": "WeGO", "name": "Ana", "link": "https://hansa.test/x", "role": "Editor", "place": "Seoul",
            "period": "2026-01-01 –", "by": "Jiwon", "address": "a@b.test",
            "reason": "The law asks for it.",
        ]
        for key in templates.keys {
            for language in templates.languages {
                let content = try templates.render(key, language: language, values: values)
                #expect(content.subject.contains("WeGO"), "\(language)/\(key)")
                #expect(!content.text.contains("{"), "\(language)/\(key)")
            }
        }
    }

    @Test("a name in a mail is text, never markup", arguments: TestEngine.all)
    func escaped(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            _ = try await desk.run(
                InvitePerson(
                    name: "<img src=x> [Click]({link})",
                    email: "a@b.test",
                    language: "en",
                    role: .editor,
                    in: .member("m1"),
                    places: desk.places,
                    letters: desk.letters
                )
            )
            let html = try await desk.database.read { try $0.first("SELECT body_html FROM mail") { try $0.text(0) } }
            #expect(html?.contains("<img") == false)
            #expect(html?.contains("&lt;img") == true)
        }
    }

    @Test(
        "roles, days, bodies and links are in the reader's language",
        arguments: [
            (
                "en", "Executive Committee member", "Executive Committee", "since 1 Mar 2026",
                "https://hansa.test/sign-in/"
            ),
            ("ko", "집행위원", "집행위원회", "2026년 3월 1일부터", "https://hansa.test/ko/sign-in/"),
            // The site of these tests has no pages in Spanish.
            (
                "es", "Integrante del Comité Ejecutivo", "Comité Ejecutivo", "desde 1 mar 2026",
                "https://hansa.test/sign-in/"
            ),
        ]
    )
    func language(_ language: String, role: String, body: String, period: String, link: String) async throws {
        try await withDesk(.sqlite) { desk in
            _ = try await desk.run(
                InvitePerson(
                    name: "Ana",
                    email: "a@b.test",
                    language: language,
                    role: .committee,
                    in: .body("executive-committee"),
                    from: "2026-03-01",
                    places: desk.places,
                    letters: desk.letters
                )
            )
            let found = try await desk.database.read { try $0.first("SELECT body_text FROM mail") { try $0.text(0) } }
            let text = try #require(found)
            for words in [role, body, period, link] { #expect(text.contains(words), "\(words) in \(text)") }
        }
    }
}
