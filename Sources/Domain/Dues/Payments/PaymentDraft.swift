import Charter
import Database
import Languages
import Membership
import Standing

/// A payment as somebody typed it.
public struct PaymentDraft: Sendable, Equatable {
    /// The ISO day on which the money came.
    public var receivedOn: String
    /// By ISO 4217.
    public var currency: String
    /// Digits with a point, as `1234.50`.
    public var amount: String
    public var payer: String
    /// What the payer wrote, or what else is to be known of it.
    public var text: String
    /// One of `Payment.Method`.
    public var method: String
    /// Made up, as in a sample.
    public var isInvented: Bool
    public var shares: [ShareDraft]

    public init(
        receivedOn: String = "",
        currency: String = "",
        amount: String = "",
        payer: String = "",
        text: String = "",
        method: String = Payment.Method.bank.rawValue,
        isInvented: Bool = false,
        shares: [ShareDraft] = []
    ) {
        self.receivedOn = UploadFile.trimmed(receivedOn)
        self.currency = UploadFile.trimmed(currency).uppercased()
        self.amount = UploadFile.trimmed(amount)
        self.payer = UploadFile.trimmed(payer)
        self.text = UploadFile.trimmed(text)
        self.method = method
        self.isInvented = isInvented
        self.shares = shares
    }
}

/// What of a payment goes where, as somebody typed it.
public struct ShareDraft: Sendable, Equatable {
    /// A member's key or any of its names; may be empty where an invoice is given.
    public var member: String
    /// An invoice's number, reference or id; what is paid beyond it goes to the member's credit. Empty: over all that the
    /// member owes, the earliest due first, and the rest to its credit.
    public var invoice: String
    /// Of the payment's currency; empty for what the other shares leave.
    public var amount: String
    /// What the bank took on the way and the association bears, in the invoice's currency; empty for nothing.
    public var charge: String
    /// What of the invoice is settled, in the invoice's currency, where that is another than the payment's and the rate
    /// makes a little more or less of it; empty for what the rate makes.
    public var settles: String
    /// To the member's credit, whatever it owes.
    public var isCredit: Bool

    public init(
        member: String = "",
        invoice: String = "",
        amount: String = "",
        charge: String = "",
        settles: String = "",
        isCredit: Bool = false
    ) {
        self.member = UploadFile.trimmed(member)
        self.invoice = UploadFile.trimmed(invoice)
        self.amount = UploadFile.trimmed(amount)
        self.charge = UploadFile.trimmed(charge)
        self.settles = UploadFile.trimmed(settles)
        self.isCredit = isCredit
    }
}

/// What somebody typed, read.
enum PaymentCheck {
    static func currency(_ code: String, _ field: String, _ check: inout FormCheck) -> Currency? {
        do { return try Currency(code) } catch {
            check.refuse(field, error.sentence)
            return nil
        }
    }

    /// An amount above zero, or from zero on.
    static func amount(
        _ text: String,
        _ currency: Currency,
        _ field: String,
        orZero: Bool = false,
        _ check: inout FormCheck
    ) -> Money? {
        do {
            let money = try Money(text, currency)
            if money.isPositive || orZero && money.isZero { return money }
            check.refuse(field, say("Give an amount above zero."))
        } catch { check.refuse(field, error.sentence) }
        return nil
    }

    static func method(_ key: String, _ check: inout FormCheck) -> Payment.Method {
        if let method = Payment.Method(rawValue: key) { return method }
        let all = Payment.Method.allCases.map { Phrase.verbatim($0.rawValue) }
        check.refuse("method", say("Say how the money came: \(Phrase.list(all, .or))."))
        return .other
    }

    static func member(
        _ typed: String,
        _ field: String,
        _ transaction: Transaction,
        _ check: inout FormCheck
    ) throws -> String? {
        do { return try MemberByName.find(typed, transaction) } catch let unclear as MemberByName.Unclear {
            check.refuse(field, unclear.sentence)
            return nil
        }
    }
}
