import API
import Access
import ArgumentParser
import Charter
import Database
import Dues
import Files
import Foundation
import Identity
import Jobs
import Journal
import Languages
import Logging
import Mail
import Membership
import Metrics
import ServiceLifecycle
import Site
import Standing
import Web
import Webhooks

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves the site until it is told to stop.",
        usage: "hansa serve [--port PORT] [--host HOST] [--metrics-port PORT]",
        discussion: "Metrics for Prometheus are on a second port, 9464, at /metrics; --metrics-port 0 switches it off."
    )

    @OptionGroup var flags: SettingFlags
    @Option(help: "The port of the site.")
    var port: Int?
    @Option(help: "The address to listen on.")
    var host: String?
    @Option(help: "The port of /metrics; 0 for none.")
    var metricsPort: Int?

    func run() async throws {
        var given: [Setting: String] = [:]
        given[.httpPort] = port.map { String($0) }
        given[.httpHost] = host
        given[.metricsPort] = metricsPort.map { String($0) }
        let installation = try await Installation.open(flags, also: given)
        let settings = installation.settings
        let registry = PrometheusRegistry()
        MetricsSystem.bootstrap(registry)

        let database = installation.database
        let revision = RevisionWatch(database: database, logger: installation.logger)
        try await revision.look()
        let directory = Directory(database: database, charter: installation.charter, revision: { revision.current })
        let cache = PageCache(limitBytes: 32 << 20, isOn: settings.flag(.cachePages), revision: { revision.current })
        let address = installation.address
        let reception = try installation.reception()
        let countries = try Countries(csv: settings.text(.data) + "/world/countries.csv")
        let rooms = try installation.rooms(reception)
        let context = try SiteContext(
            directory: directory,
            charter: installation.charter,
            assets: Assets.load(directory: Site.assetsFolder),
            countries: countries,
            world: World(json: settings.text(.data) + "/world/outlines.json"),
            baseURL: address,
            today: { Clock.today() },
            cache: cache,
            database: database,
            now: { Date() },
            sessions: installation.sessionPolicy,
            rooms: rooms,
            settings: settings.lines,
            languages: settings.languages,
            speeches: Installation.speeches.get(),
            showsBench: settings.flag(.bench)
        )
        let site = Site(context)
        let api = API(
            APIContext(
                directory: directory,
                database: database,
                charter: installation.charter,
                countries: countries.englishNames,
                uploadCountries: countries.words,
                baseURL: address,
                today: { Clock.today() },
                now: { Date() },
                cache: cache,
                revision: { revision.current },
                rate: RatePolicy(withoutToken: settings.number(.apiRate), withToken: settings.number(.apiTokenRate)),
                trustsProxy: settings.flag(.httpTrustProxy),
                memberLetters: rooms.memberLetters,
                decisions: rooms.decisions,
                joining: rooms.joining,
                dues: rooms.dues,
                letters: reception.letters,
                places: reception.places,
                payments: DuesOnRecord(),
                files: rooms.files,
                personalData: reception.personalData,
                waiting: RoomServices.today(.everyone),
                sessions: installation.sessionPolicy,
                settings: settings.lines,
                allowsPrivateWebhooks: rooms.allowsPrivateWebhooks
            ),
            frame: { site.page($0, description: $1, path: $2, in: $3, $4) }
        )
        let key = try SigningKey.loadOrCreate(path: settings.text(.journalKey))
        let sealer = Sealer(database: database, key: key, logger: installation.logger)

        let jobs = JobRunner(
            database: database,
            jobs: installation.jobs(rooms, rooms.dues),
            logger: installation.logger
        )
        let webhooks = installation.webhooks()
        var work = [
            BackgroundWork { await revision.run() }, BackgroundWork { await sealer.run() },
            BackgroundWork { await jobs.run() }, BackgroundWork { await webhooks.run() },
        ]
        if let mailer = try installation.mailer() { work.append(BackgroundWork { await mailer.run() }) }

        var server = HansaServer.Settings()
        server.host = settings.text(.httpHost)
        server.port = settings.number(.httpPort)
        // The largest thing that anybody sends is a spreadsheet; each form has its own, smaller limit.
        server.limits.bodyBytes = 32 << 20
        server.languages = settings.languages
        server.metricsPort = settings.number(.metricsPort) == 0 ? nil : settings.number(.metricsPort)
        let health = Health {
            do {
                _ = try await database.changeToken()
                return nil
            } catch { return "\(error)" }
        }
        try await HansaServer(
            settings: server,
            logger: installation.logger,
            registry: registry,
            health: health,
            services: work,
            problemPage: site.problemPage,
            onRunning: { Self.greet(address, port: $0) },
            routes: {
                site.addRoutes(to: $0)
                api.addRoutes(to: $0)
            }
        ).run()
        try await database.close()
    }

    private static func greet(_ address: String, port: Int) {
        Terminal.note(
            """
            Hansa is at \(Terminal.bold(address))
              \(address)/members   the directory: try the search with an old name, a slip, or 서울
              \(address)/map       the members on a map
              \(address)/figures   each published figure beside the one that the records give
            Stop it with Ctrl-C.
            """
        )
    }
}

/// A number that grows when any process has committed a change: what caches of this process go by.
///
/// The database is asked ten times a second rather than at each request, so another process's change shows within a
/// tenth of a second.
final class RevisionWatch: Sendable {
    private let database: Database
    private let logger: Logger
    private let state = Counter()

    init(database: Database, logger: Logger) {
        self.database = database
        self.logger = logger
    }

    var current: Int64 { state.value }

    func look() async throws { state.see(try await database.changeToken()) }

    func run() async {
        var isAway = false
        while !Task.isCancelled {
            do {
                try await look()
                if isAway { logger.notice("the database answers again") }
                isAway = false
            } catch {
                // Said once, not ten times a second for as long as it lasts.
                if !isAway { logger.error("the database does not answer", metadata: ["error": "\(error)"]) }
                isAway = true
            }
            try? await Task.sleep(for: .milliseconds(100))
        }
    }
}

/// Work that runs until the program stops.
private struct BackgroundWork: Service {
    let work: @Sendable () async -> Void

    func run() async throws { await cancelWhenGracefulShutdown { await work() } }
}
