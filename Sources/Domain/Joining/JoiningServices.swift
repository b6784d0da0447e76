public import Access
public import Charter
public import Membership

/// What joining and leaving work with beside the database.
public struct JoiningServices: Sendable {
    public let charter: Charter
    /// For `AddMember`: an applicant becomes a member by the same rule as one that is added by hand.
    public let rules: UploadRules
    public let letters: JoiningLetters
    /// Tells a member's people of a step in its standing.
    public let memberLetters: MemberLetters
    /// Invites the first representative.
    public let invitations: Letters
    public let places: Access.Places

    public init(
        charter: Charter,
        rules: UploadRules,
        letters: JoiningLetters,
        memberLetters: MemberLetters,
        invitations: Letters,
        places: Access.Places
    ) {
        self.charter = charter
        self.rules = rules
        self.letters = letters
        self.memberLetters = memberLetters
        self.invitations = invitations
        self.places = places
    }
}
