import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Files
import Foundation
import Identity
import Languages
import Membership
import Testing

@testable import Dues

/// What a member can ask of its dues, and what is refused.
@Suite("A member asks for relief from its dues")
struct ReliefAskTests {
    private static let remission = ReliefDraft(.remission, fromYear: "2024", words: "A flood")

    @Test("a representative asks today, and a letter bears its own day", arguments: TestEngine.all)
    func filed(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            let inga = try await house.representative(of: "town-0001", "Inga Karlsson")
            let draft = ReliefDraft(
                .reduction,
                fromYear: "2024",
                toYear: "2026",
                percent: "50",
                letterDay: "2020-01-01",
                words: "A flood"
            )
            let id = try await house.ask(draft, as: inga)
            let own = try await house.relief(id)
            #expect(own.reference == "2024-1")
            #expect(own.terms == .percent(50))
            #expect(own.years == 2024...2026)
            #expect(own.letterDay == Day(DuesHouse.today))
            #expect(own.byName == "Inga Karlsson")
            #expect(own.body == "executive-committee")
            #expect(own.covered == nil)
            #expect(own.termsWords.english == "the fee of 2024 to 2026 is lowered by 50%")
            let letter = try await house.relief(house.ask(Self.remission, of: "town-0002"))
            #expect(letter.reference == "2024-2")
            #expect(letter.letterDay == Day("2024-03-01"))
            #expect(letter.byPersonID == nil)
            #expect(letter.byName == "The mayor")
            #expect(try await house.actions("relief-request", id) == ["relief.asked"])
            let list = try await house.ask(ReliefList([.received]))
            #expect(list.requests.map(\.reference) == ["2024-1", "2024-2"])
            #expect(list.counts == [.received: 2])
        }
    }

    @Test("years, amounts and percentages that cannot be are refused by their boxes", arguments: TestEngine.all)
    func boxes(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            func reduction(_ percent: String, _ amount: String = "") -> ReliefDraft {
                ReliefDraft(.reduction, fromYear: "2024", percent: percent, amount: amount, words: "A flood")
            }
            for percent in ["0", "100", "101", "-5", "half"] {
                #expect(await house.refused(reduction(percent)) == ["percent"], "\(percent)")
            }
            #expect(await house.refused(reduction("", "")) == ["percent"])
            #expect(await house.refused(reduction("50", "500")) == ["percent"])
            for amount in ["0", "-1", "1,5", "1.005"] {
                #expect(await house.refused(reduction("", amount)) == ["amount"], "\(amount)")
            }
            #expect(await house.refused(ReliefDraft(.commutation, fromYear: "2024", words: "A flood")) == ["amount"])
            func remission(_ from: String, _ to: String = "") -> ReliefDraft {
                ReliefDraft(.remission, fromYear: from, toYear: to, words: "A flood")
            }
            for year in ["", "soon", "1850", "2019", "2021", "2024.5"] {
                #expect(await house.refused(remission(year)) == ["from_year"], "\(year)")
            }
            #expect(await house.refused(remission("2025", "2024")) == ["to_year"])
            #expect(await house.refused(remission("2024", "2300")) == ["to_year"])
            let silent = ReliefDraft(.remission, fromYear: "2024", words: " ")
            #expect(await house.refused(silent) == ["words"])
            var unsigned = AskRelief("town-0001", Self.remission, services: house.services)
            var problem = await house.problem { try await house.run(unsigned) }
            #expect((problem as? InvalidInput)?.fields.map(\.name) == ["signed_by", "letter_day"])
            let tomorrow = ReliefDraft(
                .remission,
                fromYear: "2024",
                letterDay: "2024-03-06",
                words: "A flood",
                signedBy: "The mayor"
            )
            unsigned = AskRelief("town-0001", tomorrow, services: house.services)
            problem = await house.problem { try await house.run(unsigned) }
            #expect((problem as? InvalidInput)?.fields.map(\.name) == ["letter_day"])
            #expect(await house.refused(reduction("99")) == ["nil"])
            let found = try await house.count("relief_request")
            #expect(found == 1)
            #expect(try await house.count("mail") == 0)
        }
    }

    @Test("instalments make what is owed, on days to come, in their order", arguments: TestEngine.all)
    func instalments(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            let good = [("2024-06-01", "400"), ("2024-09-01", "600")]
            #expect(await house.refused(DuesHouse.plan(good)) == ["from_year"], "there is no invoice yet")
            try await house.issue()
            let cases: [(parts: [(String, String)], fields: [String])] = [
                ([("2024-06-01", "400"), ("2024-09-01", "500")], ["instalments"]),
                ([("2024-06-01", "400"), ("2024-09-01", "600.01")], ["instalments"]), ([], ["instalments"]),
                ([("2024-03-04", "400"), ("2024-09-01", "600")], ["day-1"]),
                ([("2024-09-01", "400"), ("2024-06-01", "600")], ["day-2"]),
                ([("2024-09-01", "400"), ("2024-09-01", "600")], ["day-2"]),
                ([("soon", "400"), ("2024-09-01", "six")], ["day-1", "amount-2"]),
                ([("2024-06-01", "-400"), ("2024-09-01", "1400")], ["amount-1"]),
            ]
            for (parts, fields) in cases {
                #expect(await house.refused(DuesHouse.plan(parts)) == fields, "\(parts)")
            }
            #expect(await house.refused(DuesHouse.plan(good, to: "2025")) == ["from_year"], "2025 has no invoice")
            let id = try await house.ask(DuesHouse.plan(good))
            guard case .plan(let instalments) = try await house.relief(id).terms else {
                Issue.record("this is no plan")
                return
            }
            #expect(instalments.map(\.amount.plain) == ["400.00", "600.00"])
            _ = try await house.pay(try await house.invoice(of: "town-0001"), 1000, on: DuesHouse.today)
            try await house.run(TakeBackRelief(id, reason: "Paid", services: house.services))
            #expect(await house.refused(DuesHouse.plan(good)) == ["from_year"], "nothing is owed")
        }
    }

    @Test("what the charter gives no power for cannot be asked", arguments: TestEngine.all)
    func powers(_ engine: Database.Engine) async throws {
        let change = ["powers: [remit, reduce, commute, plan]": "powers: [remit, commute]"]
        try await DuesHouse.with(engine, DuesHouse.towns(1), charter: change) { house in
            try await house.issue()
            for draft in [
                ReliefDraft(.reduction, fromYear: "2024", percent: "50", words: "A flood"),
                DuesHouse.plan([("2024-06-01", "1000")]),
            ] {
                let problem = await house.problem { try await house.ask(draft) }
                guard case .notPossible(let because) = problem as? ReliefRefusal else {
                    Issue.record("\(draft.kind) was not refused: \(String(describing: problem))")
                    continue
                }
                #expect(because.english.contains("remission or commutation"))
            }
            let found = try await house.ask(ReliefOfMember("town-0001", charter: house.charter))
            #expect(found.possible.map(\.kind) == [.remission, .commutation])
            #expect(found.impossible.map(\.kind) == [.reduction, .plan, .ending])
            #expect(found.possible.map(\.bodyName) == ["Executive Committee", "Executive Committee"])
            #expect(try await house.count("relief_request") == 0)
        }
    }

    @Test("there is one relief of a sort for a year, asked or granted", arguments: TestEngine.all)
    func once(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            try await house.issue()
            let first = try await house.ask(ReliefDraft(.remission, fromYear: "2024", toYear: "2025", words: "A flood"))
            let overlapping = ReliefDraft(.reduction, fromYear: "2025", percent: "10", words: "A flood")
            let waiting = await house.problem { try await house.ask(overlapping) }
            #expect(waiting as? ReliefRefusal == .underWay(.remission, "2024-1"))
            // A plan changes days and not amounts; another year, or another member, is another matter.
            try await house.ask(DuesHouse.plan([("2024-06-01", "1000")]))
            try await house.ask(ReliefDraft(.remission, fromYear: "2026", words: "A flood"))
            try await house.ask(overlapping, of: "town-0002")
            try await house.meet(try await house.put(first), .adopted)
            let granted = await house.problem { try await house.ask(overlapping) }
            #expect(granted as? ReliefRefusal == .granted(.remission, "2024-1"))
            #expect(try await house.count("relief_request") == 4)
        }
    }

    @Test("of two who ask the same at once, one does", arguments: TestEngine.all)
    func atOnce(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            async let first = house.problem { try await house.ask(Self.remission) }
            async let second = house.problem { try await house.ask(Self.remission) }
            let problems = await [first, second].compactMap { $0 }
            #expect(problems.count == 1)
            #expect(problems.first as? ReliefRefusal == .underWay(.remission, "2024-1"))
            let found = try await house.count("relief_request")
            #expect(found == 1)
        }
    }

    @Test("nobody floods a member's people with requests", arguments: TestEngine.all)
    func flood(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            let inga = try await house.representative(of: "town-0001", "Inga Karlsson")
            for _ in 0..<AskRelief.dailyByMember {
                let id = try await house.ask(Self.remission, as: inga)
                try await house.run(TakeBackRelief(id, reason: "No", services: house.services), as: inga)
            }
            let problem = await house.problem { try await house.ask(Self.remission, as: inga) }
            #expect(problem as? ReliefRefusal == .tooMany(AskRelief.dailyByMember))
            // A letter is not held up by it.
            try await house.ask(Self.remission)
        }
    }

    @Test("a member's program asks as often as its people, and not beside them", arguments: TestEngine.all)
    func floodByProgram(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            let (program, other) = (try await house.program(of: "town-0001"), try await house.program(of: "town-0002"))
            let inga = try await house.representative(of: "town-0001", "Inga Karlsson")
            var draft = Self.remission
            draft.signedBy = "The mayor"
            for _ in 0..<AskRelief.dailyByMember {
                let id = try await house.ask(draft, as: program)
                #expect(try await house.relief(id).byPersonID == nil)
                try await house.run(TakeBackRelief(id, reason: "No", services: house.services), as: program)
            }
            for actor in [program, inga] {
                let problem = await house.problem { try await house.ask(draft, as: actor) }
                #expect(problem as? ReliefRefusal == .tooMany(AskRelief.dailyByMember), "\(actor.key)")
            }
            try await house.ask(draft, of: "town-0002", as: other)
            // A letter is not held up by it.
            try await house.ask(Self.remission)
        }
    }

    @Test("there is one for a year however many requests came after it", arguments: TestEngine.all)
    func manyLater(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            let granted = try await house.grant(Self.remission)
            let waiting = try await house.ask(ReliefDraft(.remission, fromYear: "2025", words: "A flood"))
            try await house.writeTakenBack(230, of: "town-0001")
            func problem(_ year: String) async -> ReliefRefusal? {
                let draft = ReliefDraft(.reduction, fromYear: year, percent: "10", words: "A flood")
                return await house.problem { try await house.ask(draft) } as? ReliefRefusal
            }
            #expect(await problem("2024") == .granted(.remission, "2024-1"))
            #expect(await problem("2025") == .underWay(.remission, "2024-2"))
            // One that came in nonetheless is not put before the body.
            try await house.database.write { transaction in
                try transaction.execute(
                    """
                    UPDATE relief_request SET state = 'received', settled_at = NULL, settled_by = NULL, reason = NULL
                    WHERE id = 'later-7'
                    """
                )
            }
            let put = await house.problem { _ = try await house.put("later-7") }
            #expect(put as? ReliefRefusal == .granted(.remission, "2024-1"))
            let found = try await house.ask(ReliefOfMember("town-0001", charter: house.charter))
            #expect(found.requests.count == 200)
            #expect(found.inForce.map(\.id) == [granted])
            #expect(found.requests.filter(\.state.isLive).map(\.id) == ["later-7", waiting])
            #expect(found.requests.map(\.recordedAt) == found.requests.map(\.recordedAt).sorted(by: >))
        }
    }

    @Test("an amount is in the currency of the invoice, or of the fee where there is none", arguments: TestEngine.all)
    func currency(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            try await house.issue()
            let amended = try house.inEuros()
            func commutation(_ from: String, _ to: String = "") -> ReliefDraft {
                ReliefDraft(.commutation, fromYear: from, toYear: to, amount: "250", words: "A flood")
            }
            #expect(await amended.refused(commutation("2024", "2025")) == ["to_year"])
            let invoiced = try await amended.relief(amended.ask(commutation("2024")))
            #expect(try invoiced.terms == .commutation(house.usd(250)))
            let later = try await amended.relief(amended.ask(commutation("2025")))
            #expect(try later.terms == .commutation(Money(whole: 250, Currency("EUR"))))
            // What an invoice asks for no more does not count: the next one is in euros.
            let number = try await house.invoice(of: "town-0002").number
            try await house.run(CreditInvoice(number, grounds: "Wrong address", isInvoicedAnew: true))
            let anew = try await amended.relief(amended.ask(commutation("2024"), of: "town-0002"))
            #expect(try anew.terms == .commutation(Money(whole: 250, Currency("EUR"))))
        }
    }

    @Test("requests go over to the member that a record turns out to be", arguments: TestEngine.all)
    func merged(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            let id = try await house.grant(Self.remission, of: "town-0002")
            let merge = MergeMembers(
                keptKey: "town-0001",
                mergedKey: "town-0002",
                seen: nil,
                grounds: "One town under two names",
                charter: house.charter
            )
            try await house.run(merge)
            #expect(try await house.relief(id).memberKey == "town-0001")
            try await house.issue()
            #expect(try await house.balance().asked.isZero)
        }
    }
}
