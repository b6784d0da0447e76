import Hummingbird
import Languages
import NIOCore
import Web

extension Site {
    /// What programs read: the feed of changes in each language, the sitemap, the rules for robots.
    static func addFeeds(to routes: Routes, _ context: SiteContext) {
        routes.get(RouterPath(AtomFeed.path)) { request, web in
            let context = context.speaking(web.language)
            return try await context.answer(to: request) {
                Page(try await AtomFeed.load(context).bytes(), contentType: .atom)
            }
        }
        routes.get("/sitemap.xml") { request, _ in
            let part = try QueryParameters(request).int("part", in: 0...10_000)
            return try await context.answer(to: request) {
                Page(try await sitemap(part, context), contentType: .xml)
            }
        }
        routes.get("/robots.txt") { request, _ in
            // Each filtered list in each language would be a page to read.
            let lists = context.languages.map {
                "Disallow: \($0.addressPrefix)/members?\nDisallow: \($0.addressPrefix)/members.csv"
            }
            let text = """
                User-agent: *
                \(lists.joined(separator: "\n"))
                Sitemap: \(context.baseURL)/sitemap.xml

                """
            return Page(ByteBuffer(string: text), contentType: .text).response(to: request)
        }
    }

    /// Without a part: everything in one file, or the list of the parts. Part 0 has the pages that are no member's.
    private static func sitemap(_ part: Int?, _ context: SiteContext) async throws -> ByteBuffer {
        if let part, part > 0 {
            let members = try await Sitemap.members(part, context)
            guard !members.addresses.isEmpty else { throw RequestProblem.notFound }
            return Sitemap(addresses: members.addresses).bytes()
        }
        let places = try await Sitemap.places(context)
        if part == 0 { return Sitemap(addresses: places).bytes() }
        let members = try await Sitemap.members(1, context)
        if places.count + members.total <= Sitemap.limit {
            return Sitemap(addresses: places + members.addresses).bytes()
        }
        let parts = 0...((members.total + Sitemap.limit - 1) / Sitemap.limit)
        return Sitemap.index(of: parts.map { "\(context.baseURL)/sitemap.xml?part=\($0)" })
    }
}
