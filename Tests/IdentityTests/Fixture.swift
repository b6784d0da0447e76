import Database
import DatabaseTesting
import Foundation

@testable import Identity

/// Anna, who is known to the program, and a noon to count from.
struct Fixture: Sendable {
    static let noon = Date(timeIntervalSince1970: 1_790_000_000)
    static let light = ScryptCost(logN: 4, blockSize: 8, parallelism: 1) ?? .recommended

    let database: Database
    let anna: Person

    static func with(_ engine: Database.Engine, _ body: (Fixture) async throws -> Void) async throws {
        try await withDatabase(engine, migrations: IdentityMigrations.all) { database in
            try await body(Fixture(database: database, anna: person(database, "Anna Lindqvist", "anna@lund.example")))
        }
    }

    static func person(_ database: Database, _ name: String, _ address: String) async throws -> Person {
        guard let email = EmailAddress(address) else { throw PersonError.noPerson }
        return try await database.write {
            try Person.create($0, name: name, email: email, language: "en", now: noon)
        }
    }

    /// How many rows a table holds on Anna.
    func rows(_ table: String) async throws -> Int {
        try await database.read { [id = anna.id] in
            try $0.first("SELECT COUNT(*) FROM \(table) WHERE person_id = ?", [.text(id)]) { try $0.integer(0) } ?? 0
        }
    }

    func found() async throws -> Person? {
        try await database.read { [id = anna.id] in try Person.find($0, id: id) }
    }
}

extension Date {
    func after(_ seconds: TimeInterval) -> Date { addingTimeInterval(seconds) }
}
