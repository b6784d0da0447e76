import DatabaseTesting
import Identity
import Languages
import Testing

@testable import Membership

@Suite("What the program wrote into the records, as readers get it")
struct RecordWordsTests {
    private let korean: Speech

    init() throws { korean = try Speeches.shipped()[.korean] }

    @Test(
        "a place that was written here is said, that in a report stays as it is",
        arguments: [
            ("ENTRY", "secretariat, 2026-11-21", "secretariat, 21 Nov 2026"),
            ("ENTRY", "secretariat, 2026-11-21, for 2023", "secretariat, 21 Nov 2026, for 2023"),
            ("ENTRY", EntrySource.locator(decision: "2026-3", item: 2), "decision 2026-3, item 2"),
            ("ENTRY", "list, of 3.csv, line 14", "list, of 3.csv, line 14"), ("IMPORT-20261121-1", "line 7", "line 7"),
            ("ENTRY", "secretariat, soon", nil), ("ENTRY", "secretariat", nil), ("ENTRY", "", nil),
            ("ENTRY", "line x", nil), ("ENTRY", "decision 2026-3, item two", nil),
            ("GA6", "secretariat, 2026-11-21", nil), ("GA6", "line 7", nil), ("GA6", "Annex 1, New Members", nil),
        ] as [(String, String, String?)]
    )
    func places(source: String, locator: String, english: String?) {
        let words = EntrySource.words(source, locator)
        #expect(words?.english == english)
        // A message that translators reach, not the text as it stands.
        if let words { #expect(Speech.pseudo.text(words).hasPrefix("[")) }
        let cited = MemberProfile.Source(code: source, locator: locator).words
        #expect(cited.english == (locator.isEmpty ? source : "\(source), \(english ?? locator)"))
    }

    @Test("the source of what was entered here has its title in each language, also where it was written before")
    func entrySource() {
        let source = RecordSource(code: "ENTRY", title: "Entered in Hansa", published: nil, licence: nil, note: "Old")
        #expect(source.titleWords == EntrySource.title && source.noteWords == EntrySource.note)
        let report = RecordSource(code: "GA6", title: "Final report", published: nil, licence: nil, note: "Facts only")
        #expect(report.titleWords == .quoted("Final report") && report.noteWords == .quoted("Facts only"))
    }

    @Test("the head that a spreadsheet names has a position in each language, that of a report stays as printed")
    func position() {
        let source = MemberProfile.Source(code: "GA6", locator: nil)
        let positions = ["Head of government", "Lord Mayor"].map { position in
            MemberProfile.Person(
                name: "Karin Lund",
                position: position,
                role: "head-of-government",
                shownOn: "2023-09-26",
                source: source
            ).positionWords
        }
        #expect(positions.map { korean.text($0) }.last == "Lord Mayor")
        #expect(positions.last == .quoted("Lord Mayor"))
        #expect(positions.map { Speech.pseudo.text($0).hasPrefix("[") } == [true, false])
    }

    @Test("somebody whose data was erased is called so in each language")
    func erased() {
        #expect(Phrase.person("Karin Lund") == .verbatim("Karin Lund"))
        #expect(Phrase.person(Person.erasedName).english == Person.erasedName)
        #expect(Speech.pseudo.text(.person(Person.erasedName)).hasPrefix("["))
    }
}
