/// With what an application begins.
public struct StartForm: Sendable, Equatable {
    /// The key of a category of the charter.
    public var category: String
    public var name: String
    /// ISO 3166 alpha-2.
    public var country: String
    public var contactName: String
    public var email: String
    /// Of the letters; one of `Letters.languages`.
    public var language: String

    public init(
        category: String,
        name: String,
        country: String,
        contactName: String,
        email: String,
        language: String
    ) {
        self.category = category
        self.name = name
        self.country = country
        self.contactName = contactName
        self.email = email
        self.language = language
    }
}
