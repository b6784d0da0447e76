import Languages

extension Charter {
    /// How long one kind of personal data is kept; of a kind without a rule, all is kept until somebody erases it.
    public struct Retention: Sendable, Hashable {
        public let kept: Kept
        /// Whole days, counted from the moment that `Kept` names.
        public let days: Int
        public let citation: Citation
        public let note: String?
    }

    /// What is kept for a time, and from when the time counts.
    public enum Kept: String, Sendable, CaseIterable {
        /// Sign-ins that are over, from their last use.
        case sessions
        /// Counts of tries, one-time links and what waits for an answer, from when they were made.
        case signInAttempts = "sign-in-attempts"
        /// Mail that was sent or given up, from when it was written.
        case mail
        /// Closed accounts, from when they were closed; the person's data is then erased.
        case closedAccounts = "closed-accounts"
        /// The rows of imported spreadsheets, from when the import was applied or undone; until then it can be undone.
        case uploads
        /// Personal values beside the journal's entries, from when they were recorded.
        case journalPersonal = "journal-personal"
        /// Applications for membership that were never sent, from when they were last changed.
        case applicationDrafts = "application-drafts"
        /// What applicants said of themselves, and their documents, from the day on which the application ended.
        case applications

        var sentence: Phrase {
            switch self {
            case .sessions: say("Sign-ins are forgotten after they were last used")
            case .signInAttempts: say("Counts of sign-in tries and one-time links are deleted after they were made")
            case .mail: say("Outgoing mail is deleted after it was written")
            case .closedAccounts: say("A closed account's person is erased after it was closed")
            case .uploads: say("The rows of an imported spreadsheet are removed after it was applied or undone")
            case .journalPersonal: say("Personal values in the journal are erased after they were recorded")
            case .applicationDrafts: say("Applications that were never sent are deleted after they were last changed")
            case .applications: say("What applicants said and enclosed is deleted after their application ended")
            }
        }
    }
}

extension CharterVersion {
    /// The rule for one kind of data, or `nil` where the association has none and all is kept.
    public func retention(of kept: Charter.Kept) -> Charter.Retention? {
        retention.first { $0.kept == kept }
    }
}
