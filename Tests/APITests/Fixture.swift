import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Documents
import Dues
import Files
import Foundation
import HTML
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Joining
import Languages
import Logging
import Mail
import NIOCore
import Site
import Standing
import Testing

@testable import API
@testable import Membership
@testable import Web

/// The API of a made-up league of river ports, over a database of its own.
struct TestAPI: Sendable {
    static let now = Date(timeIntervalSince1970: 1_717_200_000)
    static let today: Day = Day("2024-06-01") ?? .first

    /// Whoever prepares what a test comes upon.
    static let clerk = Access.Actor.operatorNamed("clerk")

    let api: API
    let database: Database
    let decisions: DecisionServices
    let joining: JoiningServices
    let dues: DuesServices
    let files: FileStore
    let client: any TestClientProtocol

    /// A person with the role (in Köln, in the diet, or in the association), and a token of theirs.
    func token(_ role: Access.Role, _ scopes: [Scope] = Scope.allCases) async throws -> String {
        try await token(of: person("Walker", [(role, Self.seat(role))]), scopes)
    }

    /// Writes somebody down who has come in before, with roles since 2020; returns their id.
    func person(_ name: String, _ roles: [(role: Access.Role, place: Access.Place)]) async throws -> String {
        try await database.write { transaction in
            let address = "\(Identifier.make())@people.example"
            let email = try #require(EmailAddress(address))
            let person = try Person.create(transaction, name: name, email: email, language: "en", now: Self.now)
            try transaction.execute(
                "UPDATE person SET signed_in_at = ? WHERE id = ?",
                [.text(InstantText.text(Self.now)), .text(person.id)]
            )
            for (role, place) in roles {
                try transaction.execute(
                    """
                    INSERT INTO role_grant (id, person_id, role, place_kind, place_id, starts_on, given_at)
                    VALUES (?, ?, ?, ?, ?, '2020-01-01', ?)
                    """,
                    [
                        .text(Identifier.make()), .text(person.id), .text(role.rawValue), .text(place.kind),
                        .text(place.id), .text(InstantText.text(Self.now)),
                    ]
                )
            }
            return person.id
        }
    }

    /// A token of somebody's.
    func token(of person: String, _ scopes: [Scope] = Scope.allCases) async throws -> String {
        try await database.write { transaction in
            try APIToken.make(
                transaction,
                name: "Walk",
                holder: .person(person),
                scopes: scopes.map(\.rawValue),
                secondFactor: true,
                by: "person:\(person)",
                expiresAt: Self.now.addingTimeInterval(86_400),
                now: Self.now
            ).text
        }
    }

    /// Puts the minutes to the diet, whose seats are those who sit in it; returns the decision's id.
    func ask(_ words: String..., way: Circular.Way = .circulation, body: String = "diet") async throws -> String {
        let typed = (words.isEmpty ? ["The minutes"] : words).map { CircularDraft.Typed(words: $0) }
        let draft = CircularDraft(body: body, way: way, title: "Minutes", typed: typed)
        let command = OpenCircular(draft, services: decisions)
        return try await database.run(command, as: Self.clerk, now: Self.now)
    }

    /// The one value that a query finds.
    func value(_ sql: String, _ values: [Value] = []) async throws -> String {
        let found = try await database.read { transaction in
            try transaction.first(sql, values) { try $0.text(0) }
        }
        return try #require(found)
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
        return try await execute(method, path, headers, body.map { ByteBuffer(bytes: $0.bytes) })
    }

    /// Sends a file as the whole body, under a media type.
    func upload(
        _ path: String,
        _ bytes: [UInt8],
        as type: String,
        token: String?,
        headers more: HTTPFields = [:]
    ) async throws -> Reply {
        var headers = more
        if let token { headers[.authorization] = "Bearer \(token)" }
        headers[.contentType] = type
        return try await execute(.post, path, headers, ByteBuffer(bytes: bytes))
    }

    private func execute(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ headers: HTTPFields,
        _ sent: ByteBuffer?
    ) async throws -> Reply {
        try await client.execute(uri: path, method: method, headers: headers, body: sent) { response in
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

    /// Reads a record, and changes it in the state that was read; `end` follows its address.
    func change(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ end: String = "",
        token: String,
        body: JSONValue? = nil
    ) async throws -> Reply {
        let read = try await get(path, token: token)
        let tag = try #require(read.headers[.eTag], "\(path): \(read.text)")
        return try await send(method, path + end, token: token, body: body, headers: [.ifMatch: tag])
    }
}

/// Runs `body` over the API with Köln, Ruhrort and whatever `ports` adds as members.
func withAPI(
    _ engine: Database.Engine,
    rate: RatePolicy = RatePolicy(withoutToken: 1_000_000, withToken: 1_000_000),
    ports: [(key: String, name: String, country: String?, population: Int?)] = [],
    pdf: PDFMaker = PDFMaker(program: "no-such-program"),
    today: @escaping @Sendable () -> Day = { TestAPI.today },
    _ body: @escaping @Sendable (TestAPI) async throws -> Void
) async throws {
    let folder = NSTemporaryDirectory() + "/" + Identifier.make()
    defer { try? FileManager.default.removeItem(atPath: folder) }
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
        let services = try PortsServices(pdf: pdf)
        let files = FileStore(folder: folder)
        let context = APIContext(
            directory: directory,
            database: database,
            charter: Ports.charter,
            countries: ["DE": "Germany", "NL": "Netherlands"],
            uploadCountries: services.countries,
            baseURL: "http://ports.example",
            today: today,
            now: { TestAPI.now },
            cache: PageCache(isOn: false) { 1 },
            revision: { -1 },
            rate: rate,
            memberLetters: services.memberLetters,
            decisions: services.decisions,
            joining: services.joining,
            dues: services.dues,
            letters: services.letters,
            places: services.places,
            payments: NoPaymentsOnRecord(),
            files: files,
            personalData: [],
            waiting: RoomServices.today(.everyone),
            settings: [
                SettingLine(
                    name: "http.port",
                    value: "8080",
                    origin: "default",
                    variable: "HANSA_HTTP_PORT",
                    help: say("The port of the site.")
                )
            ]
        )
        let api = API(context) { _, _, _, _, content in
            Page(HTMLWriter.render(content))
        }
        var settings = HansaServer.Settings()
        settings.accessLogLevel = nil
        // As the program serves it: each operation has its own, smaller limit.
        settings.limits.bodyBytes = 32 << 20
        let server = HansaServer(settings: settings, logger: Logger(label: "test")) { api.addRoutes(to: $0) }
        try await server.application.test(.router) { client in
            try await body(
                TestAPI(
                    api: api,
                    database: database,
                    decisions: services.decisions,
                    joining: services.joining,
                    dues: services.dues,
                    files: files,
                    client: client
                )
            )
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
