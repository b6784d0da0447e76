import Database
import DatabaseTesting
import Foundation
import Testing

@testable import Identity

@Suite("The tables of people")
struct IdentityMigrationsTests {
    @Test("the tables are made once, and again changes nothing", arguments: TestEngine.all)
    func again(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            try await fixture.database.migrate(IdentityMigrations.all, at: "2026-02-01T00:00:00Z")
            let person = try await fixture.found()
            #expect(person == fixture.anna)
        }
    }

    @Test(
        "nothing is kept of a person who does not exist",
        arguments: TestEngine.all,
        [
            "INSERT INTO recovery_code (person_id, code_hash) VALUES ('nobody', ?)",
            "INSERT INTO session VALUES (?, 'id', 'nobody', '', '', NULL, '', '', 'link')",
            "INSERT INTO one_time_link VALUES (?, 'sign-in', 'nobody', '', '', '', NULL)",
        ]
    )
    func strangers(_ engine: Database.Engine, _ statement: String) async throws {
        try await Fixture.with(engine) { fixture in
            let error = await #expect(throws: DatabaseError.self) {
                try await fixture.database.write { try $0.execute(statement, [.blob([1])]) }
            }
            guard case .constraint(.foreignKey, _) = error else {
                Issue.record("expected a foreign key's refusal, got \(String(describing: error))")
                return
            }
        }
    }
}
