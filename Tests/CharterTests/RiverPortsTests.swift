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

    @Test("what it asks of applicants is told by category")
    func applicants() throws {
        let admission = try #require(charter.versions.last).membership.admission
        let documents = ["port", "shipyard", "friend"].map { admission.documents(for: $0).map(\.key) }
        #expect(documents == [["seal", "chart"], ["seal"], []])
        #expect(admission.documents.map(\.isRequired) == [true, false])
        let head = ["port", "shipyard", "friend"].map { admission.asks(.headOfGovernment, of: $0)?.isRequired }
        #expect(head == [true, false, nil])
        #expect(admission.asks(.employees, of: "shipyard")?.isRequired == true)
        #expect(admission.asks(.employees, of: "port") == nil)
        #expect(admission.asks(.population, of: "port") == nil)
    }

    @Test("how a member leaves, appeals and comes back")
    func leaving() throws {
        let membership = try #require(charter.versions.last).membership
        #expect(membership.withdrawal?.leadsTo == "sunk")
        let appeal = try #require(membership.appeal)
        #expect(appeal.withinDays == 30)
        #expect(appeal.against == ["aground", "sunk"])
        #expect([appeal.leadsTo, appeal.decidedBy] == ["afloat", "diet"])
        let reinstatement = try #require(membership.reinstatement)
        #expect(reinstatement.from == ["sunk"])
        #expect([reinstatement.leadsTo, reinstatement.decidedBy] == ["afloat", "diet"])
        #expect(reinstatement.note == "It pays again.")
    }

    @Test("what membership brings is told for the categories of which a source says it, in its languages")
    func benefits() throws {
        let version = try #require(charter.versions.last)
        #expect(version.category("shipyard")?.brings == [])
        let port = try #require(version.category("port")).brings
        #expect(port.map(\.text) == ["A berth in every other port", "A pilot on the first voyage"])
        #expect(port.map(\.citation.article) == ["5", nil])
        #expect(charter.translations["de"]?["A pilot on the first voyage"] == "Ein Lotse auf der ersten Fahrt")
        #expect(charter.translations["fr"]?["Imprint of the seal"] == "Empreinte du sceau")
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
        #expect(rule.statement.english == "Sign-ins are forgotten after they were last used: 1 day.")
        #expect(rule.citation.short == "Article 9")
    }

    @Test("what a rule says is told in its languages, as far as they have it")
    func rulesInItsLanguages() throws {
        let version = try #require(charter.versions.last)
        let german = Speech.english.naming(try #require(charter.translations["de"]))
        let french = Speech.english.naming(try #require(charter.translations["fr"]))
        let withdrawal = try #require(version.rule("membership.withdrawal")).statement
        #expect(
            german.text(withdrawal)
                == "Ein Mitglied holt seine Flagge ein. The Hansetag approves it. The member is then: Gesunken."
        )
        #expect(
            french.text(withdrawal)
                == "A member hauls its flag down. The Diète approves it. The member is then: Coulé."
        )
        let quorum = try #require(version.rule("bodies.diet.quorum")).statement
        #expect(
            german.text(quorum) == "Hansetag: one half of the Häfen und Werften, rounded up, must be present."
        )
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
