import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Documents
import Dues
import Files
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Joining
import Journal
import Logging
import Mail
import NIOCore

@testable import Membership
@testable import Site
@testable import Web

/// The site of the river ports with two members, for walking through its rooms.
struct TestRooms: Sendable {
    static let now = Date(timeIntervalSince1970: 1_717_200_000)

    let site: Site
    let database: Database
    let client: any TestClientProtocol

    private static let correspondence = Correspondence(siteAddress: "http://ports.example")

    static func services(
        _ database: Database,
        pdf: PDFMaker = PDFMaker(program: "no-such-program")
    ) throws -> RoomServices {
        let reception = try Reception.open(
            database: database,
            charter: Ports.charter,
            correspondence: correspondence
        )
        let joining = try joining(reception)
        return RoomServices(
            reception: reception,
            memberLetters: joining.memberLetters,
            decisions: DecisionServices(
                charter: Ports.charter,
                matters: Matters(JoiningParts.matters(joining)),
                letters: DecisionLetters(
                    templates: try MailTemplates.load(folder: DecisionLetters.folder),
                    correspondence: correspondence,
                    charter: Ports.charter
                )
            ),
            joining: joining,
            dues: try dues(pdf),
            files: FileStore(folder: NSTemporaryDirectory() + "/rooms-files")
        )
    }

    private static func dues(_ pdf: PDFMaker) throws -> DuesServices {
        DuesServices(
            charter: Ports.charter,
            letters: DuesLetters(
                templates: try MailTemplates.load(folder: DuesLetters.folder),
                correspondence: correspondence,
                charter: Ports.charter
            ),
            pdf: pdf
        )
    }

    private static func joining(_ reception: Reception) throws -> JoiningServices {
        JoiningServices(
            charter: Ports.charter,
            rules: UploadRules(charter: Ports.charter, countries: Ports.countries.words),
            letters: JoiningLetters(
                templates: try MailTemplates.load(folder: JoiningLetters.folder),
                correspondence: correspondence,
                charter: Ports.charter
            ),
            memberLetters: MemberLetters(
                templates: try MailTemplates.load(folder: MemberLetters.folder),
                correspondence: correspondence
            ),
            invitations: reception.letters,
            places: reception.places
        )
    }

    /// Where the walkers' roles are held: in Köln, in the diet, or in the association.
    static func seat(_ role: Role) -> Access.Place {
        switch role.seat {
        case .association: .association
        case .body: .body("diet")
        case .member: .member("id-koeln")
        }
    }

    /// A new person with the role, signed in.
    func signIn(_ role: Role?, secondFactor: Bool = true) async throws -> Secret {
        try await database.write { transaction in
            let address = "\(Identifier.make())@people.example"
            guard let email = EmailAddress(address) else { preconditionFailure("\(address) is an address") }
            let person = try Person.create(transaction, name: "Walker", email: email, language: "en", now: Self.now)
            if let role {
                let place = Self.seat(role)
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
            return try Session.begin(
                transaction,
                person: person.id,
                method: "link",
                secondFactor: secondFactor,
                address: "127.0.0.1",
                agent: "test",
                now: Self.now
            )
        }
    }

    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ token: Secret?,
        form: String? = nil,
        headers more: HTTPFields = [:]
    ) async throws -> (HTTPResponse.Status, HTTPFields) {
        var headers = more
        if let token { headers[.cookie] = "hansa=\(token.text)" }
        let body = form ?? "form-token=\(token?.derived(for: "form") ?? "")"
        if method == .post { headers[.contentType] = "application/x-www-form-urlencoded" }
        return try await client.execute(
            uri: path,
            method: method,
            headers: headers,
            body: method == .post ? ByteBuffer(string: body) : nil
        ) { ($0.status, $0.headers) }
    }
}

/// Runs `body` over the rooms of the river ports, with Köln and Ruhrort as members.
func withRooms(
    _ engine: Database.Engine,
    pdf: PDFMaker = PDFMaker(program: "no-such-program"),
    _ body: @escaping @Sendable (TestRooms) async throws -> Void
) async throws {
    try await withDatabase(engine, migrations: Site.migrations) { database in
        try await database.write { transaction in
            try transaction.execute(
                "INSERT INTO source (code, title, origin) VALUES ('S', 'Statutes', 'import')"
            )
            for key in ["koeln", "ruhrort"] {
                try transaction.execute(
                    """
                    INSERT INTO member (id, key, category, country, region, name, source, origin)
                    VALUES (?, ?, 'port', 'DE', 'upper', ?, 'S', 'import')
                    """,
                    [.text("id-\(key)"), .text(key), .text(key.capitalized)]
                )
            }
        }
        let context = SiteContext(
            directory: Directory(database: database, charter: Ports.charter),
            charter: Ports.charter,
            assets: try Assets.load(directory: Site.assetsFolder),
            countries: Ports.countries,
            world: World(OutlineFile(width: 1000, height: 500, countries: [])),
            baseURL: "http://ports.example",
            today: { Ports.today },
            cache: PageCache { 1 },
            database: database,
            now: { TestRooms.now },
            rooms: try TestRooms.services(database, pdf: pdf)
        )
        let site = Site(context)
        var settings = HansaServer.Settings()
        settings.accessLogLevel = nil
        let server = HansaServer(
            settings: settings,
            logger: Logger(label: "test"),
            problemPage: site.problemPage
        ) {
            site.addRoutes(to: $0)
        }
        try await server.application.test(.router) { client in
            try await body(TestRooms(site: site, database: database, client: client))
        }
    }
}
