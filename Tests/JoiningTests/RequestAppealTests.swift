import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Foundation
import Languages
import Membership
import Standing
import Testing

@testable import Joining

/// The way back: appeals within their days, and reinstatement.
@Suite("A member appeals, or asks to come back")
struct RequestAppealTests {
    /// A letter of this day, against a termination of 2026-07-23 with 60 days to appeal.
    @Test(
        arguments: [
            ("2026-07-22", false), ("2026-07-23", true), ("2026-07-24", true), ("2026-09-20", true),
            ("2026-09-21", true), ("2026-09-22", false), ("2027-09-21", false),
        ]
    )
    func `the day of the letter counts, to the last whole day`(_ letter: String, _ isInTime: Bool) throws {
        let day = try #require(Day("2027-12-01"))
        let charter = try RequestHouse.charter()
        let rules = try #require(RequestRules(charter: charter, today: day))
        let standing = MemberStanding(status: "terminated", day: RequestHouse.day("2026-07-23"))
        let answer = rules.answer(.appeal, standing, letter: RequestHouse.day(letter))
        guard case .possible(let terms) = answer else {
            #expect(!isInTime, "\(answer)")
            return
        }
        #expect(isInTime)
        #expect(terms.lastDay == RequestHouse.day("2026-09-21"))
        #expect(terms.leadsTo == "member")
        #expect(terms.body == RequestHouse.assembly)
        #expect(terms.rule.id == "membership.appeal")
    }

    @Test(arguments: TestEngine.all)
    func `in the last second of its days an appeal is in time, and not after it`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let midnight = try #require(InstantText.date("2026-09-22T00:00:00.000000Z"))
            let error = await house.refusal {
                try await house.ask(.appeal, RequestHouse.acme, as: house.anton, at: midnight)
            }
            guard case .notPossible(let because)? = error as? RequestRefusal else {
                Issue.record("taken after its time: \(String(describing: error))")
                return
            }
            #expect(because.english.contains("21 Sept 2026"))
            let last = midnight.addingTimeInterval(-1)
            let id = try await house.ask(.appeal, RequestHouse.acme, as: house.anton, at: last)
            let request = try await house.request(id)
            #expect(
                request.against == MemberStanding(status: "terminated", day: RequestHouse.day("2026-07-23"))
            )
            try await house.run(TakeBackRequest(id, reason: "By letter instead"), as: house.anton, at: last)
            // A letter that bears a day in time may come later.
            let late = RequestHouse.later(20)
            let letter = try await house.letter(.appeal, RequestHouse.acme, of: "2026-09-21", at: late)
            #expect(try await house.request(letter).letterDay == RequestHouse.day("2026-09-21"))
            let circular = try await house.put(letter, at: late)
            try await house.meet(circular, .adopted, on: "2026-10-11", at: late)
            #expect(try await house.steps(RequestHouse.acme).last == "member 2026-10-11 decision-2026-1-1")
        }
    }

    @Test(arguments: TestEngine.all)
    func `there is no appeal where the charter gives none`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            for (member, actor) in [(RequestHouse.visby, house.inga), (RequestHouse.gdansk, house.piotr)] {
                let error = await house.refusal { try await house.ask(.appeal, member, as: actor) }
                #expect((error as? RequestRefusal)?.code == "request-not-possible", "\(member)")
            }
            let requests = try await house.ask(RequestList(), as: house.officer)
            #expect(requests.requests.isEmpty && requests.counts.isEmpty)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a corporation that the rule's proposal terminated is back by a further step`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            try await terminate(house)
            #expect(
                try await house.steps(RequestHouse.beta) == [
                    "member 2018-01-01", "terminated 2026-09-21 decision-2026-1-1",
                ]
            )
            let told = try await house.letters("standing-changed")
            #expect(told.map(\.person) == ["Berta Klein"])
            let text = try #require(told.first).text
            #expect(text.contains("Terminated"))
            #expect(text.contains("membership.grounds.defunct"))
            #expect(text.contains("20 November 2026"), "the last of 60 days")
            #expect(text.contains("General Assembly"))

            let week = RequestHouse.later(7)
            let id = try await house.ask(
                .appeal,
                RequestHouse.beta,
                as: house.berta,
                words: "We exist.",
                at: week
            )
            let circular = try await house.put(id, at: week)
            try await house.meet(circular, .adopted, on: "2026-09-28", at: week)
            #expect(
                try await house.steps(RequestHouse.beta) == [
                    "member 2018-01-01", "terminated 2026-09-21 decision-2026-1-1",
                    "member 2026-09-28 decision-2026-2-1",
                ]
            )
            let letters = try await house.letters("standing-changed")
            #expect(letters.count == 2)
            #expect(letters.contains { $0.text.contains("membership.appeal") })
            let question = MembershipRequests("beta", charter: house.charter)
            let found = try await house.ask(question, as: house.berta, at: week)
            #expect(found.standing == MemberStanding(status: "member", day: RequestHouse.day("2026-09-28")))
            #expect(found.possible.map(\.kind) == [.withdrawal])
        }
    }

    /// Somebody says that Beta does not exist any more; the night proposes, and the assembly adopts.
    private func terminate(_ house: RequestHouse) async throws {
        let statement = StateCircumstance(
            member: "beta",
            ground: "defunct",
            asOf: "2026-09-20",
            holds: true,
            grounds: "Struck off the register",
            charter: house.charter
        )
        try await house.run(statement, as: house.officer)
        let work = KeepProposals(database: house.database, charter: house.charter, payments: NoPaymentsOnRecord())
        _ = try await work.run(on: RequestHouse.day("2026-09-21"), now: RequestHouse.now)
        let proposals = try await house.ask(StandingProposals([.open], charter: house.charter), as: house.officer)
        let proposal = try #require(proposals.proposals.first { $0.memberKey == "beta" })
        let draft = CircularDraft(
            body: RequestHouse.assembly,
            way: .meeting,
            matter: StandingMatter.kind,
            title: "Terminations",
            subjects: [proposal.id]
        )
        let circular = try await house.run(OpenCircular(draft, services: house.decisions), as: house.officer)
        try await house.meet(circular, .adopted)
    }

    @Test(arguments: TestEngine.all)
    func `who was terminated or has withdrawn is reinstated, and its old steps stay`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let acme = try await house.ask(.reinstatement, RequestHouse.acme, as: house.anton)
            let gdansk = try await house.letter(.reinstatement, RequestHouse.gdansk, of: "2026-09-10")
            let request = try await house.request(acme)
            #expect(request.body == RequestHouse.committee)
            #expect(request.against == nil)
            // One question may be about several.
            let draft = CircularDraft(
                body: RequestHouse.committee,
                way: .meeting,
                matter: MembershipRequestKind.reinstatement.rawValue,
                title: "Reinstatements",
                subjects: [acme, gdansk]
            )
            let circular = try await house.run(OpenCircular(draft, services: house.decisions), as: house.officer)
            try await house.meet(circular, .adopted)
            #expect(
                try await house.steps(RequestHouse.acme) == [
                    "member 2018-01-01", "terminated 2026-07-23", "member 2026-09-21 decision-2026-1-1",
                ]
            )
            #expect(
                try await house.steps(RequestHouse.gdansk) == [
                    "member 2015-03-01", "withdrawn 2025-05-01", "member 2026-09-21 decision-2026-1-2",
                ]
            )
            let error = await house.refusal { try await house.ask(.reinstatement, RequestHouse.acme, as: house.anton) }
            #expect((error as? RequestRefusal)?.code == "request-not-possible", "in good standing again")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a member in good standing has nothing to come back to, and who has left nothing to leave`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let cases: [(MembershipRequestKind, String, Actor)] = [
                (.reinstatement, RequestHouse.visby, house.inga), (.withdrawal, RequestHouse.gdansk, house.piotr),
                (.withdrawal, RequestHouse.acme, house.anton),
            ]
            for (kind, member, actor) in cases {
                let error = await house.refusal { try await house.ask(kind, member, as: actor) }
                #expect((error as? RequestRefusal)?.code == "request-not-possible", "\(kind) of \(member)")
            }
        }
    }
}
