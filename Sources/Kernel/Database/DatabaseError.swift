/// What the database could not do, as a sentence that says what happened, what it means and what to do.
public enum DatabaseError: Error, Sendable, Equatable {
    /// The location in the settings is none that we know.
    case badLocation(String)
    /// The server or the file cannot be reached.
    case unavailable(String)
    /// The connection broke before the transaction was committed; nothing of it was kept.
    case connectionLost(String)
    /// The connection broke while the commit was under way; whether it was kept is not known.
    case outcomeUnknown(String)
    /// Another writer held the lock for longer than the busy timeout.
    case busy(String)
    /// Two transactions contradicted each other and the retries were used up.
    case conflict(String)
    case diskFull(String)
    /// The file is cut short, overwritten or not a database.
    case corrupt(String)
    case readOnly(String)
    case constraint(Constraint, String)
    /// A statement that the engine refused: our own mistake.
    case statement(sql: String, message: String)
    /// A row did not hold what the code expects at that column (0-based).
    case decoding(column: Int, expected: String)
    case migrationChanged(String)
    case migrationUnknown(String)
    /// Migrations wait that this command may not run by itself.
    case migrationPending([String])
    /// A backup or restore that could not be made.
    case backup(String)

    /// Which promise of the schema a write would have broken.
    public enum Constraint: String, Sendable, Equatable {
        case unique, foreignKey, notNull, check
    }
}

extension DatabaseError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .badLocation(let text):
            "The database setting \"\(text)\" is neither sqlite:PATH nor postgres://…; correct HANSA_DATABASE."
        case .unavailable(let text):
            "The database cannot be reached: \(text). Check that it runs and that HANSA_DATABASE is right."
        case .connectionLost(let text):
            "The connection to the database was lost, nothing of this change was kept: \(text). Try again."
        case .outcomeUnknown(let text):
            "The connection to the database was lost while a change was being committed, it may or may not have been kept: "
                + "\(text). Look at the record before you repeat it."
        case .busy(let text):
            "Another process is writing to this database file and did not finish in time: \(text). Try again."
        case .conflict(let text): "Two changes contradicted each other and this one gave way: \(text). Try again."
        case .diskFull(let text):
            "The disk is full, nothing of this change was kept: \(text). Free some space and try again."
        case .corrupt(let text):
            "The database file is damaged: \(text). Stop hansa, keep the file, and restore the newest backup with "
                + "`hansa db restore FILE`."
        case .readOnly(let text):
            "The database cannot be written: \(text). Check the owner and permissions of its file and folder."
        case .constraint(let constraint, let text):
            "The record breaks a rule of the schema (\(constraint.rawValue)): \(text)."
        case .statement(let sql, let message): "A statement failed: \(message). Statement: \(sql)"
        case .decoding(let column, let expected): "A stored value in column \(column) is not \(expected)."
        case .migrationChanged(let name):
            "Migration \"\(name)\" was applied to this database in another wording. Published migrations are never edited: "
                + "run the version of hansa that made this database, or restore the file from the release."
        case .migrationUnknown(let name):
            "This database has migration \"\(name)\", which this version of hansa does not know: it was made by a newer "
                + "version. Run that version, or restore an older backup."
        case .migrationPending(let names):
            "This database waits for \(names.count) migration(s): \(names.joined(separator: ", ")). Run `hansa db migrate`."
        case .backup(let text): text
        }
    }

    /// Whether the same work, run again from its beginning, may succeed.
    package var isTransient: Bool {
        switch self {
        case .conflict, .connectionLost: true
        default: false
        }
    }
}
