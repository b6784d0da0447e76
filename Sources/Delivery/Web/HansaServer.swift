import HTTPTypes
public import Hummingbird
import HummingbirdCore
public import Languages
public import Logging
import Metrics
public import NIOCore
public import ServiceLifecycle
public import UnixSignals

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The program as a server: a public port with the site, a second one for those who watch it.
public struct HansaServer: Sendable {
    /// What can be chosen about a server.
    public struct Settings: Sendable {
        /// Where the site is served. Port 0 takes any that is free.
        public var host = "127.0.0.1"
        public var port = 8080
        /// Where `/metrics` is served; nil for nowhere.
        public var metricsPort: Int?
        public var metricsHost = "127.0.0.1"
        /// A connection on which nothing is asked for so long, or a request whose head has not come by then, is closed.
        public var idleTimeout = Duration.seconds(30)
        /// How long requests that have begun may take to finish when the program is stopped.
        public var shutdownTimeout = Duration.seconds(10)
        public var limits = RequestLimits()
        /// The languages whose pages are served under their own address (`/ko/…`).
        public var languages: [Language] = []
        /// The level of the line for each request; nil for none.
        public var accessLogLevel: Logger.Level? = .info

        public init() {}
    }

    private let settings: Settings
    private let health: Health
    private let registry: PrometheusRegistry
    private let services: [any Service]
    private let logger: Logger
    private let onRunning: @Sendable (Int) async -> Void
    private let doorway: Doorway

    /// - Parameters:
    ///   - registry: Measurements of requests go here. Also give it to `MetricsSystem.bootstrap`, for all others.
    ///   - services: What runs beside the server and is stopped after it.
    ///   - problemPage: Shows a problem within the site's frame.
    ///   - onRunning: Called once with the port when the site can be reached.
    ///   - routes: Adds the site's addresses.
    public init(
        settings: Settings = Settings(),
        logger: Logger,
        registry: PrometheusRegistry = PrometheusRegistry(),
        health: Health = Health(),
        services: [any Service] = [],
        problemPage: @escaping @Sendable (ProblemPage) -> ByteBuffer = { $0.render() },
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in },
        routes addRoutes: (Routes) throws -> Void
    ) rethrows {
        self.settings = settings
        self.logger = logger
        self.registry = registry
        self.health = health
        self.services = services
        self.onRunning = onRunning
        let routes = Routes()
        try addRoutes(routes)
        health.addRoutes(to: routes)
        doorway = Doorway(
            inner: routes.buildResponder(),
            limits: settings.limits,
            measurements: RequestMeasurements(factory: registry),
            accessLogLevel: settings.accessLogLevel,
            languages: settings.languages,
            problemPage: problemPage
        )
    }

    /// The site alone, for tests and for embedding.
    public var application: Application<Doorway> {
        Application(
            responder: doorway,
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [UnreadableRequests()],
                    idleTimeout: TimeAmount(settings.idleTimeout)
                )
            ),
            configuration: .init(address: .hostname(settings.host, port: settings.port)),
            onServerRunning: { [onRunning] channel in await onRunning(channel.localAddress?.port ?? 0) },
            logger: logger
        )
    }

    /// What watches the process: `/metrics`, `/healthz`, `/readyz`.
    public var watchApplication: Application<RouterResponder<BasicRequestContext>> {
        let router = Router()
        health.addRoutes(to: router)
        router.get("/metrics") { [registry] _, _ in
            plainText(registry.text(), type: "text/plain; version=0.0.4; charset=utf-8")
        }
        let address = BindAddress.hostname(settings.metricsHost, port: settings.metricsPort ?? 0)
        return Application(router: router, configuration: .init(address: address), logger: logger)
    }

    /// Serves until SIGTERM or SIGINT comes, then lets requests that have begun finish.
    ///
    /// Throws `ServerStartError` if a port cannot be had.
    public func run(signals: [UnixSignal] = [.sigterm, .sigint]) async throws {
        var all = services
        if let port = settings.metricsPort {
            all.append(Listener(application: watchApplication, name: "metrics", host: settings.metricsHost, port: port))
        }
        all.append(Listener(application: application, name: "site", host: settings.host, port: settings.port))
        // The last is stopped first: readiness goes before the site's port does.
        all.append(StoppingNotice(health: health))
        var configuration = ServiceGroupConfiguration(
            services: all,
            gracefulShutdownSignals: signals,
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = settings.shutdownTimeout
        try await ServiceGroup(configuration: configuration).run()
    }
}

/// Tells `/readyz` that the program is being stopped.
private struct StoppingNotice: Service {
    let health: Health

    func run() async throws {
        try await gracefulShutdown()
        health.beginStopping()
    }
}

/// An application whose failure to start is told in words.
private struct Listener<Base: Service>: Service {
    let application: Base
    let name: String
    let host: String
    let port: Int

    func run() async throws {
        do {
            try await application.run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw ServerStartError.addressInUse(name: name, host: host, port: port)
        } catch let error as IOError {
            throw ServerStartError.cannotListen(name: name, host: host, port: port, reason: "\(error)")
        }
    }
}
