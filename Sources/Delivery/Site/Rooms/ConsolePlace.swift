import Access

/// The places of the secretariat's console, in the order of the side bar. Each capability adds its own.
enum ConsolePlace: String, CaseIterable, Sendable {
    case today, members, proposals
    case people, mail, imports, journal, jobs, settings

    var title: String {
        switch self {
        case .today: "Today"
        case .members: "Members"
        case .proposals: "Proposals"
        case .people: "People and roles"
        case .mail: "Mail"
        case .imports: "Imports"
        case .journal: "Journal"
        case .jobs: "Jobs"
        case .settings: "Settings"
        }
    }

    var address: String { self == .today ? "/console" : "/console/\(rawValue)" }

    /// What somebody must be allowed to do to find the place in their side bar.
    var action: Action {
        switch self {
        case .today: .readToday
        case .members: .readMembers
        case .proposals: .readProposals
        case .people: .readPeople
        case .mail: .readMail
        case .imports: .importMembers
        case .journal: .readJournal
        case .jobs: .readJobs
        case .settings: .readSettings
        }
    }

    /// The first group is the network's work, the second the office's own.
    static let work: [ConsolePlace] = [.today, .members, .proposals]
    static let office: [ConsolePlace] = [.people, .mail, .imports, .journal, .jobs, .settings]
}

/// The places of a member's room.
enum PortalPlace: String, CaseIterable, Sendable {
    case home, profile, facts, people

    var title: String {
        switch self {
        case .home: "Overview"
        case .profile: "Profile"
        case .facts: "Official facts"
        case .people: "People"
        }
    }

    func address(_ memberKey: String) -> String {
        self == .home ? "/portal/\(memberKey)" : "/portal/\(memberKey)/\(rawValue)"
    }
}
