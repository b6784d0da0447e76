import Charter
import Database
import DatabaseTesting
import Foundation
import Hummingbird
import HummingbirdTesting
import Languages
import Logging
import NIOCore
import Testing

@testable import Membership
@testable import Site
@testable import Web

/// The site of the river ports in some languages, without catalogues: only names differ.
private func withSite(
    in languages: [Language],
    _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
) async throws {
    try await withDatabase(.sqlite, migrations: Site.migrations) { database in
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
            now: { TestRooms.now },
            rooms: try TestRooms.services(database),
            languages: languages,
            speeches: Speeches(languages.map(Catalogue.init(empty:)))
        )
        let site = Site(context)
        var settings = HansaServer.Settings()
        settings.accessLogLevel = nil
        settings.languages = languages
        let server = HansaServer(
            settings: settings,
            logger: Logger(label: "test"),
            problemPage: site.problemPage
        ) {
            site.addRoutes(to: $0)
        }
        try await server.application.test(.router, body)
    }
}

@Suite struct LanguageTests {
    private func words(_ language: Language) -> Words {
        Words(charter: Ports.charter, day: Ports.today, language: language)
    }

    @Test func `names of the charter are in the page's language`() {
        let korean = words(.korean)
        #expect(korean.category("port") == "항구")
        #expect(korean.region("upper") == "상류")
        #expect(korean.status("sunk") == "침몰")
        #expect(korean.body("diet") == "의회")
        #expect(korean.seat("diet") == "의회")
        #expect(korean.title(ofCategory: "guild") == "친구")
        #expect(korean.associationName == "하천항만연맹")
        #expect(korean.shortName == "Ports")
        #expect(korean.category("unknown") == "unknown")
        #expect(korean.on(Ports.day("2001-01-01")).region("lower") == "하류")
        #expect(korean.inEnglish.region("lower") == "Lower river")
        // No language without translations is left without names.
        #expect(words(.chinese).category("port") == "Port")
        // That of the tests changes each, so that one which a page prints as it stands is found.
        #expect(words(.pseudo).category("port") != "Port" && words(.pseudo).category("port").hasPrefix("["))
    }

    @Test(
        arguments: [
            (Language.english, "1 port", "3 ports", "adrift"), (.spanish, "1 puerto", "3 puertos", "a la deriva"),
            (.korean, "1 항구", "3 항구", "표류"), (.chinese, "1 Port", "3 Ports", "Adrift"),
        ]
    )
    func `a count takes the language's number, in small letters where it has them`(
        language: Language,
        one: String,
        three: String,
        status: String
    ) {
        let words = words(language)
        #expect(words.counted(1, category: "port").english == one)
        #expect(words.counted(3, category: "port").english == three)
        #expect(words.inText(words.status("adrift")) == status)
    }

    @Test func `a page names things in its language and says which that is`() async throws {
        try await withSite(in: [.english, .korean, .spanish]) { client in
            let directory = try await client.execute(uri: "/ko/members", method: .get) { String(buffer: $0.body) }
            #expect(directory.contains(#"<html lang="ko">"#))
            #expect(directory.contains(#"<option value="port">항구</option>"#))
            #expect(directory.contains(#"<option value="upper">상류 (0)</option>"#))
            #expect(directory.contains("<li>하천항만연맹</li>"))
            let country = try await client.execute(uri: "/es/countries/de", method: .get) { String(buffer: $0.body) }
            #expect(country.contains("<h1>Alemania</h1>"))
            let english = try await client.execute(uri: "/countries/de", method: .get) { String(buffer: $0.body) }
            #expect(english.contains("<h1>Germany</h1>"))
            #expect(english.contains(#"hreflang="es""#))
        }
    }

    @Test(arguments: [
        ("/members?category=port", "", "ko"), ("/members?category=port", "/ko", "ko"),
        ("/sign-in?to=%2Faccount", "/es", "es"), ("/", "/ko", "ko"),
    ])
    func `the languages lead to the same page with its query`(
        path: String,
        prefix: String,
        language: String
    ) async throws {
        try await withSite(in: [.english, .korean, .spanish]) { client in
            let page = try await client.execute(uri: prefix + path, method: .get) { String(buffer: $0.body) }
            let current = prefix.isEmpty ? "" : #" aria-current="true""#
            let own = prefix.isEmpty ? #" aria-current="true""# : ""
            let endonym = language == "ko" ? "한국어" : "Español"
            let named = #"lang="\#(language)" hreflang="\#(language)""#
            #expect(page.contains(#"<a href="\#(path)" lang="en" hreflang="en"\#(own)>English</a>"#))
            #expect(page.contains(#"<a href="/\#(language)\#(path)" \#(named)\#(current)>\#(endonym)</a>"#))
        }
    }

    @Test func `one language is no choice`() async throws {
        try await withSite(in: [.english]) { client in
            for path in ["/members", "/sign-in"] {
                let page = try await client.execute(uri: path, method: .get) { String(buffer: $0.body) }
                #expect(!page.contains("hreflang"))
                #expect(!page.contains(#"class="languages""#))
            }
        }
    }

    @Test func `robots leave the filtered lists of each language alone`() async throws {
        try await withSite(in: [.english, .korean]) { client in
            let robots = try await client.execute(uri: "/robots.txt", method: .get) { String(buffer: $0.body) }
            #expect(
                robots == """
                    User-agent: *
                    Disallow: /members?
                    Disallow: /members.csv
                    Disallow: /ko/members?
                    Disallow: /ko/members.csv
                    Sitemap: https://ports.example/sitemap.xml

                    """
            )
        }
    }
}

@Suite struct LoadSpeechesTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "catalogues-\(UUID())")

    @Test func `each language but English has its catalogue`() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let korean = """
            msgid ""
            msgstr ""
            "Plural-Forms: nplurals=1; plural=0;\\n"

            msgid "Members"
            msgstr "회원"

            """
        try Data(korean.utf8).write(to: folder.appending(path: "ko.po"))
        let speeches = try Speeches.load([.english, .korean, .pseudo], folder: folder.path())
        #expect(speeches[.korean].text(say("Members")) == "회원")
        #expect(speeches[.english].text(say("Members")) == "Members")
        #expect(speeches[.pseudo].language == .pseudo)
    }

    @Test func `a catalogue that is not there is told with what to do`() {
        let fault = #expect(throws: Catalogue.Fault.self) {
            try Speeches.load([.english, .spanish], folder: "/nowhere")
        }
        #expect(
            fault?.description
                == "the catalogue of Español: /nowhere/es.po cannot be read as UTF-8 text. It comes with the program: "
                + "build it anew, or leave es out of the setting languages."
        )
    }
}
