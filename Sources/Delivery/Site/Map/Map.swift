import Charter
import Hummingbird
import Web

extension Site {
    /// The map of the members, of today or of `?on=`.
    static func addMap(to routes: Routes, _ context: SiteContext) {
        routes.get("/map") { request, web in
            let context = context.speaking(web.language)
            // As in the directory, a day beyond the calendar that the records know is its nearest end.
            let day = try QueryParameters(request).day("on").map { text in
                Day(text) ?? (text < Day.first.description ? Day.first : Day.last)
            }
            return try await context.answer(to: request) { try await MapPage.load(day, context).page(context) }
        }
    }
}
