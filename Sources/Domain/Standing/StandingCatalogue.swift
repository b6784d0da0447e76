public import Access

/// Every command and question of this capability. A test finds those that are missing here.
public enum StandingCatalogue {
    public static let all: [ServiceDescription] = [
        .command(AddActivity.self), .command(AddEvent.self), .command(AddParticipation.self),
        .command(BringInParticipants.self), .command(CorrectEvent.self), .command(CorrectParticipation.self),
        .command(DropParticipants.self), .command(DropProposal.self), .command(MarkListWhole.self),
        .command(PutForward.self), .command(ReadParticipants.self), .command(RemoveParticipation.self),
        .command(SettleRows.self), .command(StateCircumstance.self), .command(WithdrawActivity.self),
        .question(EntitlementsOf.self), .question(EventList.self), .question(MemberStandingOnDay.self),
        .question(OfficesInDoubt.self), .question(OneEvent.self), .question(OneStandingProposal.self),
        .question(ParticipantsPlan.self), .question(ParticipationOfMember.self), .question(PointsOf.self),
        .question(Ranking.self), .question(StandingHistory.self), .question(StandingOfAll.self),
        .question(StandingOnDay.self), .question(StandingProposals.self),
    ]
}
