public import Languages

/// What a token may be used for. A scope only narrows: with it, a token still does no more than its holder may.
public enum Scope: String, Sendable, CaseIterable {
    case readMembers = "members:read"
    case writeMembers = "members:write"
    case writeProfile = "profile:write"
    case readProposals = "proposals:read"
    case writeProposals = "proposals:write"

    /// The rights that it lets through.
    public var actions: Set<Action> {
        switch self {
        case .readMembers: [.readMembers, .readPortal]
        case .writeMembers: [.readMembers, .editMember, .tagMember]
        case .writeProfile: [.readPortal, .editProfile]
        case .readProposals: [.readPortal, .readProposals]
        case .writeProposals: [.readPortal, .readProposals, .proposeFact, .decideProposal]
        }
    }

    /// What it is for, as a label.
    public var words: Phrase {
        switch self {
        case .readMembers: say("Read members' records")
        case .writeMembers: say("Add, change and tag members")
        case .writeProfile: say("Change a member's public profile")
        case .readProposals: say("Read proposals of official facts")
        case .writeProposals: say("Make, withdraw and decide proposals")
        }
    }

    /// Those that a member's own token can have: what its representative may do in its room.
    public static let ofMembers: [Scope] = [.readMembers, .writeProfile, .readProposals, .writeProposals]
}
