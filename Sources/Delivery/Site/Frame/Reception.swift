public import Access
public import Charter
public import Database
public import Identity
public import Mail

/// The front desk: what lets people in, and what is written to them.
public struct Reception: Sendable {
    public let signIn: SignIn
    public let letters: Letters
    public let places: Places
    /// The provider elsewhere with which people may sign in.
    public let provider: OpenIDProvider?
    /// What other capabilities hold on people.
    public let personalData: [PersonalDataSource]
    /// Whether a proxy stands before the program and says in `X-Forwarded-For` who asks.
    public let trustsProxy: Bool

    /// Reads the words of the mail from the program's own files. Throws `MailTemplateProblems`.
    public static func open(
        database: Database,
        charter: Charter,
        correspondence: Correspondence,
        policy: SignInPolicy = SignInPolicy(),
        hasher: PasswordHasher = PasswordHasher(),
        provider: OpenIDProvider? = nil,
        personalData: [PersonalDataSource] = [],
        trustsProxy: Bool = false
    ) throws -> Reception {
        let letters = Letters(
            templates: try MailTemplates.load(folder: Letters.folder),
            correspondence: correspondence,
            charter: charter
        )
        let places = Places(charter: charter) { transaction, id in
            try transaction.first("SELECT name FROM member WHERE id = ?", [.text(id)]) { try $0.text(0) }
        }
        return Reception(
            signIn: SignIn(
                database: database,
                hasher: hasher,
                letters: letters,
                sources: personalData,
                policy: policy
            ),
            letters: letters,
            places: places,
            provider: provider,
            personalData: personalData,
            trustsProxy: trustsProxy
        )
    }
}
