import Charter
import Languages

/// What the charter calls things on a day, in the page's language: categories, regions, statuses, offices, bodies.
///
/// A key that the day's version does not have keeps the name that the latest version with it gives it, so that a record
/// from another time is still shown by name; a key that no version has is shown as it is.
struct Words: Sendable {
    let day: Day
    let language: Language
    /// Their names are those of the charter itself; `category(_:)` and the like are in the page's language.
    let categories: [Charter.Category]
    /// In the order that the charter gives.
    let regions: [Charter.Region]
    let statuses: [Charter.Status]
    private let charter: Charter
    private let version: CharterVersion?

    init(charter: Charter, day: Day, language: Language = .source) {
        self.day = day
        self.language = language
        self.charter = charter
        let version = charter.version(on: day) ?? charter.versions.first
        self.version = version
        categories = version?.categories ?? []
        regions = (version?.regions ?? []).sorted { $0.order < $1.order }
        statuses = version?.statuses ?? []
    }

    /// The same on another day.
    func on(_ day: Day) -> Words { Words(charter: charter, day: day, language: language) }
    /// The same in the charter's own language, which is also that of the records.
    var inEnglish: Words { Words(charter: charter, day: day) }

    func category(_ key: String) -> String { name { $0.category(key)?.name } ?? key }
    func categories(_ key: String) -> String { name { $0.category(key)?.plural } ?? key }
    func region(_ key: String) -> String { name { $0.region(key)?.name } ?? key }
    func status(_ key: String) -> String { name { $0.status(key)?.name } ?? key }
    func office(_ key: String) -> String { name { $0.office(key)?.name } ?? key }
    func body(_ key: String) -> String { name { $0.body(key)?.name } ?? key }
    /// The body or office, one of which a key of both is, in which roles are held.
    func seat(_ key: String) -> String { name { $0.body(key)?.name ?? $0.office(key)?.name } ?? key }
    /// How the statutes call a member of the category; nil where the day's version has no such category.
    func title(ofCategory key: String) -> String? {
        version?.category(key).map { charter.name($0.title, in: language) }
    }

    /// The name that is short enough for everywhere, the same in every language.
    var shortName: String { charter.association.shortName }
    /// The association's full name on the day.
    var associationName: String { charter.name(charter.association.name(on: day), in: language) }

    /// "1 corporation", "22 corporations": a count with the category's name in running text.
    ///
    /// The name has its number already; the message has two forms for languages that put a word between the two.
    func counted(_ count: Int, category key: String) -> Phrase {
        let name = category(key, of: count)
        return say(count, one: "\(count) \(name)", other: "\(count) \(name)", context: "how many of what")
    }

    /// "corporation" of one, "corporations" of any other number: the category's name in running text.
    func category(_ key: String, of count: Int) -> String {
        inText(count == 1 ? category(key) : categories(key))
    }

    /// A name as it stands within a sentence: with a small first letter where the language has small letters for it.
    func inText(_ name: String) -> String {
        switch language {
        case .english, .spanish, .pseudo: lowercasedFirst(name)
        case .korean, .chinese: name
        }
    }

    /// Whether any version of the charter has the category.
    func knows(category key: String) -> Bool { look { $0.category(key)?.key } != nil }
    func knows(region key: String) -> Bool { look { $0.region(key)?.key } != nil }
    func knows(status key: String) -> Bool { look { $0.status(key)?.key } != nil }

    /// The first day of the version that the words are of.
    var effective: Day? { version?.effective }

    /// The status of a member in good standing: the charter's first that stands on the roll.
    var standard: String? { statuses.first { $0.isOnRoll }?.key }

    func isOnRoll(_ status: String) -> Bool { look { $0.status(status)?.isOnRoll } ?? false }

    private func name(_ find: (CharterVersion) -> String?) -> String? {
        look(find).map { charter.name($0, in: language) }
    }

    private func look<Value>(_ find: (CharterVersion) -> Value?) -> Value? {
        if let version, let value = find(version) { return value }
        for version in charter.versions.reversed() {
            if let value = find(version) { return value }
        }
        return nil
    }
}

/// The text with a small first letter, for a name within a sentence; a word in capitals stays.
func lowercasedFirst(_ text: String) -> String {
    guard let first = text.first, text.dropFirst().first?.isUppercase != true else { return text }
    return first.lowercased() + text.dropFirst()
}

/// The text with a capital first letter.
func capitalisedFirst(_ text: String) -> String {
    guard let first = text.first else { return text }
    return first.uppercased() + text.dropFirst()
}
