public import Access
public import Charter
public import Database
public import Foundation
import Membership

/// A member's account at the end of a day.
public struct AccountOfMember: Question {
    public static let action = Action.readMemberDues

    /// An entry, and what the member owed in its currency once it was there.
    public struct Line: Sendable, Equatable {
        public let entry: AccountEntry
        public let balance: Money
    }

    public struct Answer: Sendable, Equatable {
        public let memberID: String
        public let memberKey: String
        public let memberName: String
        public let day: Day
        /// The earliest day first.
        public let lines: [Line]
        /// What the member owes, by currency; below zero what it has to its credit. A currency in which nothing is left
        /// open is not in it.
        public let balances: [Money]
        /// The latest year first.
        public let invoices: [InvoiceList.Line]
        /// How to pay what is owed, by invoice: by the id of the invoice.
        public let payments: [String: HowToPay]

        /// Whether any of it is made up.
        public var isInvented: Bool { lines.contains(where: \.entry.isInvented) }
    }

    let memberKey: String
    let day: Day?
    let charter: Charter

    /// - Parameters:
    ///   - memberKey: the last part of the member's public address.
    ///   - day: today for nil.
    public init(_ memberKey: String, on day: Day? = nil, charter: Charter) {
        self.memberKey = memberKey
        self.day = day
        self.charter = charter
    }

    public func place(_ transaction: Transaction) throws -> Place {
        .member(try DuesMember.load(transaction, key: memberKey).id)
    }

    /// Throws `MemberRefusal.noSuchMember`.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let member = try DuesMember.load(transaction, key: memberKey)
        let day = day ?? FormCheck.today(now)
        var running: [Currency: Money] = [:]
        var lines: [Line] = []
        for entry in try AccountEntry.all(transaction, member: member.id, through: day) {
            let currency = entry.amount.currency
            let balance = try (running[currency] ?? .zero(currency)) + entry.amount
            running[currency] = balance
            lines.append(Line(entry: entry, balance: balance))
        }
        var selection = OwedInvoice.Selection(day: day)
        selection.add("f.member_id = ?", [.text(member.id)])
        let invoices = try selection.load(transaction, "ORDER BY f.year DESC, length(f.number) DESC, f.number DESC")
        let owed = invoices.filter(\.owed.isPositive)
        return Answer(
            memberID: member.id,
            memberKey: member.key,
            memberName: member.name,
            day: day,
            lines: lines,
            balances: running.values.filter { !$0.isZero }.sorted { $0.currency.code < $1.currency.code },
            invoices: invoices.map { $0.line(on: day) },
            payments: Dictionary(
                owed.map { ($0.invoice.id, HowToPay($0.invoice, owed: $0.owed, charter: charter)) },
                uniquingKeysWith: { first, _ in first }
            )
        )
    }
}

/// A member by its key, or by that of a record that was merged into it.
struct DuesMember {
    let id: String
    let key: String
    let name: String

    /// Throws `MemberRefusal.noSuchMember`.
    static func load(_ transaction: Transaction, key: String) throws -> DuesMember {
        let own = "SELECT m.id, m.key, m.name FROM member m WHERE m.key = ?"
        let merged = """
            SELECT m.id, m.key, m.name FROM member_merge g JOIN member m ON m.id = g.kept_id WHERE g.merged_key = ?
            """
        for sql in [own, merged] {
            let found = try transaction.first(sql, [.text(key)]) {
                DuesMember(id: try $0.text(0), key: try $0.text(1), name: try $0.text(2))
            }
            if let found { return found }
        }
        throw MemberRefusal.noSuchMember
    }
}
