import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Web

@Suite struct DoorwayTests {
    struct Secret: Error { let password = "hunter2" }

    func addPages(_ routes: Routes) {
        routes.get("/page") { request, _ in Page(ByteBuffer(string: "<p>hello</p>")).response(to: request) }
        routes.post("/form") { request, _ -> Response in
            _ = try await request.body.collect(upTo: 10)
            return Response(status: .noContent)
        }
        routes.get("/form") { _, _ in "form" }
        routes.get("/fault") { _, _ -> Response in throw Secret() }
        routes.get("/teapot") { _, _ -> Response in throw HTTPError(.conflict, message: "inner words") }
        routes.get("/members/{id}") { request, _ in
            let page = try QueryParameters(request).int("page", in: 1...100, default: 1)
            return "page \(page)"
        }
    }

    @Test func `every answer carries the security headers, errors too`() async throws {
        try await makeServer(routes: addPages).application.test(.router) { client in
            for path in ["/page", "/none", "/fault"] {
                let response = try await client.execute(uri: path, method: .get)
                let policy = try response.headers[.named("content-security-policy")]
                #expect(
                    policy == "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                        + "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
                        + "frame-ancestors 'none'; manifest-src 'self'"
                )
                #expect(try response.headers[.named("x-content-type-options")] == "nosniff")
                #expect(try response.headers[.named("referrer-policy")] == "strict-origin-when-cross-origin")
                #expect(try response.headers[.named("cross-origin-opener-policy")] == "same-origin")
            }
        }
    }

    @Test func `a page with a secret in its address keeps its own, stricter referrer policy`() async throws {
        let server = makeServer { routes in
            routes.get("/secret") { _, _ in
                Response(status: .ok, headers: [try .named("referrer-policy"): "no-referrer"])
            }
        }
        try await server.application.test(.router) { client in
            let response = try await client.execute(uri: "/secret", method: .get)
            #expect(response.headers[values: try .named("referrer-policy")] == ["no-referrer"])
            #expect(try response.headers[.named("x-content-type-options")] == "nosniff")
        }
    }

    @Test func `what is nowhere gets a page with words, or JSON for a program`() async throws {
        try await makeServer(routes: addPages).application.test(.router) { client in
            let page = try await client.execute(uri: "/none", method: .get)
            #expect(page.status == .notFound)
            #expect(page.headers[.contentType] == "text/html; charset=utf-8")
            #expect(String(buffer: page.body).contains("<h1>Page not found</h1>"))

            let id: HTTPFields = [.accept: "application/json", .requestID: "abc-1"]
            let json = try await client.execute(uri: "/none", method: .get, headers: id)
            #expect(json.headers[.contentType] == "application/problem+json")
            #expect(
                String(buffer: json.body)
                    == #"{"type":"about:blank","title":"Page not found","status":404,"#
                    + #""detail":"There is nothing at this address. It may have moved, or the link may be mistyped.","#
                    + "\"request\":\"abc-1\"}\n"
            )
        }
    }

    @Test func `a method that an address does not take is told which ones it takes`() async throws {
        try await makeServer(routes: addPages).application.test(.router) { client in
            let form = try await client.execute(uri: "/form", method: .delete)
            #expect(form.status == .methodNotAllowed)
            #expect(form.headers[.allow] == "GET, HEAD, POST")
            #expect(try await client.execute(uri: "/page", method: .post).headers[.allow] == "GET, HEAD")
            #expect(try await client.execute(uri: "/members/3", method: .put).status == .methodNotAllowed)
        }
    }

    @Test func `HEAD gets the header fields of GET and no body`() async throws {
        try await makeServer(routes: addPages).application.test(.live) { client in
            let head = try await client.execute(uri: "/page", method: .head)
            #expect(head.status == .ok)
            #expect(head.headers[.contentLength] == "12")
            #expect(head.body.readableBytes == 0)
            let none = try await client.execute(uri: "/none", method: .head)
            #expect(none.status == .notFound)
            #expect(none.body.readableBytes == 0)
        }
    }

    @Test func `a fault shows its number and nothing of what happened, which the log has`() async throws {
        let logs = LogRecord()
        try await makeServer(logs: logs, routes: addPages).application.test(.router) { client in
            let response = try await client.execute(uri: "/fault", method: .get, headers: [.requestID: "id-7"])
            #expect(response.status == .internalServerError)
            let body = String(buffer: response.body)
            #expect(body.contains("Request id-7"))
            #expect(!body.contains("hunter2") && !body.contains("Secret"))
        }
        #expect(logs.lines.contains { $0.hasPrefix("error") && $0.contains("hunter2") && $0.contains("id-7") })
    }

    @Test func `an error of the framework gets the site's words`() async throws {
        try await makeServer(routes: addPages).application.test(.router) { client in
            let response = try await client.execute(uri: "/teapot", method: .get)
            #expect(response.status == .conflict)
            #expect(response.headers[.contentType] == "text/html; charset=utf-8")
            #expect(response.headers[.contentLength] == String(response.body.readableBytes))
        }
    }

    @Test(arguments: [
        ("abc-123", true), (String(repeating: "a", count: 64), true), (String(repeating: "a", count: 65), false),
        ("", false), ("a b", false), ("a\u{7F}", false), ("é", false), ("a_b", false), ("<script>", false),
    ])
    func `a given request id is kept only in its plain form`(_ id: String, _ isKept: Bool) {
        #expect((RequestIDs().id(given: id) == id) == isKept)
    }

    @Test func `each request has its own id, in the answer and in the log`() async throws {
        let logs = LogRecord()
        try await makeServer(logs: logs, routes: addPages).application.test(.router) { client in
            let first = try await client.execute(uri: "/page?q=private", method: .get)
            let second = try await client.execute(uri: "/page", method: .get)
            let id = try #require(first.headers[.requestID])
            #expect(RequestIDs.isAcceptable(id))
            #expect(id != second.headers[.requestID])
            let line = try #require(logs.lines.first { $0.contains("hb.request.id=\(id)") })
            #expect(line.hasPrefix("info request bytes=12 hb.request.id=\(id) method=GET microseconds="))
            #expect(line.hasSuffix("path=/page status=200"))
        }
        #expect(!logs.lines.contains { $0.contains("private") })
    }

    @Test func `an address of 8 kB is read, one byte more is told to be too long`() async throws {
        try await makeServer(routes: addPages).application.test(.live) { client in
            let longest = "/page?" + String(repeating: "a", count: RequestLimits.uriBytes - 6)
            #expect(try await client.execute(uri: longest, method: .get).status == .ok)
            let response = try await client.execute(uri: longest + "a", method: .get)
            #expect(response.status == .uriTooLong)
            #expect(String(buffer: response.body).contains("The address is too long"))
        }
    }

    @Test func `an address of 1 MB gets an answer in words, not a dropped connection`() async throws {
        try await makeServer(routes: addPages).application.test(.live) { client in
            let port = try #require(client.port)
            let query = String(repeating: "a=b&", count: 262_144)
            let answer = try await exchange(port: port, "GET /page?\(query) HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 414 URI Too Long\r\n"))
            #expect(answer.contains("The address or a header field is too long."))
            #expect(answer.lowercased().contains("connection: close"))
        }
    }

    @Test func `what is no HTTP gets 400 in words`() async throws {
        try await makeServer(routes: addPages).application.test(.live) { client in
            let port = try #require(client.port)
            let answer = try await exchange(port: port, "nonsense\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
            #expect(answer.contains("The request cannot be read."))
        }
    }

    @Test func `too large a body is refused, by its declared length and by what comes`() async throws {
        var settings = HansaServer.Settings()
        settings.limits.bodyBytes = 20
        try await makeServer(settings: settings, routes: addPages).application.test(.live) { client in
            let cases: [(Int, HTTPResponse.Status)] = [
                (10, .noContent), (11, .contentTooLarge), (21, .contentTooLarge),
            ]
            for (bytes, expected) in cases {
                let body = ByteBuffer(repeating: 0x61, count: bytes)
                let response = try await client.execute(uri: "/form", method: .post, body: body)
                #expect(response.status == expected)
            }
        }
    }

    @Test func `a page number of 10^18 gets a clear 400`() async throws {
        try await makeServer(routes: addPages).application.test(.router) { client in
            #expect(try await client.execute(uri: "/members/1?page=100", method: .get).status == .ok)
            let uri = "/members/1?page=1000000000000000000"
            let response = try await client.execute(uri: uri, method: .get)
            #expect(response.status == .badRequest)
            let words = "page: is “1000000000000000000”; expected is a whole number from 1 to 100."
            #expect(String(buffer: response.body).contains(words))
        }
    }

    @Test func `requests are counted and timed by route, and those in flight are seen`() async throws {
        let registry = PrometheusRegistry()
        try await makeServer(registry: registry, routes: addPages).application.test(.router) { client in
            for id in 1...3 { try await client.execute(uri: "/members/\(id)", method: .get) }
            try await client.execute(uri: "/none/\(1)", method: .get)
        }
        let text = registry.text()
        let labels = #"method="GET",route="/members/{id}",status="200""#
        #expect(text.contains("http_request_duration_seconds_count{\(labels)} 3\n"))
        #expect(text.contains(#"http_request_duration_seconds_count{method="GET",route="NotFound",status="404"} 1"#))
        #expect(text.contains("http_requests_in_flight 0\n"))
    }
}
