import Access
import DatabaseTesting
import Languages
import Testing

@testable import Membership

@Suite struct UploadCellTests {
    @Test(
        arguments: [
            ("2021-10-18", "2021-10-18", "2021-10-18"), ("2021/10/18", "2021-10-18", "2021-10-18"),
            ("2021.10.18", "2021-10-18", "2021-10-18"), ("18.10.2021", "2021-10-18", "2021-10-18"),
            ("2021-10-18T09:30:00", "2021-10-18", "2021-10-18"), ("2021-10-18 00:00:00", "2021-10-18", "2021-10-18"),
            ("2021년 10월 18일", "2021-10-18", "2021-10-18"), ("2021年10月18日", "2021-10-18", "2021-10-18"),
            ("2021", "2021-01-01", "2021-12-31"), ("2020-02", "2020-02-01", "2020-02-29"),
            ("2010-01-01/2020-12-31", "2010-01-01", "2020-12-31"), ("2010/2020", "2010-01-01", "2020-12-31"),
        ]
    )
    func aDayIsReadAsExactlyAsItIsWritten(_ text: String, _ earliest: String, _ latest: String) throws {
        let bounds = try #require(DayBounds(text))
        #expect(bounds == DayBounds(earliest: earliest, latest: latest))
        #expect(DayBounds(bounds.text) == bounds)
    }

    @Test(arguments: [
        "", "10/12/2021", "2021-13-01", "2021-02-29", "yesterday", "44487", "21-10-18", "2021-10-18-1", "-", "//",
    ])
    func whatIsNoDayIsNotGuessed(_ text: String) { #expect(DayBounds(text) == nil) }

    @Test(arguments: ["=cmd|'/C calc'!A0", "+1", "-5 degrees", "@sum", "'quoted", "''=x", "\tx", "plain", ""])
    func aGuardedTextComesBackAsItWas(_ text: String) {
        let guarded = FormulaGuard.guarded(text)
        #expect(FormulaGuard.unguarded(guarded) == text)
        #expect(guarded.first.map { !"=+-@\t".contains($0) } ?? true)
    }

    @Test(
        arguments: [
            ("City", UploadField.name), ("도시명", .name), ("Nombre", .name), ("城市", .name),
            ("Population 2023", .population), ("인구", .population), ("Población", .population), ("人口", .population),
            ("Country", .country), ("국가", .country), ("País", .country), ("国家", .country),
            ("Member since", .joined), ("가입일", .joined), ("Fecha de ingreso", .joined), ("加入日期", .joined),
            ("Mayor", .headOfGovernment), ("시장", .headOfGovernment), ("Alcalde", .headOfGovernment),
            ("市长", .headOfGovernment), ("head_of_government", .headOfGovernment), ("status_day", .statusDay),
        ]
    )
    func headingsInFourLanguagesSuggestTheirField(_ heading: String, _ field: UploadField) {
        #expect(UploadField.suggestion(for: heading) == field)
    }

    /// What a column of the console's table is to an import; `nil` for what none takes.
    private func field(_ column: MemberColumn) -> UploadField? {
        switch column {
        case .status: .status
        case .category: .category
        case .country: .country
        case .region: .region
        case .since: .joined
        case .population: .population
        case .tags: .tags
        case .website: .website
        case .head: .headOfGovernment
        case .key: .key
        case .changed, .people, .area, .offices: nil
        }
    }

    @Test(arguments: Language.forReaders)
    func whatOurOwnPagesHeadAColumnWithIsKnownInEachLanguage(_ language: Language) throws {
        let speech = try Speeches.shipped()[language]
        for field in UploadField.allCases where field != .ignore {
            let title = speech.text(field.title)
            #expect(UploadField.suggestion(for: title) == field, "\(title)")
            #expect(language == .english || title != field.title.english, "\(title) is not translated")
        }
        for column in MemberColumn.allCases {
            let label = speech.text(column.label)
            #expect(UploadField.suggestion(for: label) == field(column), "\(label)")
        }
    }

    @Test func whatOurOwnFilesHeadAColumnWithIsKnownOrLeftOut() {
        for field in MemberSheet.columns { #expect(UploadField.suggestion(for: field.rawValue) == field) }
        let known: [String: UploadField] = [
            "key": .key, "name": .name, "other_names": .otherNames, "status": .status, "category": .category,
            "country": .country, "region": .region, "population": .population, "population_year": .populationYear,
            "tags": .tags, "website": .website, "head": .headOfGovernment,
        ]
        // The others are no facts that an import takes, or not in its terms: `people` is who has a role, `area` is km².
        for heading in ExportMembers.headings(MemberColumn.allCases) {
            #expect(UploadField.suggestion(for: heading) == known[heading], "\(heading)")
        }
    }

    @Test func ofTwoColumnsForOneFieldTheFirstHasItAndAnEmptyHeadingNone() {
        let mapping = UploadMapping(suggestedBy: ["Name", "", "Name", "Alias", "Former name", "Favourite colour"])
        #expect(mapping.fields == [.name, .ignore, .ignore, .otherNames, .otherNames, .ignore])
    }

    @Test func aMappingThatCannotBeIsRefusedColumnByColumn() throws {
        let header = ["Name", "Name", "Year"]
        do {
            try UploadMapping([.name, .name, .populationYear]).check(header: header)
            Issue.record("the mapping was taken")
        } catch {
            #expect(error.fields.map(\.name) == ["column-2", "mapping"])
            #expect(error.fields[0].message.english.contains("Name (column A)"))
        }
        #expect(throws: InvalidInput.self) { try UploadMapping([.country, .ignore, .ignore]).check(header: header) }
        #expect(throws: InvalidInput.self) { try UploadMapping([.name]).check(header: header) }
        try UploadMapping([.name, .otherNames, .ignore]).check(header: header)
    }

    @Test func aPlanOfBeforePhrasesWereKeptIsStillRead() throws {
        let old = """
            {"candidates":[],"changes":[{"field":"status","new":"suspended since 2026","old":"member since 2010"}],
            "notes":["Several members bear this name."],"outcome":"refused",
            "problems":[{"column":2,"message":"\\"x\\" is no year; write it as in 2023"}]}
            """
        let plan = try StoredJSON.value(RowPlan.self, old)
        #expect(
            plan.changes == [
                .init(field: .status, old: .verbatim("member since 2010"), new: .verbatim("suspended since 2026"))
            ]
        )
        #expect(plan.notes == [.verbatim("Several members bear this name.")])
        #expect(plan.problems == [.init(column: 2, message: .verbatim("\"x\" is no year; write it as in 2023"))])
    }

    @Test func columnsAreCountedAsSpreadsheetsDo() {
        #expect([0, 25, 26, 51, 52, 701, 702].map(UploadMapping.letters) == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"])
    }

    @Test(
        arguments: [
            ("KR", "KR"), ("kor", "KR"), ("South Korea", "KR"), ("대한민국", "KR"), ("Alemania", "DE"), ("德国", "DE"),
            ("Côte d’Ivoire", "CI"),
        ]
    )
    func aCountryIsKnownByAnyOfItsNames(_ word: String, _ code: String) throws {
        let rules = try UploadFixture.rules()
        #expect(rules.countries.code(word) == code)
    }

    @Test(
        arguments: [
            ("São Paulo", "BR", [], "sao-paulo"), ("São Paulo", "BR", ["sao-paulo"], "sao-paulo-br"),
            ("São Paulo", "BR", ["sao-paulo", "sao-paulo-br"], "sao-paulo-2"), ("부산", "KR", [], "member-kr-1"),
            ("부산", "KR", ["member-kr-1"], "member-kr-2"), ("Seoul 서울", "KR", [], "seoul"), ("서울", nil, [], "member-1"),
        ] as [(String, String?, Set<String>, String)]
    )
    func aKeyIsMadeOfTheNameAndIsNew(_ name: String, _ country: String?, _ taken: Set<String>, _ key: String) {
        #expect(MemberKey.make(name: name, country: country, isTaken: taken.contains) == key)
        #expect(RowReader.isKey(key))
    }
}
