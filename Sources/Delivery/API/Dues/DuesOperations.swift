extension Operation {
    /// Fees, invoices, members' accounts and relief.
    static func dues(_ context: APIContext) -> [Operation] {
        [
            .listFeeSchedules, .assumeFee(context), .listFees, .getMemberFee(context), .listFeeInputs(context),
            .getFeeInput, .enterFeeInput(context), .withdrawFeeInput, .importFeeInputs, .getDuesPlan, .listDuesPlan,
            .listDuesRuns, .getDuesRun, .startDuesRun, .listInvoices, .getInvoice, .creditInvoice, .getDuesDocument,
            .disputeInvoice, .endDispute, .getAccount, .issueReceipt, .issueCertificate, .getProof, .listRelief,
            .getRelief, .getReliefDocument, .getMemberRelief, .getMemberReliefDocument, .askRelief, .takeBackRelief,
        ]
    }

    /// Money that came in and went out, and banks' statements.
    static let payments: [Operation] = [
        .listPayments, .getPayment, .enterPayment, .sharePayment, .undoPayment, .refundPayment, .useCredit,
        .listBankStatements, .getBankStatement, .importBankStatement, .undoBankStatement, .listStatementMappings,
        .listBankLines, .getBankLine, .matchBankLine, .ignoreBankLine, .reopenBankLine, .listExchangeRates,
        .setExchangeRate,
    ]
}
