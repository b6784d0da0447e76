/// The sections that one version states; those left out are inherited from the version before.
private struct StatedSections {
    var categories: Section<[Charter.Category]>?
    var regions: Section<[Charter.Region]>?
    var statuses: Section<[Charter.Status]>?
    var membership: Section<Charter.MembershipRules>?
    var bodies: Section<[Charter.Body]>?
    var offices: Section<[Charter.Office]>?
    var fees: Section<[Charter.FeeSchedule]>?
    var remission: Section<Charter.Remission>?
    var fiscalYear: Section<Charter.FiscalYear>?
    var retention: Section<[Charter.Retention]>?
    var dues: Section<Charter.Dues>?
    var standings: Section<[Charter.StandingRule]>?
    var points: Section<[Charter.PointRule]>?
    var entitlements: Section<[Charter.Entitlement]>?

    init() {}

    init(_ table: Table, _ reader: SectionReader) {
        categories = reader.categories(table)
        regions = reader.regions(table)
        statuses = reader.statuses(table)
        membership = reader.membership(table)
        bodies = reader.bodies(table)
        offices = reader.offices(table)
        fees = reader.fees(table)
        remission = reader.remission(table)
        fiscalYear = reader.fiscalYear(table)
        retention = reader.retention(table)
        dues = reader.dues(table)
        standings = reader.standings(table)
        points = reader.points(table)
        entitlements = reader.entitlements(table)
    }

    func over(_ before: StatedSections) -> StatedSections {
        var merged = self
        merged.categories = categories ?? before.categories
        merged.regions = regions ?? before.regions
        merged.statuses = statuses ?? before.statuses
        merged.membership = membership ?? before.membership
        merged.bodies = bodies ?? before.bodies
        merged.offices = offices ?? before.offices
        merged.fees = fees ?? before.fees
        merged.remission = remission ?? before.remission
        merged.fiscalYear = fiscalYear ?? before.fiscalYear
        merged.retention = retention ?? before.retention
        merged.dues = dues ?? before.dues
        merged.standings = standings ?? before.standings
        merged.points = points ?? before.points
        merged.entitlements = entitlements ?? before.entitlements
        return merged
    }

    var references: [Reference] {
        let lists: [[Reference]?] = [
            membership?.references, bodies?.references, offices?.references, fees?.references, remission?.references,
            standings?.references, entitlements?.references,
        ]
        return lists.flatMap { $0 ?? [] }
    }

    /// The keys that references of a kind can name; nil where the section could not be read and was told so.
    func keys(of kind: Reference.Kind) -> [String]? {
        switch kind {
        case .category: categories?.keys
        case .region: regions?.keys
        case .status: statuses?.keys
        case .body: bodies?.keys
        case .office: offices?.keys ?? []
        case .standing: standings?.keys ?? []
        }
    }
}

private let requiredSections = ["categories", "regions", "statuses", "membership", "bodies"]
private let optionalSections = [
    "offices", "fees", "remission", "dues", "standing", "points", "entitlements", "fiscal_year", "retention",
]

/// Reads every version, each completed with what it leaves unchanged.
func readVersions(_ top: Table, _ reader: SectionReader) -> [CharterVersion] {
    let keys =
        ["effective", "precision", "adopted_by", "summary"] + SectionReader.citationKeys + requiredSections
        + optionalSections
    var versions: [CharterVersion] = []
    var before = StatedSections()
    var lastStart: (day: Day, precision: DatePrecision)?
    for (index, table) in (top.tables("versions", keys: keys) ?? []).enumerated() {
        let start = reader.datedStart(table, "effective")
        if let lastStart, let start {
            reader.checkOrder(lastStart, start, line: table.line(of: "effective"), what: "versions")
        }
        lastStart = start ?? lastStart
        if index == 0 {
            for section in requiredSections where !table.has(section) {
                reader.log.error(
                    "missing-key",
                    table.line,
                    "the first version lacks '\(section)'.",
                    "Add the section; only later versions may leave out what they do not change."
                )
            }
        }
        let sections = StatedSections(table, reader).over(before)
        checkReferences(sections, reader.log)
        if let entitlements = sections.entitlements {
            checkEntitlements(entitlements.value, standings: sections.standings?.keys ?? [], reader.log)
        }
        before = sections
        if let version = version(table, start, sections, reader) { versions.append(version) }
    }
    return versions
}

private func version(
    _ table: Table,
    _ start: (day: Day, precision: DatePrecision)?,
    _ sections: StatedSections,
    _ reader: SectionReader
) -> CharterVersion? {
    let adoptedBy = table.text("adopted_by")
    let citation = reader.citation(table)
    let summary = table.optionalText("summary")
    guard let start, let adoptedBy, let citation, let categories = sections.categories?.value,
        let regions = sections.regions?.value, let statuses = sections.statuses?.value,
        let membership = sections.membership?.value, let bodies = sections.bodies?.value
    else { return nil }
    return CharterVersion(
        effective: start.day,
        precision: start.precision,
        adoptedBy: adoptedBy,
        citation: citation,
        summary: summary,
        categories: categories,
        regions: regions.sorted { ($0.order, $0.key) < ($1.order, $1.key) },
        statuses: statuses,
        membership: membership,
        bodies: bodies,
        offices: sections.offices?.value ?? [],
        feeSchedules: sections.fees?.value ?? [],
        remission: sections.remission?.value,
        fiscalYear: sections.fiscalYear?.value,
        retention: sections.retention?.value ?? [],
        dues: sections.dues?.value,
        standings: sections.standings?.value ?? [],
        points: sections.points?.value ?? [],
        entitlements: sections.entitlements?.value ?? []
    )
}

private func checkReferences(_ sections: StatedSections, _ log: ProblemLog) {
    for reference in sections.references {
        guard let known = sections.keys(of: reference.kind), !known.contains(reference.key) else { continue }
        let kind = reference.kind.rawValue
        log.error(
            "unknown-reference",
            reference.line,
            "\(reference.path) names '\(reference.key)', but there is no such \(kind).",
            didYouMean(
                reference.key,
                in: known,
                otherwise: known.isEmpty ? "Define it first." : "Known: \(known.joined(separator: ", "))."
            )
        )
    }
}

extension SectionReader {
    /// A date with its precision, which says what part of the written day is known.
    func datedStart(_ table: Table, _ key: String) -> (day: Day, precision: DatePrecision)? {
        let precision: DatePrecision = table.optionalOption("precision") ?? .day
        guard let day = table.day(key) else { return nil }
        if (precision == .year && day.month != 1) || (precision != .day && day.day != 1) {
            log.error(
                "not-first-of-period",
                table.line(of: key),
                "\(day) is known to the \(precision.rawValue) only.",
                "Write the first day of that \(precision.rawValue)."
            )
        }
        return (day, precision)
    }

    /// Each start must lie after the one before, beyond any doubt that its precision leaves.
    func checkOrder(
        _ earlier: (day: Day, precision: DatePrecision),
        _ later: (day: Day, precision: DatePrecision),
        line: Int,
        what: String
    ) {
        if later.day <= earlier.day {
            log.error(
                "dates-out-of-order",
                line,
                "\(later.day) does not come after \(earlier.day).",
                "Put the \(what) in ascending order of date, each date once."
            )
        } else if later.day <= lastPossibleDay(earlier) {
            log.error(
                "dates-overlap",
                line,
                "\(later.day) lies within the \(earlier.precision.rawValue) of \(earlier.day), which is not known closer.",
                "Find the earlier date more exactly, or write this one into a later period."
            )
        }
    }

    private func lastPossibleDay(_ start: (day: Day, precision: DatePrecision)) -> Day {
        switch start.precision {
        case .day: start.day
        case .month: start.day.adding(days: Day.length(ofMonth: start.day.month, year: start.day.year) - 1)
        case .year: start.day.adding(days: Day.isLeap(start.day.year) ? 365 : 364)
        }
    }
}
