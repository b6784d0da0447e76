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
        #expect(second.dues == first.dues)
        #expect(second.standings == first.standings)
        #expect(second.points == first.points)
        #expect(second.entitlements == first.entitlements)
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

    @Test("its dues, standings, points and entitlements are its own")
    func dues() throws {
        let version = try #require(charter.versions.last)
        #expect(version.standings.map(\.key) == ["drifting", "under-sail", "stranded", "becalmed"])
        #expect(version.points.map { "\($0.key) \($0.points.tenths)" } == ["dues 5", "pilot 40", "diet 100"])
        #expect(version.entitlements.map(\.key) == ["berth", "bosun"])
        #expect(version.remission?.powers == [.plan, .remit])
        let dues = try #require(version.dues)
        #expect(dues.billedOn == "06-01" && dues.dueAfterDays == 14 && dues.reminderDays == [-3, 30])
        #expect(dues.joiningYear == .byMonth && dues.leavingYear == .nothing && dues.factsAsOf == .billedOn)
        #expect(dues.bank == nil && dues.payments == nil)
    }

    @Test("its dues, standings, points and entitlements are told rule by rule, each with its source")
    func duesRules() throws {
        let version = try #require(charter.versions.last)
        let told = version.rules.filter { rule in
            ["dues.", "standing.", "points.", "entitlements.", "remission"].contains { rule.id.hasPrefix($0) }
        }
        #expect(
            told.map { "\($0.id): \($0.statement.english)" } == [
                "remission: The Diet may grant payment by instalments and remission of a member's fee: after a flood.",
                "dues.billing: The fee of a year goes by the rules of its day 06-01 (month-day). It is due 14 days "
                    + "after its invoice. Of a member's figures, the latest of that day or before counts.",
                "dues.joining-year: The year of joining is paid from the month of joining on.",
                "dues.leaving-year: Nothing is paid for the year of leaving.",
                "dues.reminders: Reminders go to who has not paid, in days from the due day: -3, 30.",
                "standing.drifting: Drifting: neither an invoice nor a payment is on record.",
                "standing.under-sail: Under sail, where no standing before it holds: nothing is past due and a payment "
                    + "came within 2 years.",
                "standing.stranded: Stranded, where no standing before it holds: the status is Afloat or Aground and "
                    + "dues are 30 days or more past due.",
                "standing.becalmed: Becalmed, where no standing before it holds: everybody else.",
                "points.dues: Dues paid, points: 0.5. Earned by each year whose fee is paid.",
                "points.pilot: Pilots lent, points: 4. Earned by each such activity on record.",
                "points.diet: Seats taken at the diet, points: 10. Earned by each event in the capacity of delegate "
                    + "or voter.",
                "entitlements.berth: Berths of other ports. Drifting: no access; Under sail: full access; Stranded: "
                    + "limited access; Becalmed: full access. Limited access: One night. For Ports, Shipyards.",
                "entitlements.bosun: Bosun of a river. Drifting: no access; Under sail: full access; Stranded: no "
                    + "access; Becalmed: no access. It opens the office: Bosun.",
            ]
        )
        #expect(version.rule("dues.billing")?.citation.short == "Article 13")
        #expect(version.rule("entitlements.berth")?.citation.short == "Article 5")
        #expect(version.rule("standing.becalmed")?.note?.english == "Wait for wind.")
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
