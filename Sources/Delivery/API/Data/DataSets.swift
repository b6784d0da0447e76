import Charter
import HTTPTypes
import Hummingbird
import Languages
import Membership
import NIOCore
import Web

/// The public data sets of the network, and the descriptor of the package that they make.
struct DataSets: Sendable {
    static let path = "/data"

    private let context: APIContext

    init(_ context: APIContext) { self.context = context }

    static let roll = DataSet<RollRow>(
        name: "roll",
        title: "The roll",
        detail: "The members on the roll, one line each, as on the day of asking or on the day in as_of.",
        columns: [
            .text("key", "The member's key, which never changes.") { $0.key },
            .text("name", "The official name on the day.") { $0.name },
            .text("category", "The key of its category in the charter.") { $0.category },
            .optionalText("country", "ISO 3166 alpha-2.") { $0.country },
            .optionalText("region", "The key of its region in the charter.") { $0.region },
            .text("status", "The key of its status in the charter.") { $0.status },
            .optionalDay("since_earliest", "The earliest day on which the membership can have begun.") {
                $0.sinceEarliest
            },
            .optionalDay("since", "The latest such day.") { $0.since },
            .integer("population", "The latest figure known.", isRequired: false) { $0.population },
            .integer("population_year", "The year of that figure.", isRequired: false) { $0.populationYear },
        ],
        primaryKey: ["key"]
    )

    /// How many members of a category there were at the end of a year.
    struct GrowthRow: Sendable {
        let year: Int
        let category: String
        let members: Int
    }

    static let growth = DataSet<GrowthRow>(
        name: "growth",
        title: "Growth",
        detail: "How many members of each category were on the roll at the end of each year.",
        columns: [
            .integer("year", "The roll at its end.") { $0.year },
            .text("category", "The key of the category in the charter.") { $0.category },
            .integer("members", "Members that the records show for sure.") { $0.members },
        ],
        primaryKey: ["year", "category"]
    )

    static let figures = DataSet<Finding>(
        name: "figures",
        title: "Published figures",
        detail: "Every figure that the association has published, beside the one that the records give.",
        columns: [
            .text("key", "The figure's key.") { $0.statement },
            .text("subject", "What sort of thing is counted.") { $0.subject },
            .text("text", "What the report counts, in a few words.") { $0.text },
            .optionalDay("from", "The day, or the first of the period, that it is about.") { $0.from },
            .optionalDay("through", "The last day of the period.") { $0.through },
            .optionalText("category", "The key of the category that is counted.") { $0.category },
            .optionalText("region", "The key of the region that is counted.") { $0.region },
            .number("published", "The figure as printed.") { $0.published },
            .optionalText("unit", "Its unit; empty for a plain number.") { $0.unit },
            .number("derived", "The figure that the records give.", isRequired: false) { $0.derived },
            .number("difference", "derived less published.", isRequired: false) { $0.difference },
            .text("source", "The code of the source that it was printed in.") { $0.source },
            .optionalText("locator", "Where in the source.") { $0.locator },
        ],
        primaryKey: ["key"]
    )

    func addRoutes(to routes: Routes) {
        let page = Page(
            ByteBuffer(bytes: descriptor.bytes),
            contentType: .json,
            more: [.accessControlAllowOrigin: "*"]
        )
        routes.get(RouterPath("\(Self.path)/datapackage.json")) { request, _ in page.response(to: request) }
        add(Self.roll, to: routes) { context, day in try await Self.rollRows(context, on: day) }
        add(Self.growth, to: routes) { context, day in
            try await context.directory.growth(through: day.year).flatMap { year in
                year.byCategory.sorted { $0.key < $1.key }.map {
                    GrowthRow(year: year.year, category: $0.key, members: $0.value)
                }
            }
        }
        add(Self.figures, to: routes) { context, _ in try await context.directory.reconcile() }
        add(Self.fees, to: routes) { context, day in FeeRow.all(context.charter, through: day.year) }
    }

    private func add<Row: Sendable>(
        _ set: DataSet<Row>,
        to routes: Routes,
        rows: @escaping @Sendable (APIContext, Day) async throws -> [Row]
    ) {
        for format in ["csv", "json"] {
            routes.get(RouterPath("\(Self.path)/\(set.name).\(format)")) { [context] request, _ -> Response in
                let day = try QueryParameters(request).day("as_of").flatMap(Day.init) ?? context.today()
                return try await context.cache.response(to: request, variant: "data \(context.today())") {
                    let found = try await rows(context, day)
                    return Page(
                        format == "csv" ? set.csv(found) : set.json(found),
                        contentType: format == "csv" ? .csv : .json,
                        more: [.accessControlAllowOrigin: "*"]
                    )
                }
            }
        }
    }

    /// All rows of a day, read in parts. Invented samples are no data.
    private static func rollRows(_ context: APIContext, on day: Day) async throws -> [RollRow] {
        let filter = RollFilter(day: day)
        var rows: [RollRow] = []
        var mark: RollMark?
        repeat {
            let slice = try await context.directory.slice(filter, after: mark, size: 5_000)
            rows += slice.kept.filter { !$0.isSample }
            mark = slice.next
        } while mark != nil
        return rows
    }

    var descriptor: JSONValue {
        [
            "profile": "data-package", "name": .text("\(context.charter.association.key)-network"),
            "title": .text("\(context.charter.association.shortName): the network"),
            "description":
                "The roll of the network, its growth, its published figures beside the records, and its fees.",
            "homepage": .text("\(context.baseURL)/"), "version": "1.0.0",
            "sources": .list(
                context.charter.sources.map { ["title": .text($0.title)] }
            ),
            "resources": .list(
                Self.roll.resources + Self.growth.resources + Self.figures.resources + Self.fees.resources
            ),
        ]
    }
}
