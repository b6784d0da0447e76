import Charter
import Database
import Languages
import Membership

/// A share of a payment that was understood: so much to the credit of a member, or on one of its invoices.
struct PlannedShare: Sendable, Equatable {
    struct Target: Sendable, Equatable {
        let id: String
        let number: String
        /// What it still asks for.
        let owed: Money
    }

    let memberID: String
    let invoice: Target?
    let paid: Money
    /// In the invoice's currency, like `settles`.
    var charge: Money?
    var settles: Money?
}

/// Understands shares as somebody typed them.
struct ShareReading {
    let transaction: Transaction
    let amount: Money
    /// By invoice: what it asks for, less what earlier shares of the same payment take.
    private var left: [String: Int] = [:]

    init(_ transaction: Transaction, amount: Money) {
        self.transaction = transaction
        self.amount = amount
    }

    /// Throws `PaymentRefusal.sharesDiffer`; what is wrong with a share goes to `check`, as `member-1`, `invoice-1`,
    /// `amount-1`, `charge-1`, `settles-1` and so on.
    mutating func read(_ drafts: [ShareDraft], _ check: inout FormCheck) throws -> [PlannedShare] {
        guard !drafts.isEmpty else {
            check.refuse("member-1", say("Say for which member or invoice the money is."))
            return []
        }
        guard let amounts = try amounts(drafts, &check) else { return [] }
        var shares: [PlannedShare] = []
        for (place, (draft, paid)) in zip(drafts, amounts).enumerated() {
            shares += try share(draft, paid, place + 1, &check)
        }
        return shares
    }

    /// What each share is of, when all are sound: one may be left empty and has the rest.
    private func amounts(_ drafts: [ShareDraft], _ check: inout FormCheck) throws -> [Money]? {
        var typed: [Money?] = []
        var isSound = true
        for (place, draft) in drafts.enumerated() {
            guard !draft.amount.isEmpty else {
                typed.append(nil)
                continue
            }
            let money = PaymentCheck.amount(draft.amount, amount.currency, "amount-\(place + 1)", &check)
            isSound = isSound && money != nil
            typed.append(money)
        }
        let empty = typed.indices.filter { typed[$0] == nil }
        if isSound, empty.count > 1 {
            check.refuse(
                "amount-\(empty[1] + 1)",
                say("Only one share may be left empty. Give the amounts of the others.")
            )
            isSound = false
        }
        guard isSound else { return nil }
        var sum = Money.zero(amount.currency)
        for money in typed.compactMap(\.self) { sum = try sum + money }
        let rest = try amount - sum
        if let place = empty.first, rest.isZero {
            check.refuse("amount-\(place + 1)", say("The other shares leave nothing for this one. Leave it out."))
            return nil
        }
        let isWhole = empty.isEmpty ? rest.isZero : rest.isPositive
        guard isWhole else { throw PaymentRefusal.sharesDiffer(sum, amount) }
        return typed.map { $0 ?? rest }
    }

    private mutating func share(
        _ draft: ShareDraft,
        _ paid: Money,
        _ number: Int,
        _ check: inout FormCheck
    ) throws -> [PlannedShare] {
        var memberID: String?
        if !draft.member.isEmpty || draft.invoice.isEmpty {
            memberID = try PaymentCheck.member(draft.member, "member-\(number)", transaction, &check)
            if memberID == nil { return [] }
        }
        guard !draft.invoice.isEmpty else {
            guard let memberID else { return [] }
            return draft.isCredit
                ? [PlannedShare(memberID: memberID, invoice: nil, paid: paid)]
                : try spread(paid, over: OwedInvoice.all(transaction, member: memberID), of: memberID)
        }
        guard let invoice = try Invoice.find(transaction, named: draft.invoice) else {
            check.refuse("invoice-\(number)", DuesRefusal.noSuchInvoice.sentence)
            return []
        }
        if let memberID, memberID != invoice.memberID {
            check.refuse(
                "invoice-\(number)",
                say("Invoice \(invoice.number) is \(invoice.memberName)'s, not this member's.")
            )
        }
        var share = PlannedShare(memberID: invoice.memberID, invoice: try target(invoice), paid: paid)
        let currency = invoice.amount.currency
        if !draft.charge.isEmpty {
            share.charge = PaymentCheck.amount(draft.charge, currency, "charge-\(number)", orZero: true, &check)
        }
        if !draft.settles.isEmpty {
            share.settles = PaymentCheck.amount(draft.settles, currency, "settles-\(number)", &check)
            if currency == amount.currency {
                check.refuse(
                    "settles-\(number)",
                    say("The payment is in the invoice's own currency. Leave this empty.")
                )
            }
        }
        if share.charge == nil, currency == amount.currency { return try withinOwed(share) }
        take(share)
        return [share]
    }

    /// As much as the invoice asks for; what is paid beyond goes to the member's credit.
    private mutating func withinOwed(_ share: PlannedShare) throws -> [PlannedShare] {
        guard let invoice = share.invoice, try invoice.owed.isLess(than: share.paid) else {
            take(share)
            return [share]
        }
        guard invoice.owed.isPositive else {
            return [PlannedShare(memberID: share.memberID, invoice: nil, paid: share.paid)]
        }
        let whole = PlannedShare(memberID: share.memberID, invoice: invoice, paid: invoice.owed)
        take(whole)
        let rest = try share.paid - invoice.owed
        return [whole, PlannedShare(memberID: share.memberID, invoice: nil, paid: rest)]
    }

    /// Over invoices in their order; what is left goes to the credit of a member.
    mutating func spread(
        _ paid: Money,
        over invoices: [OwedInvoice],
        of memberID: String
    ) throws -> [PlannedShare] {
        var shares: [PlannedShare] = []
        var rest = paid
        for owed in invoices where owed.owed.currency == paid.currency && !rest.isZero {
            let target = try target(owed.invoice)
            guard target.owed.isPositive else { continue }
            let part = try target.owed.isLess(than: rest) ? target.owed : rest
            let share = PlannedShare(memberID: owed.invoice.memberID, invoice: target, paid: part)
            take(share)
            shares.append(share)
            rest = try rest - part
        }
        if !rest.isZero { shares.append(PlannedShare(memberID: memberID, invoice: nil, paid: rest)) }
        return shares
    }

    private func target(_ invoice: Invoice) throws -> PlannedShare.Target {
        let currency = invoice.amount.currency
        let owed = try left[invoice.id].map { Money(minor: $0, currency) } ?? invoice.owed(transaction)
        return PlannedShare.Target(id: invoice.id, number: invoice.number, owed: owed)
    }

    private mutating func take(_ share: PlannedShare) {
        guard let invoice = share.invoice else { return }
        let paid = share.paid.currency == invoice.owed.currency ? share.paid.minor + (share.charge?.minor ?? 0) : nil
        left[invoice.id] = invoice.owed.minor - (share.settles?.minor ?? paid ?? 0)
    }
}
