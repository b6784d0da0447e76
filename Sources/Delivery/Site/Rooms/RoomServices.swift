public import Access
public import Charter
public import Database
public import Files
public import Identity
public import Mail
import Membership

/// What the rooms work with beside the database: ways in, letters, files, and what each capability adds to shared pages.
public struct RoomServices: Sendable {
    public let signIn: SignIn
    public let letters: Letters
    public let hasher: PasswordHasher
    public let places: Access.Places
    public let files: FileStore
    /// Another way in, where the settings name one.
    public let openID: OpenIDProvider?

    /// - Parameters:
    ///   - base: the site's public address, without a slash at its end.
    ///   - templates: the letters' templates (`Letters.folder`).
    public init(
        database: Database,
        charter: Charter,
        base: String,
        templates: MailTemplates,
        files: FileStore,
        hasher: PasswordHasher = PasswordHasher(),
        sessions: SessionPolicy = SessionPolicy(),
        openID: OpenIDProvider? = nil
    ) {
        letters = Letters(templates: templates, base: base, association: charter.association.shortName)
        var policy = SignInPolicy()
        policy.sessions = sessions
        signIn = SignIn(database: database, hasher: hasher, letters: letters, policy: policy)
        self.hasher = hasher
        self.files = files
        self.openID = openID
        places = Access.Places(charter: charter) { transaction, id in
            try transaction.first("SELECT name FROM member WHERE id = ?", [.text(id)]) { try $0.text(0) }
        }
    }

    /// What waits, from every capability: the page Today shows it.
    public static let waiting: [WaitingSource] = [
        Proposals.source,
        WaitingSource(kind: "erasure", title: "Requests to be erased") { try ErasureRequest.waiting($0) },
    ]

    /// What every capability holds on a person: what they download, and what an erasure removes.
    public static let personalData: [PersonalDataSource] = PortalPersonalData.all
}
