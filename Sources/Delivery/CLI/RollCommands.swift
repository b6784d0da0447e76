import ArgumentParser
import Charter
import Languages
import Membership

struct Roll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints the roll of a day as the annual reports do: by category, region and country.",
        usage: "hansa roll [--as-of DAY] [--region R] [--country C] [--category C] [--status S]",
        discussion: "hansa roll --as-of 2021-12-31 · hansa roll --category local-government --region africa"
    )

    @OptionGroup var settings: SettingFlags
    @OptionGroup var filters: FilterFlags

    func run() async throws {
        let installation = try await Installation.open(settings)
        var filter = try filters.filter(installation)
        filter.order = .country
        let version = try installation.version(on: filter.day)
        let rows = try await installation.directory.list(filter, page: 1, size: 1_000_000).rows
        print(Terminal.bold("\(rows.count) members on \(filter.day)"))
        for category in version.categories {
            let ofCategory = rows.filter { $0.category == category.key }
            guard !ofCategory.isEmpty else { continue }
            print("\n" + Terminal.bold("\(category.plural.uppercased()) | \(ofCategory.count)"))
            let regions = version.regions.map { ($0.key as String?, $0.name) } + [(nil, "Region not printed")]
            for (key, name) in regions {
                let ofRegion = ofCategory.filter { $0.region == key }
                guard !ofRegion.isEmpty else { continue }
                print("\(name.uppercased()) | \(ofRegion.count)")
                var countries: [(String, [String])] = []
                for row in ofRegion {
                    if countries.last?.0 == row.country ?? "–" {
                        countries[countries.count - 1].1.append(Terminal.safe(row.name))
                    } else {
                        countries.append((row.country ?? "–", [Terminal.safe(row.name)]))
                    }
                }
                for (country, names) in countries { print("  \(country)  \(names.joined(separator: ", "))") }
            }
        }
        let certainty = try await installation.directory.cube(filter.day).certainty
        if certainty.perhapsMembers > 0 {
            print(
                "\n\(certainty.perhapsMembers) more may have been members: no report gives the day on which they joined."
            )
        }
    }
}

struct Growth: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Counts the members at the end of each year, or lists the steps between two days.",
        usage: "hansa growth [--from DAY] [--to DAY] [--json]",
        discussion: "hansa growth · hansa growth --from 2021-10-19 --to 2023-09-27"
    )

    @OptionGroup var settings: SettingFlags
    @Option(help: "The first day of the steps to list.")
    var from: String?
    @Option(help: "The last day of the steps to list.")
    var to: String?
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let installation = try await Installation.open(settings)
        if let from { return try await steps(from, installation) }
        let years = try await installation.directory.growth(through: installation.today.year)
        struct Line: Encodable {
            let year: Int
            let members: Int
            let byCategory: [String: Int]
            let perhaps: Int
        }
        if json {
            return try Terminal.json(
                years.map { Line(year: $0.year, members: $0.total, byCategory: $0.byCategory, perhaps: $0.perhaps) }
            )
        }
        let categories = try installation.version(on: installation.today).categories
        Terminal.table(
            ["Year"] + categories.map(\.plural) + ["Members", "Perhaps more"],
            years.map { year in
                ["\(year.year)"] + categories.map { "\(year.byCategory[$0.key] ?? 0)" } + [
                    "\(year.total)", "\(year.perhaps)",
                ]
            },
            numbers: Set(1...(categories.count + 2))
        )
        print(Terminal.dim("Perhaps more: no report gives the day on which these joined."))
    }

    private func steps(_ from: String, _ installation: Installation) async throws {
        guard let first = Day(from), let last = to.map(Day.init) ?? installation.today else {
            throw CommandFailure("--from and --to take days, as in 2021-10-19.")
        }
        let changes = try await installation.directory.changes(from: first, through: last)
        if json {
            return try Terminal.json(
                changes.map {
                    ["member": $0.memberKey, "status": $0.status, "earliest": $0.earliest, "latest": $0.latest]
                }
            )
        }
        let grouped = Dictionary(grouping: changes) { "\($0.status) \($0.category)" }
        for (title, group) in grouped.sorted(by: { $0.key < $1.key }) {
            print("\n" + Terminal.bold("\(title) | \(group.count)"))
            Terminal.table(
                ["Day", "Member", "Country", "Grounds", "Source"],
                group.map { change in
                    [
                        Since.text(change.earliest, change.latest), Terminal.safe(change.memberName),
                        change.country ?? "",
                        Terminal.safe(change.grounds.map { Phrase.record($0).english } ?? ""), change.sourceCode,
                    ]
                }
            )
        }
    }
}

struct Reconcile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compares each published figure with the one that the records give.",
        usage: "hansa reconcile [--json]",
        discussion: """
            Ends with status 0 when every difference is written down with its reason, with 1 otherwise.
            """
    )

    @OptionGroup var settings: SettingFlags
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let installation = try await Installation.open(settings)
        let findings = try await installation.directory.reconcile()
        if json { try Terminal.json(findings) } else { show(findings) }
        let open = findings.filter { !$0.isRecorded }
        if !open.isEmpty {
            Terminal.note(
                "\(open.count) difference(s) have no recorded reason: \(open.map(\.statement).joined(separator: ", "))"
            )
            throw ExitCode(1)
        }
    }

    private func show(_ findings: [Finding]) {
        func number(_ value: Double) -> String { value == value.rounded() ? String(Int(value)) : "\(value)" }
        Terminal.table(
            ["Figure", "Day", "Source", "Published", "Derived", "Difference", "Because"],
            findings.map { finding in
                let difference = finding.difference.map { $0 == 0 ? "–" : ($0 > 0 ? "+" : "") + number($0) } ?? ""
                let why =
                    finding.agrees
                    ? ""
                    : finding.derived == nil
                        ? finding.derivation.words.english
                        : finding.explanations.map { explanation in
                            explanation.kind + (explanation.memberName.map { ": \($0)" } ?? "")
                        }.joined(separator: "; ")
                return [
                    String(finding.text.prefix(56)), finding.through, finding.source, number(finding.published),
                    finding.derived.map(number) ?? "–", difference, String(why.prefix(90)),
                ]
            },
            numbers: [3, 4, 5]
        )
        let differing = findings.filter { $0.derived != nil && !$0.agrees }.count
        let underived = findings.filter { $0.derived == nil }.count
        print(
            Terminal.dim(
                "\(findings.count) published figures: \(findings.count - differing - underived) agree, \(differing) differ, "
                    + "\(underived) cannot be derived from the records."
            )
        )
    }
}
