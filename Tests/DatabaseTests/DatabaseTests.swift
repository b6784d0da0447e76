import Database
import DatabaseTesting
import Testing

private let towns = Migration(
    "towns-1",
    """
    CREATE TABLE town (
        key TEXT PRIMARY KEY, people INTEGER NOT NULL CHECK (people >= 0), area REAL, seal BLOB,
        twin TEXT REFERENCES town (key)
    ) STRICT;
    """
)

private func insert(_ transaction: Transaction, _ key: String, _ people: Int, twin: String? = nil) throws {
    try transaction.execute(
        "INSERT INTO town (key, people, twin) VALUES (?, ?, ?)",
        [.text(key), .int(people), .optional(twin)]
    )
}

private func keys(_ database: Database) async throws -> [String] {
    try await database.read { try $0.query("SELECT key FROM town ORDER BY key") { try $0.text(0) } }
}

@Suite struct DatabaseTests {
    @Test(arguments: TestEngine.all) func keepsEveryShapeOfValue(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: [towns]) { database in
            try await database.write { transaction in
                try transaction.execute(
                    "INSERT INTO town (key, people, area, seal) VALUES (?, ?, ?, ?)",
                    ["Łódź ? 'quoted' 서울", .integer(9_007_199_254_740_993), .real(293.25), .blob([0, 255, 39, 92, 0])]
                )
                try transaction.execute("INSERT INTO town (key, people) VALUES (?, ?)", ["", 0])
            }
            let rows = try await database.read { transaction in
                try transaction.query("SELECT key, people, area, seal FROM town WHERE key <> '?' ORDER BY people") {
                    "\(try $0.text(0))|\(try $0.integer(1))|\(String(describing: try $0.optionalReal(2)))"
                        + "|\(String(describing: $0.optionalBlob(3)))"
                }
            }
            #expect(
                rows == [
                    "|0|nil|nil",
                    "Łódź ? 'quoted' 서울|9007199254740993|Optional(293.25)|Optional([0, 255, 39, 92, 0])",
                ]
            )
        }
    }

    @Test(arguments: TestEngine.all) func undoesAllWhenTheClosureThrows(_ engine: Database.Engine) async throws {
        struct Stop: Error {}
        try await withDatabase(engine, migrations: [towns]) { database in
            await #expect(throws: Stop.self) {
                try await database.write { transaction in
                    try insert(transaction, "bergen", 1)
                    throw Stop()
                }
            }
            try await #expect(keys(database) == [])
        }
    }

    @Test(arguments: TestEngine.all) func namesTheRuleOfTheSchemaThatWasBroken(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: [towns]) { database in
            try await database.write { try insert($0, "visby", 1) }
            let attempts: [(DatabaseError.Constraint, @Sendable (Transaction) throws -> Void)] = [
                (.unique, { try insert($0, "visby", 2) }),
                (.check, { try insert($0, "riga", -1) }),
                (.foreignKey, { try insert($0, "riga", 1, twin: "atlantis") }),
                (.notNull, { try $0.execute("INSERT INTO town (key, people) VALUES (?, ?)", ["riga", .null]) }),
            ]
            for (expected, attempt) in attempts {
                do {
                    try await database.write { try attempt($0) }
                    Issue.record("\(expected) was not enforced")
                } catch DatabaseError.constraint(let constraint, _) {
                    #expect(constraint == expected)
                }
            }
            try await #expect(keys(database) == ["visby"])
        }
    }

    @Test(arguments: TestEngine.all) func writesManyRowsInABatchOrNone(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: [towns]) { database in
            let rows: [[Value]] = (0..<1500).map { [.text("t\($0)"), .int($0)] }
            try await database.write { try $0.execute("INSERT INTO town (key, people) VALUES (?, ?)", each: rows) }
            let sum = try await database.read { try $0.first("SELECT SUM(people) FROM town") { try $0.integer(0) } }
            #expect(sum == 1500 * 1499 / 2)
            let broken: [[Value]] = [["new", 1], ["t7", 1], ["newer", 1]]
            await #expect(throws: DatabaseError.self) {
                try await database.write {
                    try $0.execute("INSERT INTO town (key, people) VALUES (?, ?)", each: broken)
                }
            }
            let count = try await database.read { try $0.first("SELECT COUNT(*) FROM town") { try $0.integer(0) } }
            #expect(count == 1500)
        }
    }

    @Test(arguments: TestEngine.all) func countsConcurrentIncrementsExactly(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: [towns]) { database in
            try await database.write { try insert($0, "visby", 0) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        try await database.write { transaction in
                            let people = try transaction.first("SELECT people FROM town") { try $0.integer(0) } ?? 0
                            try transaction.execute("UPDATE town SET people = ?", [.int(people + 1)])
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await #expect(database.read { try $0.first("SELECT people FROM town") { try $0.integer(0) } } == 40)
        }
    }

    @Test(arguments: TestEngine.all) func finishesAWriteWhoseCallerWasCancelled(_ engine: Database.Engine) async throws
    {
        try await withDatabase(engine, migrations: [towns]) { database in
            let task = Task { try await database.write { try insert($0, "visby", 1) } }
            task.cancel()
            _ = await task.result
            try await #expect(keys(database) == ["visby"])
        }
    }

    @Test(arguments: TestEngine.all) func aReadSeesOneStateAndCannotWrite(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: [towns]) { database in
            await #expect(throws: (any Error).self) { try await database.read { try insert($0, "visby", 1) } }
            try await #expect(keys(database) == [])
        }
    }

    @Test(arguments: TestEngine.all) func theChangeTokenChangesWithEachCommit(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: [towns]) { database in
            let before = try await database.changeToken()
            _ = try await keys(database)
            try await #expect(database.changeToken() == before || engine == .postgres)
            try await database.write { try insert($0, "visby", 1) }
            try await #expect(database.changeToken() != before)
        }
    }

    @Test(arguments: TestEngine.all) func aQueryMayRunInsideItsOwnRows(_ engine: Database.Engine) async throws {
        try await withDatabase(engine, migrations: [towns]) { database in
            try await database.write { transaction in
                for key in ["a", "b", "c"] { try insert(transaction, key, 1) }
            }
            let pairs = try await database.read { transaction in
                try transaction.query("SELECT key FROM town ORDER BY key") { outer in
                    try transaction.query("SELECT key FROM town ORDER BY key") { try $0.text(0) }.joined()
                        + (try outer.text(0))
                }
            }
            #expect(pairs == ["abca", "abcb", "abcc"])
        }
    }
}
