import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Languages
import Testing

@testable import Membership
@testable import Standing

@Suite struct StandingProposalTests {
    private func night(
        _ fixture: StandingFixture,
        _ payments: any PaymentSource = Payments.none,
        on day: String = "2026-11-21"
    ) async throws -> KeepProposals.Outcome {
        let work = KeepProposals(database: fixture.database, charter: fixture.charter, payments: payments)
        return try await work.run(on: Records.day(day), now: instant(day))
    }

    private func instant(_ day: String) -> Date { InstantText.date("\(day)T02:00:00.000000Z") ?? .distantPast }

    private func proposals(
        _ fixture: StandingFixture,
        _ states: [StandingProposal.State] = StandingProposal.State.allCases
    ) async throws -> [StandingProposal] {
        try await fixture.ask(StandingProposals(states, charter: fixture.charter)).proposals
            .sorted { $0.memberKey < $1.memberKey }
    }

    private func told(_ fixture: StandingFixture) async throws -> [String] {
        try await proposals(fixture).map { "\($0.memberKey) \($0.leadsTo) \($0.state.rawValue)" }
    }

    private func took(_ fixture: StandingFixture, _ member: String) async throws {
        try await fixture.run(
            AddParticipation(
                event: "forum-2025",
                member: member,
                ParticipationDraft(capacity: "delegate", mode: "online"),
                grounds: "Registration desk"
            )
        )
    }

    @Test(arguments: TestEngine.all)
    func `each night keeps one proposal for a member and a ground true`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            #expect(try await night(fixture) == .init(made: 4, kept: 0, gone: 0, cannotTell: 0))
            let expected = [
                "acme terminated open", "beta terminated open", "riga suspended open", "visby suspended open",
            ]
            #expect(try await told(fixture) == expected)
            #expect(try await night(fixture, on: "2026-11-22") == .init(made: 0, kept: 4, gone: 0, cannotTell: 0))
            let visby = try #require(try await proposals(fixture).last)
            #expect(visby.evidence.day == Records.day("2026-11-22"))
            #expect(visby.evidence.lapse?.words.english == "6 years and 201 days")
            #expect(try await fixture.journal("visby").first == "standing.proposed", "told once")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a proposal is gone with its reason when the ground is no longer met`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            _ = try await night(fixture)
            try await took(fixture, "riga")
            let paid = Payments(from: Records.day("2010-01-01"), last: ["acme": Records.day("2026-01-10")])
            #expect(try await night(fixture, paid, on: "2026-11-22") == .init(made: 0, kept: 2, gone: 2, cannotTell: 0))
            let answer = try await fixture.ask(StandingProposals([.gone], charter: fixture.charter))
            let reasons = answer.proposals.sorted { $0.memberKey < $1.memberKey }.map { proposal in
                proposal.unmet.map { answer.words.sentence($0).english } ?? ""
            }
            #expect(
                reasons == [
                    "It paid on 10 Jan 2026.", "It took part in “Forum 2025”, between 1 Jun 2025 and 2 Jun 2025.",
                ]
            )
            #expect(try await fixture.journal("riga").first == "standing.no_longer_met")
        }
    }

    @Test(arguments: TestEngine.all)
    func `without payments on record nothing is proposed, and the night says what is missing`(
        _ engine: Database.Engine
    ) async throws {
        try await StandingFixture.with(engine) { fixture in
            let done = try await night(fixture, NoPaymentsOnRecord())
            #expect(done == .init(made: 0, kept: 0, gone: 0, cannotTell: 4))
            let summary = try await fixture.ask(StandingProposals([.open], charter: fixture.charter)).summary
            let untold = summary.filter { $0.kind == .cannotTell }
            #expect(
                untold.map { "\($0.ground) \($0.code) \($0.members)" }.sorted() == [
                    "inactive-corporation payments 2", "inactive-local-government payments 2",
                ]
            )
        }
    }

    @Test(arguments: TestEngine.all)
    func `what was dropped is not proposed again for the same inactivity`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            _ = try await night(fixture)
            let riga = try #require(try await proposals(fixture).first { $0.memberKey == "riga" })
            await #expect(throws: InvalidInput.self) { try await fixture.run(DropProposal(riga.id, reason: " ")) }
            try await fixture.run(DropProposal(riga.id, reason: "Its letter is on the way"))
            #expect(try await night(fixture, on: "2026-11-22").made == 0)
            await #expect(throws: StandingRefusal.inAnotherState(.dropped)) {
                try await fixture.run(PutForward([riga.id]))
            }
            // Active again, then silent for more than three years: another matter.
            try await took(fixture, "riga")
            let later = "2029-07-01"
            let event = EventDraft(name: "Forum 2028", kind: "conference", from: "2028-06-01")
            let key = try await fixture.run(
                AddEvent(event, grounds: "Programme", charter: fixture.charter),
                at: instant(later)
            )
            try await fixture.run(MarkListWhole(key, isWhole: true, grounds: "Attendance sheet"), at: instant(later))
            _ = try await night(fixture, on: later)
            let states = try await proposals(fixture).filter { $0.memberKey == "riga" }.map(\.state.rawValue).sorted()
            #expect(states == ["dropped", "open"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `an adopted decision changes the status once, and cites the decision`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            try await fixture.take(
                "decisions.csv",
                """
                decision,date_earliest,date_latest,body,title,source,locator,note
                ga7,2026-11-20,2026-11-20,general-assembly,7th assembly,GA6,p. 1,

                """
            )
            _ = try await night(fixture)
            let all = try await proposals(fixture)
            let riga = try #require(all.first { $0.memberKey == "riga" })
            let visby = try #require(all.first { $0.memberKey == "visby" })
            func settle(_ proposal: StandingProposal, _ verdict: StandingProposal.Verdict) async throws {
                try await fixture.database.write { transaction in
                    try StandingProposal.settle(
                        proposal.id,
                        verdict,
                        charter: fixture.charter,
                        transaction,
                        by: fixture.clerk,
                        now: fixture.now
                    )
                }
            }
            let adopted = StandingProposal.Verdict.adopted(
                decision: "ga7",
                day: Records.day("2026-11-20"),
                minutes: "Minutes of the 7th assembly, item 2"
            )
            await #expect(throws: StandingRefusal.inAnotherState(.open)) { try await settle(riga, adopted) }
            #expect(try await fixture.run(PutForward([riga.id, visby.id])) == 2)
            try await settle(riga, adopted)
            try await settle(visby, .rejected(decision: "ga7", minutes: "Minutes of the 7th assembly, item 2"))
            await #expect(throws: StandingRefusal.inAnotherState(.decided)) { try await settle(riga, adopted) }
            let statuses = try await fixture.database.read { transaction in
                try transaction.query(
                    """
                    SELECT m.key, s.status, s.decision FROM member_status s JOIN member m ON m.id = s.member_id
                    WHERE s.status = 'suspended'
                    """
                ) { [try $0.text(0), try $0.text(1), try $0.text(2)] }
            }
            #expect(statuses == [["riga", "suspended", "ga7"]])
            let later = try await night(fixture, on: "2026-11-22")
            #expect(later == .init(made: 0, kept: 2, gone: 0, cannotTell: 0))
            #expect(
                try await told(fixture) == [
                    "acme terminated open", "beta terminated open", "riga suspended decided", "visby suspended decided",
                ]
            )
        }
    }

    @Test func `one that a body has before it stays, marked when the ground is no longer met`() async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            _ = try await night(fixture)
            let riga = try #require(try await proposals(fixture).first { $0.memberKey == "riga" })
            try await fixture.run(PutForward([riga.id]))
            try await took(fixture, "riga")
            _ = try await night(fixture, on: "2026-11-22")
            let put = try #require(try await proposals(fixture, [.put]).first)
            #expect(put.unmet?.code == "took-part")
            await #expect(throws: StandingRefusal.inAnotherState(.put)) {
                try await fixture.run(DropProposal(riga.id, reason: "Not so"))
            }
        }
    }

    @Test func `of several one that is not open any more stops all`() async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            _ = try await night(fixture)
            let all = try await proposals(fixture)
            try await fixture.run(DropProposal(all[0].id, reason: "Not so"))
            await #expect(throws: StandingRefusal.inAnotherState(.dropped)) {
                try await fixture.run(PutForward(all.map(\.id)))
            }
            #expect(try await proposals(fixture, [.put]) == [])
            await #expect(throws: StandingRefusal.noneChosen) { try await fixture.run(PutForward([])) }
            await #expect(throws: StandingRefusal.noSuchProposal) { try await fixture.run(PutForward(["none"])) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `what somebody knows is proposed, and gone when it is taken back`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            func state(_ holds: Bool, _ day: String, _ ground: String = "defunct") async throws {
                try await fixture.run(
                    StateCircumstance(
                        member: "acme",
                        ground: ground,
                        asOf: day,
                        holds: holds,
                        grounds: "The trade register",
                        charter: fixture.charter
                    )
                )
            }
            try await state(true, "2026-11-01")
            #expect(try await night(fixture, NoPaymentsOnRecord()).made == 1)
            #expect(try await told(fixture) == ["acme terminated open"])
            try await state(false, "2026-11-10")
            #expect(try await night(fixture, NoPaymentsOnRecord()).gone == 1)
            for ground in ["inactive-corporation", "sunk"] {
                await #expect(throws: InvalidInput.self) { try await state(true, "2026-11-11", ground) }
            }
            await #expect(throws: InvalidInput.self) { try await state(true, "2027-01-01") }
            #expect(try await fixture.journal("acme").contains("circumstance.withdrawn"))
        }
    }

    @Test func `today shows one line for each ground`() async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            _ = try await night(fixture)
            let waiting = try await fixture.ask(Today(.everyone, sources: [WaitingProposals.source])).waiting
            #expect(waiting.map(\.id).sorted() == ["inactive-corporation", "inactive-local-government"])
            #expect(waiting.map(\.needs) == [.proposeStanding, .proposeStanding])
        }
    }

    @Test(arguments: TestEngine.all)
    func `two records of one member do not leave two proposals`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            _ = try await night(fixture)
            try await fixture.run(
                MergeMembers(
                    keptKey: "riga",
                    mergedKey: "visby",
                    seen: nil,
                    grounds: "One town, two records",
                    charter: fixture.charter
                )
            )
            let riga = try await proposals(fixture).filter { $0.memberKey == "riga" }.map(\.state.rawValue).sorted()
            #expect(riga == ["gone", "open"])
        }
    }
}
