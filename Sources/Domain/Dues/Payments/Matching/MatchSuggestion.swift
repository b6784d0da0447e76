public import Languages

/// What a line of a bank's statement can be: for which invoices, how surely, and why.
public struct MatchSuggestion: Sendable, Hashable {
    /// What booking it would mean.
    public enum Sort: String, Sendable, CaseIterable {
        /// One invoice, all that it asks for.
        case full
        case part
        /// More than it asks for: the rest is kept to the member's credit.
        case over
        /// The invoice is paid already: all of it is kept to the member's credit.
        case double
        /// One transfer for several invoices.
        case several
        /// All that the invoice asks for, less what the bank took on the way.
        case charged
        /// The invoice is in another currency.
        case exchanged
        /// A payment that somebody entered by hand before.
        case known

        public var words: Phrase {
            switch self {
            case .full: say("All that the invoice asks for.")
            case .part: say("A part of what the invoice asks for.")
            case .over: say("More than the invoice asks for; the rest is kept as the member's credit balance.")
            case .double: say("The invoice is paid already; the amount is kept as the member's credit balance.")
            case .several: say("One transfer for several invoices.")
            case .charged: say("All that the invoice asks for, less what the bank took on the way.")
            case .exchanged: say("For an invoice in another currency.")
            case .known: say("A payment that was entered by hand before.")
            }
        }
    }

    /// On what it rests.
    public enum Reason: String, Sendable, CaseIterable {
        case reference, referenceInText, number, name, partOfName, amount, sum, onlyOne, bankSaysCharge
        case payerSentAll, enteredByHand, paidAlready, otherAmount

        public var words: Phrase {
            switch self {
            case .reference: say("The reference is the invoice's, and its check digits are right.")
            case .referenceInText: say("The text holds the invoice's reference, and its check digits are right.")
            case .number: say("The text holds the invoice's number.")
            case .name: say("The payer or the text names the member.")
            case .partOfName: say("The payer or the text names a part of the member's name.")
            case .amount: say("The amount is what the invoice asks for.")
            case .sum: say("The amount is what the invoices ask for together.")
            case .onlyOne: say("Few invoices ask for this amount.")
            case .bankSaysCharge: say("With what the bank says it took, the amount is what the invoice asks for.")
            case .payerSentAll: say("The payer sent what the invoice asks for; the bank passed on another amount.")
            case .enteredByHand: say("A payment of this amount was entered by hand within ten days.")
            case .paidAlready: say("The invoice is paid already.")
            case .otherAmount: say("The amount is not what the invoice asks for.")
            }
        }
    }

    /// An invoice, and what it asked for when this was found.
    public struct Target: Sendable, Hashable {
        public let invoiceID: String
        public let owedMinor: Int
    }

    public let sort: Sort
    /// In hundredths; see `MatchConfidence`.
    public let confidence: Int
    public let reasons: [Reason]
    public let targets: [Target]
    /// Of `known`: the payment.
    public let paymentID: String?

    init(
        _ sort: Sort,
        _ confidence: Int,
        _ reasons: [Reason],
        _ targets: [Target],
        payment: String? = nil
    ) {
        self.sort = sort
        self.confidence = confidence
        self.reasons = reasons
        self.targets = targets
        paymentID = payment
    }

    /// Whether somebody has to choose, however sure it is: an invoice that is paid already, another currency, what the
    /// bank took on the way, what somebody entered by hand before.
    var needsSomebody: Bool {
        switch sort {
        case .double, .charged, .exchanged, .known: true
        case .full, .part, .over, .several: reasons.contains(.enteredByHand)
        }
    }

    /// Why, in sentences.
    public var words: Phrase { .joined([sort.words] + reasons.map(\.words), by: " ") }
}

// Kept as one line of text each, and not as JSON: there are as many as lines of statements.
extension MatchSuggestion {
    var stored: String {
        let reasons = reasons.map(\.rawValue).joined(separator: ",")
        let targets = targets.map { "\($0.invoiceID):\($0.owedMinor)" }.joined(separator: ",")
        return "\(sort.rawValue) \(confidence) \(reasons) \(targets) \(paymentID ?? "")"
    }

    init?(stored: some StringProtocol) {
        let parts = stored.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 5, let sort = Sort(rawValue: String(parts[0])), let confidence = Int(parts[1]) else {
            return nil
        }
        let targets = parts[3].split(separator: ",").compactMap { text -> Target? in
            guard let mark = text.firstIndex(of: ":"), let owed = Int(text[text.index(after: mark)...]) else {
                return nil
            }
            return Target(invoiceID: String(text[..<mark]), owedMinor: owed)
        }
        self.init(
            sort,
            confidence,
            parts[2].split(separator: ",").compactMap { Reason(rawValue: String($0)) },
            targets,
            payment: parts[4].isEmpty ? nil : String(parts[4])
        )
    }

    static func stored(_ suggestions: [MatchSuggestion]) -> String {
        suggestions.map(\.stored).joined(separator: "\n")
    }

    static func list(stored: String) -> [MatchSuggestion] {
        stored.split(separator: "\n").compactMap { MatchSuggestion(stored: $0) }
    }
}
