/// The forms of a word that depend on a number, by CLDR's names.
public enum PluralCategory: String, Sendable, Hashable, CaseIterable {
    case zero, one, two, few, many, other
}

extension Language {
    /// The categories that whole numbers fall into, in the order of a catalogue's `msgstr[0]`, `msgstr[1]` and so on.
    public var pluralCategories: [PluralCategory] {
        switch self {
        case .english, .pseudo: [.one, .other]
        case .spanish: [.one, .many, .other]
        case .korean, .chinese: [.other]
        }
    }

    /// What a catalogue's `Plural-Forms` must say for those categories.
    public var pluralForms: String {
        switch self {
        case .english, .pseudo: "nplurals=2; plural=(n != 1);"
        case .spanish: "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;"
        case .korean, .chinese: "nplurals=1; plural=0;"
        }
    }

    /// The category of a whole number (CLDR 47, cardinal rules).
    public func plural(of number: Int) -> PluralCategory {
        let size = number.magnitude
        switch self {
        case .english, .pseudo: return size == 1 ? .one : .other
        case .spanish:
            if size == 1 { return .one }
            return size != 0 && size.isMultiple(of: 1_000_000) ? .many : .other
        case .korean, .chinese: return .other
        }
    }
}
