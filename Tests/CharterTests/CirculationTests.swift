import Charter
import Languages
import Testing

@Suite("Deciding without a meeting")
struct CirculationTests {
    private let wego: Charter
    private let ports: Charter

    init() throws {
        wego = try Charter.load(path: CharterFile.wego)
        ports = try Charter.load(path: CharterFile.riverPorts)
    }

    /// One count of answers, and what it must come to.
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        var quorum = (1, 2)
        var majority = (1, 2)
        var comparison = Charter.Comparison.moreThan
        var silence = Charter.Silence.countsForNothing
        var refer: Int?
        let seats: Int
        let approve: Int
        var object = 0
        var abstain = 0
        let outcome: Charter.CirculationOutcome

        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "all approve", seats: 14, approve: 14, outcome: .adopted),
        Case(name: "the quorum is reached, not passed", seats: 14, approve: 7, outcome: .adopted),
        Case(name: "one below the quorum", seats: 14, approve: 6, outcome: .noQuorum),
        Case(name: "the quorum is rounded up", seats: 15, approve: 7, outcome: .noQuorum),
        Case(name: "rounded up and reached", seats: 15, approve: 8, outcome: .adopted),
        Case(name: "who abstains counts for the quorum", seats: 14, approve: 1, abstain: 6, outcome: .adopted),
        Case(
            name: "who abstains is no part of the majority",
            seats: 14,
            approve: 3,
            object: 2,
            abstain: 9,
            outcome: .adopted
        ),
        Case(name: "all abstain", seats: 14, approve: 0, abstain: 14, outcome: .rejected),
        Case(name: "a tie is not more than half", seats: 14, approve: 7, object: 7, outcome: .rejected),
        Case(name: "one above the tie", seats: 15, approve: 8, object: 7, outcome: .adopted),
        Case(name: "a tie is at least half", comparison: .atLeast, seats: 14, approve: 7, object: 7, outcome: .adopted),
        Case(
            name: "exactly two thirds, asked for more",
            majority: (2, 3),
            seats: 9,
            approve: 6,
            object: 3,
            outcome: .rejected
        ),
        Case(
            name: "exactly two thirds, asked for at least",
            majority: (2, 3),
            comparison: .atLeast,
            seats: 9,
            approve: 6,
            object: 3,
            outcome: .adopted
        ),
        Case(
            name: "unanimity with one objection",
            majority: (1, 1),
            comparison: .atLeast,
            seats: 9,
            approve: 8,
            object: 1,
            outcome: .rejected
        ),
        Case(name: "nobody answers", seats: 14, approve: 0, outcome: .noQuorum),
        Case(
            name: "nobody answers where silence approves",
            silence: .approves,
            seats: 14,
            approve: 0,
            outcome: .adopted
        ),
        Case(
            name: "silence that approves outweighs objections",
            silence: .approves,
            seats: 14,
            approve: 0,
            object: 6,
            outcome: .adopted
        ),
        Case(
            name: "objections outweigh silence that approves",
            silence: .approves,
            seats: 14,
            approve: 0,
            object: 7,
            outcome: .rejected
        ),
        Case(name: "one objection fewer than refers", refer: 3, seats: 14, approve: 12, object: 2, outcome: .adopted),
        Case(name: "as many objections as refer", refer: 3, seats: 14, approve: 11, object: 3, outcome: .referred),
        Case(
            name: "objections refer without a quorum too",
            refer: 1,
            seats: 14,
            approve: 0,
            object: 1,
            outcome: .referred
        ),
        Case(name: "a body without seats", seats: 0, approve: 0, outcome: .noQuorum),
        Case(
            name: "a body without seats where silence approves",
            silence: .approves,
            seats: 0,
            approve: 0,
            outcome: .noQuorum
        ),
        Case(name: "one seat alone", quorum: (1, 1), seats: 1, approve: 1, outcome: .adopted),
    ]

    @Test("answers come to what the rule says", arguments: cases)
    func outcome(_ one: Case) throws {
        let rule = Charter.Circulation(
            answerDays: 14,
            quorum: try #require(Charter.Fraction(numerator: one.quorum.0, denominator: one.quorum.1)),
            majority: Charter.Majority(
                one.comparison,
                try #require(Charter.Fraction(numerator: one.majority.0, denominator: one.majority.1))
            ),
            silence: one.silence,
            referAtObjections: one.refer,
            reminderDays: [],
            citation: Citation(source: "S"),
            note: nil
        )
        let tally = Charter.Tally(seats: one.seats, approve: one.approve, object: one.object, abstain: one.abstain)
        let decision = rule.result(of: tally, body: "diet", on: try day("2024-06-01"))
        #expect(decision.value == one.outcome)
        #expect(decision.rule == "bodies.diet.circulation")
        #expect(decision.sentence.hasPrefix(one.outcome.words.english + ": "))
    }

    @Test("a decision says its rule, its inputs and why in one sentence")
    func sentence() throws {
        let rule = try #require(wego.version(on: day("2026-12-05"))?.body("executive-committee")?.circulation)
        let tally = Charter.Tally(seats: 14, approve: 9, object: 2, abstain: 1)
        let decision = rule.result(of: tally, body: "executive-committee", on: try day("2026-12-05"))
        #expect(
            decision.sentence
                == "adopted: 9 of 14 seats approve, 2 object, 1 abstains, 2 are silent; 7 must answer (one half of 14 "
                + "seats) and more than one half of 11 must approve; on 5 Dec 2026, HOUSE"
        )
        #expect(
            decision.inputs.map(\.name) == [
                "seats", "approve", "object", "abstain", "quorum", "majority", "silence", "day",
            ]
        )
    }

    @Test("the committee decides without a meeting from the version of 2021 on, and says that no report tells it")
    func wegoRule() throws {
        let explained = try wego.explain("bodies.executive-committee.circulation", on: day("2024-06-01"))
        #expect(explained.since.description == "2021-10-18")
        #expect(explained.before == nil)
        #expect(explained.citation.source == "HOUSE")
        #expect(explained.note?.hasPrefix("No report tells") == true)
        #expect(
            explained.statement
                == "Executive Committee, without a meeting: 14 days to answer. Quorum: one half of the seats, rounded up, "
                + "must answer. Adopted when more than one half of those who approve or object approve; who abstains "
                + "counts for the quorum only. Who is silent counts for nothing. Reminders so many days before the end: "
                + "7, 2."
        )
        #expect(throws: CharterRefusal.self) {
            try wego.explain("bodies.executive-committee.circulation", on: day("2020-06-01"))
        }
        #expect(throws: CharterRefusal.self) {
            try wego.explain("bodies.general-assembly.circulation", on: day("2024-06-01"))
        }
    }

    @Test("another association's rule is its own")
    func portsRule() throws {
        let rule = try #require(ports.version(on: day("2005-05-20"))?.body("diet")?.circulation)
        #expect(rule.answerDays == 10)
        #expect(rule.majority.words.english == "at least three fourths")
        #expect(rule.referAtObjections == 2)
        #expect(rule.reminderDays == [5, 1])
        let before = try #require(ports.version(on: day("2005-05-19"))?.body("diet"))
        #expect(before.circulation == nil)
    }
}
