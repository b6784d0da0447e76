import Access
import Charter
import Database
import Languages

/// How a name came to be another one.
public enum NameChange: String, Sendable, CaseIterable {
    /// The member took a new name; the old one ends the day before.
    case renamed
    /// The name was misspelt here; it was always the new one.
    case corrected
}

/// A fact as it was checked, ready to be written.
enum MemberFact {
    case name(String, NameChange, from: Day)
    /// A column of the member's own row that holds text.
    case column(String, String?)
    case area(Double?)
    case coordinates((latitude: Double, longitude: Double)?)
    case population(Double, year: Int)
    case head(String, position: String, shownOn: Day)
}

/// Turns the changed fields of a draft into facts, by the charter of the day, and says what is wrong with them.
struct FactReader {
    let current: MemberDraft
    let entered: MemberDraft
    let nameChange: NameChange
    let effective: Day
    let version: CharterVersion
    let countries: Set<String>
    let today: Day
    var check = FormCheck()

    mutating func read(_ field: MemberField) -> MemberFact? {
        switch field {
        case .name:
            check.name(entered[.name], "name")
            return .name(entered[.name], nameChange, from: effective)
        case .category:
            oneOf(entered[.category], version.categories.map(\.key), "category", say("a category"))
            return .column("category", entered[.category])
        case .region:
            if !entered[.region].isEmpty {
                oneOf(entered[.region], version.regions.map(\.key), "region", say("a region"))
            }
            return .column("region", optional(.region))
        case .country:
            let country = entered[.country]
            if !country.isEmpty, !countries.isEmpty, !countries.contains(country) {
                check.refuse(
                    "country",
                    say("\"\(country.prefix(20))\" is no ISO 3166 code of a country. Choose one of the list.")
                )
            }
            check.text(country, "country", most: 2)
            return .column("country", optional(.country))
        case .website:
            if !entered[.website].isEmpty { check.website(entered[.website], "website") }
            return .column("website", optional(.website))
        case .description:
            check.text(entered[.description], "description", most: 5000, isLong: true)
            return .column("description", optional(.description))
        case .area: return area()
        case .coordinates: return coordinates()
        case .population: return population()
        case .head: return head()
        }
    }

    private func optional(_ input: MemberInput) -> String? { entered[input].isEmpty ? nil : entered[input] }

    private mutating func oneOf(_ key: String, _ known: [String], _ name: String, _ what: Phrase) {
        if key.isEmpty {
            check.refuse(name, say("Choose \(what) of the list."))
        } else if !known.contains(key) {
            check.refuse(name, say("This is not \(what) of the charter on \(effective). Choose one of the list."))
        }
    }

    private mutating func area() -> MemberFact? {
        guard !entered[.area].isEmpty else { return .area(nil) }
        return check.number(entered[.area], "area", 0.01...20_000_000, whole: false).map { .area($0) }
    }

    private mutating func coordinates() -> MemberFact? {
        guard !entered[.coordinates].isEmpty else { return .coordinates(nil) }
        let parts = entered[.coordinates].split(separator: ",", omittingEmptySubsequences: false).map {
            Double(String($0).trimmed)
        }
        guard parts.count == 2, let latitude = parts[0], let longitude = parts[1], (-90...90).contains(latitude),
            (-180...180).contains(longitude)
        else {
            check.refuse("coordinates", say("Enter latitude and longitude in degrees, as in 57.6348, 18.2948."))
            return nil
        }
        return .coordinates((latitude, longitude))
    }

    private mutating func population() -> MemberFact? {
        guard !entered[.population].isEmpty || !entered[.populationYear].isEmpty else {
            check.refuse("population", say("A figure that was published is not taken away. Enter a newer one."))
            return nil
        }
        let people = check.number(entered[.population], "population", 0...2_000_000_000, whole: true)
        let years = 1900...Double(today.year)
        guard let year = check.number(entered[.populationYear], "population_year", years, whole: true), let people
        else {
            return nil
        }
        if let known = Int(current[.populationYear]), Int(year) < known {
            check.refuse(
                "population_year",
                say("The records hold a figure for \(plain: known) already. Enter one for that year or a later one.")
            )
        }
        return .population(people, year: Int(year))
    }

    private mutating func head() -> MemberFact? {
        guard !entered[.head].isEmpty else {
            check.refuse("head", say("Whoever was shown as head stays in the records. Enter the name of the next one."))
            return nil
        }
        check.name(entered[.head], "head")
        check.name(entered[.headPosition], "head_position")
        guard let day = check.pastDay(entered[.headShownOn], "head_shown_on", today: today) else { return nil }
        if current[.headShownOn] > day.description {
            check.refuse(
                "head_shown_on",
                say("The records show somebody on \(current[.headShownOn]) already. Enter that day or a later one.")
            )
        }
        return .head(entered[.head], position: entered[.headPosition], shownOn: day)
    }
}
