import Foundation
import Mail
import Testing

private let welcome = """
    Subject: {name}, welcome to {city}

    Dear {name},
    this is one paragraph.

    - first for {city}
    - second

    [Sign in]({link})

    Goodbye
    """

@Suite struct MailTemplatesTests {
    @Test func `a template gives text and HTML with the same words`() throws {
        let templates = try MailTemplates(["en": ["welcome": welcome]])
        let values = ["name": "Kim", "city": "Łódź", "link": "https://example.org/x?a=1&b=2"]
        let content = try templates.render("welcome", language: "en", values: values)
        #expect(content.subject == "Kim, welcome to Łódź")
        #expect(
            content.text == """
                Dear Kim, this is one paragraph.

                - first for Łódź
                - second

                Sign in: https://example.org/x?a=1&b=2

                Goodbye

                """
        )
        #expect(content.html.contains("<a href=\"https://example.org/x?a=1&amp;b=2\""))
        #expect(content.html.contains(">Sign in</a>"))
        #expect(content.html.contains("first for Łódź</li>"))
    }

    @Test func `a value is never markup, a placeholder, a list or a button`() throws {
        let templates = try MailTemplates(["en": ["t": "Subject: S\n\n{a}\n\n- {b}"]])
        let values = ["a": "[x]({b})\n\n- <script>\"'&", "b": "{a}"]
        let content = try templates.render("t", language: "en", values: values)
        #expect(content.html.contains("[x]({b})<br>\n<br>\n- &lt;script&gt;&quot;&#39;&amp;"))
        #expect(!content.html.contains("<script>"))
        #expect(content.text == "[x]({b})\n\n- <script>\"'&\n\n- {a}\n")
    }

    @Test(arguments: ["a\r\nBcc: b@example.org", "a\nb", "a\u{2028}b"])
    func `a line break in a subject's value is refused`(_ value: String) throws {
        let templates = try MailTemplates(["en": ["t": "Subject: {a}\n\nText"]])
        #expect(throws: MailProblem.controlCharacter(field: "subject")) {
            try templates.render("t", language: "en", values: ["a": value])
        }
    }

    @Test(arguments: [
        "javascript:alert(1)", "/relative", "", "https://example.org/ x", "https://example.org/\"onclick",
    ])
    func `a button leads to a web address or nowhere`(_ link: String) throws {
        let templates = try MailTemplates(["en": ["t": "Subject: S\n\n[Go]({link})"]])
        #expect(throws: MailProblem.badLink(template: "t", placeholder: "link")) {
            try templates.render("t", language: "en", values: ["link": link])
        }
    }

    @Test func `a language falls back to its parent and to English`() throws {
        let templates = try MailTemplates(["en": ["t": "Subject: Hello\n\nText"], "ko": ["t": "Subject: 안녕\n\n글"]])
        #expect(try templates.render("t", language: "ko-KR", values: [:]).subject == "안녕")
        #expect(try templates.render("t", language: "ko", values: [:]).html.contains("lang=\"ko\""))
        #expect(try templates.render("t", language: "es", values: [:]).subject == "Hello")
        #expect(throws: MailProblem.unknownTemplate("u")) { try templates.render("u", language: "en", values: [:]) }
    }

    @Test func `a value that is missing is named`() throws {
        let templates = try MailTemplates(["en": ["welcome": welcome]])
        #expect(throws: MailProblem.missingValue(template: "welcome", placeholder: "city")) {
            try templates.render("welcome", language: "en", values: ["name": "Kim", "link": "https://example.org"])
        }
        #expect(templates.placeholders("welcome") == ["name", "city", "link"])
    }

    @Test func `languages that differ are refused, with every difference`() {
        let texts = [
            "en": ["a": "Subject: S\n\n{x}", "b": "Subject: S\n\nText"],
            "es": ["a": "Subject: S\n\n{y}", "c": "Subject: S\n\nText"],
        ]
        let error = #expect(throws: MailTemplateProblems.self) { try MailTemplates(texts) }
        #expect(
            error?.problems == [
                "es/a.txt lacks {x}, which en/a.txt has", "es/a.txt has {y}, which en/a.txt has not",
                "es/b.txt is missing; en/b.txt is there", "en/c.txt is missing; es/c.txt is there",
            ]
        )
    }

    @Test func `a fault in a template is named with its line`() {
        let texts = [
            "en": [
                "a": "No subject", "b": "Subject: S\nText", "c": "Subject: S\n\nText\n\n{open",
                "d": "Subject: S\n\n[x](y)",
                "e": "Subject: S\n\n", "f": "Subject: {1}\n\nText",
            ]
        ]
        let error = #expect(throws: MailTemplateProblems.self) { try MailTemplates(texts) }
        let places = error?.problems.map { $0.prefix { $0 != ":" } }
        #expect(
            places == [
                "en/a.txt, line 1", "en/b.txt, line 2", "en/c.txt, line 5", "en/d.txt, line 3", "en/e.txt, line 3",
                "en/f.txt, line 1",
            ]
        )
    }

    @Test func `a folder is read by language and key`() throws {
        let folder = NSTemporaryDirectory() + "templates-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for language in ["en", "ko"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(language)", withIntermediateDirectories: true)
            try Data(welcome.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(language)/welcome.txt"))
        }
        let templates = try MailTemplates.load(folder: folder)
        #expect(templates.languages == ["en", "ko"])
        #expect(templates.keys == ["welcome"])
        #expect(throws: MailTemplateProblems.self) { try MailTemplates.load(folder: folder + "/nowhere") }
    }
}
