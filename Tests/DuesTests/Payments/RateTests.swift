import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Testing

@testable import Dues

@Suite("Payments in another currency")
struct RateTests {
    @Test(arguments: TestEngine.all)
    func `another currency is reckoned by the rate of the day, and the difference is booked`(
        _ engine: Database.Engine
    ) async throws {
        try await PaymentHouse.with(engine) { house in
            let share = ShareDraft(invoice: "2024-0006")
            let without = await house.problem { try await house.pay("visby", "460", currency: "EUR", share: share) }
            let (eur, usd, day) = (try Currency("EUR"), try Currency("USD"), try DuesHouse.day("2024-03-05"))
            #expect(without as? PaymentRefusal == .noRate(eur, usd, day))
            try await house.does(
                SetExchangeRate(from: "EUR", to: "USD", day: "2024-03-01", rate: "1.0855", source: "Invented bank")
            )
            // 460 × 1.0855 = 499.33
            try await house.pay("visby", "460", currency: "EUR", share: share)
            #expect(try await house.owed("visby") == 50_067)
            // 462 × 1.0855 = 501.501: the payer was told EUR 462 for the rest.
            let rest = ShareDraft(invoice: "2024-0006", settles: "500.67")
            let id = try await house.pay("visby", "462", currency: "EUR", on: "2024-03-06", share: rest)
            #expect(try await house.owed("visby") == 0)
            #expect(
                try await house.entries("visby")
                    == ["payment -49933 USD", "payment -50150 USD", "exchange-difference 83 USD"]
            )
            let shown = try await house.asks(PaymentByID(id)).payment.shares[0]
            #expect(shown.rate == "1.0855" && shown.rateDay == Day("2024-03-01") && shown.rateSource == "Invented bank")
            #expect(shown.difference == Money(minor: -83, usd))
            let slip = ShareDraft(invoice: "2024-0003", settles: "1000")
            let wrong = await house.problem { try await house.pay("riga", "92", currency: "EUR", share: slip) }
            let (worth, whole) = (Money(minor: 9987, usd), try house.usd(1000))
            #expect(wrong as? PaymentRefusal == .differenceTooLarge(worth, whole))
        }
    }

    @Test(arguments: TestEngine.all)
    func `the charter says how large a difference of rates may be`(_ engine: Database.Engine) async throws {
        for (share, isBooked) in [("1/500", true), ("1/1000", false)] {
            let change = ["rate_difference: 1/10": "rate_difference: \(share)"]
            try await PaymentHouse.with(engine, charter: change) { house in
                try await house.does(
                    SetExchangeRate(from: "EUR", to: "USD", day: "2024-03-05", rate: "1.0855", source: "Invented bank")
                )
                // 920 × 1.0855 = 998.66: USD 1.34 are missing.
                let whole = ShareDraft(invoice: "2024-0006", settles: "1000")
                let problem = await house.problem { try await house.pay("visby", "920", currency: "EUR", share: whole) }
                let worth = Money(minor: 99_866, try Currency("USD"))
                let refusal = PaymentRefusal.differenceTooLarge(worth, try house.usd(1000))
                #expect(problem as? PaymentRefusal == (isBooked ? nil : refusal), "\(share)")
                #expect(try await house.owed("visby") == (isBooked ? 0 : 100_000), "\(share)")
                // A line of a statement, and a payment that is shared out anew, go by the same.
                try await house.imports(PaymentHouse.table(["2024-03-05,Riga,dues,920"], currency: "EUR"))
                let line = try #require(try await house.queue().first).line.id
                let riga = ShareDraft(invoice: "2024-0003", settles: "1000")
                let matched = await house.problem { try await house.match(line, as: .shares([riga])) }
                #expect((matched == nil) == isBooked, "\(share)")
                let id = try await house.pay("turku", "920", currency: "EUR", share: ShareDraft(invoice: "2024-0005"))
                let anew = [ShareDraft(invoice: "2024-0005", settles: "1000")]
                let split = SplitPayment(id, shares: anew, grounds: "All of it", charter: house.charter)
                let shared = await house.problem { try await house.does(split) }
                #expect((shared == nil) == isBooked, "\(share)")
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `the latest rate of the week before counts, and one that is set again corrects it`(
        _ engine: Database.Engine
    ) async throws {
        try await PaymentHouse.with(engine) { house in
            func set(_ day: String, _ rate: String) async throws {
                try await house.does(
                    SetExchangeRate(from: "EUR", to: "USD", day: day, rate: rate, source: "Invented bank")
                )
            }
            func found(_ day: String, _ from: String = "EUR", _ to: String = "USD") async throws -> String? {
                let (from, to, day) = (try Currency(from), try Currency(to), try DuesHouse.day(day))
                return try await house.database.read { try? ExchangeRates.find($0, from, to, on: day).text }
            }
            try await set("2024-02-20", "1.05")
            try await set("2024-02-26", "1.06")
            try await set("2024-02-26", "1.07")
            #expect(try await found("2024-02-27") == "1.07")
            #expect(try await found("2024-02-25") == "1.05")
            #expect(try await found("2024-03-04") == "1.07")
            #expect(try await found("2024-03-05") == nil)
            #expect(try await found("2024-02-19") == nil)
            #expect(try await found("2024-02-27", "USD", "EUR") == "1.07")
            #expect(try await house.asks(ExchangeRateList()).map(\.text) == ["1.07", "1.05"])
            #expect(
                try await house.actions("exchange-rate", "EUR-USD-2024-02-26")
                    == ["exchange-rate.set", "exchange-rate.set"]
            )
            let wrong = SetExchangeRate(from: "EUR", to: "EUR", day: "2030-01-01", rate: "-1", source: "")
            let problem = await house.problem { try await house.does(wrong) }
            #expect((problem as? InvalidInput)?.fields.map(\.name) == ["to", "day", "source"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `a foreign transfer whose payer sent the whole settles it, whatever the rate`(
        _ engine: Database.Engine
    ) async throws {
        try await PaymentHouse.with(engine) { house in
            try await house.does(
                SetExchangeRate(from: "EUR", to: "USD", day: "2024-03-05", rate: "1.08", source: "Invented bank")
            )
            var file = try PaymentHouse.table(["2024-03-05,Visby,RF9120240006,920"], currency: "EUR")
            file = try file.instructed(Money(minor: 100_000, Currency("USD")))
            try await house.imports(file)
            let line = try #require(try await house.queue().first)
            #expect(line.matches.map(\.suggestion.sort) == [.exchanged])
            try await house.match(line.line.id, as: .suggestion(1))
            #expect(try await house.owed("visby") == 0)
            // 920 × 1.08 = 993.60
            #expect(
                try await house.entries("visby") == ["payment -99360 USD", "exchange-difference -640 USD"]
            )
        }
    }
}

extension StatementFile {
    /// The same, as if the bank had said what the payer told it to send.
    fileprivate func instructed(_ amount: Money) throws -> StatementFile {
        let old = statements[0]
        var lines = old.lines
        lines[0].instructed = amount
        let new = BankStatement(
            format: old.format,
            name: old.name,
            account: old.account,
            currency: old.currency,
            from: old.from,
            to: old.to,
            opening: old.opening,
            closing: old.closing,
            lines: lines,
            notes: old.notes
        )
        return StatementFile(name: name, sha256: sha256, statements: [new])
    }
}
