import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Journal
import Logging
import NIOCore
import Testing

@testable import Membership
@testable import Site
@testable import Web

/// The site of the river ports, over an empty database that a test fills.
private func withSite(
    members: String = "",
    statuses: String = "",
    _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
) async throws {
    let migrations =
        Journal.migrations + IdentityMigrations.all + AccessMigrations.all + MembershipMigrations.all
    try await withDatabase(.sqlite, migrations: migrations) { database in
        let importer = Importer(database: database, charter: Ports.charter, countries: [], actor: "test")
        let files = [
            ("sources.csv", "code,title,published,licence,note\nS,Statutes,,,\n"), ("members.csv", members),
            ("statuses.csv", statuses),
        ]
        for (file, text) in files where !text.isEmpty {
            let table = try #require(ImportTable.all.first { $0.file == file })
            _ = try await importer.importBytes(Array(text.utf8), as: table)
        }
        let context = SiteContext(
            directory: Directory(database: database, charter: Ports.charter),
            charter: Ports.charter,
            assets: try Assets.load(directory: Site.assetsFolder),
            countries: Ports.countries,
            world: World(OutlineFile(width: 1000, height: 500, countries: [])),
            baseURL: "https://ports.example",
            today: { Ports.today },
            cache: PageCache { 1 },
            database: database,
            now: { Date(timeIntervalSince1970: 1_717_200_000) },
            rooms: try TestRooms.services(database)
        )
        let site = Site(context)
        let server = HansaServer(logger: Logger(label: "test"), problemPage: site.problemPage) {
            site.addRoutes(to: $0)
        }
        try await server.application.test(.router, body)
    }
}

private let koeln = """
    member,category,country,region,name,area_km2,website,latitude,longitude,coordinates_source,tags,description,source,\
    locator,note
    koeln,port,DE,upper,Köln,,https://koeln.example/,,,,deep-water,,S,Roll,
    """
private let moored = """
    member,status,earliest,latest,grounds,decision,source,locator,note
    koeln,moored,2001-01-01,2001-12-31,,,S,Roll,
    """

@Suite struct RoutesTests {
    private func get(
        _ client: any TestClientProtocol,
        _ path: String
    ) async throws -> (HTTPResponse.Status, HTTPFields, String) {
        try await client.execute(uri: path, method: .get) { ($0.status, $0.headers, String(buffer: $0.body)) }
    }

    @Test func `an empty register still has all its pages`() async throws {
        try await withSite { client in
            let (home, _, front) = try await get(client, "/")
            #expect(home == .ok)
            #expect(front.contains("No member is on record yet"))
            let (status, _, list) = try await get(client, "/members")
            #expect(status == .ok)
            #expect(list.contains("<b>No member</b> today"))
        }
    }

    @Test func `a member is on the list, in its file and on its page`() async throws {
        try await withSite(members: koeln, statuses: moored) { client in
            let (_, _, list) = try await get(client, "/members?q=koln")
            #expect(list.contains(#"<a href="/members/koeln">Köln</a>"#))
            let (_, headers, file) = try await get(client, "/members.csv?status=any")
            #expect(file.hasSuffix("koeln,Köln,,port,DE,upper,moored,2001-01-01,2001-12-31,,\r\n"))
            #expect(headers[.contentDisposition] == "attachment; filename=\"members-2024-06-01.csv\"")
            let (status, _, page) = try await get(client, "/members/koeln")
            #expect(status == .ok)
            #expect(page.contains("<title>Köln, Germany · Ports</title>"))
            #expect(page.contains(#"<link rel="canonical" href="https://ports.example/members/koeln">"#))
            #expect(page.contains(#"<a href="https://koeln.example/" rel="external">koeln.example</a>"#))
        }
    }

    @Test func `a key in other letters leads to the page, an unknown one to the search`() async throws {
        try await withSite(members: koeln, statuses: moored) { client in
            let (status, headers, _) = try await get(client, "/members/KOELN")
            #expect(status == .permanentRedirect || status == .movedPermanently)
            #expect(headers[.location] == "/members/koeln")
            let (missing, _, page) = try await get(client, "/members/bad-ems")
            #expect(missing == .notFound)
            #expect(page.contains(#"name="q" value="bad ems""#))
        }
    }

    @Test func `what cannot be answered is told within the site's frame, with the field named`() async throws {
        try await withSite { client in
            let (status, _, page) = try await get(client, "/members?on=2021-02-30&category=port")
            #expect(status == .badRequest)
            #expect(page.contains("<b>on</b> is “2021-02-30”"))
            #expect(page.contains(#"<header class="site-header">"#))
            #expect(page.contains(#"<meta name="robots" content="noindex">"#))
            #expect(try await get(client, "/nothing").0 == .notFound)
        }
    }

    @Test func `a page behind the last says so and leads back`() async throws {
        try await withSite(members: koeln, statuses: moored) { client in
            let (status, _, page) = try await get(client, "/members?page=9")
            #expect(status == .ok)
            #expect(page.contains("There is no page 9"))
            #expect(page.contains("The list has 1 page."))
        }
    }
}
