import Foundation
import Languages
import Outbound
import Testing

/// What a scripted mail server answers at each step.
struct Script: Sendable {
    var greeting = "220 mail.example.org"
    var sender = "250 ok"
    var recipient = "250 ok"
    var data = "354 go on"
    /// `nil` closes the connection instead.
    var verdict: String? = "250 taken"
    var offersAuth = false
    var auth = "235 welcome"
}

private final class Seen: Sendable {
    private let lock = NSLock()
    nonisolated(unsafe) private var lines: [String] = []  // Guarded by the lock.

    func add(_ line: String) { lock.withLock { lines.append(line) } }
    var all: [String] { lock.withLock { lines } }
}

private func mailServer(_ script: Script, _ seen: Seen = Seen()) throws -> LoopbackServer {
    try LoopbackServer { connection in
        connection.write(script.greeting + "\r\n")
        while let line = connection.line() {
            seen.add(line)
            switch line.prefix(4).uppercased() {
            case "EHLO": connection.write(script.offersAuth ? "250-hi\r\n250 AUTH PLAIN\r\n" : "250 hi\r\n")
            case "AUTH":
                connection.write("334 \r\n")
                seen.add(connection.line() ?? "")
                connection.write(script.auth + "\r\n")
            case "MAIL": connection.write(script.sender + "\r\n")
            case "RCPT": connection.write(script.recipient + "\r\n")
            case "DATA":
                connection.write(script.data + "\r\n")
                guard script.data.hasPrefix("354") else { continue }
                while let text = connection.line(), text != "." { seen.add(text) }
                guard let verdict = script.verdict else { return }
                connection.write(verdict + "\r\n")
            case "QUIT":
                connection.write("221 bye\r\n")
                return
            default: connection.write("502 what?\r\n")
            }
        }
    }
}

private let message = Array("Subject: hello\r\n\r\nFirst\r\n.dotted\r\n".utf8)

private func submit(_ server: LoopbackServer, user: String? = nil, password: String? = nil) async throws {
    try await SMTPServer(
        url: "smtp://127.0.0.1:\(server.port)",
        user: user,
        password: password,
        requiresTLS: false,
        timeout: .seconds(5)
    ).submit(from: "office@example.org", to: "mayor@example.com", message: message)
}

@Suite struct SMTPServerTests {
    @Test func `a mail goes to one recipient with its dots kept`() async throws {
        let seen = Seen()
        let server = try mailServer(Script(), seen)
        defer { server.stop() }
        try await submit(server)
        #expect(
            Array(seen.all.dropFirst().prefix(7)) == [
                "MAIL FROM:<office@example.org>", "RCPT TO:<mayor@example.com>", "DATA", "Subject: hello", "", "First",
                "..dotted",
            ]
        )
    }

    static let refusals: [(Script, OutboundError)] = [
        (
            Script(recipient: "550 5.1.1 no such user"),
            .smtp(code: 550, message: .quoted("5.1.1 no such user"), isPermanent: true)
        ),
        (
            Script(recipient: "451 4.7.1 greylisted"),
            .smtp(code: 451, message: .quoted("4.7.1 greylisted"), isPermanent: false)
        ),
        (Script(sender: "553 not yours"), .smtp(code: 553, message: .quoted("not yours"), isPermanent: true)),
        (
            Script(sender: "530 authentication required"),
            .smtp(code: 530, message: .quoted("authentication required"), isPermanent: false)
        ),
        (Script(data: "452 disk full"), .smtp(code: 452, message: .quoted("disk full"), isPermanent: false)),
        (
            Script(verdict: "554 looks like spam"),
            .smtp(code: 554, message: .quoted("looks like spam"), isPermanent: true)
        ),
        (Script(verdict: "421 going down"), .smtp(code: 421, message: .quoted("going down"), isPermanent: false)),
        (Script(greeting: "554 no service"), .smtp(code: 554, message: .quoted("no service"), isPermanent: false)),
    ]

    @Test(arguments: refusals.indices)
    func `a refusal has its code, its words, and whether it will stay`(_ place: Int) async throws {
        let (script, expected) = Self.refusals[place]
        let server = try mailServer(script)
        defer { server.stop() }
        await #expect(throws: expected) { try await submit(server) }
    }

    @Test func `a connection that ends before the verdict leaves the outcome unknown`() async throws {
        let server = try mailServer(Script(verdict: nil))
        defer { server.stop() }
        let error = await #expect(throws: OutboundError.self) { try await submit(server) }
        guard case .outcomeUnknown = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `nobody listening is for now`() async throws {
        let server = try mailServer(Script())
        server.stop()
        let error = await #expect(throws: OutboundError.self) {
            try await SMTPServer(url: "smtp://127.0.0.1:1", requiresTLS: false)
                .submit(from: "a@example.org", to: "b@example.org", message: message)
        }
        guard case .smtp(code: nil, _, isPermanent: false) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `user and password are given, and a refusal does not repeat them`() async throws {
        let seen = Seen()
        let server = try mailServer(Script(offersAuth: true), seen)
        defer { server.stop() }
        try await submit(server, user: "office", password: "s3cret")
        let proof = Data("\0office\0s3cret".utf8).base64EncodedString()
        #expect(seen.all.joined(separator: "\n").contains(proof))
        let strict = try mailServer(Script(offersAuth: true, auth: "535 no: \(proof)"))
        defer { strict.stop() }
        let error = await #expect(throws: OutboundError.self) {
            try await submit(strict, user: "office", password: "s3cret")
        }
        guard case .smtp(code: 535, let words, isPermanent: false) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!words.english.contains(proof) && !words.english.contains("s3cret"))
    }

    @Test func `without the encryption that is required nothing is handed over`() async throws {
        let seen = Seen()
        let server = try mailServer(Script(offersAuth: true), seen)
        defer { server.stop() }
        let strict = SMTPServer(
            url: "smtp://127.0.0.1:\(server.port)",
            user: "office",
            password: "s3cret",
            requiresTLS: true
        )
        let error = await #expect(throws: OutboundError.self) {
            try await strict.submit(from: "a@example.org", to: "b@example.org", message: message)
        }
        guard case .smtp(code: nil, _, isPermanent: false) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(seen.all.allSatisfy { !$0.hasPrefix("AUTH") && !$0.hasPrefix("MAIL") })
    }

    @Test(arguments: ["a@example.org>\r\nRCPT TO:<b@example.org", "a b@example.org", "", "<a@example.org>"])
    func `an address cannot bring a command with it`(_ address: String) async throws {
        await #expect(throws: OutboundError.self) {
            try await SMTPServer(url: "smtp://127.0.0.1:1").submit(from: "a@example.org", to: address, message: message)
        }
    }

    @Test func `a setting has user, password, port, and encryption but to this machine`() throws {
        let far = try SMTPServer(setting: "smtp://office%40example.org:p%3Aw@mail.example.org")
        #expect(
            far
                == SMTPServer(
                    url: "smtp://mail.example.org:587",
                    user: "office@example.org",
                    password: "p:w",
                    requiresTLS: true
                )
        )
        #expect(try SMTPServer(setting: "smtps://mail.example.org").url == "smtps://mail.example.org:465")
        #expect(try !SMTPServer(setting: "smtp://127.0.0.1:1025").requiresTLS)
        #expect(try !SMTPServer(setting: "smtp://relay:25?tls=optional").requiresTLS)
        #expect(throws: OutboundError.self) { try SMTPServer(setting: "http://example.org") }
        #expect(throws: OutboundError.self) { try SMTPServer(setting: "smtp://mail?tls=none") }
    }
}
