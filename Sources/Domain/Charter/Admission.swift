import Languages

extension Charter {
    /// How membership begins: from when it counts, who approves it, and what an applicant is asked for.
    public struct Admission: Sendable, Hashable {
        public let countsFrom: CountsFrom
        /// Key of a body.
        public let approvedBy: String
        /// What applicants enclose, in the order of the file.
        public let documents: [WantedDocument]
        /// What applicants state of themselves beside their name and country; no fact twice for one category.
        public let asks: [AskedFact]
        public let citation: Citation
        public let note: String?

        /// The documents that applicants of a category enclose.
        public func documents(for category: String) -> [WantedDocument] {
            documents.filter { $0.categories.contains(category) }
        }

        /// How a fact is asked of applicants of a category; nil where it is not.
        public func asks(_ fact: ApplicantFact, of category: String) -> AskedFact? {
            asks.first { $0.fact == fact && $0.categories.contains(category) }
        }
    }

    /// The day from which a membership counts.
    public enum CountsFrom: String, Sendable, CaseIterable {
        case applicationDate = "application-date"
        case approvalDate = "approval-date"
        case paymentDate = "payment-date"

        var sentence: Phrase {
            switch self {
            case .applicationDate: say("Membership counts from the date of application.")
            case .approvalDate: say("Membership counts from the date of approval.")
            case .paymentDate: say("Membership counts from the date of the first payment.")
            }
        }
    }

    /// A document that applicants of some categories enclose.
    public struct WantedDocument: Sendable, Hashable {
        /// The key of what applicants enclose without being asked for it; no document of a charter has it.
        public static let unasked = "other"

        public let key: String
        public let name: String
        /// Keys of categories, never empty.
        public let categories: [String]
        /// Whether an application without it is not whole.
        public let isRequired: Bool
        public let citation: Citation
        public let note: String?
    }

    /// A fact that applicants of some categories state of themselves.
    public struct AskedFact: Sendable, Hashable {
        public let fact: ApplicantFact
        /// Keys of categories, never empty.
        public let categories: [String]
        /// Whether an application without it is not whole.
        public let isRequired: Bool
        public let citation: Citation
        public let note: String?
    }

    /// What an applicant can be asked about itself.
    public enum ApplicantFact: String, Sendable, CaseIterable {
        case population
        case employees
        /// Who heads it, and in which position.
        case headOfGovernment = "head"
        case gdpPerCapita = "gdp-per-capita-ppp"

        var words: Phrase {
            switch self {
            case .population: say("population", context: "what applicants state")
            case .employees: say("number of employees", context: "what applicants state")
            case .headOfGovernment: say("name and position of the head", context: "what applicants state")
            case .gdpPerCapita: say("GDP per capita (PPP)", context: "what applicants state")
            }
        }
    }
}
