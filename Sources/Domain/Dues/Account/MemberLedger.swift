import Charter
import Database
import Standing

/// The entries of one member's account, for what follows from them on any day.
struct MemberLedger {
    /// An entry with what it is about.
    struct Line {
        let id: String
        let day: Day
        let amount: Money
        let isInvented: Bool
        let reverses: String?
        /// The kind of the entry, or of the one that it undoes.
        let kind: AccountEntry.Kind
        let isByCreditNote: Bool
        let invoice: DuesFacts.Invoice?

        /// Whether it says what an invoice asks for, rather than what was paid.
        var asks: Bool { kind == .invoice || kind == .remission || isByCreditNote }
    }

    /// In the order of their days.
    private(set) var lines: [Line] = []
    /// By invoice, what of it is paid by instalments.
    private let steps: [String: [DueSchedule.Step]]

    init(steps: [String: [DueSchedule.Step]] = [:]) { self.steps = steps }

    mutating func add(_ line: Line) { lines.append(line) }

    private func schedule(_ invoice: DuesFacts.Invoice) -> DueSchedule {
        DueSchedule(ownDay: invoice.due, steps: steps[invoice.id] ?? [])
    }

    /// What is on record at the end of a day.
    func facts(on day: Day) throws -> DuesFacts {
        let lines = lines.filter { $0.day <= day }
        guard !lines.isEmpty else { return .none }
        let invoices = try InvoiceSums.all(lines)
        let owed = invoices.filter { $0.owed > 0 }
        let pastDue = owed.compactMap { PastDue($0, schedule($0.invoice).parts(owed: $0.owed, on: day), on: day) }
        let open = Set(owed.map(\.invoice.year))
        let undone = Set(lines.compactMap(\.reverses))
        let payments = lines.filter { $0.kind == .payment && $0.reverses == nil && !undone.contains($0.id) }
        return DuesFacts(
            hasInvoices: !invoices.isEmpty,
            firstPastDue: pastDue.min { $0.place < $1.place }?.invoice,
            owed: try InvoiceSums.amounts(owed.map { ($0.currency, $0.owed) }),
            pastDue: try InvoiceSums.amounts(pastDue.map { ($0.currency, $0.minor) }),
            lastPayment: payments.last?.day,
            paidYears: Set(invoices.filter(\.isSettled).map(\.invoice.year)).subtracting(open).sorted(),
            isInvented: lines.contains(where: \.isInvented)
        )
    }

    /// The days on which the facts can be others than on the day before.
    var changes: [Day] {
        let dues = Set(lines.compactMap(\.invoice)).flatMap { schedule($0).changes }
        return Set(lines.map(\.day) + dues).sorted()
    }

    /// The invoices of which the last was paid, each with the day, and whether a payment of it is made up.
    func paid() -> [(invoice: DuesFacts.Invoice, day: Day, isInvented: Bool)] {
        var owed: [String: Int] = [:]
        var asked: [String: Int] = [:]
        var settled: [String: (invoice: DuesFacts.Invoice, day: Day)] = [:]
        var invented: Set<String> = []
        for line in lines {
            guard let invoice = line.invoice else { continue }
            let (before, after) = (owed[invoice.id] ?? 0, (owed[invoice.id] ?? 0) + line.amount.minor)
            owed[invoice.id] = after
            if line.asks { asked[invoice.id, default: 0] += line.amount.minor }
            if !line.asks, line.isInvented { invented.insert(invoice.id) }
            if after > 0 {
                settled[invoice.id] = nil
            } else if before > 0 || settled[invoice.id] == nil {
                settled[invoice.id] = (invoice, line.day)
            }
        }
        // What asks for nothing any more was remitted or credited whole, and not paid.
        return settled.values.filter { (asked[$0.invoice.id] ?? 0) > 0 }.map {
            ($0.invoice, $0.day, invented.contains($0.invoice.id))
        }
    }
}

/// One invoice's entries together.
private struct InvoiceSums {
    let invoice: DuesFacts.Invoice
    let currency: Currency
    var owed = 0
    /// What it asked for, without what was credited: a remission leaves a year settled, a credit note does not.
    var billed = 0

    /// Whether nothing of it is owed, because it was paid or remitted.
    var isSettled: Bool { owed <= 0 && billed > 0 }

    static func all(_ lines: [MemberLedger.Line]) throws -> [InvoiceSums] {
        var sums: [String: InvoiceSums] = [:]
        for line in lines {
            guard let invoice = line.invoice else { continue }
            var sum = sums[invoice.id] ?? InvoiceSums(invoice: invoice, currency: line.amount.currency)
            sum.owed = try Self.sum(sum.owed, line.amount.minor)
            if line.kind == .invoice || line.isByCreditNote { sum.billed = try Self.sum(sum.billed, line.amount.minor) }
            sums[invoice.id] = sum
        }
        return sums.values.sorted { $0.invoice.id < $1.invoice.id }
    }

    /// What they ask for together, by currency.
    static func amounts(_ all: [(currency: Currency, minor: Int)]) throws -> [DuesFacts.Amount] {
        var sums: [Currency: Int] = [:]
        for (currency, minor) in all { sums[currency] = try sum(sums[currency] ?? 0, minor) }
        return sums.sorted { $0.key.code < $1.key.code }.map { currency, minor in
            DuesFacts.Amount(minor: minor, places: currency.exponent, currency: currency.code)
        }
    }

    private static func sum(_ first: Int, _ second: Int) throws -> Int {
        let (sum, overflow) = first.addingReportingOverflow(second)
        guard !overflow else { throw MoneyError.overflow }
        return sum
    }
}

/// What of an invoice was to be paid before a day and is not.
private struct PastDue {
    /// With the day on which the earliest of it was to be paid.
    let invoice: DuesFacts.Invoice
    let currency: Currency
    let minor: Int

    /// The earliest due comes first.
    var place: (Day, String) { (invoice.due, invoice.number) }

    /// `nil` where nothing is past due.
    init?(_ sums: InvoiceSums, _ parts: [DueSchedule.Part], on day: Day) {
        minor = parts.pastDue(on: day)
        guard minor > 0, let first = parts.first else { return nil }
        invoice = DuesFacts.Invoice(
            id: sums.invoice.id,
            number: sums.invoice.number,
            year: sums.invoice.year,
            due: first.dueOn
        )
        currency = sums.currency
    }
}

extension MemberLedger {
    /// Hands the ledger of each member that has entries to `body`, in one pass and by the members' ids.
    ///
    /// - Parameters:
    ///   - member: of this member alone.
    ///   - day: entries of later days are left out.
    static func forEach(
        _ transaction: Transaction,
        member: String? = nil,
        through day: Day = .last,
        _ body: (String, MemberLedger) throws -> Void
    ) throws {
        var current: (member: String, ledger: MemberLedger)?
        let steps = try DueSchedule.Step.all(transaction, ofMember: member)
        let values: [Value] = [.text(day.description)] + (member.map { [Value.text($0)] } ?? [])
        try transaction.forEach(statement(ofOne: member != nil), values) { row in
            let id = try row.text(0)
            if current?.member != id {
                if let current { try body(current.member, current.ledger) }
                current = (id, MemberLedger(steps: steps))
            }
            current?.ledger.add(try Line(row: row))
        }
        if let current { try body(current.member, current.ledger) }
    }

    private static func statement(ofOne: Bool) -> String {
        """
        SELECT x.member_id, x.id, x.day, x.currency, x.amount_minor, x.invented, x.reverses,
            COALESCE(u.kind, x.kind), x.credit_note_id, i.id, i.number, i.year, i.due_on
        FROM account_entry x LEFT JOIN account_entry u ON u.id = x.reverses
            LEFT JOIN invoice i ON i.id = x.invoice_id
        WHERE x.day <= ?\(ofOne ? " AND x.member_id = ?" : "") ORDER BY x.member_id, x.day, x.id
        """
    }

    /// Reads everybody's very same rows and does nothing with them. Returns how many values there were.
    static func readAlone(_ transaction: Transaction, through day: Day) throws -> Int {
        var count = 0
        try transaction.forEach(statement(ofOne: false), [.text(day.description)]) { row in
            for column in 0..<13 where row.optionalText(column) != nil { count += 1 }
        }
        return count
    }
}

extension MemberLedger.Line {
    fileprivate init(row: Row) throws {
        guard let kind = AccountEntry.Kind(rawValue: try row.text(7)), let day = Day(try row.text(2)) else {
            throw DatabaseError.decoding(column: 7, expected: "a kind of entry, and its day")
        }
        id = try row.text(1)
        self.day = day
        amount = Money(minor: try row.integer(4), try Currency(try row.text(3)))
        isInvented = try row.flag(5)
        reverses = row.optionalText(6)
        self.kind = kind
        isByCreditNote = row.optionalText(8) != nil
        if let invoiceID = row.optionalText(9), let due = row.optionalText(12).flatMap({ Day($0) }) {
            invoice = DuesFacts.Invoice(id: invoiceID, number: try row.text(10), year: try row.integer(11), due: due)
        } else {
            invoice = nil
        }
    }
}
