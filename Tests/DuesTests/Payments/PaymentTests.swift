import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Testing

@testable import Dues

@Suite("Payments")
struct PaymentTests {
    @Test(arguments: TestEngine.all)
    func `a part, the rest and more: the account says each`(_ engine: Database.Engine) async throws {
        try await PaymentHouse.with(engine) { house in
            try await house.pay("visby", "400")
            #expect(try await house.owed("visby") == 60_000)
            try await house.pay("visby", "700.50", on: "2024-03-06")
            #expect(try await house.owed("visby") == 0)
            #expect(try await house.credit("visby") == 10_050)
            #expect(
                try await house.entries("visby")
                    == ["payment -40000 USD", "payment -60000 USD", "payment -10050 USD"]
            )
            let shares = try await house.asks(PaymentList(member: "visby")).payments.flatMap(\.shares)
            #expect(shares.map(\.invoiceNumber) == ["2024-0006", nil, "2024-0006"])
            #expect(try await house.asks(PaymentList(member: "riga")).total == 0)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a payment of the same day and amount is asked about, and taken when it is another one`(
        _ engine: Database.Engine
    ) async throws {
        try await PaymentHouse.with(engine) { house in
            try await house.pay("visby", "100")
            let problem = await house.problem { try await house.pay("visby", "100") }
            #expect((problem as? InvalidInput)?.fields.map(\.name) == ["is_another"])
            let draft = PaymentDraft(
                receivedOn: "2024-03-05",
                currency: "USD",
                amount: "100",
                shares: [ShareDraft(member: "visby")]
            )
            try await house.does(EnterPayment(draft, isAnother: true, charter: house.charter))
            #expect(try await house.owed("visby") == 80_000)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a double payment for one invoice is kept to the credit, and used for the next invoice`(
        _ engine: Database.Engine
    ) async throws {
        try await PaymentHouse.with(engine) { house in
            try await house.pay("visby", "1000", share: ShareDraft(invoice: "2024-0006"))
            try await house.pay("visby", "1000", on: "2024-03-06", share: ShareDraft(invoice: "RF91 2024 0006"))
            #expect(try await house.credit("visby") == 100_000)
            let next = InstantText.date("2025-02-01T09:00:00.000000Z") ?? .distantPast
            try await house.issue(2025, at: next)
            let id = try await house.run(UseCredit(invoice: "2025-0006", amount: "300"), at: next)
            #expect(try await house.owed("visby") == 70_000)
            try await house.run(UseCredit(invoice: "2025-0006"), at: next)
            #expect(try await house.owed("visby") == 0)
            #expect(try await house.credit("visby") == 0)
            let empty = await house.problem { _ = try await house.run(UseCredit(invoice: "2025-0006"), at: next) }
            let nothing = try house.usd(0)
            #expect(empty as? PaymentRefusal == .noCredit(left: nothing))
            try await house.run(UndoPayment(id, grounds: "Not agreed"), at: next)
            #expect(try await house.owed("visby") == 30_000)
            #expect(try await house.credit("visby") == 30_000)
            #expect(try await house.actions("payment", id) == ["credit.recorded", "payment.undone"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `one transfer for several members, with one share left to the rest`(_ engine: Database.Engine) async throws {
        try await PaymentHouse.with(engine) { house in
            let shares = [
                ShareDraft(invoice: "2024-0006", amount: "1000"), ShareDraft(member: "Turku", amount: "250"),
                ShareDraft(member: "stade", isCredit: true),
            ]
            let draft = PaymentDraft(receivedOn: "2024-03-05", currency: "USD", amount: "1500", shares: shares)
            let id = try await house.does(EnterPayment(draft, charter: house.charter))
            #expect(try await house.owed("visby") == 0)
            #expect(try await house.owed("turku") == 75_000)
            #expect(try await house.owed("stade") == 100_000)
            #expect(try await house.credit("stade") == 25_000)
            // Half of it was another's: shared out anew, the account keeps both.
            let anew = [ShareDraft(invoice: "2024-0006", amount: "700"), ShareDraft(invoice: "2024-0003")]
            let split = SplitPayment(id, shares: anew, grounds: "The letter of the region", charter: house.charter)
            try await house.does(split)
            #expect(try await house.owed("visby") == 30_000)
            #expect(try await house.owed("riga") == 20_000)
            #expect(try await house.owed("turku") == 100_000)
            #expect(try await house.credit("stade") == 0)
            #expect(
                try await house.entries("visby")
                    == ["payment -100000 USD", "reversal 100000 USD", "payment -70000 USD"]
            )
            let shown = try await house.asks(PaymentByID(id))
            #expect(shown.payment.shares.map(\.memberKey) == ["visby", "riga"])
            #expect(shown.entries.count == 8)
            #expect(try await house.actions("payment", id) == ["payment.recorded", "payment.split"])
        }
    }

    private func problem(
        _ house: DuesHouse,
        _ amount: String,
        _ shares: [ShareDraft],
        _ currency: String = "USD"
    ) async -> (any Error)? {
        let draft = PaymentDraft(receivedOn: "2024-03-05", currency: currency, amount: amount, shares: shares)
        return await house.problem { _ = try await house.does(EnterPayment(draft, charter: house.charter)) }
    }

    @Test(arguments: TestEngine.all)
    func `shares that do not make up the amount, and what cannot be read, are refused`(
        _ engine: Database.Engine
    ) async throws {
        try await PaymentHouse.with(engine) { house in
            let visby = ShareDraft(invoice: "2024-0006", amount: "600")
            let less = await problem(house, "1000", [visby])
            let (part, whole) = (try house.usd(600), try house.usd(1000))
            #expect(less as? PaymentRefusal == .sharesDiffer(part, whole))
            let riga = ShareDraft(member: "riga")
            let more = await problem(house, "500", [visby, riga])
            let small = try house.usd(500)
            #expect(more as? PaymentRefusal == .sharesDiffer(part, small))
            let cases: [(String, [ShareDraft], [String])] = [
                ("1000", [], ["member-1"]), ("1000", [ShareDraft(member: "nobody")], ["member-1"]),
                ("1000", [ShareDraft(invoice: "2024-9999")], ["invoice-1"]),
                ("1000", [ShareDraft(member: "riga", invoice: "2024-0006")], ["invoice-1"]),
                ("1000", [riga, ShareDraft(member: "visby")], ["amount-2"]), ("600", [visby, riga], ["amount-2"]),
                ("-5", [riga], ["amount"]), ("0", [riga], ["amount"]), ("1.005", [riga], ["amount"]),
                ("1e3", [riga], ["amount"]),
                ("9999999999999999999999", [riga], ["amount"]),
            ]
            for (amount, shares, fields) in cases {
                let refused = await problem(house, amount, shares)
                #expect((refused as? InvalidInput)?.fields.map(\.name) == fields, "\(amount) \(shares)")
            }
            let unknown = await problem(house, "5", [riga], "XYZ")
            #expect((unknown as? InvalidInput)?.fields.map(\.name) == ["currency"])
            let found = try await house.count("payment")
            #expect(found == 0)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what the bank took on the way is the association's, when somebody says so`(
        _ engine: Database.Engine
    ) async throws {
        try await PaymentHouse.with(engine) { house in
            try await house.pay("visby", "985", share: ShareDraft(invoice: "2024-0006", charge: "15"))
            #expect(try await house.owed("visby") == 0)
            #expect(try await house.entries("visby") == ["payment -98500 USD", "bank-charge -1500 USD"])
            let share = try #require(try await house.asks(PaymentList()).payments.first?.shares.first)
            #expect(try share.settled == house.usd(1000) && share.charge == house.usd(15))
            let more = await house.problem {
                try await house.pay("riga", "990", share: ShareDraft(invoice: "2024-0003", charge: "15"))
            }
            let owed = try house.usd(1000)
            #expect(more as? PaymentRefusal == .moreThanOwed("2024-0003", owed))
        }
    }

    @Test(arguments: TestEngine.all)
    func `a refund comes out of the credit, and is the line that went out`(_ engine: Database.Engine) async throws {
        try await PaymentHouse.with(engine) { house in
            try await house.pay("visby", "1200")
            try await house.imports(PaymentHouse.table(["2024-03-07,Visby,back,-200"]))
            let line = try #require(try await house.queue([.outgoing]).first).line.id
            func refund(_ amount: String, _ line: String? = nil) -> RefundPayment {
                RefundPayment(
                    member: "visby",
                    currency: "USD",
                    amount: amount,
                    paidOn: "2024-03-07",
                    line: line,
                    grounds: "Paid too much"
                )
            }
            let much = await house.problem { _ = try await house.does(refund("200.01")) }
            let (left, out) = (try house.usd(200), try house.usd(-200))
            #expect(much as? PaymentRefusal == .noCredit(left: left))
            let other = await house.problem { _ = try await house.does(refund("100", line)) }
            #expect(other as? PaymentRefusal == .lineDiffers(out))
            let id = try await house.does(refund("200", line))
            #expect(try await house.credit("visby") == 0)
            #expect(try await house.entries("visby").last == "refund 20000 USD")
            #expect(try await house.queue([.outgoing]).isEmpty)
            try await house.does(UndoPayment(id, grounds: "It came back"))
            #expect(try await house.credit("visby") == 20_000)
            #expect(try await house.queue([.outgoing]).map(\.line.id) == [line])
        }
    }

    @Test(arguments: TestEngine.all)
    func `what is undone counts no more on any day, and its line is not booked by itself again`(
        _ engine: Database.Engine
    ) async throws {
        try await PaymentHouse.with(engine) { house in
            try await house.imports(PaymentHouse.table(["2024-03-05,Visby,RF9120240006,1000"]))
            let id = try #require(try await house.asks(PaymentList()).payments.first?.id)
            try await house.does(UndoPayment(id, grounds: "Another Visby's"))
            let invoice = try await house.invoice(of: "visby")
            let day = try DuesHouse.day("2024-03-06")
            let owed = try await house.database.read { try invoice.owed($0, on: day) }
            #expect(owed.minor == 100_000)
            #expect(try await house.entries("visby") == ["payment -100000 USD", "reversal 100000 USD"])
            #expect(try await house.matchAnew().booked == 0)
            #expect(try await house.queue().map(\.line.isByHand) == [true])
            let twice = await house.problem { try await house.does(UndoPayment(id, grounds: "Again")) }
            #expect(twice as? PaymentRefusal == .undone)
            let split = await house.problem {
                let riga = [ShareDraft(member: "riga")]
                try await house.does(SplitPayment(id, shares: riga, grounds: "Why not", charter: house.charter))
            }
            #expect(split as? PaymentRefusal == .undone)
            let why = await house.problem { try await house.does(UndoPayment(id, grounds: "")) }
            #expect(why is InvalidInput)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a line is matched by hand: by shares, by a charge, to a payment that was entered before, or left aside`(
        _ engine: Database.Engine
    ) async throws {
        try await PaymentHouse.with(engine) { house in
            try await house.pay("narva", "1000", on: "2024-03-01")
            let lines = [
                "2024-03-02,Narva,for 2024,1000", "2024-03-03,Region,for two,2000", "2024-03-04,Visby,2024-0006,985",
                "2024-03-05,Baker,bread,20",
            ]
            try await house.imports(PaymentHouse.table(lines))
            let queue = try await house.queue()
            let ids = queue.map(\.line.id)
            #expect(ids.count == 4)
            #expect(queue[0].matches.map(\.suggestion.sort).first == .known)
            try await house.match(ids[0], as: .suggestion(1))
            #expect(try await house.count("payment") == 1)
            #expect(try await house.credit("narva") == 0)
            let two = [ShareDraft(invoice: "2024-0003", amount: "1000"), ShareDraft(invoice: "2024-0004")]
            try await house.match(ids[1], as: .shares(two))
            #expect(try await house.owed("riga") == 0)
            #expect(try await house.owed("stade") == 0)
            try await house.match(ids[2], as: .shares([ShareDraft(invoice: "2024-0006", charge: "15")]))
            #expect(try await house.owed("visby") == 0)
            try await house.does(IgnoreLine(ids[3], grounds: "Bread of the committee"))
            #expect(try await house.queue().isEmpty)
            let late = await house.problem { _ = try await house.match(ids[3], as: .suggestion(1)) }
            #expect(late as? PaymentRefusal == .lineNotOpen)
            try await house.does(IgnoreLine(ids[3], grounds: "It was dues", isTakenBack: true))
            let none = await house.problem { _ = try await house.match(ids[3], as: .suggestion(7)) }
            #expect(none as? PaymentRefusal == .noSuchSuggestion)
            #expect(try await house.actions("bank-line", ids[3]) == ["bank-line.ignored", "bank-line.opened"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `a suggestion that is out of date books nothing`(_ engine: Database.Engine) async throws {
        try await PaymentHouse.with(engine) { house in
            try await house.imports(PaymentHouse.table(["2024-03-05,Visby,dues,1000"]))
            let line = try #require(try await house.queue().first)
            #expect(line.matches.map(\.isOutdated) == [false])
            try await house.pay("visby", "300", on: "2024-03-06")
            let later = try #require(try await house.queue().first)
            #expect(later.matches.map(\.isOutdated) == [true])
            let problem = await house.problem { _ = try await house.match(line.line.id, as: .suggestion(1)) }
            #expect(problem as? PaymentRefusal == .suggestionOutdated)
            #expect(try await house.owed("visby") == 70_000)
            try await house.matchAnew()
            #expect(try await house.queue().first?.matches.first?.suggestion.sort == .over)
            try await house.match(line.line.id, as: .suggestion(1))
            #expect(try await house.credit("visby") == 30_000)
        }
    }
}
