public import Languages

/// An association's rules as data: read from one YAML file, checked, and dated.
///
/// ```swift
/// let charter = try Charter.load(path: "Charters/wego.yaml")
/// let rules = charter.version(on: day)
/// ```
/// The types of its sections are nested here (`Charter.Category`, `Charter.Region`), because a type that has its
/// module's name cannot be told from the module.
public struct Charter: Sendable {
    public let association: Association
    /// The published sources that rules cite.
    public let sources: [Source]
    /// In order of `effective`, never empty; every version is complete.
    public let versions: [CharterVersion]
    /// What its names are in other languages: by the language's code, then by the name as it stands in the charter.
    public let translations: [String: [String: String]]
    /// What the lint warned of, such as a hole that the published fee schedule really has.
    public let warnings: [CharterProblem]

    /// The version in force on a day, nil before the first.
    public func version(on day: Day) -> CharterVersion? {
        versions.last { $0.effective <= day }
    }

    /// A name of this charter for readers of a language; as it stands where the charter does not translate it.
    public func name(_ name: String, in language: Language) -> String {
        // In the language of the tests names are changed as phrases are.
        translations[language.rawValue]?[name] ?? (language == .pseudo ? Speech.pseudo.text(.name(name)) : name)
    }

    /// The source with this code.
    public func source(_ code: String) -> Source? {
        sources.first { $0.code == code }
    }
}

/// The rules as they stood from one effective date to the next: what this version states, and what it left unchanged.
public struct CharterVersion: Sendable {
    public let effective: Day
    public let precision: DatePrecision
    /// Who adopted it, as the source puts it.
    public let adoptedBy: String
    public let citation: Citation
    /// What it changed, in a sentence.
    public let summary: String?

    public let categories: [Charter.Category]
    public let regions: [Charter.Region]
    public let statuses: [Charter.Status]
    public let membership: Charter.MembershipRules
    public let bodies: [Charter.Body]
    public let offices: [Charter.Office]
    public let feeSchedules: [Charter.FeeSchedule]
    public let remission: Charter.Remission?
    public let fiscalYear: Charter.FiscalYear?
    /// At most one rule for each kind of data.
    public let retention: [Charter.Retention]
    /// How fees are asked for; nil where the charter does not say.
    public let dues: Charter.Dues?
    /// In the order in which they are asked, the last of which holds for everybody; empty where there is no standing.
    public let standings: [Charter.StandingRule]
    public let points: [Charter.PointRule]
    public let entitlements: [Charter.Entitlement]

    public func category(_ key: String) -> Charter.Category? { categories.first { $0.key == key } }
    public func region(_ key: String) -> Charter.Region? { regions.first { $0.key == key } }
    public func status(_ key: String) -> Charter.Status? { statuses.first { $0.key == key } }
    public func body(_ key: String) -> Charter.Body? { bodies.first { $0.key == key } }
    public func office(_ key: String) -> Charter.Office? { offices.first { $0.key == key } }
    public func feeSchedule(_ key: String) -> Charter.FeeSchedule? { feeSchedules.first { $0.key == key } }
    public func standingRule(_ key: String) -> Charter.StandingRule? { standings.first { $0.key == key } }
    public func pointRule(_ key: String) -> Charter.PointRule? { points.first { $0.key == key } }
    public func entitlement(_ key: String) -> Charter.Entitlement? { entitlements.first { $0.key == key } }

    /// The region that a country belongs to.
    /// - Parameter country: ISO 3166 alpha-2, in capitals.
    public func region(forCountry country: String) -> Charter.Region? {
        regions.first { $0.countries.contains(country) }
    }

    /// Whether a member of this category and status counts towards the quorum; false for a key that there is not.
    public func countsForQuorum(category: String, status: String) -> Bool {
        (self.category(category)?.isFullMember ?? false) && (self.status(status)?.countsForQuorum ?? false)
    }
}
