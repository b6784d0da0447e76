public import Charter
public import Database
public import Foundation
import Journal

/// Invented members for trying the program at size. Their origin is `sample`, their source says so, and every page that
/// shows one says so too.
public struct Sample: Sendable {
    let database: Database
    let charter: Charter
    let now: @Sendable () -> Date

    /// The source code that all samples bear.
    public static let source = "SAMPLE"
    /// As the journal names whoever invents.
    public static let actor = "hansa demo"

    public init(database: Database, charter: Charter, now: @escaping @Sendable () -> Date = { Date() }) {
        self.database = database
        self.charter = charter
        self.now = now
    }

    /// Adds `count` invented members, the same for the same count: in parts, each one transaction.
    public func add(_ count: Int) async throws {
        let importer = importer
        try await addSource()
        guard let version = charter.versions.last else { return }
        let statuses = version.statuses.filter(\.isOnRoll).map(\.key)
        guard let member = statuses.first else { return }
        var towns = SampleTowns(version: version)
        for start in stride(from: 0, to: count, by: 10_000) {
            let part = (start..<min(start + 10_000, count)).map { towns.next($0) }
            try await add(SampleTowns.members(part), "members.csv", importer)
            try await add(SampleTowns.statuses(part, member), "statuses.csv", importer)
            try await add(SampleTowns.figures(part), "figures.csv", importer)
        }
    }

    /// Puts the source on record that everything invented names.
    public func addSource() async throws {
        let source =
            "code,title,published,licence,note\n\(Self.source),Invented sample,,,No record of any association\n"
        try await add(source, "sources.csv", importer)
    }

    private var importer: Importer {
        Importer(database: database, charter: charter, countries: [], actor: Self.actor, now: now)
    }

    private func add(_ text: String, _ file: String, _ importer: Importer) async throws {
        guard let table = ImportTable.all.first(where: { $0.file == file }) else { return }
        var kept = table
        kept.keepsMissing = true
        _ = try await importer.importBytes(Array(text.utf8), as: kept, origin: "sample")
    }

    /// The rows of `members.csv` for `count` invented members, for measuring an import.
    public static func membersFile(_ count: Int, charter: Charter) -> String {
        guard let version = charter.versions.last else { return "" }
        var towns = SampleTowns(version: version)
        return SampleTowns.members((0..<count).map { towns.next($0) })
    }
}

/// Names, places and sizes by a fixed recurrence, so that two runs measure the same rows.
struct SampleTowns {
    struct Town {
        var key: String
        var name: String
        var category: String
        var country: String
        var region: String
        var latitude: Double
        var longitude: Double
        var population: Int
        var joined: String
    }

    private let places: [(region: String, country: String)]
    private let categories: [String]
    private var state: UInt64 = 20_230_926

    init(version: CharterVersion) {
        places = version.regions.flatMap { region in region.countries.map { (region.key, $0) } }
        categories = version.categories.map(\.key)
    }

    private mutating func random(_ limit: Int) -> Int {
        // Knuth's MMIX generator: its high bits are good enough for invented towns.
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % max(limit, 1)
    }

    mutating func next(_ number: Int) -> Town {
        let heads = [
            "Nor", "Wes", "Ost", "Mar", "Bel", "Kar", "Lun", "Tor", "Vel", "Sant", "Gra", "Hol", "Brem", "Dan", "Rev",
        ]
        let hearts = ["a", "en", "o", "ing", "ul", "ar", "esh", "ova", "il", "und", "ora", "em"]
        let tails = [
            "burg", "ville", "stad", "grad", "port", "field", "haven", "pur", "abad", "mouth", "dorf", "ton", "minster",
        ]
        let ends = ["", "", " Nova", " East", " am See", " del Mar", " Bay", " Heights"]
        let name =
            heads[random(heads.count)] + hearts[random(hearts.count)] + hearts[random(hearts.count)]
            + tails[random(tails.count)] + ends[random(ends.count)]
        let place = places.isEmpty ? (region: "", country: "") : places[random(places.count)]
        let month = 1 + random(12)
        let day = 1 + random(28)
        return Town(
            key: "sample-\(number)",
            name: name,
            category: random(10) < 8 ? (categories.first ?? "") : categories[random(categories.count)],
            country: place.country,
            region: place.region,
            latitude: Double(random(12_000)) / 100 - 50,
            longitude: Double(random(35_000)) / 100 - 175,
            population: 1_000 + random(3_000) * random(3_000),
            joined: "\(2010 + random(13))-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
        )
    }

    static func members(_ towns: [Town]) -> String {
        var text = ImportTable.members.columns.map(\.header).joined(separator: ",") + "\n"
        for town in towns {
            text += "\(town.key),\(town.category),\(town.country),\(town.region),\(town.name),,,\(town.latitude),"
            text += "\(town.longitude),,,,\(Sample.source),,Invented\n"
        }
        return text
    }

    static func statuses(_ towns: [Town], _ status: String) -> String {
        towns.reduce(into: "member,status,earliest,latest,grounds,decision,source,locator,note\n") { text, town in
            text += "\(town.key),\(status),\(town.joined),\(town.joined),,,\(Sample.source),,\n"
        }
    }

    static func figures(_ towns: [Town]) -> String {
        towns.reduce(into: "member,kind,value,unit,year_earliest,year_latest,source,locator,note\n") { text, town in
            text += "\(town.key),population,\(town.population),people,,2023,\(Sample.source),invented,\n"
        }
    }
}
