import Hummingbird
import Web

extension Site {
    /// About the figures and their sources.
    static func addAbout(to routes: Routes, _ context: SiteContext) {
        routes.get("/about") { request, web in
            let context = context.speaking(web.language)
            return try await context.answer(to: request) { try await AboutPage.load(context).page(context) }
        }
    }
}
