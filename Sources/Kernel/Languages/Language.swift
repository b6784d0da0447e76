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
    case pseudo = "qps"

    /// The languages that people speak.
    public static let spoken: [Language] = [.english, .korean, .spanish, .chinese]

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
        case .pseudo: "en-XA"
        default: rawValue
        }
    }

    /// What stands before the path of each address of its pages: `/ko`; nothing for English.
    public var addressPrefix: String { self == .source ? "" : "/" + rawValue }

    /// The first of the spoken languages that a list of a browser's preferences names (RFC 9110, 12.5.4), best first.
    ///
    /// - Parameter header: `Accept-Language`, as `ko-KR,ko;q=0.9,en;q=0.8`. What cannot be read counts for nothing.
    public static func preferred(by header: String) -> Language? {
        var best: (language: Language, weight: Double)?
        for part in header.utf8.prefix(1024).split(separator: UInt8(ascii: ",")) {
            let fields = part.split(separator: UInt8(ascii: ";")).map { trimmed(String($0) ?? "") }
            guard let name = fields.first, let language = spoken(named: name) else { continue }
            let weight = fields.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            guard weight > 0, weight <= 1, weight > best?.weight ?? 0 else { continue }
            best = (language, weight)
        }
        return best?.language
    }

    private static func spoken(named tag: String) -> Language? {
        let primary = tag.prefix { $0 != "-" }.lowercased()
        return spoken.first { $0.rawValue == primary }
    }

    private static func trimmed(_ text: String) -> String {
        let blank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        return String(String(text.drop(while: blank)).reversed().drop(while: blank).reversed())
    }
}
