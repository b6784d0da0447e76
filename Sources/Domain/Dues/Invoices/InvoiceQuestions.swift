public import Access
public import Charter
public import Database
public import Foundation
import Membership

/// Invoices with where they stand, the latest first.
public struct InvoiceList: Question {
    public static let action = Action.readDues
    public static let pageSize = 50

    public struct Line: Sendable, Equatable {
        public let invoice: Invoice
        public let balance: InvoiceBalance
        /// What of it is or was to be paid when, the earliest first; empty where nothing is owed.
        public let parts: [DueSchedule.Part]
        public let state: InvoiceState

        /// When the earliest of what is owed is or was to be paid.
        public var dueOn: Day { parts.first?.dueOn ?? invoice.dueOn }
    }

    public struct Answer: Sendable, Equatable {
        /// The day at whose end they stand so.
        public let day: Day
        public let lines: [Line]
        /// Of all that the filter lets through, by currency.
        public let totals: [InvoiceTotal]
    }

    let year: Int?
    let states: Set<InvoiceState>
    let member: String?
    let day: Day?
    let page: Int

    /// - Parameters:
    ///   - states: those that are listed; empty for all.
    ///   - member: a member's key.
    ///   - day: the day at whose end they are looked at; today for nil.
    ///   - page: counts from 1.
    public init(
        year: Int? = nil,
        states: Set<InvoiceState> = [],
        member: String? = nil,
        on day: Day? = nil,
        page: Int = 1
    ) {
        self.year = year
        self.states = states
        self.member = member
        self.day = day
        self.page = page
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let day = day ?? FormCheck.today(now)
        var selection = OwedInvoice.Selection(day: day)
        if let year { selection.add("f.year = ?", [.int(year)]) }
        if let member { selection.add("f.key = ?", [.text(member)]) }
        if !states.isEmpty {
            let conditions = states.map(\.condition).joined(separator: " OR ")
            let days = states.intersection([.open, .overdue]).map { _ in Value.text(day.description) }
            selection.add("(\(conditions))", days)
        }
        let found = try selection.load(
            transaction,
            "ORDER BY f.year DESC, length(f.number) DESC, f.number DESC LIMIT ? OFFSET ?",
            [.int(Self.pageSize), .int((max(page, 1) - 1) * Self.pageSize)]
        )
        return Answer(
            day: day,
            lines: found.map { $0.line(on: day) },
            totals: try selection.totals(transaction)
        )
    }
}

extension InvoiceState {
    /// As SQL; those of an invoice on which something is owed have one place for a day.
    fileprivate var condition: String {
        switch self {
        case .open: "(COALESCE(e.owed, 0) > 0 AND NOT (\(Self.isPastDue)))"
        case .overdue: "(COALESCE(e.owed, 0) > 0 AND (\(Self.isPastDue)))"
        case .paid: "(COALESCE(e.owed, 0) <= 0 AND COALESCE(e.asked, 0) > 0)"
        case .credited: "(COALESCE(e.owed, 0) <= 0 AND COALESCE(e.asked, 0) <= 0)"
        }
    }

    /// Whether more is owed than falls due on a day or later.
    private static let isPastDue =
        "CASE WHEN s.invoice_id IS NULL THEN f.due_on < ? ELSE COALESCE(e.owed, 0) > s.later END"
}

extension OwedInvoice {
    /// - Parameter day: the day of which the balance is.
    func line(on day: Day) -> InvoiceList.Line {
        InvoiceList.Line(
            invoice: invoice,
            balance: balance,
            parts: parts,
            state: balance.state(dueOn: dueOn, on: day)
        )
    }
}

/// One invoice with all that became of it.
public struct InvoiceByID: Question {
    public static let action = Action.readMemberDues

    let name: String
    let member: String?
    let charter: Charter

    /// - Parameters:
    ///   - name: its id, its number or its reference.
    ///   - member: the id of the only member whose invoice it may be; whoever's it is for `nil`.
    public init(_ name: String, of member: String? = nil, charter: Charter) {
        self.name = name
        self.member = member
        self.charter = charter
    }

    public func place(_ transaction: Transaction) throws -> Place {
        .member(try Invoice.load(transaction, named: name, of: member).memberID)
    }

    /// Throws `DuesRefusal.noSuchInvoice`.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> InvoiceRecord {
        let invoice = try Invoice.load(transaction, named: name, of: member)
        let today = FormCheck.today(now)
        let balance = try invoice.balance(transaction, on: today)
        let parts = try invoice.schedule(transaction).parts(owed: balance.owed.minor, on: today)
        guard let proof = try DocumentProof.find(transaction, number: invoice.number) else {
            throw DuesRefusal.noSuchProof
        }
        return InvoiceRecord(
            invoice: invoice,
            day: today,
            balance: balance,
            parts: parts,
            state: balance.state(dueOn: parts.first?.dueOn ?? invoice.dueOn, on: today),
            rule: charter.version(on: invoice.charterDay)?.rule(invoice.rule),
            entries: try AccountEntry.all(transaction, invoice: invoice.id),
            creditNotes: try CreditNote.all(transaction, invoice: invoice.id),
            payment: HowToPay(invoice, owed: balance.owed, charter: charter),
            proof: proof,
            reminders: try SentReminder.all(transaction, invoice: invoice.id),
            disputes: try InvoiceDispute.all(transaction, invoice: invoice.id)
        )
    }
}

/// An invoice as it is worked on and shown.
public struct InvoiceRecord: Sendable, Equatable {
    public let invoice: Invoice
    /// The day at whose end it stands so.
    public let day: Day
    public let balance: InvoiceBalance
    /// What of it is or was to be paid when, the earliest first; empty where nothing is owed.
    public let parts: [DueSchedule.Part]
    public let state: InvoiceState
    /// The rule of its fee, as the charter's version that decided has it.
    public let rule: Rule?
    /// What stands on the account of it, the earliest first.
    public let entries: [AccountEntry]
    public let creditNotes: [CreditNote]
    /// How to pay what is owed.
    public let payment: HowToPay
    public let proof: DocumentProof
    /// The earliest first.
    public let reminders: [SentReminder]
    /// The latest first.
    public let disputes: [InvoiceDispute]
}
