import ArgumentParser
import Configuration
import Foundation
import Languages
import Logging
import Mail
import Outbound
import SystemPackage
import Web

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
