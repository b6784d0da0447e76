import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Foundation
import Identity
import Languages
import Logging
import Membership
import Testing

@testable import Dues

/// By the association's charter members are reminded 14 days before the due day, and 7, 30 and 60 days after it. What was
/// invoiced on 5 March 2024 is due on 4 May.
@Suite("Members are reminded of what they owe")
struct ReminderTests {
    @Test("each step once, whatever day the job comes, and in which process", arguments: TestEngine.all)
    func once(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            try await house.representative(of: "town-0001", "Inga Karlsson")
            try await house.representative(of: "town-0002", "Oh Ji-woo", language: "ko")
            try await house.issue()
            for (day, written) in [
                ("2024-03-05", 0), ("2024-04-19", 0), ("2024-04-20", 2), ("2024-04-20", 0), ("2024-04-21", 0),
                ("2024-05-11", 2), ("2024-06-03", 2), ("2024-05-12", 0), ("2024-04-20", 0), ("2024-07-03", 2),
                ("2025-07-03", 0),
            ] {
                #expect(try await house.remind(on: day).written == written, "\(day)")
            }
            let letters = try await house.letters("dues-reminder") + house.letters("dues-overdue")
            #expect(letters.count == 8)
            let first = try #require(letters.first)
            #expect(first.to == "inga.karlsson@example.org")
            #expect(first.text.contains("2024-0001"))
            #expect(first.text.contains("USD\u{A0}1,000.00 is to be paid by 4 May 2024"))
            let reference = CheckDigits.grouped(try await house.invoice(of: "town-0001").reference)
            #expect(first.text.contains(reference))
            #expect(first.text.contains("https://hansa.example/portal/town-0001/dues"))
            let korean = try #require(letters.last)
            #expect(korean.text.contains("납부 기한이 지났습니다"))
            #expect(korean.text.contains("https://hansa.example/ko/portal/town-0002/dues"))
            let invoice = try await house.invoice(of: "town-0001")
            #expect(
                try await house.actions("invoice", invoice.id)
                    == ["invoice.issued"] + Array(repeating: "invoice.reminded", count: 4)
            )
            let record = try await house.ask(InvoiceByID(invoice.number, charter: house.charter))
            #expect(record.reminders.map(\.step) == [-14, 7, 30, 60])
            #expect(record.reminders.filter { !$0.isSent }.isEmpty)
        }
    }

    @Test("two processes at once write one letter each", arguments: TestEngine.all)
    func atOnce(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(3)) { house in
            for town in 1...3 { try await house.representative(of: "town-000\(town)", "Person \(town)") }
            try await house.issue()
            async let first = house.remind(on: "2024-04-20").written
            async let second = house.remind(on: "2024-04-20").written
            #expect(try await first + second == 3)
            #expect(try await house.letters("dues-reminder").count == 3)
            #expect(try await house.count("dues_reminder") == 3)
        }
    }

    @Test("after a gap the latest alone goes out, and stands for the others", arguments: TestEngine.all)
    func gap(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            try await house.representative(of: "town-0001", "Inga Karlsson")
            try await house.issue()
            let plan = try await house.ask(
                PlanReminders(charter: house.charter),
                at: DuesHouse.morning("2024-06-10")
            )
            #expect(plan.map(\.step) == [30])
            #expect(plan.map(\.overtaken) == [2])
            #expect(plan.map(\.isPastDue) == [true])
            #expect(try await house.count("dues_reminder") == 0)
            #expect(try await house.remind(on: "2024-06-10").written == 1)
            #expect(try await house.letters("dues-reminder").isEmpty)
            let letters = try await house.letters("dues-overdue")
            #expect(letters.count == 1)
            #expect(letters.first?.text.contains("was to be paid by 4 May 2024") == true)
            let invoice = try await house.invoice(of: "town-0001")
            let record = try await house.ask(InvoiceByID(invoice.number, charter: house.charter))
            #expect(record.reminders.map { "\($0.step) \($0.isSent)" } == ["-14 false", "7 false", "30 true"])
            // A clock that jumps back finds them noted.
            #expect(try await house.remind(on: "2024-05-12").written == 0)
            #expect(try await house.remind(on: "2024-07-03").written == 1)
        }
    }

    @Test("who has paid, was credited or let off, or disputes it, is not reminded", arguments: TestEngine.all)
    func notOwed(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(6)) { house in
            for town in 1...6 { try await house.representative(of: "town-000\(town)", "Person \(town)") }
            try await house.issue()
            _ = try await house.pay(try await house.invoice(of: "town-0001"), 1000, on: "2024-04-20")
            try await house.run(CreditInvoice("2024-0002", grounds: "Sent by mistake"))
            try await house.grant(ReliefDraft(.remission, fromYear: "2024", words: "A flood"), of: "town-0003")
            try await house.run(DisputeInvoice("2024-0004", words: "We left last year"))
            _ = try await house.pay(try await house.invoice(of: "town-0005"), 999, on: "2024-04-20")
            #expect(try await house.remind(on: "2024-04-20").written == 2)
            let letters = try await house.letters("dues-reminder")
            #expect(letters.map(\.to) == ["person.5@example.org", "person.6@example.org"])
            #expect(letters[0].text.contains("USD\u{A0}1.00 is to be paid by 4 May 2024"))
            let waiting = try await house.ask(Today(.everyone, sources: DuesParts.waiting)).waiting
            #expect(waiting.map(\.kind) == ["invoice-dispute"])
            let twice = await house.problem { try await house.run(DisputeInvoice("2024-0004", words: "Really")) }
            #expect(twice as? DisputeRefusal == .disputedAlready)
            let settled = await house.problem { try await house.run(DisputeInvoice("2024-0001", words: "Why")) }
            #expect(settled as? DisputeRefusal == .nothingOwed)
            try await house.run(EndDispute("2024-0004", outcome: "It was a member until December"))
            #expect(try await house.ask(Today(.everyone, sources: DuesParts.waiting)).waiting.isEmpty)
            #expect(try await house.remind(on: "2024-04-21").written == 1)
            let over = await house.problem { try await house.run(EndDispute("2024-0004", outcome: "Again")) }
            #expect(over as? DisputeRefusal == .notDisputed)
            let invoice = try await house.invoice(of: "town-0004")
            #expect(
                try await house.actions("invoice", invoice.id) == [
                    "invoice.issued", "invoice.disputed", "invoice.dispute-ended", "invoice.reminded",
                ]
            )
        }
    }

    @Test("each instalment is reminded of, for what of it is owed", arguments: TestEngine.all)
    func instalments(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            try await house.representative(of: "town-0001", "Inga Karlsson")
            try await house.issue()
            try await house.grant(DuesHouse.plan([("2024-04-01", "400"), ("2024-07-01", "600")]))
            // 14 days before the first; the whole invoice's own day is none any more.
            #expect(try await house.remind(on: "2024-03-18").written == 1)
            #expect(try await house.remind(on: "2024-04-07").written == 0)
            _ = try await house.pay(try await house.invoice(of: "town-0001"), 150, on: "2024-04-08")
            #expect(try await house.remind(on: "2024-04-08").written == 1)
            #expect(try await house.remind(on: "2024-04-20").written == 0)
            _ = try await house.pay(try await house.invoice(of: "town-0001"), 250, on: "2024-04-25")
            #expect(try await house.remind(on: "2024-06-16").written == 0)
            #expect(try await house.remind(on: "2024-06-17").written == 1)
            let coming = try await house.letters("dues-reminder").map(\.text)
            #expect(coming.count == 2)
            #expect(coming.contains { $0.contains("USD\u{A0}400.00 is to be paid by 1 April 2024") })
            #expect(coming.contains { $0.contains("USD\u{A0}600.00 is to be paid by 1 July 2024") })
            let overdue = try await house.letters("dues-overdue").map(\.text)
            #expect(overdue.count == 1)
            #expect(overdue[0].contains("USD\u{A0}250.00 was to be paid by 1 April 2024"))
            #expect(overdue[0].contains("In all, USD\u{A0}850.00"))
        }
    }

    @Test(
        "whom nobody represents is told when somebody does, and one bad address holds up no others",
        arguments: TestEngine.all
    )
    func readers(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(3)) { house in
            try await house.issue()
            let bad = try await house.representative(of: "town-0002", "Nils Berg").person.id
            try await house.representative(of: "town-0003", "Eva Lund")
            try await house.database.write { transaction in
                try transaction.execute("UPDATE person SET email = 'no address' WHERE id = ?", [.text(bad)])
            }
            let first = try await house.remind(on: "2024-05-12")
            #expect(first.written == 1)
            #expect(first.withoutLetter == ["town-0001"])
            #expect(first.problems.keys.sorted() == ["2024-0002"])
            try await house.representative(of: "town-0001", "Inga Karlsson")
            try await house.database.write { transaction in
                try transaction.execute(
                    "UPDATE person SET email = 'nils@example.org' WHERE id = ?",
                    [.text(bad)]
                )
            }
            let second = try await house.remind(on: "2024-05-13")
            #expect(second.written == 2)
            #expect(second.problems.isEmpty)
            #expect(try await house.remind(on: "2024-05-14").written == 0)
        }
    }

    @Test("an invoice that is written late gets no reminder of what was over before", arguments: TestEngine.all)
    func late(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            try await house.representative(of: "town-0001", "Inga Karlsson")
            // It bears a day of January and is due on 1 March, but was written on 5 March.
            try await house.issue(2024, on: "2024-01-01")
            #expect(try await house.remind(on: "2024-03-06").written == 0)
            #expect(try await house.remind(on: "2024-03-08").written == 1)
            #expect(try await house.letters("dues-overdue").count == 1)
        }
    }
}

extension DuesHouse {
    fileprivate func remind(on day: String) async throws -> SendReminders.Outcome {
        let work = SendReminders(database: database, services: services, logger: Logger(label: "test"))
        return try await work.run(now: Self.morning(day))
    }
}
