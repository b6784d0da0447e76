public import Access
public import Charter
public import Files
public import Languages

/// A document of an application.
public struct ApplicationDocument: Sendable, Equatable {
    public let use: FileUse
    /// The key of one of the charter's wanted documents, or `other`.
    public let key: String

    /// The key of a document that the charter does not ask for.
    public static let other = Charter.WantedDocument.unasked

    public init(use: FileUse) {
        self.use = use
        key = use.label
    }
}

/// What may be the applicant, already on record under any of its names.
public struct KnownApplicant: Sendable, Equatable {
    public let memberID: String
    public let key: String
    public let name: String
    public let country: String?
    public let category: String
    public let isOnRoll: Bool
    /// The key of its latest status, and the ISO day since which it has it.
    public let standing: String
    public let since: String
    /// Why it may be the applicant.
    public let because: Phrase
    /// Whether somebody looked at it: the applicant is another one.
    public let isAnother: Bool
}

/// One application with everything about it.
public struct ApplicationRecord: Sendable, Equatable {
    /// A decision of a body on it.
    public struct Circular: Sendable, Equatable {
        public let id: String
        /// As `2026-3`.
        public let reference: String
    }

    public let application: Application
    /// In their order. An applicant gets those that are not internal.
    public let steps: [ApplicationStep]
    public let documents: [ApplicationDocument]
    /// Documents that the charter asks for and that are not there.
    public let missing: [Charter.WantedDocument]
    /// Members, present and former, that may be the applicant.
    public let known: [KnownApplicant]
    /// What keeps it from being sent. The names are those of `ApplicationField`, and `category`, `documents`, `member`.
    public let problems: [InvalidInput.Field]
    /// `membership.admission` as it stands now.
    public let rule: Rule?
    /// The decisions that it was put to bodies by, the latest first. An applicant gets none.
    public let circulars: [Circular]
}
