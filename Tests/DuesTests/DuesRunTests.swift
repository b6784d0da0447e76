import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Identity
import Languages
import Membership
import Testing

@testable import Dues

@Suite("The invoices of a year")
struct DuesRunTests {
    @Test("the plan tells everybody's amount, and what is missing", arguments: TestEngine.all)
    func plan(_ engine: Database.Engine) async throws {
        let towns: [DuesHouse.Town] = [
            .init(key: "gone", to: "2023-06-01"), .init(key: "large", population: 6_000_000), .init(key: "small"),
            .init(key: "unknown", population: nil), .init(key: "yard", category: "corporation", population: nil),
        ]
        try await DuesHouse.with(engine, towns) { house in
            let plan = try await house.ask(PlanDues(2024, charter: house.charter))
            #expect(plan.lines.map(\.member.key) == ["large", "small", "unknown", "yard"])
            #expect(try plan.totals() == [house.usd(6000)])
            #expect(plan.toInvoice.map(\.member.key) == ["large", "small"])
            #expect(plan.missing.map(\.member.key) == ["unknown", "yard"])
            guard case .missing(let missing) = plan.missing[0].outcome, case .figure(let measure) = missing[0] else {
                Issue.record("the population is not what is missing")
                return
            }
            #expect(measure.key == "population")
            #expect(try plan.dueOn == DuesHouse.day("2024-05-04"))
            #expect(try plan.billedOn == DuesHouse.day("2024-01-01"))
            #expect(try await house.count("invoice") == 0)
        }
    }

    @Test(
        "each member gets one invoice, one entry, one proof and one letter, also by a second run",
        arguments: TestEngine.all
    )
    func once(_ engine: Database.Engine) async throws {
        let towns = DuesHouse.towns(3) + [.init(key: "unknown", population: nil)]
        try await DuesHouse.with(engine, towns) { house in
            try await house.representative(of: "town-0001", "Inga Karlsson")
            try await house.representative(of: "town-0001", "Nils Berg", since: "2024-01-01")
            try await house.representative(of: "town-0002", "Oh Ji-woo", language: "ko")
            let first = try await house.issue()
            #expect(first.written == 3)
            #expect(first.missing == 1)
            #expect(first.withoutLetter == ["town-0003"])
            #expect(first.run.finishedAt != nil)
            let second = try await house.issue()
            #expect(second.written == 0)
            #expect(second.run.id != first.run.id)
            let invoices = try await house.invoices()
            #expect(invoices.map(\.number) == ["2024-0001", "2024-0002", "2024-0003"])
            #expect(invoices.map(\.memberKey) == ["town-0001", "town-0002", "town-0003"])
            #expect(invoices.map(\.language) == ["en", "ko", "en"])
            #expect(invoices.map(\.reference).allSatisfy { CreditorReference($0) != nil })
            #expect(try invoices.allSatisfy { try $0.amount == house.usd(1000) })
            #expect(try await house.count("account_entry") == 3)
            #expect(try await house.count("document_proof") == 3)
            let letters = try await house.letters()
            #expect(letters.map(\.to) == ["inga.karlsson@example.org", "oh.ji-woo@example.org"])
            #expect(letters[0].text.contains("2024-0001"))
            #expect(letters[0].text.contains("USD\u{A0}1,000.00"))
            #expect(letters[0].text.contains(CheckDigits.grouped(invoices[0].reference)))
            #expect(letters[0].text.contains("https://hansa.example/portal/town-0001/dues"))
            #expect(letters[0].text.contains("made up as an example"))
            #expect(letters[1].text.contains("https://hansa.example/ko/portal/town-0002/dues"))
            #expect(letters[1].subject.contains("회비 청구서"))
            #expect(try await house.actions("invoice", invoices[0].id) == ["invoice.issued"])
            #expect(try await house.actions("dues-run", first.run.id) == ["dues-run.started", "dues-run.finished"])
        }
    }

    @Test("two runs at once give each member one invoice, and no number twice or never", arguments: TestEngine.all)
    func atOnce(_ engine: Database.Engine) async throws {
        let count = 450
        try await DuesHouse.with(engine, DuesHouse.towns(count)) { house in
            try await house.representative(of: "town-0007", "Inga Karlsson")
            let one = try await house.run(StartDuesRun(2024, charter: house.charter))
            let other = try await house.run(StartDuesRun(2024, issuedOn: "2024-03-04", charter: house.charter))
            #expect(one != other)
            let issuing = house.issuing
            async let first = issuing.run(one, now: DuesHouse.now)
            async let second = issuing.run(other, now: DuesHouse.now)
            async let third = issuing.run(one, now: DuesHouse.now)
            let written = try await [first.written, second.written, third.written]
            #expect(written.reduce(0, +) == count)
            let invoices = try await house.invoices()
            #expect(invoices.map(\.number) == (1...count).map { Numbering.invoice.text(2024, $0) })
            #expect(Set(invoices.map(\.memberID)).count == count)
            #expect(Set(invoices.map(\.reference)).count == count)
            #expect(try await house.letters().count == 1)
            #expect(try await house.count("account_entry") == count)
        }
    }

    @Test("what breaks off leaves nothing of its batch, and no number is lost", arguments: TestEngine.all)
    func brokenOff(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(5)) { house in
            let id = try await house.run(StartDuesRun(2024, charter: house.charter))
            let (charter, services) = (house.charter, house.services)
            let broken = await house.problem {
                try await house.database.write { transaction in
                    let run = try DuesRun.load(transaction, id: id)
                    let plan = try DuesPlan(2024, issuedOn: run.issuedOn, charter: charter, transaction)
                    let batch = IssueBatch(run: run, plan: plan, services: services, now: DuesHouse.now)
                    let issued = try batch.issue(Array(plan.toInvoice.prefix(3)), transaction)
                    #expect(issued.written == 3)
                    throw Outage()
                }
            }
            #expect(broken is Outage)
            #expect(try await house.count("invoice") == 0)
            #expect(try await house.count("mail") == 0)
            let outcome = try await house.issuing.resume(now: DuesHouse.now)
            #expect(outcome.map(\.written) == [5])
            #expect(outcome.map(\.run.id) == [id])
            #expect(try await house.invoices().map(\.number) == (1...5).map { Numbering.invoice.text(2024, $0) })
            #expect(try await house.issuing.resume(now: DuesHouse.now).isEmpty)
        }
    }

    @Test("one whose letter cannot be written is left out and named, without a gap", arguments: TestEngine.all)
    func badAddress(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(4)) { house in
            let inga = try await house.representative(of: "town-0002", "Inga Karlsson")
            try await house.set(email: "no address", of: inga)
            let outcome = try await house.issue()
            #expect(outcome.written == 3)
            #expect(outcome.run.problems.map(\.memberKey) == ["town-0002"])
            let keys = try await house.invoices().map(\.memberKey)
            #expect(keys == ["town-0001", "town-0003", "town-0004"])
            #expect(try await house.waiting() == ["dues-run"])
            try await house.set(email: "inga@example.org", of: inga)
            #expect(try await house.issue().written == 1)
            #expect(try await house.invoices().map(\.number) == (1...4).map { Numbering.invoice.text(2024, $0) })
            #expect(try await house.invoice(of: "town-0002").number == "2024-0004")
            #expect(try await house.waiting().isEmpty)
        }
    }

    @Test("a part of the year is paid as the charter says", arguments: TestEngine.all)
    func parts(_ engine: Database.Engine) async throws {
        let towns: [DuesHouse.Town] = [
            .init(key: "early", from: "2024-01-01"), .init(key: "february", from: "2024-02-28"),
            .init(key: "later", from: "2024-08-15"), .init(key: "leaver", to: "2024-02-10"),
            .init(key: "left", to: "2024-01-01"),
        ]
        let change = ["leaving_year: {share: full}": "leaving_year: {share: by-month}"]
        try await DuesHouse.with(engine, towns, charter: change) { house in
            let first = try await house.ask(PlanDues(2024, charter: house.charter))
            // Who joins later in the year is billed when it has joined; who left as the year began owes nothing of it.
            #expect(first.lines.map(\.member.key) == ["early", "february", "leaver"])
            let autumn = InstantText.date("2024-09-30T12:00:00.000000Z") ?? .distantFuture
            try await house.issue(at: autumn)
            #expect(try await house.invoice(of: "early").amount == house.usd(1000))
            #expect(try await house.invoice(of: "february").amount == house.usd(1000))
            let later = try await house.invoice(of: "later")
            #expect(try later.amount == house.usd(500))
            #expect(try later.fee == house.usd(1000))
            #expect(later.explanation.english.contains("6 of 12 months"))
            let leaver = try await house.invoice(of: "leaver")
            #expect(leaver.amount.plain == "166.67")
        }
    }

    @Test("an invoice that rests on something made up says so", arguments: TestEngine.all)
    func invented(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, [.init(key: "visby", population: nil)]) { house in
            let draft = FeeInputDraft(
                member: "visby",
                measure: "population",
                value: "50000",
                asOf: "2023",
                source: "An example",
                isInvented: true
            )
            try await house.run(EnterFeeInput(draft, charter: house.charter, countries: .none))
            try await house.issue()
            let invoice = try await house.invoice(of: "visby")
            #expect(invoice.isInvented)
            #expect(try invoice.amount == house.usd(500))
            let account = try await house.ask(AccountOfMember("visby", charter: house.charter))
            #expect(account.isInvented)
        }
    }

    @Test(
        "a year of which the charter does not say how it is billed, and one to come, are refused",
        arguments: TestEngine.all
    )
    func refused(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            let early = await house.problem { try await house.issue(2021) }
            #expect(early as? DuesRefusal == .noDues(year: 2021))
            let never = await house.problem { try await house.issue(2026) }
            #expect((never as? InvalidInput)?.fields.map(\.name) == ["year"])
            let tomorrow = await house.problem { try await house.issue(2024, on: "2024-03-06") }
            #expect((tomorrow as? InvalidInput)?.fields.map(\.name) == ["issued_on"])
            let runs = try await house.count("dues_run")
            #expect(runs == 0)
            let none = await house.problem { _ = try await house.issuing.run("none", now: DuesHouse.now) }
            #expect(none as? DuesRefusal == .noSuchRun)
        }
    }

    @Test("numbers of a year go on past four digits")
    func digits() {
        #expect(Numbering.invoice.text(2024, 1) == "2024-0001")
        #expect(Numbering.invoice.text(2024, 12_345) == "2024-12345")
        #expect(Numbering.creditNote.text(2024, 1) == "C2024-0001")
        #expect(Numbering.receipt.text(2024, 1) == "R2024-0001")
        #expect(Numbering.certificate.text(2024, 1) == "D2024-0001")
    }

    private struct Outage: Error {}
}

extension DuesHouse {
    /// The kinds of what waits for the secretariat.
    fileprivate func waiting() async throws -> [String] {
        try await ask(Today(.everyone, sources: DuesParts.waiting)).waiting.map(\.kind)
    }

    fileprivate func set(email: String, of actor: Actor) async throws {
        let id = actor.person.id
        try await database.write { transaction in
            try transaction.execute("UPDATE person SET email = ? WHERE id = ?", [.text(email), .text(id)])
        }
    }
}
