import Charter
import Hummingbird
import Membership
import Web

extension Site {
    /// Countries and regions.
    static func addPlaces(to routes: Routes, _ context: SiteContext) {
        routes.get("/countries") { request, web in
            let context = context.speaking(web.language)
            return try await context.answer(to: request) {
                let words = context.words
                let cube = try await context.directory.cube(words.day)
                return CountryList.page(CountryList(cube, words: words, countries: context.countries), context)
            }
        }
        routes.get("/countries/:country") { request, web in
            let context = context.speaking(web.language)
            let code = web.parameters.get("country") ?? ""
            // One address for each page: codes stand in small letters.
            guard code == code.lowercased(), context.countries.codes.contains(code.uppercased()) else {
                throw RequestProblem.notFound
            }
            return try await context.answer(to: request) {
                try await CountryPage.load(code.uppercased(), context).page(context)
            }
        }
        routes.get("/regions/:region") { request, web in
            let context = context.speaking(web.language)
            let key = web.parameters.get("region")
            guard let region = context.words.regions.first(where: { $0.key == key }) else {
                throw RequestProblem.notFound
            }
            return try await context.answer(to: request) {
                try await RegionPage.load(region, context).page(context)
            }
        }
    }
}
