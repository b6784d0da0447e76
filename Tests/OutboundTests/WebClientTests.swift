import Foundation
import Languages
import Outbound
import Testing

/// Answers each request with the same text; `head` sees the request's lines.
private func server(_ answer: String, head: @escaping @Sendable ([String]) -> Void = { _ in }) throws -> LoopbackServer
{
    try LoopbackServer { connection in
        var lines: [String] = []
        while let line = connection.line(), !line.isEmpty { lines.append(line) }
        head(lines)
        connection.write(answer)
    }
}

private let trusting = WebClient(policy: OutboundPolicy(allowsPrivateAddresses: true, timeout: .seconds(5)))

@Suite struct WebClientTests {
    @Test func `an answer has its status, headers in lower case, and body`() async throws {
        let server = try server(
            "HTTP/1.1 201 Created\r\nContent-Length: 5\r\nX-Twice: a\r\nx-twice: b\r\nConnection: close\r\n\r\nhello"
        )
        defer { server.stop() }
        let answer = try await trusting.send(WebRequest("http://127.0.0.1:\(server.port)/x"))
        #expect(answer.status == 201)
        #expect(answer.body == Array("hello".utf8))
        #expect(answer.headers["x-twice"] == "a, b")
    }

    @Test func `a request carries its method, headers and body`() async throws {
        let server = try LoopbackServer { connection in
            var lines: [String] = []
            while let line = connection.line(), !line.isEmpty { lines.append(line) }
            let body = String(decoding: connection.bytes(3), as: UTF8.self)
            let seen = ([lines[0], body] + lines.filter { $0.hasPrefix("X-A") || $0.hasPrefix("Content-") }.sorted())
                .joined(separator: "|")
            connection.write(
                "HTTP/1.1 200 OK\r\nContent-Length: \(seen.utf8.count)\r\nConnection: close\r\n\r\n\(seen)"
            )
        }
        defer { server.stop() }
        let request = WebRequest(
            "http://127.0.0.1:\(server.port)/p?q=1",
            method: "POST",
            headers: [(name: "X-A", value: "b"), (name: "Content-Type", value: "text/plain")],
            body: Array("a=b".utf8)
        )
        let answer = try await trusting.send(request)
        #expect(
            String(decoding: answer.body, as: UTF8.self)
                == "POST /p?q=1 HTTP/1.1|a=b|Content-Length: 3|Content-Type: text/plain|X-A: b"
        )
    }

    @Test func `a redirect is an answer, not followed`() async throws {
        let server = try server(
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
        defer { server.stop() }
        let answer = try await trusting.send(WebRequest("http://127.0.0.1:\(server.port)/"))
        #expect(answer.status == 302)
        #expect(answer.headers["location"] == "http://127.0.0.1:1/")
    }

    @Test(arguments: [
        "http://127.0.0.1", "http://localhost", "http://2130706433", "http://0x7f.1", "http://[::1]",
        "http://[::ffff:127.0.0.1]", "http://0.0.0.0",
    ])
    func `a name or number that leads to loopback is refused before anything is sent`(_ host: String) async throws {
        let reached = Reached()
        let server = try server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") { _ in reached.note() }
        defer { server.stop() }
        let error = await #expect(throws: OutboundError.self) {
            try await WebClient().send(WebRequest("\(host):\(server.port)/"))
        }
        guard case .refusedAddress = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!reached.isSet)
    }

    @Test(arguments: [
        "ftp://example.org/", "file:///etc/passwd", "gopher://127.0.0.1/", "example.org", "http://",
        "https://user:secret@example.org/", "http://example.org/a b", "http://example.org/\r\nX: y",
        "http://exämple.org/",
        "//example.org", "",
    ])
    func `what is no plain web address is refused without being repeated`(_ url: String) async throws {
        let error = await #expect(throws: OutboundError.self) { try await trusting.send(WebRequest(url)) }
        guard case .badURL(let why) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!why.english.contains("secret"))
    }

    @Test func `an answer larger than allowed is cut off`() async throws {
        let server = try server("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + String(repeating: "x", count: 100_000))
        defer { server.stop() }
        let client = WebClient(policy: OutboundPolicy(allowsPrivateAddresses: true, largestAnswerBytes: 99_999))
        await #expect(throws: OutboundError.answerTooLarge(host: "127.0.0.1", limitBytes: 99_999)) {
            try await client.send(WebRequest("http://127.0.0.1:\(server.port)/"))
        }
        let enough = WebClient(policy: OutboundPolicy(allowsPrivateAddresses: true, largestAnswerBytes: 100_000))
        let answer = try await enough.send(WebRequest("http://127.0.0.1:\(server.port)/"))
        #expect(answer.body.count == 100_000)
    }

    @Test func `a server that is silent times out`() async throws {
        let server = try LoopbackServer { connection in while connection.line() != nil {} }
        defer { server.stop() }
        let client = WebClient(policy: OutboundPolicy(allowsPrivateAddresses: true, timeout: .milliseconds(200)))
        await #expect(throws: OutboundError.timedOut(host: "127.0.0.1")) {
            try await client.send(WebRequest("http://127.0.0.1:\(server.port)/"))
        }
    }

    @Test func `a cancelled request ends`() async throws {
        let server = try LoopbackServer { connection in while connection.line() != nil {} }
        defer { server.stop() }
        let client = WebClient(policy: OutboundPolicy(allowsPrivateAddresses: true, timeout: .seconds(60)))
        let url = "http://127.0.0.1:\(server.port)/"
        let task = Task { try await client.send(WebRequest(url)) }
        try await Task.sleep(for: .milliseconds(50))
        task.cancel()
        let began = ContinuousClock.now
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(ContinuousClock.now - began < .seconds(50))
    }

    @Test func `a port where nobody listens is unreachable`() async throws {
        let server = try server("")
        server.stop()
        try await Task.sleep(for: .milliseconds(50))
        let error = await #expect(throws: OutboundError.self) {
            try await trusting.send(WebRequest("http://127.0.0.1:1/"))
        }
        guard case .unreachable(host: "127.0.0.1", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a header cannot bring a second one with it`() async throws {
        for header in [(name: "X-A", value: "b\r\nX-B: c"), (name: "X\r\nY", value: ""), (name: "X-A", value: "\0")] {
            await #expect(throws: OutboundError.self) {
                try await trusting.send(WebRequest("http://127.0.0.1:1/", headers: [header]))
            }
        }
        await #expect(throws: OutboundError.self) {
            try await trusting.send(WebRequest("http://127.0.0.1:1/", method: "GET / HTTP/1.1\r\nX: y"))
        }
    }

    @Test func `many at once are all answered`() async throws {
        let server = try server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
        defer { server.stop() }
        let url = "http://127.0.0.1:\(server.port)/"
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<60 { group.addTask { try await trusting.send(WebRequest(url)).status } }
            return try await group.reduce(0) { $0 + ($1 == 200 ? 1 : 0) }
        }
        #expect(count == 60)
    }
}

private final class Reached: Sendable {
    private let lock = NSLock()
    nonisolated(unsafe) private var value = false  // Guarded by the lock.

    func note() { lock.withLock { value = true } }
    var isSet: Bool { lock.withLock { value } }
}
