import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Languages
import Testing

@testable import Web

@Suite struct LanguagePrefixTests {
    private func server(_ languages: [Language]) -> HansaServer {
        var settings = HansaServer.Settings()
        settings.languages = languages
        return makeServer(settings: settings) { routes in
            routes.get("/") { _, web in "first page, \(web.language.rawValue)" }
            routes.get("/members") { request, web in
                "\(web.language.rawValue) \(request.uri.path) \(request.uri.query ?? "")"
            }
            routes.get("/kosovo") { _, web in "kosovo, \(web.language.rawValue)" }
            routes.get("/old") { request, _ -> Response in
                let to = try QueryParameters(request).string("to") ?? "/members"
                return Response(status: .seeOther, headers: [.location: to])
            }
        }
    }

    @Test(
        arguments: [
            ("/members", "en /members "), ("/ko/members?on=2021-12-31", "ko /members on=2021-12-31"),
            ("/ko", "first page, ko"), ("/ko/", "first page, ko"), ("/ko?a=b", "first page, ko"),
            ("/kosovo", "kosovo, en"), ("/ko/kosovo", "kosovo, ko"),
        ]
    )
    func `an address that begins with a language is the page in it`(_ path: String, _ words: String) async throws {
        try await server([.english, .korean]).application.test(.router) { client in
            let response = try await client.execute(uri: path, method: .get)
            #expect(String(buffer: response.body) == words)
        }
    }

    @Test func `the language of the tests has its addresses where it is offered`() async throws {
        try await server([.english, .pseudo]).application.test(.router) { client in
            let response = try await client.execute(uri: "/en-XA/members?on=2021-12-31", method: .get)
            #expect(String(buffer: response.body) == "en-XA /members on=2021-12-31")
        }
    }

    @Test(
        arguments: ["/es/members", "/ko/ko/members", "/en/members", "/KO/members", "/en-XA/members"]
    )
    func `what is no language that is offered is no page`(_ path: String) async throws {
        try await server([.english, .korean]).application.test(.router) { client in
            let response = try await client.execute(uri: path, method: .get)
            #expect(response.status == .notFound)
        }
    }

    @Test(
        arguments: [
            ("/ko/old", "/ko/members"), ("/old", "/members"), ("/ko/old?to=/ko/members", "/ko/members"),
            ("/ko/old?to=//evil.test/", "//evil.test/"), ("/ko/old?to=https://evil.test/", "https://evil.test/"),
            ("/ko/old?to=/kosovo", "/ko/kosovo"),
        ]
    )
    func `a redirect within the site keeps the language and makes no other address its own`(
        _ path: String,
        _ location: String
    ) async throws {
        try await server([.english, .korean]).application.test(.router) { client in
            let response = try await client.execute(uri: path, method: .get)
            #expect(response.headers[.location] == location)
        }
    }
}
