import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import HTML
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Logging
import Mail
import NIOCore
import Site
import Testing

@testable import API
@testable import Membership
@testable import Web

/// The API of a made-up league of river ports, over a database of its own.
struct TestAPI: Sendable {
    static let now = Date(timeIntervalSince1970: 1_717_200_000)
    static let today: Day = Day("2024-06-01") ?? .first

    let api: API
    let database: Database
    let client: any TestClientProtocol

    /// A person with the role (in Köln, in the diet, or in the association), and a token of theirs.
    func token(_ role: Access.Role, _ scopes: [Scope] = Scope.allCases) async throws -> String {
        try await database.write { transaction in
            let address = "\(Identifier.make())@people.example"
            let email = try #require(EmailAddress(address))
            let person = try Person.create(transaction, name: "Walker", email: email, language: "en", now: Self.now)
            let place = Self.seat(role)
            try transaction.execute(
                """
                INSERT INTO role_grant (id, person_id, role, place_kind, place_id, starts_on, given_at)
                VALUES (?, ?, ?, ?, ?, '2020-01-01', ?)
                """,
                [
                    .text(Identifier.make()), .text(person.id), .text(role.rawValue), .text(place.kind),
                    .text(place.id),
                    .text(InstantText.text(Self.now)),
                ]
            )
            return try APIToken.make(
                transaction,
                name: "Walk",
                holder: .person(person.id),
                scopes: scopes.map(\.rawValue),
                secondFactor: true,
                by: "person:\(person.id)",
                expiresAt: Self.now.addingTimeInterval(86_400),
                now: Self.now
            ).text
        }
    }

    static func seat(_ role: Access.Role) -> Access.Place {
        switch role.seat {
        case .association: .association
        case .body: .body("diet")
        case .member: .member("id-koeln")
        }
    }

    struct Reply: Sendable {
        let status: Int
        let headers: HTTPFields
        let json: JSONValue
        let text: String
    }

    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        token: String? = nil,
        body: JSONValue? = nil,
        headers more: HTTPFields = [:]
    ) async throws -> Reply {
        var headers = more
        if let token { headers[.authorization] = "Bearer \(token)" }
        if body != nil, headers[.contentType] == nil { headers[.contentType] = "application/json" }
        let sent = body.map { ByteBuffer(bytes: $0.bytes) }
        return try await client.execute(uri: path, method: method, headers: headers, body: sent) { response in
            let bytes = Array(response.body.readableBytesView)
            return Reply(
                status: Int(response.status.code),
                headers: response.headers,
                json: (try? JSONReader.read(bytes)) ?? .null,
                text: String(decoding: bytes, as: UTF8.self)
            )
        }
    }

    func get(_ path: String, token: String? = nil) async throws -> Reply { try await send(.get, path, token: token) }
}

/// Runs `body` over the API with Köln, Ruhrort and whatever `ports` adds as members.
func withAPI(
    _ engine: Database.Engine,
    rate: RatePolicy = RatePolicy(withoutToken: 1_000_000, withToken: 1_000_000),
    ports: [(key: String, name: String, country: String?, population: Int?)] = [],
    _ body: @escaping @Sendable (TestAPI) async throws -> Void
) async throws {
    try await withDatabase(engine, migrations: Site.migrations) { database in
        let all = [("koeln", "Köln", Optional("DE"), Optional(1_073_096)), ("ruhrort", "Ruhrort", "DE", nil)] + ports
        try await database.write { transaction in
            try transaction.execute("INSERT INTO source (code, title, origin) VALUES ('S', 'Statutes', 'import')")
            for (key, name, country, population) in all {
                try insert(transaction, key: key, name: name, country: country, population: population)
            }
            try RollProjection(charter: Ports.charter).rebuild(all.map { "id-\($0.0)" }, transaction)
        }
        let directory = Directory(database: database, charter: Ports.charter)
        let context = APIContext(
            directory: directory,
            database: database,
            charter: Ports.charter,
            countries: ["DE": "Germany", "NL": "Netherlands"],
            uploadCountries: CountryWords(csv: Array("a2,name\nDE,Germany\nNL,Netherlands\n".utf8)),
            baseURL: "http://ports.example",
            today: { TestAPI.today },
            now: { TestAPI.now },
            cache: PageCache(isOn: false) { 1 },
            revision: { -1 },
            rate: rate,
            memberLetters: MemberLetters(
                templates: try MailTemplates.load(folder: MemberLetters.folder),
                correspondence: Correspondence(siteAddress: "http://ports.example")
            )
        )
        let api = API(context) { _, _, _, _, content in
            Page(HTMLWriter.render(content))
        }
        var settings = HansaServer.Settings()
        settings.accessLogLevel = nil
        let server = HansaServer(settings: settings, logger: Logger(label: "test")) { api.addRoutes(to: $0) }
        try await server.application.test(.router) { client in
            try await body(TestAPI(api: api, database: database, client: client))
        }
    }
}

private func insert(
    _ transaction: Transaction,
    key: String,
    name: String,
    country: String?,
    population: Int?
) throws {
    try transaction.execute(
        """
        INSERT INTO member (id, key, category, country, region, name, source, origin)
        VALUES (?, ?, 'port', ?, ?, ?, 'S', 'import')
        """,
        [
            .text("id-\(key)"), .text(key), .optional(country), .optional(country == "NL" ? "lower" : "upper"),
            .text(name),
        ]
    )
    try transaction.execute(
        """
        INSERT INTO member_status (member_id, status, earliest, latest, source, locator, origin)
        VALUES (?, 'moored', '2001-05-02', '2001-05-02', 'S', 'Roll', 'import')
        """,
        [.text("id-\(key)")]
    )
    guard let population else { return }
    try transaction.execute(
        """
        INSERT INTO member_figure (member_id, kind, value, unit, year_latest, source, locator, origin)
        VALUES (?, 'population', ?, 'people', 2020, 'S', 'Roll', 'import')
        """,
        [.text("id-\(key)"), .real(Double(population))]
    )
}
