import Hummingbird
import Web

extension Site {
    /// The charts, the reconciliation, and a page for each published figure.
    static func addFigures(to routes: Routes, _ context: SiteContext) {
        routes.get("/figures") { request, web in
            let context = context.speaking(web.language)
            return try await context.answer(to: request) { try await FiguresPage.load(context).page(context) }
        }
        routes.get("/figures/:statement") { request, web in
            let context = context.speaking(web.language)
            let statement = web.parameters.get("statement") ?? ""
            return try await context.answer(to: request) {
                guard let found = try await FigurePage.load(statement, context) else { throw RequestProblem.notFound }
                return found.page(context)
            }
        }
    }
}
