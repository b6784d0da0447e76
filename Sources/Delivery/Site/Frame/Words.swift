import Charter
import Languages

/// What the charter calls things on a day: categories, regions, statuses, offices, bodies.
///
/// A key that the day's version does not have keeps the name that the latest version with it gives it, so that a record
/// from another time is still shown by name; a key that no version has is shown as it is.
struct Words: Sendable {
    let day: Day
    let association: Charter.Association
    let categories: [Charter.Category]
    /// In the order that the charter gives.
    let regions: [Charter.Region]
    let statuses: [Charter.Status]
    private let charter: Charter
    private let version: CharterVersion?

    init(charter: Charter, day: Day) {
        self.day = day
        self.charter = charter
        association = charter.association
        let version = charter.version(on: day) ?? charter.versions.first
        self.version = version
        categories = version?.categories ?? []
        regions = (version?.regions ?? []).sorted { $0.order < $1.order }
        statuses = version?.statuses ?? []
    }

    func category(_ key: String) -> String { look { $0.category(key)?.name } ?? key }
    func categories(_ key: String) -> String { look { $0.category(key)?.plural } ?? key }
    func region(_ key: String) -> String { look { $0.region(key)?.name } ?? key }
    func status(_ key: String) -> String { look { $0.status(key)?.name } ?? key }
    func office(_ key: String) -> String { look { $0.office(key)?.name } ?? key }
    func body(_ key: String) -> String { look { $0.body(key)?.name } ?? key }

    /// "1 corporation", "22 corporations": a count with the category's name in running text.
    ///
    /// The name has its number already; the message has two forms for languages that put a word between the two.
    func counted(_ count: Int, category key: String) -> Phrase {
        let name = category(key, of: count)
        return say(count, one: "\(count) \(name)", other: "\(count) \(name)", context: "how many of what")
    }

    /// "corporation" of one, "corporations" of any other number: the category's name in running text.
    func category(_ key: String, of count: Int) -> String {
        lowercasedFirst(count == 1 ? category(key) : categories(key))
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
