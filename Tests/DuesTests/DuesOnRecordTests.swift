import Charter
import Database
import DatabaseTesting
import Foundation
import Languages
import Standing
import Testing

@testable import Dues

@Suite("What the accounts tell of standing")
struct DuesOnRecordTests {
    private let record = DuesOnRecord()

    @Test("of one member and of everybody the same is told, on every day", arguments: TestEngine.all)
    func facts(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            try await house.issue(2023, on: "2023-02-01")
            try await house.issue(2024, on: "2024-02-01")
            let member = try await house.id("town-0001")
            let first = try #require(try await house.invoices().first { $0.memberID == member && $0.year == 2023 })
            _ = try await house.pay(first, 400, on: "2023-05-10")
            let last = try await house.pay(first, 600, on: "2023-07-01")
            let one = try await house.database.read { try record.dues($0, ofMember: member) }
            let changes = ["2023-02-01", "2023-04-03", "2023-05-10", "2023-07-01", "2024-02-01", "2024-04-02"]
            #expect(one.changes.map(\.description) == changes)
            for text in changes + ["2023-01-31", "2023-04-02", "2024-12-31"] {
                let day = try DuesHouse.day(text)
                let all = try await house.database.read { try record.dues($0, on: day) }
                #expect(all.facts(ofMember: member) == one.facts(on: day), "\(day)")
            }
            #expect(try told(one, "2023-01-31") == DuesFacts.none)
            let overdue = try told(one, "2023-06-01")
            #expect(overdue.firstPastDue?.number == first.number)
            #expect(overdue.pastDue == [DuesFacts.Amount(minor: 60_000, places: 2, currency: "USD")])
            #expect(try overdue.lastPayment == DuesHouse.day("2023-05-10"))
            #expect(overdue.paidYears.isEmpty)
            let paid = try told(one, "2024-03-01")
            #expect(paid.paidYears == [2023])
            #expect(paid.owed == [DuesFacts.Amount(minor: 100_000, places: 2, currency: "USD")])
            #expect(paid.pastDue.isEmpty)
            #expect(Speech.english.text(paid.owed[0].words) == "USD\u{A0}1,000.00")
            try await feesPaid(house, member, first.number)
            _ = try await house.reverse(last, on: "2024-03-05")
            let after = try await house.database.read { try record.dues($0, ofMember: member) }
            #expect(try told(after, "2024-03-04").paidYears == [2023])
            #expect(try told(after, "2024-03-05").paidYears.isEmpty)
            #expect(try told(after, "2024-03-05").lastPayment == DuesHouse.day("2023-05-10"))
        }
    }

    private func feesPaid(_ house: DuesHouse, _ member: String, _ number: String) async throws {
        let (from, to) = (try DuesHouse.day("2023-07-01"), try DuesHouse.day("2023-12-31"))
        let found = try await house.database.read { try record.feesPaid($0, ofMember: nil, from: from, to: to) }
        #expect(found.map(\.memberID) == [member])
        #expect(found.map(\.invoice.number) == [number])
        #expect(found.map(\.day) == [from])
        let later = try await house.database.read {
            try record.feesPaid($0, ofMember: member, from: from.adding(days: 1), to: to)
        }
        #expect(later.isEmpty)
    }

    @Test("a year that was credited whole is not paid, one that was remitted is settled", arguments: TestEngine.all)
    func settled(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            try await house.issue()
            let invoices = try await house.invoices()
            try await house.run(CreditInvoice(invoices[0].number, grounds: "Sent by mistake"))
            try await house.remit(invoices[1])
            let day = try DuesHouse.day(DuesHouse.today)
            let all = try await house.database.read { try record.dues($0, on: day) }
            #expect(all.facts(ofMember: invoices[0].memberID).paidYears.isEmpty)
            #expect(all.facts(ofMember: invoices[0].memberID).owed.isEmpty)
            #expect(all.facts(ofMember: invoices[1].memberID).paidYears == [2024])
            let paid = try await house.database.read { try record.feesPaid($0, ofMember: nil, from: .first, to: .last) }
            #expect(paid.isEmpty)
        }
    }

    @Test("payments are on record once there is an entry that is not made up", arguments: TestEngine.all)
    func payments(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            let day = try DuesHouse.day(DuesHouse.today)
            let member = try await house.id("town-0001")
            func told() async throws -> PaymentRecord {
                try await house.database.read { try record.payments($0, on: day).record(ofMember: member) }
            }
            #expect(try await told() == .unknown)
            try await house.issue(on: "2024-02-01")
            let from = try DuesHouse.day("2024-02-01")
            #expect(try await told() == .known(last: nil, from: from))
            let entry = try await house.pay(try await house.invoice(of: "town-0001"), 1000, on: "2024-03-01")
            let paidOn = try DuesHouse.day("2024-03-01")
            #expect(try await told() == .known(last: paidOn, from: from))
            _ = try await house.reverse(entry, on: "2024-03-05")
            #expect(try await told() == .known(last: nil, from: from))
        }
    }

    private func told(_ dues: any DuesOfOne, _ day: String) throws -> DuesFacts {
        dues.facts(on: try DuesHouse.day(day))
    }
}

extension DuesHouse {
    fileprivate func remit(_ invoice: Invoice) async throws {
        let amount = try invoice.amount.negated
        try await database.write { transaction in
            let draft = AccountEntry.Draft(
                .remission,
                member: invoice.memberID,
                day: invoice.issuedOn,
                amount: amount,
                words: say("Remitted by the committee"),
                invoice: invoice.id
            )
            try AccountEntry.book(transaction, draft, now: Self.now)
        }
    }
}
