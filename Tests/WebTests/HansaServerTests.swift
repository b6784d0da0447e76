import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import ServiceLifecycle
import Testing

@testable import Web

/// Runs a server inside another group of services, so that a test can stop it without a signal.
private struct Running: Service {
    let server: HansaServer

    func run() async throws { try await server.run(signals: []) }
}

@Suite struct HansaServerTests {
    func settings() -> HansaServer.Settings {
        var settings = HansaServer.Settings()
        settings.port = 0
        settings.accessLogLevel = nil
        return settings
    }

    /// Runs `server` while `body` runs, then stops it.
    func whileRunning(_ server: HansaServer, _ body: (ServiceGroup) async throws -> Void) async throws {
        let group = ServiceGroup(
            configuration: .init(services: [Running(server: server)], logger: LogRecord().logger())
        )
        async let finished: Void = group.run()
        do {
            try await body(group)
        } catch {
            await group.triggerGracefulShutdown()
            throw error
        }
        await group.triggerGracefulShutdown()
        try await finished
    }

    @Test func `a request that has begun is answered though the server is being stopped`() async throws {
        let (ports, port) = AsyncStream<Int>.makeStream()
        let began = Gate()
        let goOn = Gate()
        let server = makeServer(
            settings: settings(),
            onRunning: { port.yield($0) },
            routes: { routes in
                routes.get("/slow") { _, _ in
                    began.open()
                    await goOn.passed()
                    return "finished"
                }
            }
        )
        var number = 0
        try await whileRunning(server) { group in
            number = try #require(await ports.first { _ in true })
            let asked = number
            async let answer = exchange(port: asked, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
            await began.passed()
            await group.triggerGracefulShutdown()
            try await Task.sleep(for: .milliseconds(200))
            goOn.open()
            let text = try await answer
            #expect(text.hasPrefix("HTTP/1.1 200 OK"))
            #expect(text.hasSuffix("finished"))
        }
        let closed = number
        await #expect(throws: (any Error).self) {
            try await exchange(port: closed, "GET / HTTP/1.1\r\n\r\n")
        }
    }

    @Test func `a request that never ends does not keep the server from stopping`() async throws {
        let (ports, port) = AsyncStream<Int>.makeStream()
        let began = Gate()
        var settings = settings()
        settings.shutdownTimeout = .milliseconds(300)
        let server = makeServer(
            settings: settings,
            onRunning: { port.yield($0) },
            routes: { routes in
                routes.get("/forever") { _, _ in
                    began.open()
                    try await Task.sleep(for: .seconds(600))
                    return "never"
                }
            }
        )
        let start = ContinuousClock.now
        try? await whileRunning(server) { group in
            let number = try #require(await ports.first { _ in true })
            async let answer = try? exchange(port: number, "GET /forever HTTP/1.1\r\nHost: x\r\n\r\n")
            await began.passed()
            await group.triggerGracefulShutdown()
            _ = await answer
        }
        #expect(ContinuousClock.now - start < .seconds(180))
    }

    @Test func `a port in use is named, with what to do`() async throws {
        let (ports, port) = AsyncStream<Int>.makeStream()
        try await whileRunning(makeServer(settings: settings(), onRunning: { port.yield($0) }) { _ in }) { _ in
            let number = try #require(await ports.first { _ in true })
            var second = settings()
            second.port = number
            let error = await #expect(throws: ServerStartError.self) {
                try await makeServer(settings: second) { _ in }.run(signals: [])
            }
            #expect(error == .addressInUse(name: "site", host: "127.0.0.1", port: number))
            #expect(error?.description.contains("Port \(number)") == true)
        }
    }

    @Test func `an idle connection and a head that does not come are closed`() async throws {
        var settings = settings()
        settings.idleTimeout = .milliseconds(200)
        try await makeServer(settings: settings) { _ in }.application.test(.live) { client in
            let port = try #require(client.port)
            #expect(try await exchange(port: port, "") == "")
            #expect(try await exchange(port: port, "GET / HTTP/1.1\r\nHost: ") == "")
        }
    }

    @Test func `the second port shows metrics, and whether the site is up and ready`() async throws {
        let health = Health { "the database does not answer" }
        let server = makeServer(health: health) { routes in routes.get("/x") { _, _ in "x" } }
        try await server.application.test(.router) { client in
            _ = try await client.execute(uri: "/x", method: .get)
        }
        try await server.watchApplication.test(.router) { client in
            let metrics = try await client.execute(uri: "/metrics", method: .get)
            #expect(metrics.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            #expect(String(buffer: metrics.body).contains(#"route="/x",status="200""#))
            #expect(String(buffer: try await client.execute(uri: "/healthz", method: .get).body) == "ok\n")
            let ready = try await client.execute(uri: "/readyz", method: .get)
            #expect(ready.status == .serviceUnavailable)
            #expect(String(buffer: ready.body) == "not ready: the database does not answer\n")
        }
    }

    @Test func `a server that is stopping is not ready`() async throws {
        let health = Health()
        let server = makeServer(health: health) { _ in }
        try await server.application.test(.router) { client in
            let before = try await client.execute(uri: "/readyz", method: .get)
            #expect(before.status == .ok)
            health.beginStopping()
            let after = try await client.execute(uri: "/readyz", method: .get)
            #expect(after.status == .serviceUnavailable)
            let alive = try await client.execute(uri: "/healthz", method: .get)
            #expect(alive.status == .ok)
        }
    }
}
