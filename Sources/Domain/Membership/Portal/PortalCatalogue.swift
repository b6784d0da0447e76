public import Access

/// Every command and question of the portal, for the test that walks all of them with every role.
public enum PortalCatalogue {
    public static let all: [ServiceDescription] = [
        .command(AddPicture.self), .command(DecideProposal.self), .command(DescribePicture.self),
        .command(EditContacts.self), .command(EditDescription.self), .command(EditTags.self),
        .command(EditWebsite.self), .command(MovePhotoUp.self), .command(ProposeFact.self),
        .command(RemovePicture.self), .command(WithdrawProposal.self), .question(MemberProposals.self),
        .question(MyRooms.self), .question(OwnProfile.self), .question(OwnProposalDocument.self),
        .question(PortalHome.self), .question(ProposalDocument.self), .question(ProposalList.self),
        .question(ProposalToDecide.self),
    ]
}
