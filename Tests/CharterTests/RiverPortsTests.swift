import Charter
import Languages
import Testing

@Suite("Another association needs a charter and no code")
struct RiverPortsTests {
    private let charter: Charter

    init() throws {
        charter = try Charter.load(path: CharterFile.riverPorts)
    }

    @Test("it is read without any warning")
    func read() {
        #expect(charter.warnings == [])
        #expect(charter.association.shortName == "LRP")
        #expect(charter.versions.map(\.effective.description) == ["1999-06-01", "2005-05-20"])
    }

    @Test("its names are told in its languages, once for all versions")
    func translated() {
        #expect(charter.translations["de"]?["Shipyards"] == "Werften")
        #expect(charter.translations["fr"]?["Shipyards"] == "Chantiers navals")
        #expect(charter.name("Shipyards", in: .korean) == "Shipyards")
    }

    @Test(
        "its quorum is its own, and changes on the day of its amendment",
        arguments: [
            ("1999-06-01", 20, "quorum 7 = one third of 20 ports and shipyards on 1999-06-01, Article 7"),
            ("2005-05-19", 21, "quorum 7 = one third of 21 ports and shipyards on 2005-05-19, Article 7"),
            ("2005-05-20", 21, "quorum 11 = one half of 21 ports and shipyards on 2005-05-20, Article 7"),
        ]
    )
    func quorum(date: String, members: Int, sentence: String) throws {
        #expect(try charter.quorum(of: "diet", on: day(date), fullMembers: members).sentence == sentence)
    }

    @Test("a later version keeps every section that it does not state")
    func inherited() throws {
        let first = try #require(charter.versions.first)
        let second = try #require(charter.versions.last)
        #expect(second.categories == first.categories)
        #expect(second.regions == first.regions)
        #expect(second.membership == first.membership)
        #expect(second.offices == first.offices)
        #expect(second.feeSchedules == first.feeSchedules)
        #expect(second.retention == first.retention)
        #expect(second.bodies != first.bodies)
    }

    @Test("regions come in its own order, and countries find theirs")
    func regions() throws {
        let version = try #require(charter.versions.first)
        #expect(version.regions.map(\.name) == ["Danube", "Rhine"])
        #expect(["CH", "RS", "KR"].map { version.region(forCountry: $0)?.key } == ["rhine", "danube", nil])
    }

    @Test("which members count is its own affair")
    func counted() throws {
        let version = try #require(charter.versions.first)
        #expect(version.countsForQuorum(category: "shipyard", status: "afloat"))
        #expect(!version.countsForQuorum(category: "shipyard", status: "aground"))
        #expect(!version.countsForQuorum(category: "friend", status: "afloat"))
    }

    @Test("how long it keeps what, and what it has no rule for")
    func retention() throws {
        let version = try #require(charter.versions.last)
        #expect(version.retention(of: .mail)?.days == 90)
        #expect(version.retention(of: .closedAccounts) == nil)
        let rule = try #require(version.rule("retention.sessions"))
        #expect(rule.statement == "Sign-ins are forgotten after they were last used: 1 day.")
        #expect(rule.citation.short == "Article 9")
    }

    @Test("a body without such a name has no quorum")
    func noBody() throws {
        let refusal = #expect(throws: CharterRefusal.self) {
            try charter.quorum(of: "deit", on: day("2000-01-01"), fullMembers: 3)
        }
        #expect(
            refusal?.description == "The charter has no rule 'bodies.deit.quorum'. Did you mean 'bodies.diet.quorum'?"
        )
    }
}
