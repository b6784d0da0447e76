import Database
import DatabaseTesting
import Foundation
import Logging
import Testing

@testable import Journal

/// A journal of cities on an empty database.
struct Fixture: Sendable {
    let database: Database
    let key = SigningKey()

    static func with(_ engine: Database.Engine, _ body: (Fixture) async throws -> Void) async throws {
        try await withDatabase(engine, migrations: Journal.migrations) { try await body(Fixture(database: $0)) }
    }

    func sealer(
        holder: String = "one",
        key: SigningKey? = nil,
        lease: TimeInterval = 15,
        now: @escaping @Sendable () -> Date = { Date() }
    ) -> Sealer {
        Sealer(
            database: database,
            key: key ?? self.key,
            holder: holder,
            lease: lease,
            logger: Logger(label: "test"),
            now: now
        )
    }

    static func entry(_ number: Int, at seconds: Double? = nil) -> JournalEntry {
        JournalEntry(
            at: Date(timeIntervalSince1970: 1_700_000_000 + (seconds ?? Double(number))),
            actor: "secretariat",
            action: "member.imported",
            subject: .init("member", "city-\(number)"),
            rule: "art-5",
            reason: "roll of 2020",
            after: ["name": .text("City \(number)"), "head": .personal("head", "Mayor \(number)")]
        )
    }

    /// Appends entries of these numbers and returns their ids.
    @discardableResult
    func append(_ numbers: Range<Int>) async throws -> [String] {
        let entries = numbers.map { Self.entry($0) }
        try await database.write { try Journal.append($0, entries) }
        return entries.map(\.id)
    }

    /// A log of 40 entries under heads of the sizes 3, 20 and 40; returns the ids by position.
    func sealed40() async throws -> [String] {
        var ids: [String] = []
        for range in [0..<3, 3..<20, 20..<40] {
            ids += try await append(range)
            try await sealer().sealNow()
        }
        try await #expect(verify() == [])
        return ids
    }

    /// What `verify` finds, each as kind, positions and entry.
    func verify(trusting: [JournalPublicKey]? = nil, knownHead: TreeHead? = nil) async throws -> [Found] {
        try await Journal.verify(database, trusting: trusting ?? [key.publicKey], knownHead: knownHead).findings.map {
            Found($0.kind, $0.positions, $0.entry)
        }
    }

    /// Changes the database as somebody would who goes around the program.
    func tamper(_ sql: String, _ values: [Value] = []) async throws {
        let changed = try await database.write { try $0.execute(sql, values) }
        #expect(changed > 0, "the tampering must hit something")
    }

    func count(_ table: String) async throws -> Int {
        try await database.read { try $0.first("SELECT COUNT(*) FROM \(table)") { try $0.integer(0) } ?? -1 }
    }
}

struct Found: Equatable, CustomStringConvertible {
    let kind: Audit.Finding.Kind
    let positions: ClosedRange<Int>?
    let entry: String?

    init(_ kind: Audit.Finding.Kind, _ positions: ClosedRange<Int>?, _ entry: String?) {
        self.kind = kind
        self.positions = positions
        self.entry = entry
    }

    init(_ kind: Audit.Finding.Kind, _ position: Int, _ entry: String?) {
        self.init(kind, position...position, entry)
    }

    var description: String { "\(kind) \(positions.map { "\($0)" } ?? "-") \(entry ?? "-")" }
}
