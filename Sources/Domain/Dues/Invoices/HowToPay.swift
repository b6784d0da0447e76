public import Charter
public import Languages

/// How an invoice is paid: to which account, with which reference.
public struct HowToPay: Sendable, Equatable {
    /// `nil` where the charter names no account.
    public let bank: Charter.Bank?
    /// The reference of ISO 11649.
    public let reference: String
    let amount: Money

    /// By the rules of the day of issue; of a day before the charter says where to pay, by its last ones.
    ///
    /// - Parameter owed: what is to be paid; what the invoice asked for when it was issued for nil.
    public init(_ invoice: Invoice, owed: Money? = nil, charter: Charter) {
        let named = charter.versions.last { $0.dues?.bank != nil }
        bank = charter.version(on: invoice.issuedOn)?.dues?.bank ?? named?.dues?.bank
        reference = invoice.reference
        amount = owed ?? invoice.toPay
    }

    /// The reference in groups of four, as people read it.
    public var groupedReference: String { CheckDigits.grouped(reference) }

    /// The account's number in groups of four.
    public var groupedIBAN: String? { bank.map { CheckDigits.grouped($0.iban) } }

    /// In sentences.
    public var words: Phrase {
        guard amount.isPositive else { return say("Nothing is to be paid.") }
        guard let bank else {
            return say("The secretariat says how to pay. Give the reference \(groupedReference).")
        }
        let iban = CheckDigits.grouped(bank.iban)
        let pay =
            if let bic = bank.bic {
                say("Pay to \(bank.holder), account \(iban), BIC \(bic). Give the reference \(groupedReference).")
            } else {
                say("Pay to \(bank.holder), account \(iban). Give the reference \(groupedReference).")
            }
        return .joined([pay] + warnings, by: " ")
    }

    /// What else must be known before somebody pays.
    public var warnings: [Phrase] {
        guard let bank else { return [] }
        let invented =
            bank.isInvented ? [say("This account is made up as an example: no money can be sent to it.")] : []
        return invented + (bank.note.map { [.name($0)] } ?? [])
    }

    /// What a telephone reads to fill in the transfer; `nil` where the European code cannot say it, and for an account that
    /// is made up.
    public var code: String? {
        guard let bank, !bank.isInvented, amount.isPositive else { return nil }
        return EPCCode.payload(
            holder: bank.holder,
            iban: bank.iban,
            bic: bank.bic,
            amount: amount,
            reference: reference
        )
    }
}
