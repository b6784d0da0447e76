public import Access
public import Files
import Languages
public import Membership

/// What the rooms work with beside the database: the front desk, files, and what each capability adds to shared pages.
public struct RoomServices: Sendable {
    public let reception: Reception
    public let memberLetters: MemberLetters
    public let files: FileStore

    var letters: Letters { reception.letters }
    var places: Access.Places { reception.places }

    public init(reception: Reception, memberLetters: MemberLetters, files: FileStore) {
        self.reception = reception
        self.memberLetters = memberLetters
        self.files = files
    }

    /// What waits, from every capability: the page Today shows it.
    public static let waiting: [WaitingSource] = [
        Proposals.source, WaitingImports.source,
        WaitingSource(kind: "erasure", title: say("Requests to be erased")) { try ErasureRequest.waiting($0) },
        WaitingSource(kind: "mail", title: say("Mail that did not arrive")) { try MailTrouble.waiting($0) },
    ]
}
