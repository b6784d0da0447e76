import Charter
import Languages
import Testing

@testable import Site

@Suite struct PlacesTests {
    @Test func `countries have names in four languages, an unknown code stands for itself`() throws {
        let countries = try Countries(csv: WorldFile.countries)
        #expect(countries.codes.count > 240)
        #expect(countries.name("KR") == "South Korea")
        #expect(countries.names("KR")?.korean == "대한민국")
        #expect(countries.names("PE")?.spanish == "Perú")
        #expect(countries.names("CN")?.chinese == "中国")
        #expect(countries.name("QQ") == "QQ")
        #expect(countries.names("QQ") == nil)
        #expect(countries.name("kr") == "kr")
    }

    @Test func `a page in a language names and sorts countries as its readers do`() throws {
        let countries = try Countries(csv: WorldFile.countries)
        func sorted(_ language: Language, _ codes: [String]) -> [String] {
            let countries = countries.speaking(language)
            return codes.sorted { countries.rank($0) < countries.rank($1) }.map(countries.name)
        }
        let codes = ["DE", "KR", "CN", "AX", "ES"]
        #expect(sorted(.english, codes) == ["Åland Islands", "China", "Germany", "South Korea", "Spain"])
        #expect(sorted(.korean, codes) == ["대한민국", "독일", "스페인", "올란드 제도", "중국"])
        #expect(sorted(.spanish, codes) == ["Alemania", "China", "Corea del Sur", "España", "Islas Aland"])
        #expect(countries.speaking(.chinese).name("KR") == "韩国")
        #expect(countries.speaking(.pseudo).name("KR") == "South Korea")
        #expect(countries.speaking(.korean).name("QQ") == "QQ")
        #expect(countries.speaking(.korean).rank("QQ") == .max)
    }

    @Test func `a country without a name in the language keeps its English one`() throws {
        let text = "a2,a3,name_en,name_ko,name_es,name_zh\nAA,AAA,Alpha,,Alfa,甲\n"
        let countries = try Countries(text: text, file: "x.csv")
        #expect(countries.speaking(.korean).name("AA") == "Alpha")
    }

    @Test func `names may hold commas and quotes`() throws {
        let text = #"""
            a2,a3,name_en,name_ko,name_es,name_zh
            AA,AAA,"Alpha, the ""First""",가,Alfa,甲
            """#
        let countries = try Countries(text: text, file: "x.csv")
        #expect(countries.name("AA") == "Alpha, the \"First\"")
    }

    @Test func `a broken table is told with its line`() {
        let text = "a2,a3,name_en,name_ko,name_es,name_zh\nAA,AAA,Alpha,가,Alfa,甲\nBB,BBB\n"
        #expect(
            throws: CountriesError.malformed(
                file: "x.csv",
                line: 3,
                reason: "expected are six fields, the first of two letters"
            )
        ) {
            try Countries(text: text, file: "x.csv")
        }
        #expect(throws: CountriesError.unreadable(file: "/nowhere.csv")) { try Countries(csv: "/nowhere.csv") }
    }

    @Test func `the list of countries falls into two columns of about one length`() {
        func region(_ key: String, _ countries: Int) -> CountryList.Region {
            .init(key: key, countries: (0..<countries).map { .init(a2: "A\($0)", name: "", byCategory: [1]) })
        }
        let list = CountryList(
            day: .first,
            categories: [],
            regions: [region("a", 16), region("b", 8), region("c", 22)]
        )
        #expect(list.halves.left.map(\.key) == ["a", "b"])
        #expect(list.halves.right.map(\.key) == ["c"])
        let empty = CountryList(day: .first, categories: [], regions: [])
        #expect(empty.halves.left.isEmpty && empty.halves.right.isEmpty)
    }
}
