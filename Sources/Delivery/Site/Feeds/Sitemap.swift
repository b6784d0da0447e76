import Charter
import HTML
import Membership
import NIOCore

/// The addresses of all pages, for search engines (sitemaps.org).
struct Sitemap: Sendable, Equatable {
    /// The most addresses that one file may have.
    static let limit = 50_000

    /// Absolute.
    let addresses: [String]

    func bytes() -> ByteBuffer {
        XMLWriter.render(capacityBytes: 128 * 1024) { x in
            x.element("urlset", ["xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"]) {
                for address in addresses { x.element("url") { x.element("loc", text: address) } }
            }
        }
    }

    /// The list of a site's sitemaps, where one file cannot hold all.
    static func index(of files: [String]) -> ByteBuffer {
        XMLWriter.render { x in
            x.element("sitemapindex", ["xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"]) {
                for file in files { x.element("sitemap") { x.element("loc", text: file) } }
            }
        }
    }

    /// Every page that is no member's.
    static func places(_ context: SiteContext) async throws -> [String] {
        let words = context.words
        let fixed = [
            "/", "/members", "/map", "/figures", "/countries", "/about", "/join", DuesPlace.fees, DuesPlace.figures,
        ]
        let regions = words.regions.map { "/regions/\($0.key)" }
        let countries = try await context.directory.cube(words.day).countries(standing: .any)
            .map { "/countries/\($0.country.lowercased())" }.sorted()
        let figures = try await context.directory.reconcile().map { "/figures/\($0.statement)" }
        return (fixed + regions + countries + figures).map { context.baseURL + $0 }
    }

    /// The pages of members, present and former: part `number` of those that a file of `limit` addresses makes.
    ///
    /// - Returns: The addresses, and the number of all members.
    static func members(
        _ number: Int,
        _ context: SiteContext
    ) async throws -> (addresses: [String], total: Int) {
        let everybody = RollFilter(day: context.today(), standing: .any)
        let found = try await context.directory.list(everybody, page: number, size: limit)
        return (found.rows.map { "\(context.baseURL)/members/\($0.key)" }, found.total)
    }
}
