import Charter
import Languages
import Testing

@Suite("Points, and what a standing gives access to")
struct PointsAndAccessTests {
    private let wego: CharterVersion
    private let ports: CharterVersion

    init() throws {
        wego = try #require(Charter.load(path: CharterFile.wego).versions.last)
        ports = try #require(Charter.load(path: CharterFile.riverPorts).versions.last)
    }

    @Test("records earn by the table of 2021, line by line")
    func sum() {
        let sum = wego.pointSum(["participation": 3, "speaking": 2, "case": 1, "payment": 1])
        #expect(
            sum.lines.map { "\($0.rule.key) \($0.count) \($0.points.words.english)" } == [
                "participation 3 3", "speaking 2 3", "case 1 1.5", "matchmaking 0 0", "collaboration 0 0",
                "payment 1 5",
            ]
        )
        #expect(sum.total == Charter.Points(tenths: 125))
        #expect(wego.pointSum(["no-such-rule": 9]).total == .zero)
    }

    @Test("other weights change only what they name")
    func weights() {
        let counts = ["participation": 3, "speaking": 2]
        let sum = wego.pointSum(counts, weights: ["speaking": Charter.Points(tenths: 30), "payment": .zero])
        #expect(sum.total == Charter.Points(tenths: 90))
        #expect(sum.lines.map(\.weight.tenths) == [10, 30, 15, 20, 30, 0])
    }

    @Test(
        "each capacity earns by one rule at most",
        arguments: [
            ("delegate", "participation", "diet"), ("voter", "participation", "diet"),
            ("observer", "participation", nil), ("participant", "participation", nil), ("speaker", "speaking", nil),
            ("cook", nil, nil),
        ] as [(String, String?, String?)]
    )
    func capacities(capacity: String, inWego: String?, inPorts: String?) {
        #expect(wego.pointRule(capacity: capacity)?.key == inWego)
        #expect(ports.pointRule(capacity: capacity)?.key == inPorts)
    }

    @Test("the rule of a year's fee is the charter's")
    func payment() {
        #expect(wego.paymentPointRule?.key == "payment")
        #expect(ports.paymentPointRule?.key == "dues")
    }

    @Test(
        "the table of 2021: full with a good record, limited or none without",
        arguments: [
            ("feasibility-study", "limited"), ("training", "limited"), ("networking", "limited"),
            ("speaking", "limited"), ("sponsorship", "limited"), ("regional-office", "none"), ("committee", "none"),
        ]
    )
    func table(key: String, without: String) {
        let answers = ["good", "no-record", "arrears", "suspended"].map { standing in
            wego.access(to: key, category: "local-government", standing: standing)?.access.rawValue
        }
        #expect(answers == ["full", without, without, without])
    }

    @Test("what is limited says how, by which rule, and what would give more")
    func limited() throws {
        let answer = try #require(wego.access(to: "training", category: "corporation", standing: "no-record"))
        #expect(answer.rule == "entitlements.training" && answer.citation.source == "GA5")
        #expect(
            answer.reason.english
                == "“Workshops and training”, with the standing “No record of payment”: limited access. Members with a "
                + "good record of payment come first; what is left is open."
        )
        #expect(answer.remedy?.english == "More is open with the standing: Good record of payment.")
        let full = try #require(wego.access(to: "training", category: "corporation", standing: "good"))
        #expect(full.remedy == nil)
    }

    @Test("what is not for a category is open to none of its members")
    func categories() throws {
        let answer = try #require(wego.access(to: "committee", category: "corporation", standing: "good"))
        #expect(answer.access == .no && answer.remedy == nil)
        #expect(answer.reason.english == "“Seat on the Executive Committee” is for: Local governments.")
        #expect(wego.access(to: "no-such-thing", category: "corporation", standing: "good") == nil)
        #expect(wego.access(to: "training", category: "corporation", standing: "no-such-standing")?.access == .no)
    }

    @Test("several standings that give more are all named")
    func remedies() throws {
        let answer = try #require(ports.access(to: "berth", category: "port", standing: "stranded"))
        #expect(answer.access == .limited)
        #expect(answer.remedy?.english == "More is open with the standing: Under sail or Becalmed.")
    }

    @Test("entitlements name the offices that they open, and each sits in the body")
    func offices() throws {
        let committee = try #require(wego.body("executive-committee"))
        #expect(wego.entitlement("committee")?.offices == committee.offices)
    }

    @Test("no access is less than limited, limited less than full")
    func order() {
        let levels: [Charter.AccessLevel] = [.full, .no, .limited]
        #expect(levels.sorted() == [.no, .limited, .full])
    }
}
