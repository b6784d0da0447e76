import Hummingbird
import Membership
import Web

extension Site {
    static func addHome(to routes: Routes, _ context: SiteContext) {
        routes.get("/") { request, web in
            let context = context.speaking(web.language)
            return try await context.answer(to: request) { try await homePage(HomePage.load(context), context) }
        }
    }
}

extension HomePage {
    /// Lines of what changed lately.
    private static let lines = 8
    /// Steps that are read to make them: enough for an assembly that ended many memberships at once.
    private static let steps = 300

    static func load(_ context: SiteContext) async throws -> HomePage {
        let today = context.today()
        let words = context.words(on: today)
        let directory = context.directory
        let cube = try await directory.cube(today)
        let placed = try await directory.placed(RollFilter(day: today), most: MapDots.limit)
        let changes = try await directory.changes(through: today, limit: steps)
        let findings = try await directory.reconcile()
        return HomePage(
            today: today,
            words: words,
            cube: cube,
            dots: MapDots(placed, world: context.world, countries: context.countries),
            lately: Array(LatelyLine.joined(changes).prefix(lines)),
            growth: try await GrowthChart.load(context, findings: findings),
            notNamed: NotNamed.all(findings, words),
            people: PeopleRepresented(findings)
        )
    }
}
