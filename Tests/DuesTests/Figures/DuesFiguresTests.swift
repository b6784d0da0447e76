import Charter
import Database
import DatabaseTesting
import Foundation
import Languages
import Membership
import Testing

@testable import Dues

@Suite("Dues of all members together")
struct DuesFiguresTests {
    /// Fifteen towns: six in Africa, six in Europe, two in the Middle East, one in no region. Each owes USD 1,000.
    private func with(_ engine: Database.Engine, _ body: (DuesHouse, [Invoice]) async throws -> Void) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(15)) { house in
            try await house.move(1...6, to: "africa")
            try await house.move(7...12, to: "europe")
            try await house.move(13...14, to: "middle-east")
            try await house.move(15...15, to: nil)
            try await house.issue(on: "2024-01-02")
            try await body(house, try await house.invoices())
        }
    }

    @Test(
        "billed is received, remitted and open together, and less than three members stand nowhere alone",
        arguments: TestEngine.all
    )
    func sums(_ engine: Database.Engine) async throws {
        try await with(engine) { house, invoices in
            for invoice in invoices[6..<9] { _ = try await house.pay(invoice, 1000, on: "2024-02-01") }
            let dues = try #require(try await house.figures().years.first)
            #expect(dues.said == "2024 USD: 15 billed 15000.00 settled 3000.00 = 3000.00 + 0.00 open 12000.00")
            #expect(
                dues.parts == [
                    "africa: 6 billed 6000.00 settled 0.00 = 0.00 + 0.00 open 6000.00",
                    "europe: 6 billed 6000.00 settled 3000.00 = 3000.00 + 0.00 open 3000.00",
                    "others: 3 billed 3000.00 settled 0.00 = 0.00 + 0.00 open 3000.00",
                ]
            )
            // The day before the payments came.
            let before = try #require(try await house.figures(on: "2024-01-31").years.first)
            #expect(before.said == "2024 USD: 15 billed 15000.00 settled 0.00 = 0.00 + 0.00 open 15000.00")
            #expect(try await house.figures(on: "2024-01-01").years.isEmpty)
        }
    }

    @Test("a region in which one or two members owe or paid is with others", arguments: TestEngine.all)
    func merged(_ engine: Database.Engine) async throws {
        try await with(engine) { house, invoices in
            // Of Europe one alone owes.
            for invoice in invoices[6..<11] { _ = try await house.pay(invoice, 1000, on: "2024-02-01") }
            let dues = try #require(try await house.figures().years.first)
            #expect(
                dues.parts == [
                    "africa: 6 billed 6000.00 settled 0.00 = 0.00 + 0.00 open 6000.00",
                    "others: 9 billed 9000.00 settled 5000.00 = 5000.00 + 0.00 open 4000.00",
                ]
            )
            // Of Africa one alone paid: then no region stands by itself, and the total still does.
            _ = try await house.pay(invoices[0], 400, on: "2024-02-02")
            let all = try #require(try await house.figures().years.first)
            #expect(all.parts == [])
            #expect(all.said == "2024 USD: 15 billed 15000.00 settled 5400.00 = 5400.00 + 0.00 open 9600.00")
        }
    }

    @Test(
        "what is left over takes in the smallest region while it would show one or two members",
        arguments: TestEngine.all
    )
    func leftOver(_ engine: Database.Engine) async throws {
        try await with(engine) { house, _ in
            // Nobody is left in no region: two members in the Middle East.
            try await house.move(15...15, to: "africa")
            let dues = try #require(try await house.figures().years.first)
            #expect(
                dues.parts == [
                    "africa: 7 billed 7000.00 settled 0.00 = 0.00 + 0.00 open 7000.00",
                    "others: 8 billed 8000.00 settled 0.00 = 0.00 + 0.00 open 8000.00",
                ]
            )
        }
    }

    @Test("remissions of one or two members are not told apart from what was received", arguments: TestEngine.all)
    func remitted(_ engine: Database.Engine) async throws {
        try await with(engine) { house, invoices in
            for invoice in invoices[0..<3] { _ = try await house.pay(invoice, 1000, on: "2024-02-01") }
            for invoice in invoices[6..<8] { try await house.remit(invoice, 300) }
            let two = try #require(try await house.figures().years.first)
            #expect(two.said == "2024 USD: 15 billed 15000.00 settled 3600.00 = - + - open 11400.00")
            try await house.remit(invoices[8], 300)
            let three = try #require(try await house.figures().years.first)
            #expect(three.said == "2024 USD: 15 billed 15000.00 settled 3900.00 = 3000.00 + 900.00 open 11100.00")
            #expect(three.parts.contains("europe: 6 billed 6000.00 settled 900.00 = 0.00 + 900.00 open 5100.00"))
        }
    }

    @Test("what was credited is not billed, and what was undone was not received", arguments: TestEngine.all)
    func undone(_ engine: Database.Engine) async throws {
        try await with(engine) { house, invoices in
            try await house.run(CreditInvoice(invoices[5].number, grounds: "Sent by mistake"))
            try await house.run(CreditInvoice(invoices[4].number, amount: "250", grounds: "Joined late"))
            let entry = try await house.pay(invoices[0], 1000, on: "2024-02-01")
            _ = try await house.reverse(entry, on: "2024-02-02")
            let dues = try #require(try await house.figures().years.first)
            #expect(dues.said == "2024 USD: 14 billed 13750.00 settled 0.00 = 0.00 + 0.00 open 13750.00")
        }
    }

    @Test("what is made up stands apart, and two members of it nowhere", arguments: TestEngine.all)
    func invented(_ engine: Database.Engine) async throws {
        try await with(engine) { house, invoices in
            for invoice in invoices[0..<2] { try await house.inventPayment(invoice, 1000) }
            let two = try await house.figures()
            #expect(two.years.map(\.said) == ["2024 USD: 13 billed 13000.00 settled 0.00 = 0.00 + 0.00 open 13000.00"])
            #expect(two.leftOut == [2024])
            try await house.inventPayment(invoices[2], 400)
            let three = try await house.figures()
            #expect(
                three.years.map(\.said) == [
                    "2024 USD: 12 billed 12000.00 settled 0.00 = 0.00 + 0.00 open 12000.00",
                    // One of the three still owes, so that nothing but what was billed is told.
                    "2024 USD made up: 3 billed 3000.00 settled - = - + - open -",
                ]
            )
            #expect(three.leftOut == [])
        }
    }

    @Test("however members pay, no region and no rest of the total shows one or two of them")
    func regions() throws {
        let usd = try Currency("USD")
        var shown = 0
        for seed in UInt64(0)..<2000 {
            var chance = SampleChance(seed, "regions")
            var parts: [String: DuesPart] = [:]
            for key in ["", "africa", "europe", "latin-america", "middle-east"] {
                for number in 0..<chance.number(below: 8) {
                    let one = try Self.member("\(key) \(number)", paid: chance.number(below: 3), usd)
                    parts[key] = try (parts[key] ?? .zero(usd)) + one
                }
            }
            let total = try Self.sum(parts, usd)
            guard total.members >= DuesFigures.leastMembers else { continue }
            let dues = try DuesOfYear(2024, usd, isInvented: false, parts)
            #expect((dues.total.open != nil) == total.tellsOpen)
            guard !dues.regions.isEmpty else { continue }
            shown += 1
            let told = Set(dues.regions.map(\.key))
            #expect(!told.contains(""))
            let rest = try Self.sum(parts.filter { !told.contains($0.key) }, usd)
            #expect(rest.members == dues.others?.members ?? 0)
            for part in told.compactMap({ parts[$0] }) + (rest.members == 0 ? [] : [rest]) {
                #expect(part.members >= DuesFigures.leastMembers, "\(seed)")
                #expect(part.tellsOpen || dues.total.open == nil, "\(seed)")
            }
            let rows = dues.regions.map(\.numbers) + [dues.others].compactMap { $0 }
            #expect(rows.allSatisfy { ($0.open == nil) == (dues.total.open == nil) }, "\(seed)")
        }
        #expect(shown > 200)
    }

    /// Somebody who was billed 100 and paid nothing, half or all of it.
    private static func member(_ id: String, paid: Int, _ currency: Currency) throws -> DuesPart {
        DuesPart(
            members: 1,
            paying: paid == 0 ? 0 : 1,
            settling: FewMembers(paid == 0 ? [] : [id]),
            owing: FewMembers(paid == 2 ? [] : [id]),
            billed: try Money(whole: 100, currency),
            remitted: .zero(currency),
            open: try Money(whole: 100 - 50 * paid, currency)
        )
    }

    private static func sum(_ parts: [String: DuesPart], _ currency: Currency) throws -> DuesPart {
        try parts.values.reduce(DuesPart.zero(currency)) { try $0 + $1 }
    }

    @Test("two members are told of nowhere", arguments: TestEngine.all)
    func few(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            #expect(try await house.figures() == DuesFigures.none(on: try DuesHouse.day(DuesHouse.today)))
            try await house.issue(on: "2024-01-02")
            let figures = try await house.figures()
            #expect(figures.years.isEmpty && figures.leftOut == [2024])
            #expect(figures.open.map(\.rows) == [[]] && figures.open.map(\.total) == [nil])
        }
    }
}

extension DuesHouse {
    func figures(on day: String = DuesHouse.today) async throws -> DuesFigures {
        try await database.duesFigures(on: Self.day(day))
    }

    /// Puts towns into a region.
    fileprivate func move(_ towns: ClosedRange<Int>, to region: String?) async throws {
        let keys = Self.towns(towns.upperBound).suffix(towns.count).map(\.key)
        try await database.write { transaction in
            for key in keys {
                try transaction.execute(
                    "UPDATE member SET region = ? WHERE key = ?",
                    [.optional(region), .text(key)]
                )
            }
        }
    }

    fileprivate func remit(_ invoice: Invoice, _ whole: Int) async throws {
        try await book(.remission, invoice, whole, isInvented: false)
    }

    fileprivate func inventPayment(_ invoice: Invoice, _ whole: Int) async throws {
        try await book(.payment, invoice, whole, isInvented: true)
    }

    private func book(_ kind: AccountEntry.Kind, _ invoice: Invoice, _ whole: Int, isInvented: Bool) async throws {
        let (amount, day) = (try usd(whole).negated, try Self.day("2024-02-01"))
        try await database.write { transaction in
            let draft = AccountEntry.Draft(
                kind,
                member: invoice.memberID,
                day: day,
                amount: amount,
                words: say("Booked for a test"),
                invoice: invoice.id,
                isInvented: isInvented
            )
            try AccountEntry.book(transaction, draft, now: Self.now)
        }
    }
}

extension DuesFigures {
    fileprivate static func none(on day: Day) -> DuesFigures {
        DuesFigures(day: day, years: [], leftOut: [], open: [])
    }
}

extension DuesNumbers {
    fileprivate var said: String {
        func plain(_ money: Money?) -> String { money?.plain ?? "-" }
        return "\(members) billed \(billed.plain) settled \(plain(settled)) = \(plain(received)) + \(plain(remitted)) "
            + "open \(plain(open))"
    }
}

extension DuesOfYear {
    fileprivate var said: String { "\(year) \(currency.code)\(isInvented ? " made up" : ""): \(total.said)" }
    fileprivate var parts: [String] {
        regions.map { "\($0.key): \($0.numbers.said)" } + (others.map { ["others: \($0.said)"] } ?? [])
    }
}
