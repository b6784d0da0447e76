import ArgumentParser
import Configuration
import Foundation
import Languages
import Logging
import Mail
import Outbound
import Site
import SystemPackage

/// Every setting of the program, with its default.
enum Setting: String, CaseIterable {
    case database
    case databaseConnections = "database.connections"
    case httpHost = "http.host"
    case httpPort = "http.port"
    case metricsPort = "metrics.port"
    case baseURL = "base.url"
    case charter
    case languages
    case data
    case journalKey = "journal.key"
    case filesFolder = "files.folder"
    case mailTransport = "mail.transport"
    case mailFolder = "mail.folder"
    case mailServer = "mail.server"
    case mailFrom = "mail.from"
    case mailAuthorities = "mail.authorities"
    case logLevel = "log.level"
    case cachePages = "cache.pages"
    case sessionIdleMinutes = "session.idle.minutes"
    case sessionHours = "session.hours"
    case httpTrustProxy = "http.trust.proxy"
    case openIDIssuer = "openid.issuer"
    case openIDClientID = "openid.client.id"
    case openIDClientSecret = "openid.client.secret"
    case openIDName = "openid.name"
    case openIDAllowPrivate = "openid.allow.private"
    case apiRate = "api.rate"
    case apiTokenRate = "api.token.rate"
    case webhooksAllowPrivate = "webhooks.allow.private"
    case documentsProgram = "documents.program"
    case bench

    var fallback: String {
        switch self {
        case .database: "sqlite:var/hansa.sqlite"
        case .databaseConnections: "8"
        case .httpHost: "127.0.0.1"
        case .httpPort: "8080"
        case .metricsPort: "9464"
        case .baseURL: ""
        case .charter: "Charters/wego.yaml"
        case .languages: Language.forReaders.map(\.rawValue).joined(separator: ",")
        case .data: "Data"
        case .journalKey: "var/journal.key"
        case .filesFolder: "var/files"
        case .mailTransport: "folder"
        case .mailFolder: "var/mail"
        case .mailServer: ""
        case .mailFrom: "Hansa <hansa@localhost>"
        case .mailAuthorities: ""
        case .logLevel: "notice"
        case .cachePages: "true"
        case .sessionIdleMinutes: "120"
        case .sessionHours: "12"
        case .httpTrustProxy: "false"
        case .openIDIssuer: ""
        case .openIDClientID: ""
        case .openIDClientSecret: ""
        case .openIDName: "another account"
        case .openIDAllowPrivate: "false"
        case .apiRate: "600"
        case .apiTokenRate: "3000"
        case .webhooksAllowPrivate: "false"
        case .documentsProgram: "weasyprint"
        case .bench: "false"
        }
    }

    var help: Phrase {
        switch self {
        case .database: say("where the records are: sqlite:PATH or postgres://…")
        case .databaseConnections: say("how many connections, or readers of the file, at most")
        case .httpHost: say("the address that the site listens on")
        case .httpPort: say("the port that the site listens on")
        case .metricsPort: say("the port of /metrics, on 127.0.0.1; 0 for none")
        case .baseURL: say("the site's public address, for links that leave it; from host and port when empty")
        case .charter: say("the association's charter")
        case .languages: say("the languages of the site in the order in which they are offered, as en,ko; en is one")
        case .data: say("the folder of the records and of the world's outlines")
        case .journalKey: say("the file of the key that signs the journal's heads; made at first need")
        case .filesFolder: say("where pictures and documents are kept; made at first need, readable by its owner only")
        case .mailTransport: say("how mail leaves: smtp, folder (a file each, to try things), or none (it waits)")
        case .mailFolder: say("where the files of mail go")
        case .mailServer:
            say("smtp://user:password@host:port, or smtps://; encrypted but to this machine or with ?tls=optional")
        case .mailFrom: say("whom mail is from, as Office <office@example.org>")
        case .mailAuthorities:
            say("a PEM file that the mail server's certificate is checked against; the system's when empty")
        case .logLevel: say("trace, debug, info, notice, warning, error or critical")
        case .cachePages: say("whether rendered pages are kept until the records change")
        case .sessionIdleMinutes: say("after how many minutes without a request a session ends")
        case .sessionHours: say("after how many hours a session ends in any case")
        case .httpTrustProxy:
            say(
                "whether a proxy stands before the program and says in X-Forwarded-For who asks; limits of tries go by "
                    + "that"
            )
        case .openIDIssuer: say("the issuer of an OpenID provider with which people may sign in; none when empty")
        case .openIDClientID: say("this program's name at the provider")
        case .openIDClientSecret: say("this program's secret at the provider")
        case .openIDName: say("the provider's name, as on the button: Sign in with …")
        case .openIDAllowPrivate:
            say("whether the provider may be on this machine or network, without TLS; to try things")
        case .apiRate: say("how often in a minute one address may ask the API without a token")
        case .apiTokenRate: say("how often in a minute one token may ask the API")
        case .webhooksAllowPrivate:
            say("whether webhooks may go to this machine or its network, without TLS too; to try things")
        case .documentsProgram: say("the program that makes PDFs, by its name in PATH or its path")
        case .bench: say("whether the empty route of the measurements is served")
        }
    }

    /// The same setting as a flag.
    var flag: String { "--" + rawValue.replacing(".", with: "-") }
    /// The same setting in the environment.
    var variable: String { "HANSA_" + rawValue.uppercased().replacing(".", with: "_") }
}

/// The flags that every command takes. They win over the environment, which wins over the file.
struct SettingFlags: ParsableArguments {
    @Option(name: .customLong("database"), help: "sqlite:PATH or postgres://…")
    var database: String?
    @Option(name: .customLong("charter"), help: "The association's charter.")
    var charter: String?
    @Option(name: .customLong("data"), help: "The folder of the records.")
    var data: String?
    @Option(name: .customLong("log-level"), help: "trace, debug, info, notice, warning, error or critical.")
    var logLevel: String?
    @Option(name: .customLong("config"), help: "A JSON file of settings; hansa.json when there is one.")
    var file: String?
    @Option(name: .customLong("set"), help: "Any other setting, as in --set http.host=0.0.0.0.")
    var others: [String] = []

    func values() throws -> [Setting: String] {
        var values: [Setting: String] = [:]
        for pair in others {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let setting = Setting(rawValue: String(parts[0])) else {
                let known = Setting.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure(
                    "--set takes KEY=VALUE with one of these keys: \(known). It was given \"\(pair)\"."
                )
            }
            values[setting] = String(parts[1])
        }
        for (setting, value) in [
            (Setting.database, database), (.charter, charter), (.data, data), (.logLevel, logLevel),
        ] {
            if let value { values[setting] = value }
        }
        return values
    }
}

/// The values of the setting `mail.transport`.
enum MailTransportKind: String, CaseIterable {
    case smtp, folder
    case nowhere = "none"
}

/// The settings in force, each with where it came from.
struct Settings {
    struct Entry: Equatable {
        let value: String
        /// `flag`, `environment`, `file hansa.json` or `default`.
        let origin: String
    }

    private(set) var entries: [Setting: Entry] = [:]

    /// Reads flags, then the environment, then the file. Throws `CommandFailure` for a value that is none.
    static func load(_ flags: SettingFlags, also more: [Setting: String] = [:]) async throws -> Settings {
        let given = try flags.values().merging(more) { _, new in new }
        let path = flags.file ?? "hansa.json"
        let sources: [(String, any ConfigProvider)]
        do {
            sources = [
                (
                    "flag",
                    InMemoryProvider(
                        values: Dictionary(
                            uniqueKeysWithValues: given.map {
                                ($0.key.key, ConfigValue(.string($0.value), isSecret: false))
                            }
                        )
                    )
                ),
                ("environment", EnvironmentVariablesProvider().prefixKeys(with: "hansa")),
                (
                    "file \(path)",
                    try await FileProvider<JSONSnapshot>(filePath: FilePath(path), allowMissing: flags.file == nil)
                ),
            ]
        } catch {
            throw CommandFailure("The settings file \(path) cannot be read: \(error). It must be one JSON object.")
        }
        var settings = Settings()
        for setting in Setting.allCases {
            settings.entries[setting] =
                sources.lazy.compactMap { name, provider in
                    text(setting, in: provider).map { Entry(value: $0, origin: name) }
                }.first ?? Entry(value: setting.fallback, origin: "default")
        }
        try settings.check()
        return settings
    }

    private static func text(_ setting: Setting, in provider: any ConfigProvider) -> String? {
        for type in [ConfigType.string, .int, .bool] {
            switch (try? provider.value(forKey: setting.key, type: type))?.value?.content {
            case .string(let text): return text
            case .int(let number): return String(number)
            case .bool(let flag): return String(flag)
            default: continue
            }
        }
        return nil
    }

    /// Each setting for people, without what is secret in it.
    var lines: [SettingLine] {
        Setting.allCases.map { setting in
            SettingLine(
                name: setting.rawValue,
                value: shown(setting),
                origin: entries[setting]?.origin ?? "",
                variable: setting.variable,
                help: setting.help
            )
        }
    }

    func text(_ setting: Setting) -> String { entries[setting]?.value ?? setting.fallback }
    func number(_ setting: Setting) -> Int { Int(text(setting)) ?? 0 }
    func flag(_ setting: Setting) -> Bool { ["true", "yes", "1", "on"].contains(text(setting).lowercased()) }
    /// Those of the setting `languages`; empty where it names something else, or no English, or one twice.
    var languages: [Language] {
        let codes = text(.languages).split(separator: ",", omittingEmptySubsequences: false)
        let languages = codes.compactMap { Language(rawValue: $0.filter { !$0.isWhitespace }) }
        let isSound = languages.count == codes.count && Set(languages).count == languages.count
        return isSound && languages.contains(.source) ? languages : []
    }
    var logLevel: Logger.Level { Logger.Level(rawValue: text(.logLevel)) ?? .notice }

    private func check() throws {
        for (setting, range) in [
            (Setting.httpPort, 0...65535), (.metricsPort, 0...65535), (.databaseConnections, 1...200),
            (.sessionIdleMinutes, 1...10_080), (.sessionHours, 1...720),
            (.apiRate, 1...100_000_000), (.apiTokenRate, 1...100_000_000),
        ] {
            guard let number = Int(text(setting)), range.contains(number) else {
                throw wrong(setting, "a number from \(range.lowerBound) to \(range.upperBound)")
            }
        }
        guard Logger.Level(rawValue: text(.logLevel)) != nil else {
            throw wrong(.logLevel, "one of \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        for setting in [Setting.cachePages, .bench, .httpTrustProxy, .openIDAllowPrivate, .webhooksAllowPrivate] {
            let known = ["true", "false", "yes", "no", "1", "0", "on", "off"]
            guard known.contains(text(setting).lowercased()) else { throw wrong(setting, "true or false") }
        }
        guard !languages.isEmpty else {
            let known = Language.forReaders.map(\.rawValue).joined(separator: ", ")
            throw wrong(.languages, "languages out of \(known) with commas between them, each once, en among them")
        }
        try checkMail()
    }

    private func checkMail() throws {
        guard let transport = MailTransportKind(rawValue: text(.mailTransport)) else {
            throw wrong(.mailTransport, "one of \(MailTransportKind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        guard (try? Mailbox(parsing: text(.mailFrom))) != nil else {
            throw wrong(.mailFrom, "an address, as Office <office@example.org>")
        }
        if transport == .smtp, (try? SMTPServer(setting: text(.mailServer))) == nil {
            throw wrong(.mailServer, "a mail server, as smtp://user:password@mail.example.org:587")
        }
    }

    /// A value as people may see it.
    func shown(_ setting: Setting) -> String {
        let value = text(setting)
        switch setting {
        case .database: return value.withoutPassword
        // One that is not a URL may still hold a password.
        case .mailServer: return value.isEmpty || value.contains("://") ? value.withoutPassword : "•••"
        case .openIDClientSecret: return value.isEmpty ? "" : "•••"
        default: return value
        }
    }

    private func wrong(_ setting: Setting, _ expected: String) -> CommandFailure {
        let entry = entries[setting]
        return CommandFailure(
            "The setting \(setting.rawValue) must be \(expected); it is \"\(shown(setting))\" (\(entry?.origin ?? ""))."
                + " Correct it there."
        )
    }
}

extension Setting {
    fileprivate var key: AbsoluteConfigKey { AbsoluteConfigKey(rawValue.split(separator: ".").map(String.init)) }
}

extension String {
    /// A connection string without its password, for people and logs.
    var withoutPassword: String {
        guard let at = lastIndex(of: "@"), let scheme = range(of: "://"), scheme.upperBound < at else { return self }
        let user = self[scheme.upperBound..<at]
        guard let colon = user.firstIndex(of: ":") else { return self }
        return self[..<scheme.upperBound] + user[..<colon] + ":•••" + self[at...]
    }
}
