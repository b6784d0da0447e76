public import Access
public import Charter
public import Database
public import Decisions
public import Journal
public import Languages
public import Membership

/// What joining and leaving give to the rest of the program.
public enum JoiningParts {
    /// What bodies decide here.
    public static func matters(_ services: JoiningServices) -> [any MatterEffect] {
        let requests = MembershipRequestKind.allCases.map { kind -> any MatterEffect in
            RequestMatter(kind, services: services)
        }
        return [AdmissionMatter(services: services)] + requests
    }

    /// What waits for the secretariat, for the page Today.
    public static let waiting: [WaitingSource] = [WaitingApplications.source, WaitingRequests.source]

    /// What a member's people see of it in their room.
    public static func portal(_ charter: Charter) -> [PortalSource] { [RequestPortal.source(charter)] }

    /// What an entry of the journal is about, in words; `nil` for what is another capability's.
    public static func subject(_ transaction: Transaction, _ subject: JournalEntry.Subject) throws -> Phrase? {
        switch subject.kind {
        case Application.subjectKind: try Application.find(transaction, id: subject.id)?.words
        case MembershipRequest.subjectKind: try MembershipRequest.find(transaction, id: subject.id)?.subjectWords
        default: nil
        }
    }
}
