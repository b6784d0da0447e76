public import Languages

/// What a token may be used for. A scope only narrows: with it, a token still does no more than its holder may.
///
/// No scope lets a token give or end roles of the secretariat: one that is lost would let anybody in there. None
/// changes or erases the account of anybody else who has come in, reaches how somebody signs in, or makes tokens: one that
/// is lost could make others that stay when it is revoked. That is done by people, signed in.
public enum Scope: String, Sendable, CaseIterable {
    case readMembers = "members:read"
    case writeMembers = "members:write"
    case writeProfile = "profile:write"
    case readProposals = "proposals:read"
    case writeProposals = "proposals:write"
    case readJoining = "joining:read"
    case writeJoining = "joining:write"
    case makeRequests = "requests:make"
    case requestDues = "dues:request"
    case readDecisions = "decisions:read"
    case writeDecisions = "decisions:write"
    case answerDecisions = "decisions:answer"
    case writeEvents = "events:write"
    case readStanding = "standing:read"
    case writeStanding = "standing:write"
    case readDues = "dues:read"
    case writeDues = "dues:write"
    case readPayments = "payments:read"
    case writePayments = "payments:write"
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
    case exportMembers = "members:export"
    case mailMembers = "members:mail"
    case readToday = "today:read"
    case readSettings = "settings:read"
    case readAccount = "account:read"
    case writeAccount = "account:write"
    case readTokens = "tokens:read"
    case revokeTokens = "tokens:revoke"
    case readWebhooks = "webhooks:read"
    case writeWebhooks = "webhooks:write"

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
        // Of its own: tokens made for the requests about membership alone let nothing about dues through.
        case .requestDues: [.readMemberDues, .requestDues]
        case .readDecisions: [.readDecisions]
        case .writeDecisions: [.readDecisions, .openDecision, .withdrawDecision, .recordDecision]
        // What somebody is asked is asked of them: it belongs to their own account.
        case .answerDecisions: [.ownAccount, .answerDecision]
        case .writeEvents: [.readMembers, .recordParticipation]
        case .readStanding: [.readPortal, .readStanding]
        case .writeStanding: [.readStanding, .proposeStanding]
        case .readDues: [.readDues, .readMemberDues]
        case .writeDues: [.readDues, .readMemberDues, .enterDues, .issueDues, .creditDues, .certifyDues]
        case .readPayments: [.readPayments]
        case .writePayments: [.readPayments, .recordPayments]
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
        case .exportMembers: [.exportMembers]
        case .mailMembers: [.mailMembers]
        case .readToday: [.readToday]
        case .readSettings: [.readSettings]
        case .readAccount, .writeAccount: [.ownAccount]
        // One's own, those of the members that one represents, and everybody's.
        case .readTokens: [.ownAccount, .manageMemberTokens, .readTokens]
        case .revokeTokens: [.ownAccount, .manageMemberTokens, .revokeToken]
        case .readWebhooks: [.readWebhooks]
        case .writeWebhooks: [.readWebhooks, .manageWebhooks]
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
        case .requestDues: say("Ask for relief from dues, dispute invoices, and take requests back")
        case .readDecisions: say("Read what bodies are asked and decide")
        case .writeDecisions: say("Ask bodies, withdraw questions, record answers and outcomes")
        case .answerDecisions: say("See what you are asked, and answer for your seats")
        case .writeEvents: say("Record events, who took part in them, and what else members did")
        case .readStanding: say("Read members' standing, points and what they may use")
        case .writeStanding: say("Put proposals on standing forward, or drop them")
        case .readDues: say("Read fees, invoices and members' accounts")
        case .writeDues: say("Enter figures for fees, write invoices and credit notes")
        case .readPayments: say("Read payments and banks' statements")
        case .writePayments: say("Record payments, and bring banks' statements in")
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
        case .exportMembers: say("Take members out as files")
        case .mailMembers: say("Write to members, and stop what has not left")
        case .readToday: say("See what waits in the secretariat")
        case .readSettings: say("Read the settings")
        case .readAccount: say("Read your account and what is held on you")
        case .writeAccount: say("Change your name and language, and end your sign-ins")
        case .readTokens: say("See tokens: yours, your members' and everybody's")
        case .revokeTokens: say("Revoke tokens")
        case .readWebhooks: say("See webhooks and what became of their deliveries")
        case .writeWebhooks: say("Add, change, try and remove webhooks, and send messages again")
        }
    }

    /// Those that a member's own token can have: what its representative may do in its room. Whom a member lets in, and
    /// how it answers a body, is said by its people and not by its programs.
    public static let ofMembers: [Scope] = [
        .readMembers, .writeProfile, .readProposals, .writeProposals, .makeRequests, .requestDues, .readStanding,
        .readDues,
    ]
}
