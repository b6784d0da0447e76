public import Languages

/// A fact of the records that a member does not change itself but may propose to change.
public enum OfficialFact: String, Sendable, CaseIterable {
    case name
    case headOfGovernment = "head-of-government"
    case population
    case employees
    case area

    public var title: Phrase {
        switch self {
        case .name: say("Official name")
        case .headOfGovernment: say("Head of government")
        case .population: say("Population")
        case .employees: say("Employees")
        case .area: say("Area")
        }
    }

    /// Within a sentence.
    public var noun: Phrase {
        switch self {
        case .name: say("official name", context: "a field, within a sentence")
        case .headOfGovernment: say("head of government", context: "a field, within a sentence")
        case .population: say("population", context: "a field, within a sentence")
        case .employees: say("number of employees", context: "a field, within a sentence")
        case .area: say("area", context: "a field, within a sentence")
        }
    }

    /// What is asked beside the value: the position of a person, the year of a figure; `nil` for nothing.
    public var detailTitle: Phrase? {
        switch self {
        case .headOfGovernment: say("Position")
        case .population, .employees: say("Year of the figure")
        case .name, .area: nil
        }
    }

    /// The fact within a sentence of a letter, with the article where the language needs one.
    var inLetter: Phrase {
        switch self {
        case .name: say("official name", context: "in a letter, with its article")
        case .headOfGovernment: say("head of government", context: "in a letter, with its article")
        case .population: say("population", context: "in a letter, with its article")
        case .employees: say("number of employees", context: "in a letter, with its article")
        case .area: say("area", context: "in a letter, with its article")
        }
    }

    /// Whether it is counted, in whole numbers and of a year.
    public var isCounted: Bool { self == .population || self == .employees }
}
