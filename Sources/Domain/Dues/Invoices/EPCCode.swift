/// The text of a QR code that fills in a SEPA credit transfer (EPC069-12, version 002).
public enum EPCCode {
    /// The longest text that the guideline allows, in bytes.
    static let largestBytes = 331

    /// `nil` for another currency than the euro, an account that SEPA does not reach, an amount outside of 0.01 to
    /// 999,999,999.99, and whatever else the guideline leaves no room for.
    ///
    /// - Parameters:
    ///   - purpose: a code of ISO 20022 of at most four letters, such as `CHAR`.
    ///   - reference: a creditor reference of ISO 11649; a text that is none stands as unstructured remittance information.
    ///   - information: what the payer is shown.
    public static func payload(
        holder: String,
        iban: String,
        bic: String? = nil,
        amount: Money,
        purpose: String = "",
        reference: String,
        information: String = ""
    ) -> String? {
        let texts = [holder, bic ?? "", purpose, reference, information]
        guard amount.currency.code == "EUR", (1...99_999_999_999).contains(amount.minor), let iban = IBAN(iban),
            iban.isInSEPA, !holder.isEmpty, holder.count <= 70, purpose.utf8.count <= 4, information.count <= 70,
            bic.map({ [8, 11].contains($0.utf8.count) }) ?? true, texts.allSatisfy(isOneLine)
        else { return nil }
        let creditor = CreditorReference(reference)
        guard creditor != nil || reference.count <= 140 else { return nil }
        var lines = [
            "BCD", "002", "1", "SCT", bic ?? "", holder, iban.text, "EUR\(amount.plain)", purpose, creditor?.text ?? "",
            creditor == nil ? reference : "", information,
        ]
        // The last line is the last that says something.
        while lines.last?.isEmpty == true { lines.removeLast() }
        let payload = lines.joined(separator: "\n")
        return payload.utf8.count <= largestBytes ? payload : nil
    }

    private static func isOneLine(_ text: String) -> Bool { !text.unicodeScalars.contains { $0.value < 0x20 } }
}
