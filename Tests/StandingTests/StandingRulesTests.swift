import Charter
import Languages
import Testing

@testable import Standing

/// The rule on facts that are made up, to the day.
@Suite struct StandingRulesTests {
    private static let today = day("2026-11-21")

    private static func day(_ text: String) -> Day { Day(text) ?? .first }

    private static func event(
        _ key: String,
        _ first: String,
        _ last: String? = nil,
        whole: Bool = true
    ) -> EventOnRecord {
        EventOnRecord(key: key, name: key, when: DayBetween(day(first), day(last ?? first)), hasWholeList: whole)
    }

    private func outcome(
        _ category: String = "local-government",
        on today: Day = Self.today,
        events: [EventOnRecord] = [Self.event("forum", "2024-01-10"), Self.event("forum-2025", "2025-01-10")],
        status: String = "member",
        since: DayBetween? = DayBetween(Self.day("2012-01-01"), Self.day("2012-01-01")),
        took: (String, String)? = nil,
        payment: PaymentRecord = .known(last: nil, from: Self.day("2010-01-01")),
        statements: [StatedCircumstance] = [],
        ground: String? = nil
    ) throws -> StandingOutcome {
        let version = try #require(try Records.charter().version(on: today))
        let member = StandingFacts.Member(id: "1", key: "visby", name: "Visby", category: category, status: status)
        let facts = StandingFacts(
            member: member,
            since: since,
            lastParticipation: took.map {
                Activity(event: "forum", when: DayBetween(Self.day($0.0), Self.day($0.1)))
            },
            payment: payment,
            statements: statements
        )
        let findings = StandingRules(version: version, day: today, events: events).findings(facts)
        return try #require(findings.first { ground == nil || $0.ground == ground }).outcome
    }

    private func stated(_ kind: String, _ asOf: String, _ years: Int? = nil, more: Bool = false) -> StatedCircumstance {
        StatedCircumstance(
            circumstance: kind,
            asOf: Self.day(asOf),
            years: years,
            isMore: more,
            source: "GA6",
            locator: "Annex 1"
        )
    }

    @Test(
        "a local government must have been inactive for more than three years, to the day",
        arguments: [("2023-11-20", true), ("2023-11-21", false), ("2023-11-22", false)]
    )
    func moreThanThreeYears(last: String, isMet: Bool) throws {
        let found = try outcome(took: (last, last))
        #expect((found.kind == .proposed) == isMet)
    }

    @Test(
        "a corporation must have been inactive for at least two years, to the day",
        arguments: [("2024-11-20", true), ("2024-11-21", true), ("2024-11-22", false)]
    )
    func atLeastTwoYears(last: String, isMet: Bool) throws {
        let found = try outcome("corporation", took: (last, last))
        #expect((found.kind == .proposed) == isMet)
    }

    @Test(
        "the end of February is a day like others",
        arguments: [("2024-02-29", "2026-02-28", false), ("2024-02-29", "2026-03-01", true)]
    )
    func endOfFebruary(last: String, today: String, isMet: Bool) throws {
        let found = try outcome("corporation", on: Self.day(today), took: (last, last))
        #expect((found.kind == .proposed) == isMet)
    }

    @Test("a payment within the time is as good as taking part")
    func paid() throws {
        let paid = PaymentRecord.known(last: Self.day("2024-05-01"), from: Self.day("2010-01-01"))
        #expect(try outcome(payment: paid) == .notMet(.paid(Self.day("2024-05-01"))))
    }

    @Test("without payments on record nothing is proposed, whatever the participations")
    func paymentsUnknown() throws {
        #expect(try outcome(payment: .unknown) == .cannotTell([.payments]))
        let late = PaymentRecord.known(last: nil, from: Self.day("2024-01-01"))
        #expect(try outcome(payment: late) == .cannotTell([.paymentsBefore(Self.day("2024-01-01"))]))
        // What is on record within the time decides, also without payments.
        #expect(try outcome(took: ("2025-01-10", "2025-01-10"), payment: .unknown).kind == .notMet)
    }

    @Test("an event without its whole list leaves open who was there")
    func listMissing() throws {
        let events = [Self.event("a", "2024-01-10"), Self.event("b", "2025-01-10", whole: false)]
        #expect(try outcome(events: events) == .cannotTell([.participants(["b"])]))
        #expect(try outcome(events: [Self.event("old", "2020-01-10")]) == .cannotTell([.events]))
        // One that lies before the time, or may be still to come, is not asked for.
        let others =
            [Self.event("a", "2024-01-10"), Self.event("b", "2020-01-10", whole: false)]
            + [Self.event("c", "2026-01-01", "2026-12-31", whole: false)]
        #expect(try outcome(events: others).kind == .proposed)
    }

    @Test("an event of an unknown day that may lie within the time leaves it open")
    func dayUnknown() throws {
        #expect(try outcome(took: ("2023-01-01", "2023-12-31")) == .cannotTell([.dayOfParticipation]))
        #expect(try outcome(took: ("2022-01-01", "2022-12-31")).kind == .proposed)
    }

    @Test("a member of less than the time cannot have been inactive for as long")
    func newMember() throws {
        let new = DayBetween(Self.day("2024-03-01"), Self.day("2024-03-01"))
        #expect(try outcome(since: new) == .notMet(.memberSince(Self.day("2024-03-01"))))
        let perhaps = DayBetween(Self.day("2010-01-01"), Self.day("2024-03-01"))
        #expect(try outcome(since: perhaps) == .cannotTell([.dayOfJoining]))
        #expect(try outcome(since: nil) == .cannotTell([.dayOfJoining]))
    }

    @Test("whoever is in the status already is not proposed for it again")
    func already() throws {
        #expect(try outcome(status: "suspended") == .notMet(.inStatus("suspended")))
    }

    @Test("the evidence counts years and days from the last activity")
    func evidence() throws {
        guard case .proposed(let evidence) = try outcome(took: ("2020-05-05", "2020-05-05")) else {
            Issue.record("it was not proposed")
            return
        }
        #expect(evidence.basis == .records)
        #expect(evidence.lapse?.words.english == "6 years and 200 days")
        let joined = try outcome(since: DayBetween(Self.day("2015-03-01"), Self.day("2015-03-01")))
        guard case .proposed(let never) = joined else {
            Issue.record("it was not proposed")
            return
        }
        #expect(never.lapse?.words.english == "11 years and 265 days")
    }

    @Test("a source's word answers for the time up to its day, and the records for the time since")
    func statement() throws {
        let said = stated("inactive", "2026-11-21", 3, more: true)
        guard case .proposed(let evidence) = try outcome(payment: .unknown, statements: [said]) else {
            Issue.record("it was not proposed")
            return
        }
        #expect(evidence.basis == .statement(said))
        #expect(evidence.inactiveSince == Self.day("2023-11-20"))
        let older = stated("inactive", "2026-11-01", 3, more: true)
        #expect(try outcome(payment: .unknown, statements: [older]) == .cannotTell([.payments]))
        let covered = PaymentRecord.known(last: nil, from: Self.day("2026-01-01"))
        #expect(try outcome(payment: covered, statements: [older]).code == "statement")
    }

    @Test("fewer years than the ground asks, or the very same, are told apart")
    func yearsOfStatement() throws {
        let three = stated("inactive", "2026-11-21", 3)
        #expect(try outcome(payment: .unknown, statements: [three]) == .cannotTell([.payments]))
        let two = stated("inactive", "2026-11-21", 2)
        #expect(try outcome("corporation", payment: .unknown, statements: [two]).code == "statement")
        let one = stated("inactive", "2026-11-21", 1, more: true)
        #expect(try outcome("corporation", payment: .unknown, statements: [one]) == .cannotTell([.payments]))
    }

    @Test("a record is stronger than a source's word")
    func contradicted() throws {
        let said = stated("inactive", "2026-11-21", 3, more: true)
        let found = try outcome(took: ("2025-01-10", "2025-01-10"), payment: .unknown, statements: [said])
        #expect(found.kind == .notMet)
    }

    @Test("a ground without a time is met when a source says so of this membership")
    func circumstance() throws {
        let gone = stated("defunct", "2025-05-05")
        #expect(try outcome("corporation", statements: [gone], ground: "defunct").code == "statement")
        #expect(try outcome("corporation", ground: "defunct") == .notMet(.nothingStated))
        let back = DayBetween(Self.day("2026-01-01"), Self.day("2026-01-01"))
        #expect(try outcome("corporation", since: back, statements: [gone], ground: "defunct").kind == .notMet)
    }

    @Test("a category without grounds has no findings")
    func otherCategory() throws {
        let version = try #require(try Records.charter().version(on: Self.today))
        let member = StandingFacts.Member(id: "1", key: "x", name: "X", category: "institution", status: "member")
        let rules = StandingRules(version: version, day: Self.today, events: [])
        #expect(rules.findings(StandingFacts(member: member, since: nil)) == [])
    }
}
