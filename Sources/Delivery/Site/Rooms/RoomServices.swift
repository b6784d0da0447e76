public import Access
import Database
public import Decisions
public import Dues
public import Files
public import Joining
import Journal
import Languages
public import Membership
import Standing

/// What the rooms work with beside the database: the front desk, files, and what each capability adds to shared pages.
public struct RoomServices: Sendable {
    public let reception: Reception
    public let memberLetters: MemberLetters
    public let decisions: DecisionServices
    public let joining: JoiningServices
    public let dues: DuesServices
    public let files: FileStore
    /// Whether webhooks may go to this machine or its network, without TLS too: to try things.
    public let allowsPrivateWebhooks: Bool

    var letters: Letters { reception.letters }
    var places: Access.Places { reception.places }

    public init(
        reception: Reception,
        memberLetters: MemberLetters,
        decisions: DecisionServices,
        joining: JoiningServices,
        dues: DuesServices,
        files: FileStore,
        allowsPrivateWebhooks: Bool = false
    ) {
        self.allowsPrivateWebhooks = allowsPrivateWebhooks
        self.reception = reception
        self.memberLetters = memberLetters
        self.decisions = decisions
        self.joining = joining
        self.dues = dues
        self.files = files
    }

    /// What waits, from every capability: the page Today shows it.
    static let waiting: [WaitingSource] =
        [Proposals.source, DecisionParts.waiting, WaitingImports.source, WaitingProposals.source]
        + JoiningParts.waiting + DuesParts.waiting
        + [
            WaitingSource(kind: "erasure", title: say("Requests to be erased"), reads: .readPeople) {
                try ErasureRequest.waiting($0)
            },
            WaitingSource(kind: "mail", title: say("Mail that did not arrive"), reads: .readMail) {
                try MailTrouble.waiting($0)
            },
        ]

    /// What stands in a member's room, from every capability.
    public var portal: [PortalSource] {
        PortalSource.membership + [DecisionParts.portal] + JoiningParts.portal(joining.charter) + DuesParts.portal
            + [DuesParts.missing(dues.charter), StandingPortal.source(dues.charter, dues: DuesOnRecord())]
    }

    /// What waits and what was done this week.
    public static func today(_ scope: Today.Scope) -> Today {
        Today(scope, sources: waiting, subjects: subject, reads: DuesParts.subjectReads)
    }

    /// What an entry of the journal is about, in words.
    static func subject(_ transaction: Transaction, _ subject: JournalEntry.Subject) throws -> Phrase? {
        try DecisionParts.subject(transaction, subject) ?? JoiningParts.subject(transaction, subject)
            ?? DuesParts.subject(transaction, subject) ?? Proposals.subject(transaction, subject)
    }
}
