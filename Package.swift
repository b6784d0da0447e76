// swift-tools-version: 6.2

import PackageDescription

var strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]
// Checked before a change is taken; a newer compiler's new warning shall not stop anybody from building.
if Context.environment["HANSA_STRICT"] == "1" { strict.append(.treatAllWarnings(as: .error)) }

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let jwt: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let nioHTTP: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioLocks: Target.Dependency = .product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "hansa",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "hansa", targets: ["hansa"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-configuration",
            from: "1.4.0",
            traits: ["JSON", "CommandLineArguments"]
        ),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        // Kernel: knows nothing of associations.
        .systemLibrary(
            name: "CPostgres",
            path: "Sources/CPostgres",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"])]
        ),
        .systemLibrary(name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CCurl",
            path: "Sources/CCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]
        ),
        .systemLibrary(name: "CGD", path: "Sources/CGD", providers: [.apt(["libgd-dev"])]),
        .systemLibrary(
            name: "CXLSXWriter",
            path: "Sources/CXLSXWriter",
            pkgConfig: "xlsxwriter",
            providers: [.apt(["libxlsxwriter-dev"])]
        ),
        .systemLibrary(
            name: "CQREncode",
            path: "Sources/CQREncode",
            pkgConfig: "libqrencode",
            providers: [.apt(["libqrencode-dev"])]
        ),
        .target(
            name: "Database",
            dependencies: ["CPostgres", grdb, sqlite, logging, crypto],
            path: "Sources/Kernel/Database"
        ),
        .target(
            name: "Journal",
            dependencies: ["Database", crypto, logging],
            path: "Sources/Kernel/Journal"
        ),
        .target(name: "Languages", path: "Sources/Kernel/Languages"),
        .target(name: "HTML", dependencies: ["Languages", nio], path: "Sources/Kernel/HTML"),
        .target(
            name: "Outbound",
            dependencies: ["CCurl", "Languages", logging],
            path: "Sources/Kernel/Outbound"
        ),
        .target(
            name: "Identity",
            dependencies: ["Database", "Journal", "Languages", "Outbound", crypto, cryptoExtras, jwt, logging],
            path: "Sources/Kernel/Identity",
            resources: [.copy("common-passwords.txt")]
        ),
        .target(
            name: "Mail",
            dependencies: ["Database", "HTML", "Languages", "Outbound", crypto, logging, nio],
            path: "Sources/Kernel/Mail"
        ),
        .target(
            name: "Jobs",
            dependencies: ["Database", "Languages", logging],
            path: "Sources/Kernel/Jobs"
        ),
        .target(
            name: "Archive",
            dependencies: ["CZlib", "Languages"],
            path: "Sources/Kernel/Archive"
        ),
        .target(
            name: "Files",
            dependencies: ["Archive", "CGD", "Database", "Languages", crypto, logging],
            path: "Sources/Kernel/Files"
        ),
        .target(name: "XML", dependencies: ["Languages"], path: "Sources/Kernel/XML"),
        .target(
            name: "Spreadsheet",
            dependencies: ["Archive", "CXLSXWriter", "Languages", "XML"],
            path: "Sources/Kernel/Spreadsheet"
        ),
        .target(name: "QRCode", dependencies: ["CQREncode"], path: "Sources/Kernel/QRCode"),
        .target(
            name: "Documents",
            dependencies: ["HTML", "Languages", "QRCode", nio],
            path: "Sources/Kernel/Documents",
            resources: [.copy("paper.css")]
        ),

        // Domain: one target per capability; no HTTP in any of them.
        .target(
            name: "Charter",
            dependencies: ["Languages", yams],
            path: "Sources/Domain/Charter",
            exclude: ["README.md"]
        ),
        .target(
            name: "Access",
            dependencies: ["Charter", "Database", "Identity", "Jobs", "Journal", "Languages", "Mail", logging],
            path: "Sources/Domain/Access",
            exclude: ["README.md"],
            resources: [.copy("MailTemplates")]
        ),
        .target(
            name: "Membership",
            dependencies: [
                "Access", "Charter", "Database", "Files", "Identity", "Journal", "Languages", "Mail", "Spreadsheet",
                crypto,
                logging,
            ],
            path: "Sources/Domain/Membership",
            exclude: ["README.md"],
            resources: [.copy("MailTemplates")]
        ),
        .target(
            name: "Decisions",
            dependencies: [
                "Access", "Charter", "Database", "Identity", "Journal", "Languages", "Mail", "Membership", logging,
            ],
            path: "Sources/Domain/Decisions",
            exclude: ["README.md"],
            resources: [.copy("MailTemplates")]
        ),
        .target(
            name: "Standing",
            dependencies: [
                "Access", "Charter", "Database", "Decisions", "Identity", "Journal", "Languages", "Membership", crypto,
            ],
            path: "Sources/Domain/Standing",
            exclude: ["README.md"]
        ),
        .target(
            name: "Joining",
            dependencies: [
                "Access", "Charter", "Database", "Decisions", "Files", "Identity", "Journal", "Languages", "Mail",
                "Membership", crypto, logging,
            ],
            path: "Sources/Domain/Joining",
            exclude: ["README.md"],
            resources: [.copy("MailTemplates")]
        ),

        .target(
            name: "Dues",
            dependencies: [
                "Access", "Charter", "Database", "Decisions", "Documents", "Files", "Identity", "Jobs", "Journal",
                "Languages", "Mail", "Membership", "Spreadsheet", "Standing", "XML", crypto, logging,
            ],
            path: "Sources/Domain/Dues",
            exclude: ["README.md"],
            resources: [.copy("MailTemplates")]
        ),

        .target(
            name: "Webhooks",
            dependencies: ["Access", "Database", "Journal", "Languages", "Outbound", crypto, logging],
            path: "Sources/Domain/Webhooks",
            exclude: ["README.md"]
        ),

        // Delivery: the doors.
        .target(
            name: "Web",
            dependencies: [
                "CZlib", "HTML", "Languages", hummingbird, hummingbirdCore, httpTypes, lifecycle, logging, metrics, nio,
                nioHTTP, nioHTTPTypes, nioLocks, signals,
            ],
            path: "Sources/Delivery/Web",
            exclude: ["README.md"]
        ),
        .target(
            name: "Site",
            dependencies: [
                "Access", "Charter", "Database", "Decisions", "Dues", "Files", "HTML", "Identity", "Jobs", "Joining",
                "Journal", "Languages", "Mail", "Membership", "QRCode", "Spreadsheet", "Standing", "Web", "Webhooks",
                crypto, hummingbird, httpTypes, logging, nio,
            ],
            path: "Sources/Delivery/Site",
            exclude: ["README.md"],
            resources: [.copy("Assets"), .copy("Catalogues")]
        ),
        .target(
            name: "API",
            dependencies: [
                "Access", "Charter", "Database", "Decisions", "Dues", "Files", "HTML", "Identity", "Jobs", "Joining",
                "Journal", "Languages", "Mail", "Membership", "Spreadsheet", "Standing", "Web", "Webhooks", hummingbird,
                httpTypes, nio,
            ],
            path: "Sources/Delivery/API",
            exclude: ["README.md"]
        ),
        .executableTarget(
            name: "hansa",
            dependencies: [
                "API", "Access", "Charter", "Database", "Decisions", "Documents", "Dues", "Files", "Identity", "Jobs",
                "Joining", "Journal", "Languages",
                "Mail", "Membership", "Outbound", "Site", "Standing", "Web", "Webhooks", arguments, configuration,
                lifecycle,
                logging, metrics, system,
            ],
            path: "Sources/Delivery/CLI",
            exclude: ["README.md"]
        ),

        // Tests.
        .target(
            name: "DatabaseTesting",
            dependencies: ["Database", "Languages", logging],
            path: "Tests/Support"
        ),
        .testTarget(
            name: "DatabaseTests",
            dependencies: ["Database", "DatabaseTesting", logging]
        ),
        .testTarget(
            name: "JournalTests",
            dependencies: ["Database", "DatabaseTesting", "Journal", crypto, logging]
        ),
        .testTarget(name: "HTMLTests", dependencies: ["HTML", "Languages", nio]),
        .testTarget(
            name: "LanguagesTests",
            dependencies: ["Languages"],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "CharterTests",
            dependencies: ["Charter", "Languages"],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "OutboundTests",
            dependencies: ["Languages", "Outbound", logging, nio, nioPosix]
        ),
        .testTarget(
            name: "IdentityTests",
            dependencies: [
                "Database", "DatabaseTesting", "Identity", "Journal", "Languages", "Outbound", crypto, jwt, logging,
            ]
        ),
        .testTarget(
            name: "MailTests",
            dependencies: ["Database", "DatabaseTesting", "HTML", "Languages", "Mail", "Outbound", logging, nio]
        ),
        .testTarget(
            name: "JobsTests",
            dependencies: ["Database", "DatabaseTesting", "Jobs", "Languages", logging]
        ),
        .testTarget(
            name: "FilesTests",
            dependencies: ["Archive", "CGD", "CZlib", "Database", "DatabaseTesting", "Files", crypto, logging]
        ),
        .testTarget(
            name: "SpreadsheetTests",
            dependencies: ["Archive", "CZlib", "Languages", "Spreadsheet"]
        ),
        .testTarget(name: "XMLTests", dependencies: ["Languages", "XML"]),
        .testTarget(name: "QRCodeTests", dependencies: ["QRCode"]),
        .testTarget(
            name: "AccessTests",
            dependencies: [
                "Access", "Charter", "Database", "DatabaseTesting", "Identity", "Jobs", "Journal", "Languages", "Mail",
                logging,
            ]
        ),
        .testTarget(
            name: "MembershipTests",
            dependencies: [
                "Access", "Charter", "Database", "DatabaseTesting", "Decisions", "Dues", "Files", "Identity", "Joining",
                "Journal", "Languages", "Mail", "Membership", "Spreadsheet", "Standing", logging,
            ]
        ),
        .testTarget(
            name: "StandingTests",
            dependencies: [
                "Access", "Charter", "Database", "DatabaseTesting", "Decisions", "Dues", "Files", "Identity", "Joining",
                "Journal", "Languages", "Mail", "Membership", "Standing", logging,
            ]
        ),
        .testTarget(
            name: "DecisionsTests",
            dependencies: [
                "Access", "Charter", "Database", "DatabaseTesting", "Decisions", "Identity", "Journal", "Languages",
                "Mail",
                "Membership", logging,
            ]
        ),
        .testTarget(
            name: "JoiningTests",
            dependencies: [
                "Access", "Charter", "Database", "DatabaseTesting", "Decisions", "Dues", "Files", "Identity", "Joining",
                "Journal", "Languages", "Mail", "Membership", "Standing", logging,
            ]
        ),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents", "Languages"]),
        .testTarget(
            name: "DuesTests",
            dependencies: [
                "Access", "Charter", "Database", "DatabaseTesting", "Decisions", "Documents", "Dues", "Files",
                "Identity", "Jobs", "Joining", "Journal", "Languages", "Mail", "Membership", "Spreadsheet", "Standing",
                "XML", crypto, logging,
            ],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "WebhooksTests",
            dependencies: [
                "Access", "Database", "DatabaseTesting", "Identity", "Journal", "Languages", "Outbound", "Webhooks",
                crypto,
                logging,
            ]
        ),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "CZlib", "HTML", "Languages", "Web", hummingbird, hummingbirdTesting, httpTypes, lifecycle, logging,
                metrics, nio, nioPosix,
            ]
        ),
        .testTarget(
            name: "APITests",
            dependencies: [
                "API", "Access", "Charter", "Database", "DatabaseTesting", "Decisions", "Documents", "Dues", "Files",
                "HTML", "Identity", "Joining", "Journal", "Languages", "Mail", "Membership", "Site", "Standing", "Web",
                hummingbird, hummingbirdTesting, httpTypes, logging, nio,
            ]
        ),
        .testTarget(
            name: "SiteTests",
            dependencies: [
                "Access", "Charter", "Database", "DatabaseTesting", "Decisions", "Documents", "Dues", "Files", "HTML",
                "Identity", "Jobs", "Joining", "Journal", "Languages", "Mail", "Membership", "QRCode", "Site",
                "Spreadsheet", "Standing", "Web", hummingbird, hummingbirdTesting, httpTypes, logging, nio,
            ]
        ),
    ]
)

for target in package.targets where target.type != .system { target.swiftSettings = strict }
