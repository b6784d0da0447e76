import Charter
import Membership

/// Statements of a bank that nobody sent, by which invoices are paid in time, late, in part, too much, twice or not at
/// all.
struct InventedPayments: Sendable {
    let seed: UInt64
    let today: Day

    /// Larger ones would hold more in memory than a small machine has.
    static let mostLines = 25_000
    /// No bank has an account of this name.
    static let account = "MADE-UP-ACCOUNT"

    /// What a member does about an invoice.
    private enum Habit {
        case inTime, late, part, over, twice
        /// The transfer has the member's name alone, so that it waits for a person.
        case withoutReference
        case never

        /// - Parameter number: of a hundred.
        init(_ number: Int) {
            switch number {
            case ..<52: self = .inTime
            case ..<64: self = .late
            case ..<72: self = .part
            case ..<78: self = .over
            case ..<83: self = .twice
            case ..<87: self = .withoutReference
            default: self = .never
            }
        }
    }

    /// In the order of their days, and each of one currency.
    func statements(of invoices: [InventedInvoice], year: Int) -> [StatementFile] {
        let byCurrency = Dictionary(grouping: invoices.flatMap { lines(for: $0) }, by: \.amount.currency)
        return byCurrency.sorted { $0.key.code < $1.key.code }.flatMap { currency, lines -> [StatementFile] in
            let sorted = lines.sorted { ($0.bookedOn, $0.bankID ?? "") < ($1.bookedOn, $1.bankID ?? "") }
            return stride(from: 0, to: sorted.count, by: Self.mostLines).compactMap { start in
                let part = Array(sorted[start..<min(start + Self.mostLines, sorted.count)])
                return file("made-up-\(year)-\(currency)-\(start / Self.mostLines + 1).csv", part, currency)
            }
        }
    }

    private func file(_ name: String, _ lines: [StatementLine], _ currency: Currency) -> StatementFile? {
        guard let from = lines.first?.bookedOn, let to = lines.last?.bookedOn else { return nil }
        let numbered = lines.enumerated().map { place, line -> StatementLine in
            var line = line
            line.number = place + 1
            return line
        }
        let statement = BankStatement(
            format: .csv,
            name: nil,
            account: Self.account,
            currency: currency,
            from: from,
            to: to,
            opening: nil,
            closing: nil,
            lines: numbered,
            notes: []
        )
        let content = lines.map { "\($0.bankID ?? "") \($0.amount.plain)" }.joined(separator: "\n")
        return StatementFile(name: name, sha256: StatementFile.hash(Array(content.utf8)), statements: [statement])
    }

    /// What came in for an invoice until today.
    private func lines(for invoice: InventedInvoice) -> [StatementLine] {
        let owed = invoice.owed.minor
        guard owed > 0 else { return [] }
        var chance = SampleChance(seed, "\(invoice.memberKey) pays \(invoice.year)")
        let habit = Habit(chance.number(below: 100))
        let span = max(1, invoice.dueOn.daysSince(invoice.issuedOn) - 3)
        let inTime = invoice.issuedOn.adding(days: 3 + chance.number(below: span))
        let late = invoice.dueOn.adding(days: 1 + chance.number(below: 150))
        // One in four writes the invoice's number and not its reference.
        let isByNumber = chance.number(below: 4) == 0
        let made: [StatementLine] =
            switch habit {
            case .inTime: [line(1, inTime, owed, of: invoice, isByNumber ? .number : .reference)]
            case .late: [line(1, late, owed, of: invoice, isByNumber ? .number : .reference)]
            case .part: [line(1, inTime, max(1, owed / 2), of: invoice, .reference)]
            case .over: [line(1, inTime, owed + max(1, owed / 10), of: invoice, .reference)]
            case .twice:
                [
                    line(1, inTime, owed, of: invoice, .reference),
                    line(2, inTime.adding(days: 4), owed, of: invoice, .reference),
                ]
            case .withoutReference: [line(1, inTime, owed, of: invoice, .nothing)]
            case .never: []
            }
        return made.filter { $0.bookedOn <= today }
    }

    /// By what a transfer says for which invoice it is.
    private enum Purpose { case reference, number, nothing }

    private func line(
        _ place: Int,
        _ day: Day,
        _ minor: Int,
        of invoice: InventedInvoice,
        _ purpose: Purpose
    ) -> StatementLine {
        StatementLine(
            number: place,
            bookedOn: day,
            amount: Money(minor: minor, invoice.owed.currency),
            name: invoice.memberName,
            text: purpose == .number ? "Made-up transfer, invoice \(invoice.number)" : "Made-up transfer",
            references: purpose == .reference ? [invoice.reference] : [],
            bankID: "MADE-UP-\(invoice.number)-\(place)"
        )
    }
}
