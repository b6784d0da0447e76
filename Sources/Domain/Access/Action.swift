public import Languages

/// What can be done, as one word each: the rows of the table of rights.
public enum Action: String, Sendable, CaseIterable {
    // One's own.
    case ownAccount = "account.own"
    // Members' records.
    case readMembers = "members.read"
    case editMember = "member.edit"
    case tagMember = "member.tag"
    case mergeMembers = "member.merge"
    case importMembers = "members.import"
    case exportMembers = "members.export"
    case mailMembers = "members.mail"
    case saveView = "view.save"
    // What members took part in, and their standing.
    case recordParticipation = "participation.record"
    case readStanding = "standing.read"
    case proposeStanding = "standing.propose"
    // Joining and leaving.
    case readApplications = "applications.read"
    case handleApplications = "applications.handle"
    case requestMembership = "membership.request"
    // Fees, invoices and accounts.
    case readDues = "dues.read"
    case enterDues = "dues.enter"
    case issueDues = "dues.issue"
    case creditDues = "dues.credit"
    case requestDues = "dues.request"
    case readMemberDues = "member-dues.read"
    case certifyDues = "member-dues.certify"
    case readPayments = "payments.read"
    case recordPayments = "payments.record"
    // A member's own room.
    case readPortal = "portal.read"
    case editProfile = "profile.edit"
    case proposeFact = "fact.propose"
    case readMemberPeople = "member-people.read"
    case giveMemberRole = "role.give-member"
    case giveVote = "role.give-delegate"
    case manageMemberTokens = "member-tokens.manage"
    // The secretariat's room.
    case readToday = "today.read"
    case readProposals = "proposals.read"
    case decideProposal = "proposal.decide"
    case readDecisions = "decisions.read"
    case openDecision = "decision.open"
    case withdrawDecision = "decision.withdraw"
    case recordDecision = "decision.record"
    case answerDecision = "decision.answer"
    case readPeople = "people.read"
    case editPerson = "person.edit"
    case giveBodyRole = "role.give-body"
    case giveSecretariatRole = "role.give-secretariat"
    case erasePerson = "person.erase"
    case readJournal = "journal.read"
    case readMail = "mail.read"
    case sendMail = "mail.send"
    case readJobs = "jobs.read"
    case runJob = "job.run"
    case readSettings = "settings.read"
    case readTokens = "tokens.read"
    case revokeToken = "token.revoke"
    case readWebhooks = "webhooks.read"
    case manageWebhooks = "webhooks.manage"

    /// The action in words, as after "may".
    public var words: Phrase {
        switch self {
        case .ownAccount: say("see and change their own account")
        case .readMembers: say("read the members' records")
        case .editMember: say("change a member's record")
        case .tagMember: say("tag members")
        case .mergeMembers: say("merge two records that are one member")
        case .importMembers: say("import records")
        case .exportMembers: say("export the members' records")
        case .mailMembers: say("write to members")
        case .saveView: say("save views of the members")
        case .recordParticipation: say("record events and who took part in them")
        case .readStanding: say("see what the rule on standing finds")
        case .proposeStanding: say("put proposals on standing forward or drop them")
        case .readApplications: say("read applications and members' requests about their membership")
        case .handleApplications: say("deal with applications for membership")
        case .requestMembership: say("ask to leave, to appeal or to be reinstated")
        case .readDues: say("read fees, invoices and members' accounts")
        case .enterDues: say("enter the figures that fees go by")
        case .issueDues: say("issue the invoices of a year")
        case .creditDues: say("write credit notes, and end disputes about invoices")
        case .requestDues: say("ask for relief from a member's dues, or dispute an invoice")
        case .readMemberDues: say("see what a member owes and paid, and its documents about dues")
        case .certifyDues: say("issue receipts and certificates of a member's dues")
        case .readPayments: say("see payments and banks' statements")
        case .recordPayments: say("record payments, and say what a bank's statement holds")
        case .readPortal: say("enter a member's room")
        case .editProfile: say("change a member's public profile")
        case .proposeFact: say("propose a change of a member's official facts")
        case .readMemberPeople: say("see a member's people")
        case .giveMemberRole: say("give and end roles in a member")
        case .giveVote: say("name a member's voting delegate")
        case .manageMemberTokens: say("make and revoke tokens for a member's programs")
        case .readToday: say("see what waits")
        case .readProposals: say("read members' proposals")
        case .decideProposal: say("accept or decline members' proposals")
        case .readDecisions: say("read what bodies decide and how each seat answered")
        case .openDecision: say("ask a body for a decision")
        case .withdrawDecision: say("withdraw what a body was asked")
        case .recordDecision: say("record a meeting's decisions, and answers that came on paper")
        case .answerDecision: say("answer for a seat of a body")
        case .readPeople: say("see people and their roles")
        case .editPerson: say("change or close a person's account")
        case .giveBodyRole: say("give and end roles in bodies")
        case .giveSecretariatRole: say("give and end roles in the secretariat")
        case .erasePerson: say("erase a person's data")
        case .readJournal: say("read the journal")
        case .readMail: say("read outgoing mail")
        case .sendMail: say("send mail again or stop it")
        case .readJobs: say("see jobs and their runs")
        case .runJob: say("start a job")
        case .readSettings: say("see the settings")
        case .readTokens: say("see everybody's tokens")
        case .revokeToken: say("revoke anybody's token")
        case .readWebhooks: say("see which programs are told what happens")
        case .manageWebhooks: say("have programs elsewhere told what happens")
        }
    }
}
