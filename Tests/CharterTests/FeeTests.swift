import Charter
import Languages
import Testing

@Suite("The fee of a member")
struct FeeTests {
    private let wego: Charter
    private let ports: Charter

    init() throws {
        wego = try Charter.load(path: CharterFile.wego)
        ports = try Charter.load(path: CharterFile.riverPorts)
    }

    private func known<Value: Sendable & Hashable & Codable>(_ value: Value) throws -> FeeFact<Value> {
        FeeFact(value, asOf: try day("2022-12-31"), source: "AR2021")
    }

    private func facts(_ category: String, _ kind: String?, _ figures: [String: Double] = [:]) throws -> FeeFacts {
        FeeFacts(
            category: category,
            kind: try kind.map { try known($0) },
            figures: try figures.mapValues { try known($0) }
        )
    }

    private func fee(_ date: String, _ facts: FeeFacts) throws -> FeeOutcome {
        try #require(wego.version(on: day(date))).fee(facts)
    }

    /// The fee with the schedule and the rulings that gave it, or why there is none.
    private func told(_ outcome: FeeOutcome) -> String {
        switch outcome {
        case .fee(let answer):
            ([answer.schedule.key, "\(answer.fee)"] + answer.rulings.map(\.key)).joined(separator: " ")
        case .missing(let missing): "missing " + missing.map(\.code).joined(separator: " ")
        case .noSchedule: "no schedule"
        }
    }

    @Test(
        "of 2023 goes by kind and the published bands, and by ruling where they have a hole",
        arguments: [
            ("corporation", "sme", "employees", 1, "corporations 2000"),
            ("corporation", "sme", "employees", 229, "corporations 2000"),
            ("corporation", "sme", "employees", 230, "corporations 2000 from-230-to-299"),
            ("corporation", "multinational", "employees", 299, "corporations 2000 from-230-to-299"),
            ("corporation", "sme", "employees", 300, "corporations 2500"),
            ("corporation", "sme", "employees", 1999, "corporations 5000"),
            ("corporation", "multinational", "employees", 2000, "corporations 8000"),
            ("corporation", "sme", "employees", 0, "missing no-row"),
            ("corporation", "start-up", "employees", 10, "start-ups 1000"),
            ("corporation", "start-up", "employees", 11, "start-ups 1500"),
            ("corporation", "start-up", "employees", 21, "start-ups 2000"),
            ("institution", "academic", "gdp-per-capita-ppp", 1999, "institutions 750"),
            ("institution", "academic", "gdp-per-capita-ppp", 1999.5, "institutions 750 fractions"),
            ("institution", "association", "gdp-per-capita-ppp", 2000, "institutions 1000"),
            ("institution", "public-agency", "gdp-per-capita-ppp", 2000.5, "institutions 1000"),
            ("institution", "academic", "gdp-per-capita-ppp", 19_999.99, "institutions 4000 fractions"),
            ("institution", "academic", "gdp-per-capita-ppp", 20_000, "institutions 5000"),
            ("institution", "academic", "gdp-per-capita-ppp", -0.5, "missing no-row"),
            ("institution", "academic", "gdp-per-capita-ppp", .infinity, "missing no-row"),
            ("institution", "academic", "gdp-per-capita-ppp", .nan, "missing no-row"),
            ("institution", "academic", "employees", 12, "missing figure"),
            ("institution", "non-profit", "employees", 9, "non-profits 1000"),
            ("institution", "non-profit", "employees", 10, "non-profits 2000"),
            ("institution", "non-profit", "employees", 9.5, "missing no-row"),
            ("local-government", nil, "population", 99_999, "local-governments 500"),
            ("local-government", nil, "population", 100_000, "local-governments 1000"),
            ("local-government", nil, "population", 5_000_000, "local-governments 5000"),
            ("guild", nil, "population", 1, "no schedule"),
        ] as [(String, String?, String, Double, String)]
    )
    func before2024(category: String, kind: String?, measure: String, value: Double, expected: String) throws {
        #expect(told(try fee("2023-01-01", facts(category, kind, [measure: value]))) == expected)
    }

    @Test(
        "of 2024 goes by fifty employees, whatever the kind; exactly fifty by ruling",
        arguments: [
            (0, "1000"), (49, "1000"), (50, "1000 exactly-50"), (51, "2000"), (1_000_000, "2000"),
        ] as [(Double, String)]
    )
    func from2024(employees: Double, expected: String) throws {
        for category in ["institution", "corporation"] {
            for kind in [nil, "start-up", "no-such-kind"] {
                let outcome = try fee("2024-01-01", facts(category, kind, ["employees": employees]))
                #expect(told(outcome) == "\(category)s \(expected)")
            }
        }
    }

    @Test("what is counted has no fractions")
    func fractionOfAnEmployee() throws {
        #expect(told(try fee("2024-01-01", facts("institution", nil, ["employees": 49.5]))) == "missing no-row")
    }

    @Test("the kind is asked for where it chooses the schedule, with every choice, and with what else all need")
    func kindMissing() throws {
        let outcome = try fee("2023-01-01", facts("corporation", nil))
        guard case .missing(let missing) = outcome, case .kind(let choices)? = missing.first else {
            Issue.record("\(outcome)")
            return
        }
        #expect(
            choices.map { "\($0.schedule) \($0.kind.key)" } == [
                "corporations multinational", "corporations sme", "start-ups start-up",
            ]
        )
        #expect(
            missing.map(\.words.english) == [
                "It is not known of which kind it is: multinational corporations, small and medium-sized enterprises "
                    + "or Start-ups.", "No figure is known: employees.",
            ]
        )
        #expect(told(try fee("2023-01-01", facts("corporation", nil, ["employees": 5]))) == "missing kind")
        #expect(told(try fee("2023-01-01", facts("corporation", "academic", ["employees": 5]))) == "missing kind")
        // What an institution is measured by depends on its kind.
        #expect(told(try fee("2023-01-01", facts("institution", nil))) == "missing kind")
        #expect(told(try fee("2021-01-01", facts("institution", nil))) == "no schedule")
    }

    @Test("a ruled fee says so, with the day, who ruled and why")
    func ruledSentence() throws {
        guard case .fee(let answer) = try fee("2023-01-01", facts("corporation", "sme", ["employees": 240])) else {
            Issue.record("no fee")
            return
        }
        #expect(answer.band == nil && answer.ruling?.key == "from-230-to-299" && answer.rule == "fees.corporations")
        #expect(
            answer.sentence.english.replacing("\u{A0}", with: " ")
                == "USD 2,000: 240 employees (31 Dec 2022, AR2021), kind “small and medium-sized enterprises” "
                + "(31 Dec 2022, AR2021), in no row of “Corporations” (GA6, Annex 3, Current Statutes). By ruling of "
                + "22 Nov 2026 (Secretariat): The table has no row for 230 to 299 employees. What it does not say may "
                + "not cost a member more, so the lower of the two neighbouring fees is due."
        )
    }

    @Test("a figure that is read without its fraction, made up, assumed or known to the year says so")
    func figures() throws {
        var facts = try facts("institution", "academic", ["gdp-per-capita-ppp": 1999.5])
        facts.kind = .assumed("academic", on: try day("2024-01-01"))
        facts.figures["gdp-per-capita-ppp"]?.precision = .year
        facts.figures["gdp-per-capita-ppp"]?.isInvented = true
        facts.figures["gdp-per-capita-ppp"]?.locator = "page 4"
        guard case .fee(let answer) = try fee("2023-01-01", facts) else {
            Issue.record("no fee")
            return
        }
        #expect(answer.figure.value == 1999.5 && answer.value == 1999)
        #expect(
            answer.sentence.english.replacing("\u{A0}", with: " ").hasPrefix(
                "USD 750: 1,999.5 USD of GDP per capita (PPP) (2022, AR2021, page 4, made up), kind “academic "
                    + "institutions” (assumed), in the row “0 - 1,999” of “Institutions” (GA6, Annex 3, Current "
                    + "Statutes). The figure is read as 1,999. By ruling of 22 Nov 2026 (Secretariat): "
            )
        )
    }

    @Test("a stand-in for a schedule that is not published says so")
    func standIn() throws {
        let outcome = try fee("2024-01-01", facts("local-government", nil, ["population": 1_200_000]))
        guard case .fee(let answer) = outcome else {
            Issue.record("no fee")
            return
        }
        #expect(answer.isUnpublished && answer.citation.source == "HOUSE")
        #expect(answer.sentence.english.hasSuffix("The schedule is not published; these amounts stand in for it."))
        let rule = try wego.explain("fees.local-governments", on: day("2024-01-01"))
        #expect(
            rule.statement
                == "Local governments: The scale was adjusted in 2021 with a view to less populated cities; no report "
                + "prints it. In its stead, a year by inhabitants: 0–99999 USD 500; 100000–499999 USD 1000; "
                + "500000–999999 USD 2000; 1000000–4999999 USD 3000; 5000000 and more USD 5000."
        )
    }

    @Test("both statements of the 6th assembly stand, and which is in force, with why")
    func statements() throws {
        let schedule = try #require(wego.version(on: day("2024-01-01"))?.feeSchedule("institutions"))
        #expect(schedule.statements.map(\.isInForce) == [false, true])
        #expect(schedule.statements.map(\.fee) == [1000, nil])
        #expect(schedule.statements.allSatisfy { $0.citation.source == "GA6" })
        let rule = try wego.explain("fees.institutions.statements", on: day("2024-01-01")).statement
        #expect(rule.contains("is USD 1,000. This is not in force. It stands in the explanation"))
        #expect(rule.contains("USD 1,000 for less than 50 employees. This is in force. It is the wording"))
        #expect(
            try wego.explain("fees.institutions.rulings.exactly-50", on: day("2024-01-01")).statement
                .hasPrefix("Institutions, 50: USD 1000. By ruling of 22 Nov 2026 (Secretariat): Neither")
        )
    }

    @Test("another association has its own kinds and measures")
    func otherAssociation() throws {
        let version = try #require(ports.versions.last)
        let sea = try facts("port", "sea", ["depth": 12.5])
        #expect(told(version.fee(sea)) == "sea-ports 7000")
        #expect(told(version.fee(try facts("port", "canal", ["quays": 5]))) == "ports 900")
        #expect(told(version.fee(try facts("port", "canal", ["quays": 0]))) == "missing no-row")
        #expect(told(version.fee(try facts("port", "lake", ["quays": 5]))) == "missing kind")
        #expect(told(version.fee(try facts("friend", nil))) == "no schedule")
    }

    @Test("a schedule that nobody printed and nothing stands in for gives no fee, and why")
    func unpublished() throws {
        let text = try CharterFile.text(CharterFile.riverPorts)
            .replacing("        measure: {key: quays, name: quays, whole_numbers: true, at_least: 1}\n", with: "")
            .replacing("          - {from: 1, to: 4, fee: 300}\n          - {from: 5, fee: 900}\n", with: "")
            .replacing("        bands:\n", with: "        unpublished: Burnt in 1998.\n")
            .replacing("    quays: Kais\n", with: "").replacing("    quays: quais\n", with: "")
        let charter = try #require(Charter.lint(text: text, file: "test.yaml").charter)
        let outcome = try #require(charter.versions.last).fee(try facts("port", "canal", ["quays": 5]))
        guard case .missing(let missing) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(missing.map(\.words.english) == ["“Ports” is not published. Burnt in 1998."])
    }

    @Test(
        "a year's fee goes by the version of the day on which it is billed",
        arguments: [
            (1899, nil), (2009, nil), (2021, "2017-01-01"), (2022, "2021-10-18"), (2023, "2021-10-18"),
            (2024, "2024-01-01"), (2199, "2024-01-01"), (2200, nil),
        ] as [(Int, String?)]
    )
    func version(year: Int, effective: String?) {
        #expect(wego.feeVersion(year: year)?.effective.description == effective)
    }

    @Test("a day of billing within the year takes what was adopted before it")
    func billedInJune() {
        let versions = [1998, 1999, 2004, 2005].map { ports.feeVersion(year: $0)?.effective.description }
        #expect(versions == [nil, "1999-06-01", "1999-06-01", "2005-05-20"])
        #expect(ports.billingDay(year: 2005)?.description == "2005-06-01")
        #expect(wego.billingDay(year: 2005)?.description == "2005-01-01")
    }
}
