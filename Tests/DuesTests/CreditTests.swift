import Access
import Database
import DatabaseTesting
import Foundation
import Membership
import Testing

@testable import Dues

@Suite("Credit notes")
struct CreditTests {
    @Test("an invoice is credited whole or in part, and never beyond", arguments: TestEngine.all)
    func credits(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            try await house.issue()
            let part = try await house.run(CreditInvoice("2024-0001", amount: "250.50", grounds: "Half a year"))
            #expect(part.number == "C2024-0001")
            #expect(part.amount.plain == "250.50")
            let record = try await house.ask(InvoiceByID("2024-0001", charter: house.charter))
            #expect(record.balance.asked.plain == "749.50")
            #expect(record.balance.owed.plain == "749.50")
            #expect(record.creditNotes.map(\.grounds) == ["Half a year"])
            #expect(try record.invoice.amount == house.usd(1000))
            for (amount, code) in [
                ("749.51", "dues.more-than-invoiced"), ("0", "dues.more-than-invoiced"),
                ("-1", "dues.more-than-invoiced"), ("1,5", "money.not-an-amount"),
            ] {
                let wrong = await house.problem {
                    try await house.run(CreditInvoice("2024-0001", amount: amount, grounds: "Too much"))
                }
                #expect((wrong as? any Refusal)?.code == code, "\(amount)")
            }
            let silent = await house.problem { try await house.run(CreditInvoice("2024-0001", grounds: " ")) }
            #expect((silent as? InvalidInput)?.fields.map(\.name) == ["grounds"])
            let rest = try await house.run(CreditInvoice("2024-0001", grounds: "The rest"))
            #expect(rest.number == "C2024-0002")
            #expect(rest.amount.plain == "749.50")
            let nothing = await house.problem { try await house.run(CreditInvoice("2024-0001", grounds: "Again")) }
            #expect(nothing as? DuesRefusal == .moreThanInvoiced(left: .zero(rest.amount.currency)))
            let after = try await house.ask(InvoiceByID("2024-0001", charter: house.charter))
            #expect(after.state == .credited)
            #expect(try await house.account("town-0001", on: DuesHouse.today).balances.isEmpty)
            // It was not credited to be written anew: the next run writes none.
            #expect(try await house.issue().written == 0)
            let actions = try await house.actions("invoice", record.invoice.id)
            #expect(actions == ["invoice.issued", "invoice.credited", "invoice.credited"])
        }
    }

    @Test("an invoice that was wrong is written anew, once, by what is known now", arguments: TestEngine.all)
    func anew(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            try await house.representative(of: "town-0001", "Inga Karlsson")
            try await house.issue()
            let half = await house.problem {
                try await house.run(CreditInvoice("2024-0001", amount: "500", grounds: "Wrong", isInvoicedAnew: true))
            }
            #expect((half as? InvalidInput)?.fields.map(\.name) == ["amount"])
            try await house.run(CreditInvoice("2024-0001", grounds: "The city is larger", isInvoicedAnew: true))
            let draft = FeeInputDraft(
                member: "town-0001",
                measure: "population",
                value: "700000",
                asOf: "2023",
                source: "Census"
            )
            try await house.run(EnterFeeInput(draft, charter: house.charter, countries: .none))
            #expect(try await house.issue().written == 1)
            #expect(try await house.issue().written == 0)
            let invoices = try await house.invoices()
            #expect(invoices.map(\.number) == ["2024-0001", "2024-0002"])
            #expect(try invoices.map(\.amount) == [house.usd(1000), house.usd(2000)])
            #expect(try await house.letters().count == 2)
            #expect(try await house.account("town-0001", on: DuesHouse.today).balances == [house.usd(2000)])
        }
    }

    @Test("two who credit at once do not credit twice", arguments: TestEngine.all)
    func atOnce(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            try await house.issue()
            async let first = house.problem { try await house.run(CreditInvoice("2024-0001", grounds: "One")) }
            async let second = house.problem { try await house.run(CreditInvoice("2024-0001", grounds: "Two")) }
            let problems = await [first, second].compactMap { $0 }
            #expect(problems.count == 1)
            #expect((problems.first as? DuesRefusal)?.code == "dues.more-than-invoiced")
            #expect(try await house.count("credit_note") == 1)
        }
    }

    @Test("what a member paid is left to its credit", arguments: TestEngine.all)
    func paid(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            try await house.issue()
            let invoice = try await house.invoice(of: "town-0001")
            _ = try await house.pay(invoice, 1000, on: DuesHouse.today)
            try await house.run(CreditInvoice(invoice.number, amount: "300", grounds: "Too much was asked"))
            let account = try await house.account("town-0001", on: DuesHouse.today)
            #expect(try account.balances == [house.usd(-300)])
            #expect(account.invoices.map(\.balance.owed.plain) == ["-300.00"])
            #expect(account.invoices.map(\.state) == [.paid])
        }
    }
}
