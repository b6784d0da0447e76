import Charter
import Database
import Dues
import Foundation
import Languages

/// Invoices and payments of invented members as bare rows, for what is measured upon them. Each member has an invoice a
/// year; of four of them two paid in time, one late, one not.
///
/// They are not marked as made up, since what is made up is no record of payments, and that is what is measured.
struct BenchDues {
    let database: Database
    let today: Day

    /// - Parameter pays: whether anybody pays.
    func write(years: Int, pays: Bool = true) async throws {
        let members = try await database.read { transaction in
            try transaction.query("SELECT id, name FROM member WHERE origin = 'sample' ORDER BY key") {
                (id: try $0.text(0), name: try $0.text(1))
            }
        }
        for back in (0..<years).reversed() {
            let issuedOn = today.adding(days: -300 - 365 * back)
            let run = BenchRun(year: today.year - back, issuedOn: issuedOn, pays: pays)
            try await database.write { try run.start($0) }
            for start in stride(from: 0, to: members.count, by: 10_000) {
                let bills = members[start..<min(start + 10_000, members.count)].enumerated().map { place, member in
                    BenchRun.Bill(place: start + place, member: member.id, name: member.name)
                }
                try await database.write { try run.write(bills, $0) }
            }
        }
        try await database.write { transaction in
            for table in ["invoice", "account_entry"] { try transaction.script("ANALYZE \(table)") }
        }
    }
}

/// The invoices of one year.
private struct BenchRun: Sendable {
    let year: Int
    let issuedOn: Day
    let pays: Bool

    struct Bill: Sendable {
        /// From 0.
        let place: Int
        let member: String
        let name: String
    }

    private var id: String { "bench-\(year)" }
    private var dueOn: Day { issuedOn.adding(days: 60) }

    func start(_ transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO dues_run (id, year, issued_on, started_at, started_by, finished_at)
            VALUES (?, ?, ?, ?, 'bench', ?)
            """,
            [
                .text(id), .int(year), .text(issuedOn.description), .text("\(issuedOn)T00:00:00.000000Z"),
                .text("\(issuedOn)T00:00:00.000000Z"),
            ]
        )
    }

    func write(_ bills: [Bill], _ transaction: Transaction) throws {
        let words = Phrase.verbatim("Measured").stored
        try transaction.execute(
            """
            INSERT INTO invoice (id, number, year, member_id, issue, run_id, issued_on, due_on, currency, fee_minor,
                amount_minor, language, member_name, reference, explanation, rule, charter_day, invented, issued_at)
            VALUES (?, ?, ?, ?, 1, ?, ?, ?, 'USD', 100000, 100000, 'en', ?, ?, ?, 'fees', ?, 0, ?)
            """,
            each: bills.map { bill -> [Value] in
                let number = number(bill)
                return [
                    .text("bench-\(number)"), .text(number), .int(year), .text(bill.member), .text(id),
                    .text(issuedOn.description), .text(dueOn.description), .text(bill.name),
                    .text(CreditorReference(making: number)?.text ?? number), .text(words),
                    .text(issuedOn.description), .text("\(issuedOn)T00:00:00.000000Z"),
                ]
            }
        )
        let amount = Money(minor: 100_000, try Currency("USD"))
        try AccountEntry.book(transaction, bills.flatMap { try entries($0, amount) }, now: Date())
    }

    private func number(_ bill: Bill) -> String {
        let digits = String(bill.place + 1)
        return "\(year)-\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)"
    }

    private func entries(_ bill: Bill, _ amount: Money) throws -> [AccountEntry.Draft] {
        let invoice = "bench-\(number(bill))"
        func entry(_ kind: AccountEntry.Kind, _ day: Day, _ amount: Money) -> AccountEntry.Draft {
            AccountEntry.Draft(
                kind,
                member: bill.member,
                day: day,
                amount: amount,
                words: .verbatim("Measured"),
                invoice: invoice
            )
        }
        let (asked, paid) = (entry(.invoice, issuedOn, amount), try amount.negated)
        switch bill.place % 4 {
        case 0 where pays, 1 where pays: return [asked, entry(.payment, dueOn.adding(days: -10), paid)]
        case 2 where pays: return [asked, entry(.payment, dueOn.adding(days: 30), paid)]
        default: return [asked]
        }
    }
}

extension Installation {
    /// What is measured leaves rows behind that nothing tells from records.
    func requireNobody() async throws {
        let isUsed = try await database.read { transaction in
            try transaction.first("SELECT 1 FROM member") { _ in true } ?? false
        }
        guard !isUsed else {
            throw CommandFailure("This database has members. Measure in an empty one: what is measured stays in it.")
        }
    }
}
