public import Charter
import Database

/// How many members there were on one day, by category, region, country and status: the counts beside every filter.
///
/// One pass over the roll answers all of them, so that a page never counts 100,000 rows to show a number.
public struct RollCube: Sendable, Equatable {
    struct Cell: Hashable {
        var category: String
        var region: String?
        var country: String?
        var status: String
        var onRoll: Bool
    }

    private(set) var counts: [Cell: Int] = [:]
    private var sums: [Sum: Int] = [:]
    public let day: Day
    public private(set) var certainty = RollCertainty(perhapsGone: 0, perhapsMembers: 0)

    init(day: Day, _ transaction: Transaction) throws {
        self.day = day
        let text = Value.text(day.description)
        try transaction.forEach(
            """
            SELECT category, region, country, status, on_roll, COUNT(*),
                SUM(CASE WHEN doubtful_from <= ? AND on_roll = 1 THEN 1 ELSE 0 END)
            FROM roll_span WHERE valid_from <= ? AND valid_to > ?
            GROUP BY category, region, country, status, on_roll
            """,
            [text, text, text]
        ) { row in
            let cell = Cell(
                category: try row.text(0),
                region: row.optionalText(1),
                country: row.optionalText(2),
                status: try row.text(3),
                onRoll: try row.flag(4)
            )
            let count = try row.integer(5)
            counts[cell, default: 0] += count
            add(cell, count)
            certainty = RollCertainty(
                perhapsGone: certainty.perhapsGone + (try row.integer(6)),
                perhapsMembers: certainty.perhapsMembers
            )
        }
        let perhaps = try transaction.first(
            """
            SELECT COUNT(*) FROM roll_span s WHERE perhaps_from <= ? AND valid_from > ? AND on_roll = 1 AND NOT EXISTS
                (SELECT 1 FROM roll_span p WHERE p.member_id = s.member_id AND p.valid_to = s.valid_from AND p.on_roll = 1)
            """,
            [text, text]
        ) { try $0.integer(0) }
        certainty = RollCertainty(perhapsGone: certainty.perhapsGone, perhapsMembers: perhaps ?? 0)
    }

    /// How many members a filter without search and tag lists.
    public func count(
        standing: RollFilter.Standing = .onRoll,
        category: String? = nil,
        region: String? = nil,
        country: String? = nil
    ) -> Int {
        sums[Sum(standing: standing, category: category, region: region, country: country)] ?? 0
    }

    // A page asks for dozens of these, so each cell is added once to every sum that it belongs to.
    private struct Sum: Hashable {
        var standing: RollFilter.Standing
        var category: String?
        var region: String?
        var country: String?
    }

    private mutating func add(_ cell: Cell, _ count: Int) {
        let standings: [RollFilter.Standing] = [.any, .only(cell.status)] + (cell.onRoll ? [.onRoll] : [])
        for standing in standings {
            for category in [nil, cell.category] {
                for region in Set([nil, cell.region]) {
                    for country in Set([nil, cell.country]) {
                        let sum = Sum(standing: standing, category: category, region: region, country: country)
                        sums[sum, default: 0] += count
                    }
                }
            }
        }
    }

    /// The countries that a standing has members in, with their counts, most members first.
    public func countries(standing: RollFilter.Standing = .onRoll) -> [(country: String, count: Int)] {
        var sums: [String: Int] = [:]
        for (cell, count) in counts where cell.onRoll || standing == .any {
            if let country = cell.country { sums[country, default: 0] += count }
        }
        return sums.map { (country: $0.key, count: $0.value) }.sorted {
            ($1.count, $0.country) < ($0.count, $1.country)
        }
    }

    /// The statuses that occur on the day, with their counts.
    public var statuses: [String: Int] {
        counts.reduce(into: [:]) { $0[$1.key.status, default: 0] += $1.value }
    }
}
