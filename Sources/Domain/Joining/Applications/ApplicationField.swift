public import Charter
public import Languages
public import Membership

/// One box of an application.
public enum ApplicationField: String, CaseIterable, Sendable {
    case name
    /// Of the name, BCP 47.
    case language
    case otherName = "other_name"
    case otherLanguage = "other_language"
    /// ISO 3166 alpha-2.
    case country
    /// The key of a region of the charter; only where the charter names none for the country.
    case region
    case website
    case population
    case populationYear = "population_year"
    case employees
    /// Per head, in dollars by purchasing power.
    case gdpPerCapita = "gdp"
    case head
    case headPosition = "head_position"
    case contactName = "contact_name"
    case contactPosition = "contact_position"
    case contactPhone = "contact_phone"
    case reason

    public var label: Phrase {
        switch self {
        case .name: say("Name")
        case .language: say("Language of the name")
        case .otherName: say("Another name")
        case .otherLanguage: say("Language of the other name")
        case .country: say("Country")
        case .region: say("Region")
        case .website: say("Website")
        case .population: say("Population")
        case .populationYear: say("Year of the population")
        case .employees: say("Employees")
        case .gdpPerCapita: say("GDP per capita")
        case .head: say("Head of government")
        case .headPosition: say("Position of the head of government")
        case .contactName: say("Contact person")
        case .contactPosition: say("Position of the contact person")
        case .contactPhone: say("Telephone of the contact person")
        case .reason: say("Why you want to join")
        }
    }

    /// Whether it may have several lines.
    public var isLong: Bool { self == .reason }

    /// How many signs it takes.
    public var most: Int {
        switch self {
        case .language, .otherLanguage: 12
        case .country, .region, .population, .populationYear, .employees, .gdpPerCapita, .contactPhone: 60
        case .website: 300
        // A mail's header takes 600 bytes, and a sign can have four.
        case .contactName: 120
        case .name, .otherName, .head, .headPosition, .contactPosition: 200
        case .reason: 5000
        }
    }

    /// Whether it tells of a living person.
    var isPersonal: Bool {
        switch self {
        case .head, .headPosition, .contactName, .contactPosition, .contactPhone, .reason: true
        default: false
        }
    }

    /// The fact of the charter that it holds, which is asked of some categories only.
    public var fact: Charter.ApplicantFact? {
        switch self {
        case .population, .populationYear: .population
        case .employees: .employees
        case .gdpPerCapita: .gdpPerCapita
        case .head, .headPosition: .headOfGovernment
        default: nil
        }
    }
}

/// What an application says, box by box: text, trimmed, empty for what is not said.
public struct ApplicationValues: Sendable, Equatable {
    private var texts: [ApplicationField: String] = [:]

    public init() {}

    public subscript(field: ApplicationField) -> String {
        get { texts[field] ?? "" }
        set { texts[field] = newValue.isEmpty ? nil : newValue }
    }

    /// What a form carries of the box, so that nobody overwrites what they did not see.
    public func mark(_ field: ApplicationField) -> PartMark { PartMark(of: [self[field]]) }
}

/// What somebody typed into a box, and what the box had looked like to them.
public struct TypedField: Sendable, Equatable {
    public let value: String
    /// The mark of what the page had.
    public let seen: PartMark

    public init(_ value: String, seen: PartMark) {
        self.value = value
        self.seen = seen
    }
}

/// What came of typed boxes.
public struct SaveOutcome: Sendable, Equatable {
    /// The mark of each box as it is now.
    public let marks: [ApplicationField: PartMark]
    /// The boxes that were changed elsewhere meanwhile and so were left alone, with what is there now.
    public let conflicts: [ApplicationField: String]
    /// How many boxes were written.
    public let kept: Int
}
