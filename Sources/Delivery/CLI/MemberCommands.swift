import ArgumentParser
import Charter
import Database
import Languages
import Membership

enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case table, csv, json }

/// The filters that list commands share.
struct FilterFlags: ParsableArguments {
    @Option(help: "The roll of this day, as in 2021-12-31; today when left out.")
    var asOf: String?
    @Option(help: "A region's key or name.")
    var region: String?
    @Option(help: "A country's ISO 3166 code, as in KR.")
    var country: String?
    @Option(help: "A category's key, as in local-government.")
    var category: String?
    @Option(help: "One status only, as in terminated; `any` for all that ever were.")
    var status: String?

    func filter(_ installation: Installation, search: String? = nil) throws -> RollFilter {
        let day = try self.day(installation)
        let version = try installation.version(on: day)
        let countries = WorldFiles.countryCodes(installation.settings)
        if let country, !countries.isEmpty, !countries.contains(country.uppercased()) {
            throw CommandFailure(
                "\"\(country)\" is no ISO 3166 code of a country. Write two letters, as in --country KR."
            )
        }
        var filter = RollFilter(day: day, country: country?.uppercased(), search: search)
        filter.category = try pick(category, version.categories.map { ($0.key, $0.name) }, "category")
        filter.region = try pick(region, version.regions.map { ($0.key, $0.name) }, "region")
        if let status {
            filter.standing =
                status == "any"
                ? .any : .only(try pick(status, version.statuses.map { ($0.key, $0.name) }, "status") ?? status)
        }
        return filter
    }

    func day(_ installation: Installation) throws -> Day {
        guard let asOf else { return installation.today }
        guard let day = Day(asOf) else {
            throw CommandFailure("\"\(asOf)\" is no day. Write year-month-day, as in --as-of 2021-12-31.")
        }
        return day
    }

    private func pick(_ given: String?, _ known: [(key: String, name: String)], _ what: String) throws -> String? {
        guard let given else { return nil }
        let folded = Folding.fold(given)
        if let found = known.first(where: { $0.key == given || Folding.fold($0.name) == folded }) { return found.key }
        throw CommandFailure(
            "The charter has no \(what) \"\(given)\". It has: \(known.map(\.key).joined(separator: ", "))."
        )
    }
}

struct Members: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists members, on any day, by any name.",
        usage: "hansa members [--as-of DAY] [--search WORDS] [--region R] [--country C] [--category C] [--status S]",
        discussion: """
            hansa members --region asia-pacific --as-of 2021-12-31
            hansa members --search nur-sultan
            hansa members --status terminated --format csv
            """
    )

    @OptionGroup var settings: SettingFlags
    @OptionGroup var filters: FilterFlags
    @Option(help: "Words of any name: beginnings, other scripts and one slip of the finger will do.")
    var search: String?
    @Option(help: "table, csv or json.")
    var format: OutputFormat = .table
    @Option(help: "How many rows at most.")
    var limit = 100_000

    func run() async throws {
        let installation = try await Installation.open(settings)
        let filter = try filters.filter(installation, search: search)
        let page = try await installation.directory.list(filter, page: 1, size: max(1, limit))
        switch format {
        case .json: try Terminal.json(page.rows.map(MemberLine.init))
        case .csv: Terminal.csv(MemberLine.header, page.rows.map { MemberLine($0).cells })
        case .table:
            Terminal.table(
                ["Name", "Key", "Category", "Country", "Region", "Status", "Since", "Population"],
                page.rows.map { row in
                    [
                        Terminal.safe(row.name) + (row.isSample ? " (invented sample)" : ""), row.key, row.category,
                        row.country ?? "", row.region ?? "", row.status, Since.text(row.sinceEarliest, row.since),
                        row.population.map { String($0) } ?? "",
                    ]
                },
                numbers: [7]
            )
            if !page.correctedWords.isEmpty {
                print(
                    Terminal.dim(
                        "Nothing is spelt like that; shown for: \(page.correctedWords.joined(separator: ", "))."
                    )
                )
            }
            let certainty = try await installation.directory.cube(filter.day).certainty
            print(Terminal.dim("\(page.total) members\(page.isTotalOpen ? " or more" : "") on \(filter.day)."))
            if certainty.perhapsMembers > 0 {
                print(
                    Terminal.dim(
                        "\(certainty.perhapsMembers) more may have been members: no report gives the day on which they joined."
                    )
                )
            }
        }
    }
}

/// One member in a list, for machines.
struct MemberLine: Encodable {
    let key: String
    let name: String
    let otherNames: String
    let category: String
    let country: String?
    let region: String?
    let status: String
    let sinceEarliest: String?
    let since: String?
    let population: Int?
    let populationYear: Int?
    let sample: Bool

    init(_ row: RollRow) {
        key = row.key
        name = row.name
        otherNames = row.otherNames
        category = row.category
        country = row.country
        region = row.region
        status = row.status
        sinceEarliest = row.sinceEarliest
        since = row.since
        population = row.population
        populationYear = row.populationYear
        sample = row.isSample
    }

    static let header = [
        "key", "name", "other_names", "category", "country", "region", "status", "since_earliest", "since",
        "population",
        "population_year",
    ]

    var cells: [String] {
        [
            key, name, otherNames, category, country ?? "", region ?? "", status, sinceEarliest ?? "", since ?? "",
            population.map { String($0) } ?? "", populationYear.map { String($0) } ?? "",
        ]
    }
}

/// A beginning whose day may be known only within bounds.
enum Since {
    static func text(_ earliest: String?, _ latest: String?) -> String {
        guard let latest else { return "" }
        guard let earliest, earliest != latest else { return latest }
        if earliest.prefix(4) == latest.prefix(4) { return String(latest.prefix(4)) }
        return "\(earliest.prefix(4))–\(latest.prefix(4))"
    }
}

struct Member: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tells everything about one member, and changes it.",
        discussion:
            "hansa member Astana · hansa member edit visby --website https://www.visby.se --grounds \"Their letter\"",
        subcommands: [
            MemberShow.self, MemberAdd.self, MemberEdit.self, MemberStatus.self, MemberTag.self, MemberMerge.self,
            MemberDoubles.self,
        ],
        defaultSubcommand: MemberShow.self
    )
}

extension Installation {
    /// The member that a key or a name means. Throws `CommandFailure` when it means none or several.
    func member(_ name: String) async throws -> MemberProfile {
        if let profile = try await directory.member(key: name) { return profile }
        if let kept = try await directory.keptKey(of: name), let profile = try await directory.member(key: kept) {
            return profile
        }
        let rows = try await directory.members(named: name, on: RollFilter(day: today))
        let folded = Folding.fold(name)
        let exact = rows.filter { Folding.fold($0.name) == folded }
        guard let only = exact.count == 1 ? exact.first : rows.count == 1 ? rows.first : nil,
            let profile = try await directory.member(key: only.key)
        else {
            guard !rows.isEmpty else {
                throw CommandFailure(
                    "No member is or was called \"\(name)\". Try a part of the name: hansa members --search …"
                )
            }
            let list = rows.map { "  \($0.key)  \($0.name), \($0.country ?? "?")" }.joined(separator: "\n")
            throw CommandFailure("\"\(name)\" may be any of these; give the key:\n\(list)")
        }
        return profile
    }
}

struct MemberShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Tells everything that the records hold about one member.",
        usage: "hansa member NAME [--format table|json]",
        discussion: "hansa member Astana · hansa member 서울 · hansa member \"Dhaka South\""
    )

    @OptionGroup var settings: SettingFlags
    @Argument(help: "The member's key or any of its names.")
    var name: String
    @Option(help: "table or json.")
    var format: OutputFormat = .table

    func run() async throws {
        let installation = try await Installation.open(settings)
        try show(await installation.member(name))
    }

    private func show(_ profile: MemberProfile) throws {
        guard format != .json else { return try Terminal.json(ProfileDocument(profile)) }
        print(Terminal.bold(Terminal.safe(profile.name)) + (profile.isSample ? "  (invented sample)" : ""))
        print([profile.category, profile.region, profile.country].compactMap { $0 }.joined(separator: " · "))
        section(
            "Names",
            profile.names.map { name in
                let time = name.from == nil && name.to == nil ? "" : " \(name.from ?? "…") to \(name.to ?? "now")"
                let note = name.note.map { " – " + Phrase.record($0).english } ?? ""
                return (
                    name.kind, "\(name.name) [\(name.language)]\(time)\(note)",
                    name.source
                )
            }
        )
        section(
            "Status",
            profile.statuses.map { event in
                let grounds = event.grounds.map { ": " + Phrase.record($0).english } ?? ""
                return (Since.text(event.earliest, event.latest), event.status + grounds, event.source)
            }
        )
        section(
            "Offices",
            profile.offices.map {
                (
                    "\($0.from.prefix(4))–\($0.to?.prefix(4) ?? "")",
                    $0.office + ($0.detail.isEmpty ? "" : ", \($0.detail)"), $0.source
                )
            }
        )
        section("People", profile.people.map { ($0.shownOn, "\($0.name), \($0.position)", $0.source) })
        section(
            "Figures",
            profile.figures.map { ("\($0.yearLatest)", "\($0.kind) \(plain($0.value)) \($0.unit)", $0.source) }
        )
        section(
            "Took part",
            profile.participations.map {
                ($0.day, "\($0.eventName), \($0.capacity) (\($0.mode))", $0.source)
            }
        )
        section(
            "Reports disagree",
            profile.contradictions.flatMap { item -> [(String, String, MemberProfile.Source)] in
                let said = { (kept: String) in Phrase.record(kept).english }
                return [
                    (said(item.topic), said(item.readingA), item.sourceA), ("", said(item.readingB), item.sourceB),
                ]
            }
        )
    }

    private func section(_ title: String, _ lines: [(String, String, MemberProfile.Source)]) {
        guard !lines.isEmpty else { return }
        print("\n" + Terminal.bold(title))
        let width = lines.map { Terminal.width($0.0) }.max() ?? 0
        for (left, text, source) in lines {
            let space = String(repeating: " ", count: width - Terminal.width(left))
            let place = source.code + (source.locator.map { ", \($0)" } ?? "")
            print("  \(left)\(space)  \(Terminal.safe(text))  " + Terminal.dim("(\(place))"))
        }
    }

    private func plain(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : "\(value)"
    }
}
