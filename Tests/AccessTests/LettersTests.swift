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

    @Test("each role has a name in each language")
    func roleNames() {
        for language in Letters.languages {
            let names = Role.allCases.map { $0.name(in: language) }
            #expect(Set(names).count == Role.allCases.count, "\(language)")
        }
        #expect(Role.juror.name(in: "fr") == Role.juror.name.english)
    }
}
