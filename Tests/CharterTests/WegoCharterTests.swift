import Charter
import Languages
import Testing

@Suite("The charter of WeGO")
struct WegoCharterTests {
    private let charter: Charter

    init() throws {
        charter = try Charter.load(path: CharterFile.wego)
    }

    @Test("its versions and what each calls an institution")
    func versions() {
        let dates = charter.versions.map { "\($0.effective) \($0.precision)" }
        #expect(
            dates == [
                "2010-01-01 year", "2014-01-01 year", "2017-01-01 year", "2021-10-18 day", "2023-09-26 day",
                "2024-01-01 day",
            ]
        )
        let titles = charter.versions.map { $0.category("institution")?.title }
        #expect(
            titles == [
                nil, nil, "Friendship member", "Institutional member", "Institutional member", "Institutional member",
            ]
        )
    }

    @Test(
        "the version of a day is the last that has taken effect",
        arguments: [
            ("2009-12-31", nil), ("2010-01-01", "2010-01-01"), ("2013-12-31", "2010-01-01"),
            ("2021-10-17", "2017-01-01"), ("2021-10-18", "2021-10-18"), ("2023-09-25", "2021-10-18"),
            ("2023-09-26", "2023-09-26"), ("2023-12-31", "2023-09-26"), ("2024-01-01", "2024-01-01"),
            ("2199-12-31", "2024-01-01"),
        ] as [(String, String?)]
    )
    func version(of date: String, effective: String?) throws {
        #expect(try charter.version(on: day(date))?.effective.description == effective)
    }

    @Test("the quorum of the 6th General Assembly, as published")
    func publishedQuorum() throws {
        let decision = try charter.quorum(of: "general-assembly", on: day("2023-09-26"), fullMembers: 164)
        #expect(
            decision
                == Decision(
                    rule: "bodies.general-assembly.quorum",
                    citation: Citation(source: "GA6", article: "16(2)", heading: nil),
                    inputs: [
                        .init(name: "full members", value: "164"), .init(name: "share", value: "1/4"),
                        .init(name: "day", value: "2023-09-26"),
                    ],
                    value: 41,
                    result: "41",
                    sentence: "quorum 41 = one fourth of 164 full members on 2023-09-26, Article 16(2)"
                )
        )
    }

    @Test(
        "the quorum is rounded up",
        arguments: [(0, 0), (1, 1), (4, 1), (5, 2), (160, 40), (161, 41), (164, 41), (165, 42)]
    )
    func quorum(fullMembers: Int, value: Int) throws {
        #expect(
            try charter.quorum(of: "general-assembly", on: day("2023-09-26"), fullMembers: fullMembers).value == value
        )
    }

    @Test("how long personal data is kept, which no report tells")
    func retention() throws {
        let version = try #require(charter.version(on: day("2026-01-01")))
        let days = version.retention.map { "\($0.kept.rawValue) \($0.days)" }
        #expect(
            days == [
                "sessions 30", "sign-in-attempts 7", "mail 365", "closed-accounts 730", "uploads 180",
                "journal-personal 3650", "application-drafts 90", "applications 730",
            ]
        )
        #expect(version.retention.allSatisfy { $0.citation == Citation(source: "HOUSE", article: nil, heading: nil) })
        #expect(charter.source("HOUSE")?.title == "The Secretariat's own rules, not published")
    }

    @Test("what membership brings is told for each category, each thing from a heading of a report")
    func benefits() throws {
        let version = try #require(charter.version(on: day("2026-01-01")))
        let counts = version.categories.map { "\($0.key) \($0.brings.count)" }
        #expect(counts == ["local-government 13", "institution 5", "corporation 7"])
        let reports: Set<String> = ["AB10", "AR2020", "AR2021", "GA5", "GA6"]
        for benefit in version.categories.flatMap(\.brings) {
            #expect(reports.contains(benefit.citation.source), "\(benefit.text)")
            #expect(benefit.citation.heading != nil, "\(benefit.text)")
            #expect(!benefit.text.hasSuffix("."), "\(benefit.text)")
        }
        let votes = version.categories.filter { $0.brings.contains { $0.text == "A vote in the General Assembly" } }
        #expect(votes.map(\.key) == version.categories.filter(\.mayVote).map(\.key))
        #expect(try #require(charter.version(on: day("2021-10-17"))).categories.allSatisfy { $0.brings == [] })
    }

    @Test("what no report prints on joining and leaving is the Secretariat's own, says so, and holds from 2024")
    func ownRules() throws {
        let before = try #require(charter.version(on: day("2023-12-31"))).membership
        let now = try #require(charter.version(on: day("2024-01-01"))).membership
        #expect(before.admission.documents == [] && before.admission.asks == [])
        #expect(before.appeal == nil && before.reinstatement == nil)
        let documents = ["local-government", "institution", "corporation"].map { category in
            now.admission.documents(for: category).map { "\($0.key) \($0.isRequired)" }
        }
        #expect(documents == [["letter-of-intent true"], ["statutes false"], ["registration-certificate true"]])
        let asked = ["local-government", "institution", "corporation"].map { category in
            Charter.ApplicantFact.allCases.map { now.admission.asks($0, of: category)?.isRequired }
        }
        #expect(asked == [[true, nil, true, nil], [nil, true, nil, nil], [nil, true, nil, nil]])
        let appeal = try #require(now.appeal)
        #expect(appeal.withinDays == 60 && appeal.against == ["suspended", "terminated"])
        #expect(appeal.decidedBy == "general-assembly" && appeal.leadsTo == "member")
        let back = try #require(now.reinstatement)
        #expect(back.from == ["suspended", "terminated", "withdrawn", "left"])
        #expect(back.decidedBy == "executive-committee" && back.leadsTo == "member")
        let citations =
            now.admission.documents.map(\.citation) + now.admission.asks.map(\.citation)
            + [appeal.citation, back.citation]
        #expect(citations.allSatisfy { $0 == Citation(source: "HOUSE") })
        let notes = now.admission.documents.map(\.note) + now.admission.asks.map(\.note) + [appeal.note, back.note]
        #expect(notes.allSatisfy { $0?.hasPrefix("No report tells ") == true })
    }

    @Test("how money that comes in is booked is the Secretariat's own rule too")
    func payments() throws {
        let version = try #require(charter.version(on: day("2024-01-01")))
        let rule = try #require(version.rule("dues.payments"))
        #expect(
            rule.statement.english
                == "A line of a bank's statement is booked by itself if it is at least 95% sure what it is for. Each "
                + "other line waits for a person. A payment in another currency may differ from what it settles by one "
                + "tenth of it at most."
        )
        #expect(rule.citation == Citation(source: "HOUSE"))
        #expect(rule.note?.english.hasPrefix("No report tells ") == true)
    }

    @Test("the version that adds them keeps the withdrawal and the grounds as they were")
    func membershipKept() throws {
        let before = try #require(charter.version(on: day("2021-10-18"))).membership
        let now = try #require(charter.version(on: day("2024-01-01"))).membership
        #expect(now.withdrawal == before.withdrawal)
        #expect(now.withdrawal?.leadsTo == "withdrawn")
        #expect(now.grounds.count == 4)
        #expect(now.grounds == before.grounds)
        #expect(now.admission.citation == before.admission.citation)
        for id in ["membership.admission", "membership.withdrawal", "membership.grounds.inactive-corporation"] {
            #expect(try charter.explain(id, on: day("2024-01-01")).since <= day("2021-10-18"), "\(id)")
        }
    }

    @Test("every fact that a fee goes by is asked of those who would pay it")
    func measured() throws {
        let version = try #require(charter.version(on: day("2026-01-01")))
        for schedule in version.feeSchedules {
            guard let measure = schedule.measure else { continue }
            let fact = try #require(Charter.ApplicantFact(rawValue: measure.key))
            #expect(version.membership.admission.asks(fact, of: schedule.category)?.isRequired == true)
        }
    }

    @Test("no quorum is made up where the reports give none")
    func noQuorum() throws {
        let date = try day("2021-10-17")
        let stated = try ["2021-10-18", "2023-09-26", "2024-01-01"].map(day)
        #expect(throws: CharterRefusal.notStated(id: "bodies.general-assembly.quorum", day: date, stated: stated)) {
            try charter.quorum(of: "general-assembly", on: date, fullMembers: 160)
        }
        #expect(throws: CharterRefusal.beforeFirstVersion(day: try day("2009-12-31"), first: try day("2010-01-01"))) {
            try charter.quorum(of: "general-assembly", on: day("2009-12-31"), fullMembers: 160)
        }
        #expect(throws: CharterRefusal.negativeCount(-1)) {
            try charter.quorum(of: "general-assembly", on: day("2023-09-26"), fullMembers: -1)
        }
    }

    @Test("the holes of the published fee tables are found on their lines, settled or open, and nothing else is")
    func holes() throws {
        let text = try CharterFile.text(CharterFile.wego)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let told = charter.warnings.map { "\($0.code) \($0.message) | \(lines[$0.line - 1].drop { $0 == " " })" }
        let dollars: [(String, String)] = [
            ("1999 and 2000", "2,000 - 4,999"), ("4999 and 5000", "5,000 - 7,999"), ("7999 and 8000", "8,000 - 9,999"),
            ("9999 and 10000", "10,000 - 14,999"), ("14999 and 15000", "15,000 - 19,999"),
            ("19999 and 20000", "20,000+"),
        ]
        let gdp = "USD of GDP per capita (PPP)"
        let measured: [(String, String?, String)] = dollars.map { between, printed in
            ("institutions has no band between \(between) \(gdp)", "fractions", "printed: \"\(printed)\"")
        }
        let counted: [(String, String?, String)] = [
            ("corporations has no band for 0 employees", nil, "- {from: 1, to: 229"),
            ("corporations has no band for 230 to 299 employees", "from-230-to-299", "- {from: 300, to: 499"),
            ("start-ups has no band for 0 employees", nil, "- {from: 1, to: 10,"),
            ("institutions has no band for 50 employees", "exactly-50", "- {from: 51, fee: 2000, printed: more than"),
            ("corporations has no band for 50 employees", "exactly-50", "- {from: 51, fee: 2000, printed: more than"),
        ]
        let expected: [(String, String?, String)] = measured + counted
        #expect(told.count == expected.count, "\(told)")
        for (said, (hole, ruling, line)) in zip(told, expected) {
            let answer = ruling.map { "settled-hole \(hole); the ruling '\($0)' settles it." } ?? "band-hole \(hole)."
            #expect(said.hasPrefix("\(answer) | ") && said.contains(line), "\(said)")
        }
        #expect(charter.warnings.allSatisfy { $0.severity == .warning })
    }

    @Test(
        "fees by employees, at the bounds of the published bands",
        arguments: [
            (1, 2000), (229, 2000), (230, nil), (299, nil), (300, 2500), (499, 2500), (500, 5000), (1999, 5000),
            (2000, 8000), (1_000_000, 8000), (0, nil),
        ] as [(Double, Int?)]
    )
    func corporationFees(employees: Double, fee: Int?) throws {
        let schedule = try #require(charter.version(on: day("2023-12-31"))?.feeSchedule("corporations"))
        #expect(schedule.band(for: employees)?.fee == fee)
    }

    @Test("the fees adopted in September 2023 take effect in January")
    func newFees() throws {
        let old = try #require(charter.version(on: day("2023-12-31"))).feeSchedules.map(\.key)
        let new = try #require(charter.version(on: day("2024-01-01"))).feeSchedules
        #expect(old == ["local-governments", "institutions", "non-profits", "corporations", "start-ups"])
        #expect(new.map(\.key) == ["local-governments", "institutions", "corporations"])
        #expect(new.map { $0.bands.map(\.fee) } == [[500, 1000, 2000, 3000, 5000], [1000, 2000], [1000, 2000]])
    }

    @Test("dues, standings, points and entitlements hold from October 2021 on, the same in every version since")
    func since2021() throws {
        let before = try #require(charter.version(on: day("2021-10-17")))
        #expect(before.dues == nil && before.standings == [] && before.points == [] && before.entitlements == [])
        let version = try #require(charter.version(on: day("2021-10-18")))
        #expect(version.standings.map(\.key) == ["suspended", "good", "arrears", "no-record"])
        let points = version.points.map { "\($0.key) \($0.points.words.english)" }
        #expect(
            points == ["participation 1", "speaking 1.5", "case 1.5", "matchmaking 2", "collaboration 3", "payment 5"]
        )
        let keys = [
            "feasibility-study", "training", "networking", "speaking", "sponsorship", "regional-office", "committee",
        ]
        #expect(version.entitlements.map(\.key) == keys)
        #expect(version.remission?.powers == [.remit, .reduce, .commute, .plan])
        #expect(version.dues?.bank?.isInvented == true)
        for later in charter.versions where later.effective > version.effective {
            #expect(later.dues == version.dues && later.standings == version.standings)
            #expect(later.points == version.points && later.entitlements == version.entitlements)
        }
    }

    @Test("what the committee's table of 2021 does not say is the Secretariat's own, and says so")
    func ownReadings() throws {
        let version = try #require(charter.version(on: day("2024-01-01")))
        #expect(version.dues?.citation.source == "HOUSE")
        #expect(version.standingRule("arrears")?.citation.source == "HOUSE")
        let rulings = version.feeSchedules.flatMap(\.rulings)
        #expect(rulings.count == 2)
        #expect(rulings.allSatisfy { $0.citation.source == "HOUSE" && $0.madeBy == "Secretariat" })
        #expect(try #require(version.feeSchedule("local-governments")).citation.source == "HOUSE")
        let notes = version.standings.map(\.note) + version.points.map(\.note) + version.entitlements.map(\.note)
        #expect(notes.allSatisfy { $0 != nil })
        #expect(version.entitlements.allSatisfy { $0.note?.contains("Secretariat's own") == true })
    }

    @Test("every country has one region; the rolls' own are not marked as assumed")
    func regions() throws {
        let version = try #require(charter.version(on: day("2021-12-31")))
        #expect(version.regions.map(\.key) == ["africa", "europe", "middle-east", "americas", "asia-pacific"])
        let shown = version.regions.map { $0.countries.count - $0.assumedCountries.count }
        #expect(shown == [16, 8, 5, 9, 20])
        let places = ["SD", "TR", "PS", "CR", "AZ", "NO", "AU"].map { version.region(forCountry: $0)?.key }
        #expect(places == ["africa", "europe", "middle-east", "americas", "asia-pacific", "europe", "asia-pacific"])
        #expect(version.region("europe")?.isAssumed(country: "NO") == true)
        #expect(version.region("europe")?.isAssumed(country: "TR") == false)
        // Uninhabited places, which can have no member.
        #expect(["AQ", "BV", "GS", "HM", "TF", "UM"].allSatisfy { version.region(forCountry: $0) == nil })
        #expect(version.regions.reduce(0) { $0 + $1.countries.count } == 243)
    }

    @Test("only full members in good standing or suspended count for the quorum")
    func counted() throws {
        let version = try #require(charter.version(on: day("2023-09-26")))
        let statuses = version.statuses.filter { version.countsForQuorum(category: "local-government", status: $0.key) }
        #expect(statuses.map(\.key) == ["member", "suspended"])
        #expect(!version.countsForQuorum(category: "corporation", status: "member"))
        #expect(!version.countsForQuorum(category: "local-government", status: "nonsense"))
    }

    @Test("its name changed in 2017")
    func names() throws {
        let association = charter.association
        #expect(
            try association.name(on: day("2016-12-31"))
                == "World e-Governments Organization of Cities and Local Governments"
        )
        #expect(try association.name(on: day("2017-01-01")) == "World Smart Sustainable Cities Organization")
    }

    @Test("every rule of every version can be explained, by an id of its own")
    func everyRule() throws {
        for version in charter.versions {
            let ids = charter.ruleIDs(on: version.effective)
            #expect(Set(ids).count == ids.count)
            for id in ids {
                let explanation = try charter.explain(id, on: version.effective)
                #expect(explanation.since <= version.effective)
                #expect(explanation.before.map { $0.statement != explanation.statement } ?? true)
                #expect(charter.source(explanation.citation.source) != nil)
            }
        }
    }
}
