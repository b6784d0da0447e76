import Database

/// The roll at the end of one year.
public struct GrowthYear: Sendable, Equatable {
    public let year: Int
    /// Members that the records show for sure, by category.
    public let byCategory: [String: Int]
    /// Members that may have joined by then: no report gives the day.
    public let perhaps: Int

    public var total: Int { byCategory.values.reduce(0, +) }

    static func all(through last: Int, _ transaction: Transaction) throws -> [GrowthYear] {
        struct Line {
            let category: String
            let perhapsFrom: Int
            let from: Int
            let to: Int
            let startsMembership: Bool
            let count: Int
        }
        // Years are enough: a span counts at a year's end when it began in that year or before and ended in a later one.
        let lines = try transaction.query(
            """
            SELECT category, substr(perhaps_from, 1, 4) AS perhaps, substr(valid_from, 1, 4) AS began,
                substr(valid_to, 1, 4) AS ended, CASE WHEN since = valid_from THEN 1 ELSE 0 END AS starts, COUNT(*)
            FROM roll_span WHERE on_roll = 1 GROUP BY category, perhaps, began, ended, starts
            """
        ) { row in
            Line(
                category: try row.text(0),
                perhapsFrom: Int(try row.text(1)) ?? 0,
                from: Int(try row.text(2)) ?? 0,
                to: Int(try row.text(3)) ?? 0,
                startsMembership: try row.flag(4),
                count: try row.integer(5)
            )
        }
        guard let first = lines.map(\.from).min(), first <= last else { return [] }
        return (first...last).map { year in
            var byCategory: [String: Int] = [:]
            var perhaps = 0
            for line in lines {
                if line.from <= year, line.to > year {
                    byCategory[line.category, default: 0] += line.count
                } else if line.startsMembership, line.from > year, line.perhapsFrom <= year {
                    perhaps += line.count
                }
            }
            return GrowthYear(year: year, byCategory: byCategory, perhaps: perhaps)
        }
    }
}
