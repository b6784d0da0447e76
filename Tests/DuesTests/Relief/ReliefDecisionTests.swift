import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Foundation
import Identity
import Languages
import Membership
import Standing
import Testing

@testable import Dues

/// From a request to what an invoice asks for, by what the committee decides.
@Suite("A body decides on relief from dues")
struct ReliefDecisionTests {
    private static let half = ReliefDraft(
        .reduction,
        fromYear: "2024",
        toYear: "2025",
        percent: "50",
        words: "A flood took the harbour"
    )
    private static let remission = ReliefDraft(.remission, fromYear: "2024", toYear: "2026", words: "A flood")

    @Test(
        "asked in the room, answered by a circulated decision, it lowers this invoice and the next",
        arguments: TestEngine.all
    )
    func story(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            let inga = try await house.representative(of: "town-0001", "Inga Karlsson", language: "es")
            let ruta = try await house.representative(of: "town-0002", "Ruta Kalna")
            try await house.seat("town-0002")
            try await house.issue()
            let id = try await house.ask(Self.half, as: inga)
            #expect(try await house.letters("relief-received").map(\.to) == ["inga.karlsson@example.org"])
            let waiting = try await house.ask(Today(.everyone, sources: DuesParts.waiting)).waiting
            #expect(waiting.map(\.kind) == ["relief-request"])
            #expect(waiting.map(\.needs) == [.openDecision])
            let circular = try await house.put(id, way: .circulation)
            #expect(try await house.relief(id).state == .put)
            #expect(try await house.ask(Today(.everyone, sources: DuesParts.waiting)).waiting.isEmpty)
            let put = try #require(try await house.letters("relief-put").first)
            // 14 whole days after the day of asking.
            #expect(put.text.contains("19 de marzo de 2024"))
            #expect(put.text.contains("Comité Ejecutivo"))
            #expect(put.text.contains("https://hansa.example/es/portal/town-0001/dues"))
            #expect(try await house.balance().owed == house.usd(1000), "until it is decided")
            try await house.answer(circular, .approve, as: ruta)
            let adopted = try await house.relief(id)
            #expect(adopted.state == .adopted)
            #expect(adopted.decidedOn == Day(DuesHouse.today))
            #expect(adopted.covered == 2024...2025)
            let minutes = try Phrase.record(#require(adopted.minutes)).english
            #expect(minutes.contains("Town-0001: the fee of 2024 to 2025 is lowered by 50%"))
            let balance = try await house.balance()
            #expect(try balance.asked == house.usd(500))
            #expect(try balance.owed == house.usd(500))
            let letter = try #require(try await house.letters("relief-adopted").first)
            #expect(letter.to == "inga.karlsson@example.org")
            #expect(letter.text.contains("la ha adoptado"))
            let account = try await house.account("town-0001", on: DuesHouse.today)
            #expect(account.lines.map(\.entry.kind) == [.invoice, .remission])
            #expect(account.lines.map(\.entry.rule).last == "remission")
            #expect(try await house.actions("relief-request", id) == ["relief.asked", "relief.put", "relief.adopted"])
            try await later(house)
        }
    }

    /// The invoices of the years after it was granted.
    private func later(_ house: DuesHouse) async throws {
        let spring = DuesHouse.morning("2025-02-01")
        let plan = try await house.ask(PlanDues(2025, charter: house.charter), at: spring)
        #expect(try plan.totals() == [house.usd(1500)])
        try await house.issue(2025, at: spring)
        let next = try #require(try await house.invoices().first { $0.year == 2025 && $0.memberKey == "town-0001" })
        #expect(try next.amount == house.usd(1000))
        #expect(try next.relief == house.usd(500))
        #expect(try next.toPay == house.usd(500))
        #expect(next.explanation.english.contains("By relief 2024-1, granted on 5 Mar 2024"))
        #expect(try await house.balance("town-0001", 2025).owed == house.usd(500))
        #expect(try await house.balance("town-0002", 2025).owed == house.usd(1000))
        let letter = try #require(try await house.letters().last { $0.subject.contains(next.number) })
        #expect(letter.subject.contains("500,00"))
        let proof = try await house.database.read { try DocumentProof.find($0, number: next.number) }
        #expect(proof?.amount == next.toPay)
        try await house.issue(2026, at: DuesHouse.morning("2026-02-01"))
        #expect(try await house.balance("town-0001", 2026).owed == house.usd(1000), "it was for two years")
    }

    @Test("what was paid and is not asked for any more is kept to the credit", arguments: TestEngine.all)
    func paid(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            try await house.issue()
            for (member, paid) in [("town-0001", 1000), ("town-0002", 600)] {
                _ = try await house.pay(try await house.invoice(of: member), paid, on: DuesHouse.today)
            }
            try await house.grant(Self.remission)
            #expect(try await house.balance().asked.isZero)
            #expect(try await house.balance().owed.isZero)
            #expect(try await house.credit("town-0001") == 100_000)
            let balances = try await house.account("town-0001", on: DuesHouse.today).balances
            #expect(try balances == [house.usd(-1000)])
            try await house.grant(
                ReliefDraft(.commutation, fromYear: "2024", amount: "250", words: "It is small"),
                of: "town-0002"
            )
            #expect(try await house.balance("town-0002").asked == house.usd(250))
            #expect(try await house.balance("town-0002").owed.isZero)
            #expect(try await house.credit("town-0002") == 35_000)
            // Nothing was paid for the year that was waived; the other's fee is paid.
            let record = DuesOnRecord()
            let fees = try await house.database.read {
                try record.feesPaid($0, ofMember: nil, from: .first, to: .last)
            }
            #expect(try await fees.map(\.memberID) == [house.id("town-0002")])
            for member in ["town-0001", "town-0002"] {
                #expect(try await house.facts(member, on: "2024-12-31").paidYears == [2024])
            }
        }
    }

    @Test("a fee that is waived before its invoice leaves nothing to pay, the year settled", arguments: TestEngine.all)
    func waived(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            try await house.representative(of: "town-0001", "Inga Karlsson")
            try await house.grant(Self.remission)
            try await house.issue()
            let invoice = try await house.invoice(of: "town-0001")
            #expect(invoice.toPay.isZero)
            let record = try await house.ask(InvoiceByID(invoice.number, charter: house.charter))
            #expect(record.state == .credited)
            #expect(record.parts.isEmpty)
            #expect(record.payment.code == nil)
            #expect(try await house.facts(on: "2024-12-31").paidYears == [2024])
            #expect(try await house.facts(on: "2024-12-31").owed.isEmpty)
            let letter = try #require(try await house.letters().first)
            #expect(letter.text.contains("Nothing is to be paid."))
            #expect(!letter.text.contains("DE89"))
        }
    }

    @Test("what the body rejects, or gives back, changes nothing", arguments: TestEngine.all)
    func rejected(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            let inga = try await house.representative(of: "town-0001", "Inga Karlsson", language: "ko")
            try await house.issue()
            let id = try await house.ask(Self.half, as: inga)
            let circular = try await house.put(id)
            let mayNot = await house.problem {
                try await house.run(TakeBackRelief(id, reason: "No", services: house.services))
            }
            #expect(mayNot as? ReliefRefusal == .inAnotherState(.put))
            let decisions = try house.decisions()
            try await house.run(WithdrawCircular(circular, reason: "The letter is not clear", services: decisions))
            #expect(try await house.relief(id).state == .received)
            #expect(try await house.letters("relief-returned").count == 1)
            try await house.meet(try await house.put(id), .rejected)
            #expect(try await house.relief(id).state == .rejected)
            let letter = try #require(try await house.letters("relief-rejected").first)
            #expect(letter.text.contains("가결하지 않았습니다"))
            #expect(letter.text.contains("Minutes, item 4"))
            #expect(try await house.balance().owed == house.usd(1000))
            #expect(
                try await house.actions("relief-request", id) == [
                    "relief.asked", "relief.put", "relief.returned", "relief.put", "relief.rejected",
                ]
            )
            let again = try await house.ask(Self.half, as: inga)
            try await house.run(TakeBackRelief(again, reason: "We can pay", services: house.services), as: inga)
            #expect(try await house.relief(again).state == .takenBack)
            #expect(try await house.letters("relief-taken-back").first?.text.contains("We can pay") == true)
        }
    }

    @Test("relief ends early by another decision: what it took off is owed again", arguments: TestEngine.all)
    func ended(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            try await house.representative(of: "town-0001", "Inga Karlsson")
            try await house.issue(2023, on: "2023-02-01")
            let remission = ReliefDraft(.remission, fromYear: "2023", toYear: "2026", words: "A flood")
            let id = try await house.grant(remission)
            try await house.issue()
            #expect(try await house.balance().owed.isZero)
            let wrong = await house.refused(ReliefDraft(.ending, fromYear: "2027", ends: "2024-1", words: "It is dry"))
            #expect(wrong == ["from_year"])
            let unknown = await house.refused(ReliefDraft(.ending, fromYear: "2024", ends: "2023-9", words: "Dry"))
            #expect(unknown == ["ends"])
            let ending = ReliefDraft(.ending, fromYear: "2024", ends: "2024-1", words: "It is dry")
            let request = try await house.ask(ending)
            let twice = await house.problem { try await house.ask(ending) }
            #expect(twice as? ReliefRefusal == .underWay(.ending, "2024-2"))
            try await house.meet(try await house.put(request), .adopted, on: "2024-06-01")
            let found = try await house.relief(id)
            #expect(found.covered == 2023...2023)
            #expect(found.endedFrom == 2024)
            #expect(found.endedOn == Day("2024-06-01"))
            #expect(try await house.balance("town-0001", 2023).owed.isZero)
            #expect(try await house.balance("town-0001", 2024).owed == house.usd(1000))
            #expect(try await house.facts(on: "2024-05-31").owed.isEmpty)
            #expect(try await house.facts(on: "2024-06-01").pastDue.map(\.minor) == [100_000])
            #expect(try await house.letters("relief-ended").count == 1)
            try await house.issue(2025, at: DuesHouse.morning("2025-02-01"))
            #expect(try await house.balance("town-0001", 2025).owed == house.usd(1000))
            let proof = try await house.database.read { transaction in
                let invoice = try #require(try Invoice.find(transaction, named: "2024-0001"))
                let code = try #require(try DocumentProof.find(transaction, number: invoice.number)).code
                return try ProofByCode(code).answer(transaction)
            }
            #expect(try proof.since == .changed(to: house.usd(1000)))
            #expect(proof.isWhole)
        }
    }

    @Test("what was kept to the credit pays again when relief ends, unless it was used", arguments: TestEngine.all)
    func endedAfterPayment(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            try await house.issue()
            for member in ["town-0001", "town-0002"] {
                _ = try await house.pay(try await house.invoice(of: member), 1000, on: DuesHouse.today)
                try await house.grant(Self.remission, of: member)
                #expect(try await house.credit(member) == 100_000)
            }
            let refund = RefundPayment(
                member: "town-0002",
                currency: "USD",
                amount: "400",
                paidOn: DuesHouse.today,
                grounds: "As asked"
            )
            try await house.run(refund)
            for (member, relief) in [("town-0001", "2024-1"), ("town-0002", "2024-2")] {
                try await house.grant(
                    ReliefDraft(.ending, fromYear: "2024", ends: relief, words: "It is dry"),
                    of: member
                )
            }
            #expect(try await house.balance("town-0001").owed.isZero)
            #expect(try await house.credit("town-0001") == 0)
            #expect(try await house.balance("town-0002").owed == house.usd(1000))
            #expect(try await house.credit("town-0002") == 60_000)
        }
    }

    @Test("what is granted in another currency than the fee's is not carried out", arguments: TestEngine.all)
    func otherCurrency(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(3)) { house in
            try await house.issue()
            let usd = try Currency("USD")
            let draft = ReliefDraft(.commutation, fromYear: "2024", toYear: "2025", amount: "250", words: "A flood")
            let (first, second) = (try await house.ask(draft), try await house.ask(draft, of: "town-0002"))
            let circular = try await house.put(first)
            let amended = try house.inEuros()
            func refusal(_ reference: String) throws -> ReliefRefusal {
                try .otherCurrency(reference, usd, fee: Currency("EUR"), year: 2025)
            }
            try await amended.meet(circular, .adopted)
            #expect(try await house.relief(first).state == .put)
            #expect(try await house.balance().asked == house.usd(1000))
            let record = try await amended.ask(ReliefByID(first, charter: amended.charter))
            #expect(try record.problem == refusal("2024-1").sentence)
            let put = await house.problem { _ = try await amended.put(second) }
            #expect(try put as? ReliefRefusal == refusal("2024-2"))
            // Years that have their invoices, and what is a part of any amount, can be granted all the same.
            let invoiced = ReliefDraft(.commutation, fromYear: "2024", amount: "250", words: "A flood")
            try await amended.grant(invoiced, of: "town-0003")
            #expect(try await house.balance("town-0003").asked == house.usd(250))
            try await house.run(TakeBackRelief(second, reason: "Euros", services: house.services))
            try await amended.grant(Self.half, of: "town-0002")
            #expect(try await house.balance("town-0002").asked == house.usd(500))
        }
    }

    @Test(
        "where a currency changed after relief was granted, no invoice asks for the whole",
        arguments: TestEngine.all
    )
    func currencyChanged(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            let draft = ReliefDraft(.commutation, fromYear: "2025", amount: "250", words: "A flood")
            try await house.grant(draft)
            let amended = try house.inEuros()
            let (usd, eur) = (try Currency("USD"), try Currency("EUR"))
            let refusal = ReliefRefusal.otherCurrency("2024-1", usd, fee: eur, year: 2025)
            let spring = DuesHouse.morning("2025-02-01")
            let plan = try await amended.ask(PlanDues(2025, charter: amended.charter), at: spring)
            let problems = plan.toInvoice.map { line -> Phrase? in
                guard case .invoice(let planned) = line.outcome else { return nil }
                return planned.problem
            }
            #expect(problems == [refusal.sentence, nil])
            let outcome = try await amended.issue(2025, at: spring)
            #expect(outcome.written == 1)
            #expect(outcome.problems == [DuesRun.Problem(memberKey: "town-0001", words: refusal.sentence)])
            #expect(try await house.invoices().map(\.memberKey) == ["town-0002"])
            let ending = ReliefDraft(.ending, fromYear: "2025", ends: "2024-1", words: "The fee is in euros")
            try await amended.grant(ending, on: "2025-02-02")
            #expect(try await amended.issue(2025, at: DuesHouse.morning("2025-02-03")).written == 1)
            #expect(try await house.balance("town-0001", 2025).asked == Money(whole: 1000, Currency("EUR")))
        }
    }

    @Test("what can no longer be carried out waits, and the secretariat takes it back", arguments: TestEngine.all)
    func powerGone(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            try await house.issue()
            let inga = try await house.representative(of: "town-0001", "Inga Karlsson")
            let id = try await house.ask(Self.half, as: inga)
            let circular = try await house.put(id)
            let amended = try DuesHouse.charter(["powers: [remit, reduce, commute, plan]": "powers: [remit]"])
            try await house.meet(circular, .adopted, by: try DuesHouse.services(amended))
            #expect(try await house.relief(id).state == .put)
            #expect(try await house.balance().owed == house.usd(1000))
            let record = try await house.ask(ReliefByID("2024-1", charter: amended))
            #expect(record.problem != nil)
            #expect(record.canBeTakenBack)
            #expect(record.circulars.map(\.id) == [circular])
            let own = await house.problem {
                try await house.run(TakeBackRelief(id, reason: "No", services: house.services), as: inga)
            }
            #expect(own as? ReliefRefusal == .inAnotherState(.put))
            try await house.run(TakeBackRelief(id, reason: "Nobody may grant it", services: house.services))
            let again = CarryOutAgain(circular, item: try await house.item(circular), services: try house.decisions())
            #expect(try await house.run(again) == nil)
            #expect(try await house.relief(id).state == .takenBack)
            #expect(try await house.balance().owed == house.usd(1000))
        }
    }
}

extension DuesHouse {
    /// The one seat of the committee answers, and so all is decided.
    fileprivate func answer(_ circular: String, _ answer: SeatAnswer, as actor: Actor) async throws {
        let seat = try await database.read { transaction in
            try transaction.first("SELECT id FROM circular_seat WHERE circular_id = ?", [.text(circular)]) {
                try $0.text(0)
            }
        }
        let command = AnswerCircular(
            circular,
            seat: try #require(seat),
            as: actor,
            answers: [try await item(circular): answer],
            services: try decisions()
        )
        #expect(try await run(command, as: actor) == .closed)
    }
}
