import Charter
import Database
import DatabaseTesting

@testable import Standing

/// Dues of a test: some invoices of USD 1,000 with the day on which each was paid.
struct MadeUpDues: DuesRecord, DuesOfAll {
    struct Bill: Sendable {
        let member: String
        let year: Int
        let paid: Day?
        let isInvented: Bool

        /// - Parameters:
        ///   - member: its key.
        ///   - paid: an ISO day; nil for one that is not paid.
        init(_ member: String, _ year: Int, paid: String? = nil, isInvented: Bool = false) {
            self.member = member
            self.year = year
            self.paid = paid.map(Records.day)
            self.isInvented = isInvented
        }

        var issued: Day { Records.day("\(year)-01-01") }
        var invoice: DuesFacts.Invoice {
            .init(id: "\(member)-\(year)", number: "\(year)-\(member)", year: year, due: Records.day("\(year)-03-01"))
        }

        func isPaid(on day: Day) -> Bool { paid.map { $0 <= day } ?? false }
    }

    private let bills: [Bill]
    /// The keys of the members by id.
    private let keys: [String: String]
    private let today: Day

    init(_ bills: [Bill], _ transaction: Transaction) throws {
        self.bills = bills
        let pairs = try transaction.query("SELECT id, key FROM member") { (try $0.text(0), try $0.text(1)) }
        keys = Dictionary(uniqueKeysWithValues: pairs)
        today = .last
    }

    private init(_ bills: [Bill], _ keys: [String: String], _ today: Day) {
        (self.bills, self.keys, self.today) = (bills, keys, today)
    }

    /// One member's.
    private struct Account: DuesOfOne {
        let bills: [Bill]

        var changes: [Day] {
            bills.flatMap { [$0.issued, $0.invoice.due.adding(days: 1)] + ($0.paid.map { [$0] } ?? []) }.sorted()
        }

        func facts(on day: Day) -> DuesFacts {
            let known = bills.filter { $0.issued <= day }
            let open = known.filter { !$0.isPaid(on: day) }
            let late = open.filter { $0.invoice.due < day }
            func sum(_ bills: [Bill]) -> [DuesFacts.Amount] {
                bills.isEmpty ? [] : [.init(minor: 100_000 * bills.count, places: 2, currency: "USD")]
            }
            return DuesFacts(
                hasInvoices: !known.isEmpty,
                firstPastDue: late.map(\.invoice).min { $0.due < $1.due },
                owed: sum(open),
                pastDue: sum(late),
                lastPayment: known.filter { $0.isPaid(on: day) }.compactMap(\.paid).max(),
                paidYears: known.filter { $0.isPaid(on: day) }.map(\.year).sorted(),
                isInvented: known.contains(where: \.isInvented)
            )
        }
    }

    private func account(_ id: String) -> Account { Account(bills: bills.filter { $0.member == keys[id] }) }

    func dues(_ transaction: Transaction, on day: Day) throws -> any DuesOfAll { MadeUpDues(bills, keys, day) }
    func dues(_ transaction: Transaction, ofMember id: String) throws -> any DuesOfOne { account(id) }
    func facts(ofMember id: String) -> DuesFacts { account(id).facts(on: today) }

    func feesPaid(_ transaction: Transaction, ofMember id: String?, from: Day, to: Day) throws -> [FeePaid] {
        keys.keys.filter { id == nil || $0 == id }.flatMap { member in
            account(member).bills.compactMap { bill in
                guard let paid = bill.paid, from <= paid, paid <= to else { return nil }
                return FeePaid(memberID: member, invoice: bill.invoice, day: paid, isInvented: bill.isInvented)
            }
        }
    }
}

extension StandingFixture {
    func dues(_ bills: [MadeUpDues.Bill]) async throws -> MadeUpDues {
        try await database.read { try MadeUpDues(bills, $0) }
    }
}

/// A charter that says nothing of standing, points and entitlements.
enum SilentCharter {
    static let charter: Charter = {
        let (charter, problems) = Charter.lint(text: PortsCharter.text, file: "ports.yaml")
        guard let charter else { preconditionFailure("the charter of the tests is wrong: \(problems)") }
        return charter
    }()
}
