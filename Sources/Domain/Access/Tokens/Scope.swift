public import Languages

/// What a token may be used for. A scope only narrows: with it, a token still does no more than its holder may.
///
/// No scope lets a token give or end roles of the secretariat: one that is lost would let anybody in there. None
/// changes or erases the account of anybody who has come in, or makes tokens and webhooks: that is done by people, signed
/// in.
public enum Scope: String, Sendable, CaseIterable {
    case readMembers = "members:read"
    case writeMembers = "members:write"
    case writeProfile = "profile:write"
    case readProposals = "proposals:read"
    case writeProposals = "proposals:write"
    case readJoining = "joining:read"
    case writeJoining = "joining:write"
    case makeRequests = "requests:make"
    case readDecisions = "decisions:read"
    case writeDecisions = "decisions:write"
    case answerDecisions = "decisions:answer"
    case writeEvents = "events:write"
    case readStanding = "standing:read"
    case writeStanding = "standing:write"
    case readPeople = "people:read"
    case writePeople = "people:write"
    case readJournal = "journal:read"
    case readMail = "mail:read"
    case writeMail = "mail:write"
    case readImports = "imports:read"
    case writeImports = "imports:write"
    case writeViews = "views:write"
    case readJobs = "jobs:read"
    case runJobs = "jobs:run"

    /// The rights that it lets through.
    public var actions: Set<Action> {
        switch self {
        case .readMembers: [.readMembers, .readPortal]
        case .writeMembers: [.readMembers, .editMember, .tagMember, .mergeMembers]
        case .writeProfile: [.readPortal, .editProfile]
        case .readProposals: [.readPortal, .readProposals]
        case .writeProposals: [.readPortal, .readProposals, .proposeFact, .decideProposal]
        case .readJoining: [.readApplications]
        // An applicant's contact, who has no account, is erased with the application.
        case .writeJoining: [.readApplications, .handleApplications, .erasePerson]
        case .makeRequests: [.readPortal, .requestMembership]
        case .readDecisions: [.readDecisions]
        case .writeDecisions: [.readDecisions, .openDecision, .withdrawDecision, .recordDecision]
        // What somebody is asked is asked of them: it belongs to their own account.
        case .answerDecisions: [.ownAccount, .answerDecision]
        case .writeEvents: [.readMembers, .recordParticipation]
        case .readStanding: [.readStanding]
        case .writeStanding: [.readStanding, .proposeStanding]
        case .readPeople: [.readPeople, .readMemberPeople]
        case .writePeople: [.readPeople, .readMemberPeople, .giveMemberRole, .giveVote, .giveBodyRole]
        case .readJournal: [.readJournal]
        case .readMail: [.readMail]
        case .writeMail: [.readMail, .sendMail]
        case .readImports: [.importMembers]
        case .writeImports: [.importMembers]
        case .writeViews: [.readMembers, .saveView]
        case .readJobs: [.readJobs]
        case .runJobs: [.readJobs, .runJob]
        }
    }

    /// What it is for, as a label.
    public var words: Phrase {
        switch self {
        case .readMembers: say("Read members' records")
        case .writeMembers: say("Add, change, tag and merge members")
        case .writeProfile: say("Change a member's public profile")
        case .readProposals: say("Read proposals of official facts")
        case .writeProposals: say("Make, withdraw and decide proposals")
        case .readJoining: say("Read applications and members' requests about their membership")
        case .writeJoining: say("Enter applications and deal with them")
        case .makeRequests: say("See what a member can ask about its membership, and ask it")
        case .readDecisions: say("Read what bodies are asked and decide")
        case .writeDecisions: say("Ask bodies, withdraw questions, record answers and outcomes")
        case .answerDecisions: say("See what you are asked, and answer for your seats")
        case .writeEvents: say("Record events and who took part in them")
        case .readStanding: say("Read what the rule on standing finds")
        case .writeStanding: say("Put proposals on standing forward, or drop them")
        case .readPeople: say("Read people and their roles")
        case .writePeople: say("Invite people, give and end roles outside the secretariat")
        case .readJournal: say("Read the journal")
        case .readMail: say("Read outgoing mail")
        case .writeMail: say("Send mail again or stop it")
        case .readImports: say("Read imports of spreadsheets")
        case .writeImports: say("Bring spreadsheets of members in, and undo it")
        case .writeViews: say("Keep and remove views of the members")
        case .readJobs: say("Read jobs and their runs")
        case .runJobs: say("Run jobs out of turn")
        }
    }

    /// Those that a member's own token can have: what its representative may do in its room. Whom a member lets in, and
    /// how it answers a body, is said by its people and not by its programs.
    public static let ofMembers: [Scope] = [
        .readMembers, .writeProfile, .readProposals, .writeProposals, .makeRequests,
    ]
}
