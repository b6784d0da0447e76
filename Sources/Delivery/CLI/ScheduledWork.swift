import Access
import Charter
import Database
import Files
import Foundation
import Identity
import Jobs

/// The jobs of this installation: what nobody has to remember.
struct ScheduledWork: Sendable {
    let database: Database
    let charter: Charter
    let sessions: SessionPolicy
    let policy: SignInPolicy
    let files: FileStore
    /// What each capability holds on people, for what is erased when its time is over.
    let personalData: [PersonalDataSource]

    var jobs: [Job] { [retention, leftovers, orphans] }

    private var retention: Job {
        let (database, charter, sources) = (database, charter, personalData)
        return Job(name: "retention", title: "Delete what is past its time", every: .seconds(86_400)) { context in
            guard let day = Day(Grant.day(context.now)), let version = charter.version(on: day) else {
                return "The charter has no version for this day."
            }
            let now = context.now
            let outcome = try await database.write { try Retention.apply($0, version, sources: sources, now: now) }
            guard !outcome.isEmpty else { return "Nothing was past its time." }
            let parts = outcome.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue) \($0.value)" }
            return "Deleted: \(parts.joined(separator: ", "))."
        }
    }

    /// Sessions, links and counters that can do nothing any more.
    private var leftovers: Job {
        let (database, sessions, window) = (database, sessions, policy.window)
        return Job(name: "leftovers", title: "Remove ended sessions and links", every: .seconds(3600)) { context in
            let now = context.now
            return try await database.write { transaction in
                let ended = try Session.removeEnded(transaction, sessions, now: now)
                let links = try OneTimeLink.removeEnded(transaction, now: now)
                let counters = try AttemptLimit.removeOld(transaction, window: window, now: now)
                let attempts = try OpenIDAttempt.removeOld(transaction, now: now)
                try Jobs.removeRuns(transaction, endedBefore: now.addingTimeInterval(-30 * 86_400))
                return "\(ended) sessions, \(links) links, \(counters) counters, \(attempts) attempts."
            }
        }
    }

    private var orphans: Job {
        let (database, files) = (database, files)
        return Job(name: "orphans", title: "Remove files that nothing refers to", every: .seconds(86_400)) { context in
            let gone = try await files.collectOrphans(database, now: context.now)
            return "\(gone.files) files and \(gone.fragments) broken-off uploads."
        }
    }
}
