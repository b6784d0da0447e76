import Access
import Languages

/// The places of the secretariat's console, in the order of the side bar. Each capability adds its own.
enum ConsolePlace: String, CaseIterable, Sendable {
    case today, members, proposals, joining, decisions, events, dues, standing
    case people, mail, imports, journal, jobs, tokens, webhooks, settings

    var title: Phrase {
        switch self {
        case .today: say("Today")
        case .members: say("Members")
        case .proposals: say("Proposals")
        case .joining: say("Joining and leaving")
        case .decisions: say("Decisions")
        case .events: say("Events")
        case .dues: say("Dues")
        case .standing: say("Standing")
        case .people: say("People and roles")
        case .mail: say("Mail")
        case .imports: say("Imports")
        case .journal: say("Journal")
        case .jobs: say("Jobs")
        case .tokens: say("Tokens")
        case .webhooks: say("Webhooks")
        case .settings: say("Settings")
        }
    }

    var address: String { self == .today ? "/console" : "/console/\(rawValue)" }

    /// What somebody must be allowed to do to find the place in their side bar.
    var action: Action {
        switch self {
        case .today: .readToday
        case .members: .readMembers
        case .proposals: .readProposals
        case .joining: .readApplications
        case .decisions: .readDecisions
        case .events: .readMembers
        case .dues: .readDues
        case .standing: .readStanding
        case .people: .readPeople
        case .mail: .readMail
        case .imports: .importMembers
        case .journal: .readJournal
        case .jobs: .readJobs
        case .tokens: .readTokens
        case .webhooks: .readWebhooks
        case .settings: .readSettings
        }
    }

    /// The first group is the network's work, the second the office's own.
    static let work: [ConsolePlace] = [.today, .members, .proposals, .joining, .decisions, .events, .dues, .standing]
    static let office: [ConsolePlace] = [.people, .mail, .imports, .journal, .jobs, .tokens, .webhooks, .settings]
}

/// The places of a member's room.
enum PortalPlace: String, CaseIterable, Sendable {
    case home, profile, facts, membership, dues, standing, people

    var title: Phrase {
        switch self {
        case .home: say("Overview")
        case .profile: say("Profile")
        case .facts: say("Official facts")
        case .membership: say("Membership")
        case .dues: say("Dues")
        case .standing: say("Standing", context: "by dues")
        case .people: say("People")
        }
    }

    /// What somebody must be allowed to do in the member to find the place in their side bar.
    var action: Action { self == .dues ? .readMemberDues : .readPortal }

    func address(_ memberKey: String) -> String {
        self == .home ? "/portal/\(memberKey)" : "/portal/\(memberKey)/\(rawValue)"
    }
}
