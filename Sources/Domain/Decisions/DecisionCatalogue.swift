public import Access

/// Every command and question of this capability, for the test that walks all of them with every role.
public enum DecisionCatalogue {
    public static let all: [ServiceDescription] = [
        .command(AnswerCircular.self), .command(AskAgain.self), .command(CarryOutAgain.self),
        .command(CloseCircular.self), .command(OpenCircular.self), .command(RecordAnswer.self),
        .command(RecordMeetingDecision.self), .command(WithdrawCircular.self), .question(CircularList.self),
        .question(CircularRecord.self), .question(NewCircular.self), .question(OwnCircular.self),
        .question(OwnCirculars.self),
    ]
}
