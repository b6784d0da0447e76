import Charter
import Testing

@Suite("Explaining a rule")
struct ExplainTests {
    private let wego: Charter
    private let ports: Charter

    init() throws {
        wego = try Charter.load(path: CharterFile.wego)
        ports = try Charter.load(path: CharterFile.riverPorts)
    }

    @Test("tells the rule, its source, since when, and what it was before")
    func renamed() throws {
        let text = try wego.explain("categories.institution", on: day("2023-09-26")).description
        #expect(
            text == """
                categories.institution
                  Institution, in the statutes "Institutional member": is not a full member and has no vote.
                  Source: GA5, Agenda 3, Approval of the WeGO Statutes Amendments (5th General Assembly, Seoul and \
                online, 18 October 2021, final report)
                  Since: 2021-10-18
                  Before, since 2017 (year known, day not): Institution, in the statutes "Friendship member": is not a \
                full member and has no vote. [AB10, Overview of WeGO's History, A renewed mandate, and other structural \
                changes in 2017]
                  Note: Renamed from Friendship member. Only full members are listed as voters.
                """
        )
    }

    @Test("a version that states a section again without change does not make its rules younger")
    func restated() throws {
        let explanation = try wego.explain("offices.vice-president-city", on: day("2024-06-01"))
        #expect(try explanation.since == day("2021-10-18"))
        #expect(try explanation.before?.since == day("2017-01-01"))
    }

    @Test("what it said before is told from when it began to say that")
    func beforeReachesBack() throws {
        let explanation = try wego.explain("offices.president-city", on: day("2021-10-18"))
        #expect(try explanation.before?.since == day("2010-01-01"))
        #expect(explanation.before?.sincePrecision == .year)
    }

    @Test("a fee schedule is told band by band, the older one after it")
    func fees() throws {
        let explanation = try wego.explain("fees.corporations", on: day("2024-01-01"))
        #expect(explanation.statement == "Corporations, a year by employees: 0–49 USD 1000; 51 and more USD 2000.")
        #expect(
            explanation.before?.statement
                == "Corporations (multinational corporations, small and medium-sized enterprises), a year by "
                + "employees: 1–229 (small or medium-sized) USD 2000; "
                + "300–499 (small or medium-sized) USD 2500; 500–1999 (small or medium-sized) USD 5000; "
                + "2000 and more (multinational) USD 8000."
        )
    }

    @Test("another association's rules are told in its own words")
    func otherAssociation() throws {
        let text = try ports.explain("bodies.diet.quorum", on: day("2005-05-20")).description
        #expect(
            text == """
                bodies.diet.quorum
                  Diet: one half of the ports and shipyards, rounded up, must be present.
                  Source: Article 7, DIET3 (Minutes of the 3rd diet)
                  Since: 2005-05-20
                  Before, since 1999-06-01: Diet: one third of the ports and shipyards, rounded up, must be present. \
                [Article 7, DEED]
                """
        )
        #expect(
            try ports.explain("membership.grounds.silent", on: day("2000-01-01")).statement
                == "Ports, Shipyards: Sends nobody to the diet. That is at least 1 year. The member is then: Aground."
        )
        #expect(
            try ports.explain("offices.bosun", on: day("2000-01-01")).statement
                == "Bosun: Elected by the diet, one for each river. Filled or confirmed by the Diet. Term: 4 years. "
                + "For Rhine, Danube."
        )
    }

    @Test(
        "joining and leaving are told rule by rule",
        arguments: [
            (
                "categories.port.brings",
                "Ports, what membership brings: A berth in every other port (Article 5); A pilot on the first voyage "
                    + "(DEED)."
            ), ("membership.admission", "Membership counts from the date of the first payment. The Diet approves it."),
            (
                "membership.admission.documents.seal",
                "Applicants enclose: Imprint of the seal. Required of: Shipyards, Ports."
            ),
            (
                "membership.admission.documents.chart",
                "Applicants enclose: Chart of the river. Optional for: Ports."
            ),
            (
                "membership.admission.asks.head",
                "Applicants state: name and position of the head. Required of: Ports. Optional for: Shipyards."
            ),
            (
                "membership.withdrawal",
                "A member hauls its flag down. The Diet approves it. The member is then: Sunk."
            ),
            (
                "membership.appeal",
                "A member may appeal within 30 days against: Aground, Sunk. If the appeal succeeds, the member is then: "
                    + "Afloat. Decided by the Diet."
            ),
            (
                "membership.reinstatement",
                "Reinstatement from: Sunk. If it is granted, the member is then: Afloat. Decided by the Diet."
            ), ("retention.mail", "Outgoing mail is deleted after it was written: 90 days."),
        ] as [(String, String)]
    )
    func joining(id: String, statement: String) throws {
        #expect(try ports.explain(id, on: day("2000-01-01")).statement == statement)
    }

    @Test("each rule of joining has its own source and notes, in the order of the file")
    func joiningSources() throws {
        let date = try day("2000-01-01")
        #expect(
            ports.ruleIDs(on: date).filter { $0.hasPrefix("membership.") } == [
                "membership.admission", "membership.admission.documents.seal", "membership.admission.documents.chart",
                "membership.admission.asks.employees", "membership.admission.asks.head", "membership.withdrawal",
                "membership.appeal", "membership.reinstatement", "membership.grounds.silent",
            ]
        )
        #expect(!ports.ruleIDs(on: date).contains("categories.shipyard.brings"))
        #expect(try ports.explain("membership.appeal", on: date).citation.short == "Article 6a")
        let head = try ports.explain("membership.admission.asks.head", on: date)
        #expect(head.citation.short == "Article 4")
        #expect(head.note == "Who keeps the seal. If there is one.")
        #expect(try ports.explain("categories.port.brings", on: date).note == "As long as there are pilots.")
        #expect(try ports.explain("membership.reinstatement", on: date).note == "It pays again.")
    }

    @Test("an unknown id is answered with the nearest, an id of another day with its days")
    func refusals() throws {
        let date = try day("2023-09-26")
        #expect(
            throws: CharterRefusal.unknownRule(
                id: "bodies.general-asembly.quorum",
                nearest: "bodies.general-assembly.quorum"
            )
        ) { try wego.explain("bodies.general-asembly.quorum", on: date) }
        #expect(throws: CharterRefusal.unknownRule(id: "weather", nearest: nil)) {
            try wego.explain("weather", on: date)
        }
        let refusal = #expect(throws: CharterRefusal.self) { try wego.explain("fees.start-ups", on: day("2024-01-01")) }
        #expect(
            refusal?.description
                == "The charter in force on 2024-01-01 does not state 'fees.start-ups'. "
                + "The versions of these days do: 2021-10-18, 2023-09-26."
        )
        #expect(refusal?.code == "rule-not-stated")
    }
}
