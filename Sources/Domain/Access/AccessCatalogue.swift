/// What a command or a question is, for the test that walks all of them with every role.
public struct ServiceDescription: Sendable, Equatable {
    public enum Sort: String, Sendable { case command, question }

    /// The type's name.
    public let name: String
    public let sort: Sort
    /// Every right that it may ask for.
    public let actions: [Action]

    public static func command<C: Command>(_ type: C.Type) -> ServiceDescription {
        ServiceDescription(name: "\(type)", sort: .command, actions: type.actions)
    }

    public static func question<Q: Question>(_ type: Q.Type) -> ServiceDescription {
        ServiceDescription(name: "\(type)", sort: .question, actions: [type.action])
    }
}

/// Every command and question of this capability. A test finds those that are missing here.
public enum AccessCatalogue {
    public static let all: [ServiceDescription] = people + office + tokens

    private static let people: [ServiceDescription] = [
        .command(AskErasure.self), .command(BeginSecondFactor.self), .command(CancelAddressChange.self),
        .command(ChangeOwnDetails.self), .command(ClosePerson.self), .command(ConfirmSecondFactor.self),
        .command(DeclineErasure.self),
        .command(EditPerson.self), .command(EndRole.self), .command(EndSession.self), .command(ErasePerson.self),
        .command(GiveRole.self), .command(InviteAgain.self), .command(InvitePerson.self),
        .command(NewRecoveryCodes.self), .command(RemovePassword.self), .command(RemoveSecondFactor.self),
        .command(ReopenPerson.self), .command(RequestAddressChange.self), .command(ResetSecondFactor.self),
        .command(RevokeInvitation.self), .command(SetPassword.self), .command(SignOutPerson.self),
        .command(WithdrawErasure.self),
        .question(MyAccount.self), .question(PeopleList.self), .question(PeopleOfMember.self),
        .question(PersonRecord.self), .question(PersonalData.self), .question(RoleHolder.self), .question(Today.self),
    ]

    private static let office: [ServiceDescription] = [
        .command(DecideMail.self), .command(RunJobNow.self), .question(ListJobs.self), .question(ListMail.self),
        .question(ReadMail.self),
    ]

    private static let tokens: [ServiceDescription] = [
        .command(MakeToken.self), .command(MakeMemberToken.self), .command(RevokeToken.self),
        .question(AllTokens.self), .question(MemberTokens.self), .question(MyTokens.self),
    ]
}
