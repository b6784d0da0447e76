public import Access
public import Database
public import Foundation
import Languages

/// Applies an import from beginning to end: takes it in hand, compares it with the records in parts, saying how far it
/// is, and writes it in one transaction.
public struct ImportRun: Sendable {
    let database: Database
    let rules: UploadRules
    let now: @Sendable () -> Date

    public init(database: Database, rules: UploadRules, now: @escaping @Sendable () -> Date = { Date() }) {
        self.database = database
        self.rules = rules
        self.now = now
    }

    /// Throws `UploadRefusal`; then nothing was written, and the reason stands with the import.
    @discardableResult
    public func apply(_ id: String, as actor: Actor) async throws -> AppliedImport {
        let claim = try await database.run(BeginImport(import: id), as: actor, now: now())
        return try await apply(id, claim: claim, as: actor)
    }

    /// The same for an import that was taken in hand already, so that a page can answer before it is done.
    @discardableResult
    public func apply(_ id: String, claim: String, as actor: Actor) async throws -> AppliedImport {
        do {
            try await compare(id, claim, actor)
            return try await database.run(ApplyImport(import: id, claim: claim, rules: rules), as: actor, now: now())
        } catch {
            let words =
                (error as? any Refusal)?.sentence
                ?? say("The database refused it: \(String(describing: error)). Nothing was written.")
            // The claim runs out by itself when even this cannot be written.
            _ = try? await database.run(ReleaseImport(id: id, claim: claim, failure: words), as: actor, now: now())
            throw error
        }
    }

    private static let part = 500

    /// Asks for no lock, so that what does not hold any more is found while others write.
    private func compare(_ id: String, _ claim: String, _ actor: Actor) async throws {
        let (rules, instant) = (rules, now())
        let (rows, begun) = try await database.read { transaction in
            let upload = try Upload.find(transaction, id)
            let check = try UploadCheck(upload, rules, source: "", now: instant, transaction)
            return (try UploadCheck.rows(transaction, of: id), check)
        }
        var check = begun
        for start in stride(from: 0, to: rows.count, by: Self.part) {
            let part = rows[start..<min(start + Self.part, rows.count)]
            check = try await database.read { [check] transaction in
                var next = check
                _ = try ApplyImport.accepted(next.check(part, transaction), of: id, transaction)
                return next
            }
            let progress = NoteProgress(id: id, claim: claim, done: start + part.count)
            try await database.run(progress, as: actor, now: now())
        }
    }
}
