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

@testable import Dues

@Suite("What is past due counts by instalment")
struct PaymentPlanTests {
    private static let parts = [("2024-04-01", "400"), ("2024-07-01", "600")]

    @Test("an instalment is past due after its day; the invoice's own day counts no more", arguments: TestEngine.all)
    func pastDue(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            try await house.issue()
            let invoice = try await house.invoice(of: "town-0001")
            try await house.grant(DuesHouse.plan(Self.parts))
            #expect(try await house.facts(on: "2024-04-01").pastDue.isEmpty)
            let first = try await house.facts(on: "2024-04-02")
            #expect(first.pastDue.map(\.minor) == [40_000])
            #expect(first.firstPastDue?.due == Day("2024-04-01"))
            #expect(first.firstPastDue?.number == invoice.number)
            #expect(first.owed.map(\.minor) == [100_000])
            // It was due on 4 May as a whole.
            #expect(try await house.facts(on: "2024-06-30").pastDue.map(\.minor) == [40_000])
            #expect(try await house.facts(on: "2024-07-02").pastDue.map(\.minor) == [100_000])
            _ = try await house.pay(invoice, 400, on: "2024-06-01")
            #expect(try await house.facts(on: "2024-05-31").pastDue.map(\.minor) == [40_000])
            #expect(try await house.facts(on: "2024-06-01").pastDue.isEmpty)
            let second = try await house.facts(on: "2024-07-02")
            #expect(second.pastDue.map(\.minor) == [60_000])
            #expect(second.firstPastDue?.due == Day("2024-07-01"))
            let record = DuesOnRecord()
            let member = invoice.memberID
            let one = try await house.database.read { try record.dues($0, ofMember: member) }
            #expect(
                one.changes.map(\.description) == ["2024-03-05", "2024-04-02", "2024-06-01", "2024-07-02"]
            )
        }
    }

    @Test("lists, the account and the room tell each instalment and its day", arguments: TestEngine.all)
    func rooms(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            let inga = try await house.representative(of: "town-0001", "Inga Karlsson")
            try await house.issue()
            try await house.grant(DuesHouse.plan(Self.parts))
            func states(_ day: String, _ state: InvoiceState) async throws -> [String] {
                let list = InvoiceList(states: [state], on: try DuesHouse.day(day))
                return try await house.ask(list).lines.map { "\($0.dueOn) \($0.state.rawValue)" }
            }
            #expect(try await states("2024-04-01", .open) == ["2024-04-01 open"])
            #expect(try await states("2024-04-01", .overdue).isEmpty)
            #expect(try await states("2024-04-02", .overdue) == ["2024-04-01 overdue"])
            _ = try await house.pay(try await house.invoice(of: "town-0001"), 400, on: "2024-04-01")
            #expect(try await states("2024-05-10", .open) == ["2024-07-01 open"])
            #expect(try await states("2024-05-10", .overdue).isEmpty)
            let account = try await house.account("town-0001", on: "2024-05-10")
            #expect(account.invoices.map { $0.parts.map(\.minor) } == [[60_000]])
            let home = PortalHome(member: try await house.id("town-0001"), sources: DuesParts.portal)
            let spring = try await house.ask(home, as: inga, at: DuesHouse.morning("2024-03-20")).items(.due)
            #expect(spring.map(\.day) == ["2024-04-01", "2024-07-01"])
            let summer = try await house.ask(home, as: inga, at: DuesHouse.morning("2024-05-10")).items(.due)
            #expect(summer.map(\.day) == ["2024-07-01"])
        }
    }

    @Test("instalments of several years pay the earliest invoice first", arguments: TestEngine.all)
    func years(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            try await house.issue(2023, on: "2023-02-01")
            try await house.issue()
            #expect(try await house.facts(on: "2024-03-04").pastDue.map(\.minor) == [100_000])
            let parts = [("2024-04-01", "1500"), ("2024-07-01", "500")]
            try await house.grant(DuesHouse.plan(parts, from: "2023", to: "2024"))
            #expect(try await house.facts(on: "2024-03-04").pastDue.map(\.minor) == [100_000], "before it was granted")
            #expect(try await house.facts(on: "2024-03-05").pastDue.isEmpty)
            let late = try await house.facts(on: "2024-04-02")
            #expect(late.pastDue.map(\.minor) == [150_000])
            #expect(late.firstPastDue?.year == 2023)
            #expect(try await house.facts(on: "2024-07-02").pastDue.map(\.minor) == [200_000])
        }
    }

    @Test("a reduction beside a plan, and an invoice written anew, keep its days", arguments: TestEngine.all)
    func beside(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            try await house.issue()
            try await house.grant(DuesHouse.plan(Self.parts))
            try await house.grant(ReliefDraft(.reduction, fromYear: "2024", percent: "30", words: "A flood"))
            // What was taken off counts for the first instalment, as a payment does.
            #expect(try await house.facts(on: "2024-04-02").pastDue.map(\.minor) == [10_000])
            #expect(try await house.facts(on: "2024-07-02").pastDue.map(\.minor) == [70_000])
            let first = try await house.invoice(of: "town-0001")
            try await house.run(CreditInvoice(first.number, grounds: "Wrong address", isInvoicedAnew: true))
            try await house.issue()
            let second = try await house.invoice(of: "town-0001")
            #expect(second.number != first.number)
            #expect(try second.toPay == house.usd(700))
            #expect(try await house.facts(on: "2024-04-02").pastDue.map(\.minor) == [40_000])
            #expect(try await house.facts(on: "2024-07-02").pastDue.map(\.minor) == [70_000])
        }
    }

    @Test("when instalments end early, the invoice's own day counts from then on", arguments: TestEngine.all)
    func ended(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            try await house.issue()
            try await house.grant(DuesHouse.plan([("2024-04-01", "400"), ("2024-12-01", "600")]))
            #expect(try await house.facts(on: "2024-05-31").pastDue.map(\.minor) == [40_000])
            let ending = ReliefDraft(.ending, ends: "2024-1", words: "The first was not paid")
            try await house.grant(ending, on: "2024-06-01")
            #expect(try await house.facts(on: "2024-05-31").pastDue.map(\.minor) == [40_000])
            let after = try await house.facts(on: "2024-06-01")
            #expect(after.pastDue.map(\.minor) == [100_000])
            #expect(after.firstPastDue?.due == Day("2024-05-04"))
            let again = await house.refused(ending)
            #expect(again == ["ends"])
            // Another plan can be asked for.
            try await house.ask(DuesHouse.plan([("2024-12-01", "1000")]))
        }
    }
}
