import Languages

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
