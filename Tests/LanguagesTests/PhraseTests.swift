import Languages
import Testing

@Suite("Phrases")
struct PhraseTests {
    let korean: Speech

    init() throws {
        korean = Speech(
            try Catalogue(
                .korean,
                po: """
                    msgid ""
                    msgstr ""
                    "Plural-Forms: nplurals=1; plural=0;\\n"

                    msgid "{0} joined on {1}."
                    msgstr "{1} {0} 가입."

                    msgid "{0} member"
                    msgid_plural "{0} members"
                    msgstr[0] "회원 {0}명"

                    msgctxt "a state"
                    msgid "Open"
                    msgstr "열림"

                    msgid "See {0} or {1}."
                    msgstr "{1} 또는 {0} 참조."
                    """
            )
        )
    }

    @Test("a message is said in English as the code has it")
    func english() {
        let phrase = say("\("Cuenca") joined on \(Phrase.date(CalendarDate(year: 2023, month: 9, day: 26), .short)).")
        #expect(phrase.english == "Cuenca joined on 26 Sept 2023.")
    }

    @Test("a translation may turn the gaps round, and each value is said in its language")
    func turned() {
        let phrase = say("\("Cuenca") joined on \(Phrase.date(CalendarDate(year: 2023, month: 9, day: 26), .short)).")
        #expect(korean.text(phrase) == "2023년 9월 26일 Cuenca 가입.")
    }

    @Test(
        "counts take their form from the number",
        arguments: [(0, "0 members"), (1, "1 member"), (2, "2 members"), (1234, "1,234 members"), (-1, "-1 member")]
    )
    func counted(number: Int, english: String) {
        let phrase = say(number, one: "\(number) member", other: "\(number) members")
        #expect(phrase.english == english)
        #expect(korean.text(phrase) == "회원 \(Language.korean.written(number))명")
    }

    @Test("a context tells equal English texts apart; without its translation the text stays English")
    func context() {
        #expect(korean.text(say("Open", context: "a state")) == "열림")
        #expect(korean.text(say("Open", context: "a button")) == "Open")
        #expect(korean.text(say("Open")) == "Open")
    }

    @Test("parts of a sentence come where the language wants them")
    func parts() {
        var said: [String] = []
        korean.say(say("See \(part: 0) or \(part: 1)."), { said.append($0) }, { said.append("<\($0)>") })
        #expect(said.joined() == "<1> 또는 <0> 참조.")
    }

    @Test("a long text may be put together from several literals")
    func joined() {
        #expect((say("One \(1) " + "and \("two").")) == say("One \(1) and \("two")."))
    }

    @Test("sequences, lists and joined phrases are said piece by piece")
    func composed() {
        let both = say("\(1) member", context: nil) + .verbatim(" · ") + say("Open", context: "a state")
        #expect(korean.text(both) == "회원 1명 · 열림")
        #expect(korean.text(.list([.verbatim("A"), say("Open", context: "a state")])) == "A 및 열림")
        #expect(Phrase.joined([.number(1), .number(2)], by: ", ").english == "1, 2")
        #expect(Phrase.joined([], by: ", ").english.isEmpty)
    }

    @Test("pseudo marks every message, and what stands in its gaps only where that is one as well")
    func pseudo() {
        let text = Speech.pseudo.text(say("Mail to \("Seoul"): \(say("open"))"))
        #expect(text.hasPrefix("[") && text.hasSuffix("]"))
        #expect(text.contains("Seoul") && !text.contains("Mail") && !text.contains("open"))
        #expect(Speech.pseudo.text(.verbatim("Seoul")) == "Seoul")
        #expect(Speech.pseudo.text(.record("As printed")) == "As printed")
        // A name of the charter is marked as well, so that one that is printed as it stands is found.
        let name = Speech.pseudo.text(.name("Suspended"))
        #expect(name.hasPrefix("[") && name.hasSuffix("]") && !name.contains("Suspended"))
        #expect(Speech.pseudo.text(.name("")).isEmpty)
    }

    @Test("a name is said as the language calls it, and as it stands where nobody told")
    func named() {
        let phrase = say("\(Phrase.name("Diet")) joined on \(Phrase.name("Adrift")).")
        #expect(phrase.english == "Diet joined on Adrift.")
        #expect(korean.text(phrase) == "Adrift Diet 가입.")
        #expect(korean.naming(["Diet": "의회"]).text(phrase) == "Adrift 의회 가입.")
        let speeches = Speeches([Catalogue(empty: .korean)]).naming(["ko": ["Diet": "의회"], "es": ["Diet": "Dieta"]])
        #expect(speeches[.korean].text(.list([.name("Diet"), .name("Adrift")])) == "의회 및 Adrift")
        #expect(speeches[.english].text(.name("Diet")) == "Diet")
        // Nobody speaks Spanish there, so it is all in English.
        #expect(speeches[.spanish].text(.name("Diet")) == "Diet")
    }

    @Test("digits of a name are not grouped")
    func plain() { #expect(say("in \(plain: 2023)").english == "in 2023") }

    @Test(
        "a phrase that was kept is said in the language that it is read in",
        arguments: [
            say("\("Cuenca") joined on \(Phrase.date(CalendarDate(year: 2023, month: 9, day: 26), .long))."),
            say(3, one: "\(3) member", other: "\(3) members"), say("Open", context: "a state"),
            .verbatim("\"Open\" {0}"), .number(1234), .decimal(605.25), .list([.verbatim("A"), .number(2)], .or),
            .joined([.number(1), say("Open", context: "a state")], by: ", "), say("See \(part: 0) or \(part: 1)."),
            .empty, .name("Suspended"), say("\("Visby") joined on \(Phrase.name("Suspended"))."),
            Phrase.record("As printed"), say("\(Phrase.record("As printed")) joined on \(2)."),
        ] as [Phrase]
    )
    func kept(phrase: Phrase) {
        let read = Phrase(stored: phrase.stored)
        #expect(read == phrase)
        #expect(korean.text(read) == korean.text(phrase))
        #expect(phrase.stored == read.stored)
    }

    @Test(
        "text of before phrases were kept is taken as it is",
        arguments: ["", "Nothing was past its time.", "CSV, UTF-8", "{", "12", "null", "[1]", #"{"say":["a","b"]}"#]
    )
    func old(text: String) {
        #expect(Phrase(stored: text) == .verbatim(text))
    }
    @Test("a text of the records stays as it is, what the program kept there is said")
    func records() {
        #expect(korean.text(.record("No payment for 3 years")) == "No payment for 3 years")
        let joined = say("\("Visby") joined on \(2).")
        #expect(korean.text(.record(joined.recorded)) == "2 Visby 가입.")
        #expect(Phrase.verbatim("As printed").recorded == "As printed")
    }

    @Test(
        "no text that somebody wrote is lost, however it looks",
        arguments: ["", "\"Open\"", "12", "{", "{}", #"{"a":1}"#, #"{"say":["Open"]}"#, #"{"name":"Suspended"}"#]
    )
    func writtenInRecords(text: String) {
        #expect(korean.text(.record(Phrase.verbatim(text).recorded)) == text)
    }

    @Test("whoever writes a phrase out can tell what stays in the language of the code")
    func marked() {
        var said: [String] = []
        let phrase = say("See \(Phrase.record("Annex 1")) or \("GA6").")
        korean.say(phrase, { said.append($0) }, { _ in }, record: { said.append("<\($0)>") })
        #expect(said.joined() == "GA6 또는 <Annex 1> 참조.")
    }
}
