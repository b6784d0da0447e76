/// A fact of the records that a member does not change itself but may propose to change.
public enum OfficialFact: String, Sendable, CaseIterable {
    case name
    case headOfGovernment = "head-of-government"
    case population
    case area

    public var title: String {
        switch self {
        case .name: "Official name"
        case .headOfGovernment: "Head of government"
        case .population: "Population"
        case .area: "Area"
        }
    }

    /// What is asked beside the value: the position of a person, the year of a figure; `nil` for nothing.
    public var detailTitle: String? {
        switch self {
        case .headOfGovernment: "Position"
        case .population: "Year of the figure"
        case .name, .area: nil
        }
    }

    /// The fact within a sentence of a letter. Languages without letters fall back to English.
    func words(in language: String) -> String {
        let words: [String: String] =
            switch self {
            case .name: ["en": "official name", "ko": "공식 명칭", "es": "el nombre oficial", "zh": "正式名称"]
            case .headOfGovernment:
                ["en": "head of government", "ko": "단체장", "es": "el jefe o la jefa de gobierno", "zh": "行政首长"]
            case .population: ["en": "population", "ko": "인구", "es": "la población", "zh": "人口"]
            case .area: ["en": "area", "ko": "면적", "es": "la superficie", "zh": "面积"]
            }
        return words[String(language.prefix(2))] ?? words["en"] ?? title
    }

    /// The field of the record.
    var field: MemberField {
        switch self {
        case .name: .name
        case .headOfGovernment: .head
        case .population: .population
        case .area: .area
        }
    }
}
