public import Access

/// Every command and question of this capability, for the test that walks all of them with every role.
public enum JoiningCatalogue {
    public static let all: [ServiceDescription] = applications + requests

    private static let applications: [ServiceDescription] = [
        .command(EraseContact.self),
        .command(AskApplicant.self), .command(AttachToApplication.self), .command(CloseApplication.self),
        .command(CorrectApplication.self), .command(EnterApplication.self), .command(MatchApplication.self),
        .command(NoteOnApplication.self), .command(RecommendApplication.self), .command(SubmitForApplicant.self),
        .command(TakeBackRecommendation.self), .question(ApplicationByID.self), .question(ApplicationList.self),
    ]

    private static let requests: [ServiceDescription] = [
        .command(FileRequest.self), .command(TakeBackRequest.self), .question(MembershipRequests.self),
        .question(RequestByID.self), .question(RequestList.self),
    ]
}
