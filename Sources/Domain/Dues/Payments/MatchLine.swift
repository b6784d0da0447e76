public import Access
public import Charter
public import Database
public import Foundation
import Journal
import Languages
import Membership

/// What a line of a bank's statement is, as somebody says.
public enum MatchTarget: Sendable, Equatable {
    /// One of its suggestions, counted from 1.
    case suggestion(Int)
    /// Shared out so.
    case shares([ShareDraft])
    /// The payment of this id, which was entered by hand before.
    case payment(String)
}

/// Says what a line of a bank's statement is, and books it so.
///
/// Throws `InvalidInput` (those of `ShareReading`), `PaymentRefusal` and `MoneyError`.
public struct MatchLine: Command {
    public static let action = Action.recordPayments
    let line: String
    let target: MatchTarget
    let charter: Charter

    public init(_ line: String, as target: MatchTarget, charter: Charter) {
        self.line = line
        self.target = target
        self.charter = charter
    }

    /// Returns the payment's id.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> String {
        let line = try BankLine.load(transaction, id: line)
        guard line.state == .open else { throw PaymentRefusal.lineNotOpen }
        let rules = PaymentRules(charter, at: now)
        let matching = LineMatching(transaction: transaction, line: line, rules: rules, actor: actor.key, now: now)
        switch target {
        case .payment(let id): return try matching.attach(id)
        case .shares(let drafts):
            var check = FormCheck()
            var reading = ShareReading(transaction, amount: line.line.amount)
            let shares = try reading.read(drafts, &check)
            try check.finish()
            return try matching.book(shares, match: nil)
        case .suggestion(let number):
            guard line.suggestions.indices.contains(number - 1) else { throw PaymentRefusal.noSuchSuggestion }
            return try matching.book(line.suggestions[number - 1])
        }
    }
}

/// Books one line as somebody said.
private struct LineMatching {
    let transaction: Transaction
    let line: BankLine
    let rules: PaymentRules
    let actor: String
    let now: Date

    func book(_ match: MatchSuggestion) throws -> String {
        if match.sort == .known, let payment = match.paymentID { return try attach(payment) }
        let invoices = try match.targets.map { target in
            guard let invoice = try Invoice.find(transaction, named: target.invoiceID) else {
                throw PaymentRefusal.suggestionOutdated
            }
            let owed = try invoice.owed(transaction)
            // Settled meanwhile, or asked for again: what the suggestion promised would not be what is booked.
            guard owed.minor == target.owedMinor else { throw PaymentRefusal.suggestionOutdated }
            return (invoice: invoice, owed: owed)
        }
        guard let first = invoices.first else { throw PaymentRefusal.suggestionOutdated }
        let amount = line.line.amount
        switch match.sort {
        case .double:
            let share = PlannedShare(memberID: first.invoice.memberID, invoice: nil, paid: amount)
            return try book([share], match: match)
        case .charged, .exchanged:
            return try book([special(match.sort, first.invoice, first.owed)], match: match)
        case .full, .part, .over, .several, .known: break
        }
        var shares: [PlannedShare] = []
        var rest = amount
        for (invoice, owed) in invoices where owed.currency == amount.currency {
            let part = try owed.isLess(than: rest) ? owed : rest
            guard part.isPositive else { continue }
            let target = PlannedShare.Target(id: invoice.id, number: invoice.number, owed: owed)
            shares.append(PlannedShare(memberID: invoice.memberID, invoice: target, paid: part))
            rest = try rest - part
        }
        if !rest.isZero { shares.append(PlannedShare(memberID: first.invoice.memberID, invoice: nil, paid: rest)) }
        return try book(shares, match: match)
    }

    private func special(_ sort: MatchSuggestion.Sort, _ invoice: Invoice, _ owed: Money) throws -> PlannedShare {
        let target = PlannedShare.Target(id: invoice.id, number: invoice.number, owed: owed)
        var share = PlannedShare(memberID: invoice.memberID, invoice: target, paid: line.line.amount)
        if sort == .charged { share.charge = try owed - line.line.amount }
        // The payer sent what was asked for; what the banks made of it is no matter of the member's.
        if sort == .exchanged, line.line.instructed == owed { share.settles = owed }
        return share
    }

    func book(_ shares: [PlannedShare], match: MatchSuggestion?) throws -> String {
        let day = line.line.bookedOn
        let booked = try shares.map { share in
            try ShareBooking(share, mostDifference: rules.rateDifference) {
                try ExchangeRates.find(transaction, $0, $1, on: day)
            }
        }
        let invented = try transaction.first(
            "SELECT invented FROM bank_statement WHERE id = ?",
            [.text(line.statementID)]
        ) { try $0.flag(0) }
        let matched = MatchPass.Line(
            id: line.id,
            line: line.line,
            suggestions: "",
            isByHand: true,
            isInvented: invented ?? false
        )
        var writer = PaymentWriter(actor: actor, now: now)
        let id = try writer.add(PaymentWriter.Draft(matched, match), booked)
        try writer.write(transaction)
        try line.settle(transaction, .matched, by: actor, now: now)
        return id
    }

    /// Notes that the line is a payment that is on record already: nothing is booked.
    func attach(_ id: String) throws -> String {
        let payment = try Payment.load(transaction, id: id)
        guard payment.undone == nil else { throw PaymentRefusal.undone }
        guard payment.kind == .payment, payment.lineID == nil else { throw PaymentRefusal.notAPayment }
        guard payment.amount == line.line.amount else { throw PaymentRefusal.lineDiffers(line.line.amount) }
        let match = MatchSuggestion(.known, MatchConfidence.enteredByHand, [.enteredByHand], [], payment: id)
        try transaction.execute(
            "UPDATE payment SET line_id = ?, suggestion = ? WHERE id = ?",
            [.text(line.id), .text(match.stored), .text(id)]
        )
        try line.settle(transaction, .matched, by: actor, now: now)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor,
                action: "payment.matched",
                subject: .init(Payment.subjectKind, id),
                after: ["line": .text(line.id)]
            )
        )
        return id
    }
}

/// Says that a line of a bank's statement has to do with nobody's dues, or takes that back.
///
/// Throws `InvalidInput` (`grounds`) and `PaymentRefusal`.
public struct IgnoreLine: Command {
    public static let action = Action.recordPayments
    let line: String
    let grounds: String
    let isTakenBack: Bool

    /// - Parameter isTakenBack: that it has to do with dues after all, and is open again.
    public init(_ line: String, grounds: String, isTakenBack: Bool = false) {
        self.line = line
        self.grounds = UploadFile.trimmed(grounds)
        self.isTakenBack = isTakenBack
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var check = FormCheck()
        check.grounds(grounds)
        try check.finish()
        let line = try BankLine.load(transaction, id: line)
        let waiting: BankLine.State = line.line.amount.isPositive ? .open : .outgoing
        guard line.state == (isTakenBack ? .ignored : waiting) else { throw PaymentRefusal.lineNotOpen }
        let state = isTakenBack ? waiting : BankLine.State.ignored
        try line.settle(transaction, state, by: actor.key, reason: isTakenBack ? nil : grounds, now: now)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: isTakenBack ? "bank-line.opened" : "bank-line.ignored",
                subject: .init(BankLine.subjectKind, line.id),
                reason: grounds,
                before: ["state": .text(line.state.rawValue)],
                after: ["state": .text(state.rawValue)]
            )
        )
    }
}
