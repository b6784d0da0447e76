import Charter
import Languages
import Testing

@Suite("The charter of WeGO in its languages")
struct WegoTranslationTests {
    private let charter: Charter

    init() throws {
        charter = try Charter.load(path: CharterFile.wego)
    }

    @Test("its names are known in each of its languages")
    func translations() {
        let names = Language.forReaders.map { language in
            ["Local governments", "Asia-Pacific", "Suspended"].map { charter.name($0, in: language) }
        }
        #expect(
            names == [
                ["Local governments", "Asia-Pacific", "Suspended"], ["지방정부", "아시아·태평양", "자격 정지"],
                ["Gobiernos locales", "Asia-Pacífico", "Suspendido"], ["地方政府", "亚太地区", "暂停会籍"],
            ]
        )
        #expect(charter.name("WeGO", in: .korean) == "WeGO")
        #expect(charter.name("Certificate of registration", in: .spanish) == "Certificado de registro")
        #expect(charter.name("A vote in the General Assembly", in: .korean) == "총회 투표권")
        #expect(charter.name("A member withdraws by letter.", in: .chinese) == "会员以来函方式退出。")
    }

    @Test("every text of its rules is translated into each of its languages, and nothing else than texts is left out")
    func everyText() {
        #expect(Self.texts(of: charter).count > 150)
        #expect(Self.untranslated(in: charter) == [])
    }

    @Test("a text that somebody forgets to translate is found")
    func forgottenText() throws {
        let text = try CharterFile.text(CharterFile.wego)
        let without = text.replacing("    Employees worldwide.: 全球员工人数。\n", with: "")
            .replacing("    5th General Assembly: 제5차 총회\n", with: "")
        let forgetful = try #require(Charter.lint(text: without, file: "test.yaml").charter)
        #expect(
            Self.untranslated(in: forgetful) == ["ko adoptedBy: 5th General Assembly", "zh note: Employees worldwide."]
        )
    }

    /// Properties that hold keys and codes, and those that stay as they are published: names of sections of the reports,
    /// which are in English, and the holder of an account.
    private static let keptAsTheyAre: Set<String> = [
        "key", "category", "categories", "offices", "body", "nominatedBy", "regions", "approvedBy", "decidedBy",
        "leadsTo",
        "against", "from", "status", "countries", "assumedCountries", "currency", "begins", "ends", "billedOn",
        "holder",
        "iban", "bic",
    ]

    /// "ko note: Employees worldwide." for each that lacks its translation.
    private static func untranslated(in charter: Charter) -> [String] {
        let languages = charter.association.languages.filter { $0 != Language.source.rawValue }
        return languages.flatMap { language in
            texts(of: charter).filter { charter.translations[language]?[$0.text] ?? $0.text == $0.text }
                .map { "\(language) \($0.property): \($0.text)" }
        }.sorted()
    }

    /// Whatever is in words, by the property that holds it; each text once. Properties that are new are found by
    /// themselves.
    private static func texts(of charter: Charter) -> [(property: String, text: String)] {
        var seen: Set<String> = []
        return (texts(charter.association.names, of: "names") + texts(charter.versions, of: "versions"))
            .filter { $0.text.contains(where: \.isLetter) && seen.insert($0.text).inserted }
    }

    private static func texts(_ value: Any, of property: String) -> [(property: String, text: String)] {
        if value is Citation || value is Charter.Term { return [] }
        if let text = value as? String { return keptAsTheyAre.contains(property) ? [] : [(property, text)] }
        let mirror = Mirror(reflecting: value)
        return mirror.children.flatMap { child in
            texts(child.value, of: mirror.displayStyle == .optional ? property : child.label ?? property)
        }
    }
}
