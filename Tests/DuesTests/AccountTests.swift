import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Languages
import Membership
import Testing

@testable import Dues

@Suite("Members' accounts")
struct AccountTests {
    @Test("what is owed is told of any day", arguments: TestEngine.all)
    func anyDay(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            try await house.issue(2023, on: "2023-02-01")
            try await house.issue(2024, on: "2024-02-01")
            let member = try await house.id("town-0001")
            let first = try #require(try await house.invoices().first { $0.memberID == member && $0.year == 2023 })
            _ = try await house.pay(first, 400, on: "2023-03-10")
            _ = try await house.pay(first, 600, on: "2023-07-01")
            let days: [(day: String, owes: Int, state: InvoiceState)] = [
                ("2023-02-01", 1000, .open), ("2023-03-09", 1000, .open), ("2023-03-10", 600, .open),
                ("2023-04-02", 600, .open), ("2023-04-03", 600, .overdue), ("2023-07-01", 0, .paid),
                ("2024-02-01", 1000, .paid),
            ]
            for (day, owes, state) in days {
                let account = try await house.account("town-0001", on: day)
                #expect(try account.balances == (owes == 0 ? [] : [house.usd(owes)]), "\(day)")
                #expect(account.invoices.last?.state == state, "\(day)")
            }
            #expect(try await house.account("town-0001", on: "2023-01-31").lines.isEmpty)
            let whole = try await house.account("town-0001", on: DuesHouse.today)
            #expect(try whole.lines.map(\.balance) == [1000, 600, 0, 1000].map { try house.usd($0) })
            #expect(whole.invoices.map(\.state) == [.open, .paid])
            #expect(whole.payments.count == 1)
            #expect(try await house.account("town-0002", on: DuesHouse.today).balances == [house.usd(2000)])
        }
    }

    @Test("an entry is undone by another, once", arguments: TestEngine.all)
    func undone(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            try await house.issue()
            let invoice = try await house.invoice(of: "town-0001")
            let entry = try await house.pay(invoice, 1000, on: "2024-03-05")
            #expect(try await house.account("town-0001", on: "2024-03-05").balances.isEmpty)
            let reversal = try await house.reverse(entry, on: "2024-03-20")
            #expect(try await house.account("town-0001", on: "2024-03-19").balances.isEmpty)
            #expect(try await house.account("town-0001", on: "2024-03-20").balances == [house.usd(1000)])
            for id in [entry, reversal] {
                let again = await house.problem { _ = try await house.reverse(id, on: "2024-03-21") }
                #expect(again as? DuesRefusal == .alreadyUndone)
            }
            let unknown = await house.problem { _ = try await house.reverse("none", on: "2024-03-21") }
            #expect(unknown as? DuesRefusal == .noSuchEntry)
            let lines = try await house.account("town-0001", on: "2024-03-31").lines
            #expect(lines.map(\.entry.kind) == [.invoice, .payment, .reversal])
            #expect(lines.last?.entry.reverses == entry)
        }
    }

    @Test("the list tells states and totals, and chooses by them", arguments: TestEngine.all)
    func list(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(4)) { house in
            try await house.issue(on: "2024-01-02")
            let invoices = try await house.invoices()
            _ = try await house.pay(invoices[0], 1000, on: "2024-02-01")
            _ = try await house.pay(invoices[1], 250, on: "2024-02-01")
            try await house.run(CreditInvoice(invoices[2].number, grounds: "Sent by mistake"))
            let all = try await house.ask(InvoiceList())
            #expect(all.lines.map(\.invoice.number) == ["2024-0004", "2024-0003", "2024-0002", "2024-0001"])
            #expect(all.lines.map(\.state) == [.overdue, .credited, .overdue, .paid])
            let total = InvoiceTotal(invoices: 4, asked: try house.usd(3000), owed: try house.usd(1750))
            #expect(all.totals == [total])
            let overdue = try await house.ask(InvoiceList(states: [.overdue]))
            #expect(overdue.lines.map(\.invoice.number) == ["2024-0004", "2024-0002"])
            #expect(try await house.ask(InvoiceList(states: [.paid, .credited])).lines.count == 2)
            let early = try await house.ask(InvoiceList(states: [.open], on: try DuesHouse.day("2024-01-31")))
            #expect(early.lines.count == 4)
            #expect(try await house.ask(InvoiceList(year: 2023)).lines.isEmpty)
            #expect(try await house.ask(InvoiceList(member: "town-0002")).lines.map(\.balance.owed) == [house.usd(750)])
            #expect(try await house.ask(InvoiceList(page: 2)).lines.isEmpty)
            let owed = try await house.database.read { try OwedInvoice.all($0) }
            #expect(owed.map(\.invoice.number) == ["2024-0002", "2024-0004"])
        }
    }

    @Test("two records that are one member have one account", arguments: TestEngine.all)
    func merged(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            try await house.issue()
            let merge = MergeMembers(
                keptKey: "town-0001",
                mergedKey: "town-0002",
                seen: nil,
                grounds: "One town under two names",
                charter: house.charter
            )
            try await house.run(merge)
            let account = try await house.account("town-0002", on: DuesHouse.today)
            #expect(account.memberKey == "town-0001")
            #expect(try account.balances == [house.usd(2000)])
            #expect(account.invoices.map(\.invoice.number) == ["2024-0002", "2024-0001"])
            // It has an invoice of the year: the next run writes none.
            #expect(try await house.issue().written == 0)
        }
    }

    @Test("who speaks for a member sees its account and no other's", arguments: TestEngine.all)
    func rights(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            let inga = try await house.representative(of: "town-0001", "Inga Karlsson")
            try await house.issue()
            let own = try await house.ask(AccountOfMember("town-0001", charter: house.charter), as: inga)
            #expect(own.lines.count == 1)
            let other = await house.problem {
                _ = try await house.ask(AccountOfMember("town-0002", charter: house.charter), as: inga)
            }
            #expect(other as? AccessRefusal == .notAllowed(.readMemberDues))
            let portal = PortalHome(member: try await house.id("town-0001"), sources: DuesParts.portal)
            let items = try await house.ask(portal, as: inga).items(.due)
            #expect(items.map(\.id) == ["2024-0001"])
            #expect(items.map(\.day) == ["2024-05-04"])
        }
    }
}

extension DuesHouse {
    func account(_ member: String, on day: String) async throws -> AccountOfMember.Answer {
        try await ask(AccountOfMember(member, on: try Self.day(day), charter: charter))
    }

    /// Books a payment without a bank, and returns its entry.
    func pay(_ invoice: Invoice, _ whole: Int, on day: String) async throws -> String {
        let day = try Self.day(day)
        let amount = try usd(whole).negated
        return try await database.write { transaction in
            let draft = AccountEntry.Draft(
                .payment,
                member: invoice.memberID,
                day: day,
                amount: amount,
                words: say("Payment"),
                invoice: invoice.id
            )
            return try AccountEntry.book(transaction, draft, now: Self.now)
        }
    }

    func reverse(_ entry: String, on day: String) async throws -> String {
        let day = try Self.day(day)
        return try await database.write { transaction in
            try AccountEntry.reverse(transaction, id: entry, on: day, words: say("Undone"), now: Self.now)
        }
    }
}
