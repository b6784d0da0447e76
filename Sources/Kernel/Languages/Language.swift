/// A language that people read the program in.
///
/// Which of them an association offers is its own choice; the formats of each (plurals, dates, numbers, lists) are here,
/// after CLDR 47, so that a further language is a case, its formats and a catalogue.
public enum Language: String, Sendable, Hashable, CaseIterable {
    case english = "en"
    case korean = "ko"
    case spanish = "es"
    case chinese = "zh"
    /// English with every letter changed and every message in brackets: text that is not, was written into the code.
    case pseudo = "en-XA"

    /// Those that people read, as an association can offer them.
    public static let forReaders: [Language] = allCases.filter { $0 != .pseudo }

    /// The language whose text stands in the code.
    public static let source: Language = .english

    /// The language's own name for itself.
    public var endonym: String {
        switch self {
        case .english: "English"
        case .korean: "한국어"
        case .spanish: "Español"
        case .chinese: "中文"
        case .pseudo: "Pseudo"
        }
    }

    /// A BCP 47 tag for `lang` and `hreflang`. Chinese is written in simplified characters.
    public var tag: String {
        switch self {
        case .chinese: "zh-Hans"
        default: rawValue
        }
    }

    /// What stands before the path of each address of its pages: `/ko`; nothing for English.
    public var addressPrefix: String { self == .source ? "" : "/" + rawValue }
}
