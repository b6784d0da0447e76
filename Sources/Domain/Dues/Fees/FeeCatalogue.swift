import Access

/// Every command and question on fees.
enum FeeCatalogue {
    static let all: [ServiceDescription] = [
        .command(EnterFeeInput.self), .command(ImportFeeInputs.self), .command(WithdrawFeeInput.self),
        .question(FeeComparison.self), .question(FeeInputs.self), .question(FeeOfMember.self),
        .question(FeesOfRoll.self), .question(OwnFee.self),
    ]
}
