import Languages
import Testing

@Suite("Catalogues")
struct CatalogueTests {
    private static let head = "msgid \"\"\nmsgstr \"\"\n\"Plural-Forms: nplurals=1; plural=0;\\n\"\n\n"

    private func fault(_ text: String, of language: Language = .korean) -> Catalogue.Fault? {
        do {
            _ = try Catalogue(language, po: Self.head + text)
            return nil
        } catch { return error }
    }

    @Test("comments, obsolete and fuzzy entries, empty texts and several lines of one text")
    func reading() throws {
        let catalogue = try Catalogue(
            .korean,
            po: Self.head + """
                # a note
                #. {0}: name
                #: Sources/A.swift
                #, python-brace-format
                msgid ""
                "One "
                "line"
                msgstr "한 "
                "줄"

                #, fuzzy
                msgid "Maybe"
                msgstr "글쎄"

                msgid "Not yet"
                msgstr ""
                msgid "Without a gap between"
                msgstr "사이 \\"없이\\"\\n\\\\"

                #~ msgid "Gone"
                #~ msgstr "없음"
                """
        )
        #expect(catalogue.count == 2)
        let speech = Speech(catalogue)
        #expect(speech.text(say("One line")) == "한 줄")
        #expect(speech.text(say("Without a gap between")) == "사이 \"없이\"\n\\")
        #expect(speech.text(say("Maybe")) == "Maybe")
        #expect(speech.text(say("Not yet")) == "Not yet")
    }

    @Test(
        "what cannot be read is told with its line",
        arguments: [
            ("msgid \"a\nmsgstr \"b\"\n", 5, "the closing quote is missing"),
            ("msgid \"a\"\n", 5, "an entry without msgstr"),
            ("msgstr \"b\"\n", 5, "msgstr does not follow msgid"),
            ("\"b\"\n", 5, "a text that belongs to no keyword"),
            ("msgid \"a\\x\"\nmsgstr \"b\"\n", 5, "an unknown escape"),
            ("msgid \"a\" b\nmsgstr \"b\"\n", 5, "something stands behind the closing quote"),
            ("msgid a\nmsgstr \"b\"\n", 5, "a text must stand in quotes"),
            ("msgword \"a\"\n", 5, "msgword is no keyword here"),
            ("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[1] \"c\"\n", 7, "msgstr[1] is no keyword here"),
            ("msgid \"a {0}\"\nmsgstr \"b {1}\"\n", 5, "\"b {1}\" has a gap that English lacks"),
            ("msgid \"a\"\nmsgstr \"b {\"\n", 5, "\"b {\" has a brace that opens no gap"),
            ("msgid \"a\"\nmsgstr \"b\"\n\nmsgid \"a\"\nmsgstr \"c\"\n", 8, "\"a\" is there twice"),
        ]
    )
    func faults(text: String, line: Int, message: String) {
        #expect(fault(text) == Catalogue.Fault(language: .korean, line: line, message: message))
    }

    @Test("a catalogue with another language's plurals is refused")
    func plurals() {
        #expect(fault("", of: .spanish)?.message.contains("nplurals=3") == true)
    }

    @Test("Spanish has a form of its own for whole millions", arguments: [(1, "uno"), (2, "otros"), (1_000_000, "de")])
    func millions(number: Int, form: String) throws {
        let speech = Speech(
            try Catalogue(
                .spanish,
                po: """
                    msgid ""
                    msgstr ""
                    "Plural-Forms: \(Language.spanish.pluralForms)\\n"

                    msgid "one person"
                    msgid_plural "{0} people"
                    msgstr[0] "uno"
                    msgstr[1] "de {0}"
                    msgstr[2] "otros {0}"
                    """
            )
        )
        #expect(speech.text(say(number, one: "one person", other: "\(number) people")).hasPrefix(form))
    }

    @Test("doubled braces are braces")
    func braces() throws {
        let catalogue = try Catalogue(.korean, po: Self.head + "msgid \"{{x}} {0}\"\nmsgstr \"{0} {{y}}\"\n")
        #expect(Speech(catalogue).text(say("{x} \("z")")) == "z {y}")
    }
}
