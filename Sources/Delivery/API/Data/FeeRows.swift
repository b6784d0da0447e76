import Charter
import Languages

/// What the tables of fees say for a year, line by line.
struct FeeRow: Sendable {
    /// What a line of the data set is.
    enum Basis: String {
        case published
        /// A row that stands in for a table that is not published.
        case standIn = "stand-in"
        /// There is a table, no source prints it, and nothing stands in for it.
        case unpublished
        /// What was decided about values that the rows leave out.
        case ruling
        /// Values that neither a row nor a ruling has.
        case open
        /// What a source says beside the table, followed or not.
        case followed
        case notInForce = "not-in-force"
    }

    let year: Int
    let schedule: Charter.FeeSchedule
    let basis: Basis
    var place = 0
    var from: Int?
    var to: Int?
    var fee: Int?
    var printed: String?
    var ruling: Charter.Ruling?
    var words: String?
    let citation: Citation

    /// Every line of every year from the first with fees to `last`.
    static func all(_ charter: Charter, through last: Int) -> [FeeRow] {
        guard let first = charter.versions.first(where: { !$0.feeSchedules.isEmpty })?.effective.year, first <= last
        else { return [] }
        return (first...last).flatMap { year in
            (charter.feeVersion(year: year)?.feeSchedules ?? []).flatMap { schedule in
                all(schedule, year).enumerated().map { place, row in
                    var row = row
                    row.place = place + 1
                    return row
                }
            }
        }
    }

    private static func all(_ schedule: Charter.FeeSchedule, _ year: Int) -> [FeeRow] {
        var rows = schedule.bands.map { band in
            var row = FeeRow(schedule, year, schedule.unpublished == nil ? .published : .standIn, schedule.citation)
            (row.from, row.to, row.fee) = (band.from, band.to, band.fee)
            row.printed = band.printed
            row.words = schedule.unpublished
            return row
        }
        if rows.isEmpty {
            var row = FeeRow(schedule, year, .unpublished, schedule.citation)
            row.words = schedule.unpublished
            rows = [row]
        }
        return rows + rulings(schedule, year) + open(schedule, year) + statements(schedule, year)
    }

    private static func rulings(_ schedule: Charter.FeeSchedule, _ year: Int) -> [FeeRow] {
        schedule.rulings.map { ruling in
            var row = FeeRow(schedule, year, .ruling, ruling.citation)
            if case .values(let from, let to, let fee) = ruling.settles {
                (row.from, row.to, row.fee) = (from, to, fee)
            }
            row.ruling = ruling
            row.words = ruling.grounds
            return row
        }
    }

    private static func open(_ schedule: Charter.FeeSchedule, _ year: Int) -> [FeeRow] {
        schedule.openGaps.map { gap in
            var row = FeeRow(schedule, year, .open, schedule.citation)
            row.printed = gap.range.english
            return row
        }
    }

    private static func statements(_ schedule: Charter.FeeSchedule, _ year: Int) -> [FeeRow] {
        schedule.statements.map { statement in
            var row = FeeRow(schedule, year, statement.isInForce ? .followed : .notInForce, statement.citation)
            row.fee = statement.fee
            row.words = "\(statement.text) \(statement.why)"
            return row
        }
    }

    private init(_ schedule: Charter.FeeSchedule, _ year: Int, _ basis: Basis, _ citation: Citation) {
        (self.schedule, self.year, self.basis, self.citation) = (schedule, year, basis, citation)
    }

    /// Where in the source, as far as it is known.
    var locator: String? {
        let parts = [citation.article.map { "Article \($0)" }, citation.heading].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}

extension DataSets {
    static let fees = DataSet<FeeRow>(
        name: "fees",
        title: "Tables of fees",
        detail: """
            What membership costs by the tables of each year: their rows, what was decided about values that they \
            leave out, what is left open, and what sources say beside them. Up to the year of asking, or of the day in \
            as_of.
            """,
        columns: [
            .integer("year", "The year that the fee is for.") { $0.year },
            .text("schedule", "The key of the table in the charter.") { $0.schedule.key },
            .integer("place", "The place of the line among those of its table and year, from 1.") { $0.place },
            .text("name", "The table's name.") { $0.schedule.name },
            .text("category", "The key of the category of members that it is for.") { $0.schedule.category },
            .optionalText("kinds", "The keys of the kinds of member that it is for, between spaces; empty for all.") {
                $0.schedule.kinds.isEmpty ? nil : $0.schedule.kinds.map(\.key).joined(separator: " ")
            },
            .optionalText("measure", "The key of the figure that decides the fee.") { $0.schedule.measure?.key },
            .text(
                "basis",
                """
                What the line is: published (a row of the table), stand-in (a row in place of a table that is not \
                published), unpublished, ruling (decided about what the rows leave out), open (what nothing \
                settles), followed or not-in-force (what a source says beside the table).
                """
            ) { $0.basis.rawValue },
            .integer("from", "The least value of the figure.", isRequired: false) { $0.from },
            .integer("to", "The greatest, inclusive; empty for no end.", isRequired: false) { $0.to },
            .integer("fee", "A year's fee in whole units of the currency.", isRequired: false) { $0.fee },
            .text("currency", "ISO 4217.") { $0.schedule.currency },
            .optionalText("printed", "The values as the source prints them, or as they are left open.") { $0.printed },
            .optionalText("ruling", "The key of the ruling.") { $0.ruling?.key },
            .optionalDay("decided_on", "The day of the ruling.") { $0.ruling?.day.description },
            .optionalText("decided_by", "Who made the ruling.") { $0.ruling?.madeBy },
            .optionalText("words", "Grounds of the ruling, what the source says, or why the table is not published.") {
                $0.words
            },
            .text("source", "The code of the source.") { $0.citation.source },
            .optionalText("locator", "Where in the source.") { $0.locator },
        ],
        primaryKey: ["year", "schedule", "place"]
    )
}
