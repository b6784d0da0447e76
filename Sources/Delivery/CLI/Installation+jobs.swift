import Access
import Charter
import Database
import Decisions
import Dues
import Files
import Foundation
import Identity
import Jobs
import Languages
import Membership
import Site
import Standing
import Webhooks

extension Installation {
    /// The scheduled work of this installation.
    func jobs(_ rooms: RoomServices, _ dues: DuesServices) -> [Job] {
        [
            retention, requests(rooms.reception), decisions(rooms.decisions), leftovers, orphans, standing,
            invoices(dues), reminders(dues),
        ]
    }

    /// Closes what bodies had time to answer until now, and reminds those who have not answered.
    private func decisions(_ services: DecisionServices) -> Job {
        let work = CircularWork(database: database, services: services, logger: logger)
        return Job(
            name: "decisions",
            title: say("Closes decisions whose time is over, and reminds who has not answered"),
            every: .seconds(60)
        ) { context in
            let outcome = try await work.run(now: context.now)
            guard outcome.failed.isEmpty else {
                let list = outcome.failed.joined(separator: ", ")
                throw CommandFailure("These decisions could not be closed or reminded of: \(list). The log says why.")
            }
            return say("Closed: \(outcome.closed). Reminders: \(outcome.reminders).")
        }
    }

    private var retention: Job {
        let (database, charter, sources, stores) = (database, charter, personalData, retentionStores)
        return Job(
            name: "retention",
            title: say("Deletes what the charter's rules on retention no longer allow to keep"),
            every: .seconds(86_400)
        ) { context in
            guard let day = Day(Grant.day(context.now)), let version = charter.version(on: day) else {
                return say("The charter has no version in force, so nothing was deleted.")
            }
            let outcome = try await database.write { transaction in
                try Retention.apply(transaction, version, sources: sources, stores: stores, now: context.now)
            }
            guard !outcome.isEmpty else { return say("Nothing was past its time.") }
            let deleted = outcome.sorted { $0.key.rawValue < $1.key.rawValue }
            return Phrase.joined(deleted.map { say("\($0.key.rawValue): \($0.value)") }, by: ", ")
        }
    }

    /// Attempts that can lead nowhere any more, and runs of jobs that nobody looks at.
    private var leftovers: Job {
        let database = database
        return Job(
            name: "leftovers",
            title: say("Removes attempts, runs, staged files and kept answers that are over"),
            every: .seconds(3600)
        ) { context in
            let now = context.now
            return try await database.write { transaction in
                let attempts = try OpenIDAttempt.removeOld(transaction, now: now)
                let runs = try Jobs.removeRuns(transaction, endedBefore: now.addingTimeInterval(-30 * 86_400))
                let month = InstantText.text(now.addingTimeInterval(-30 * 86_400))
                var imports = try StaleImports.forget(transaction, stagedBefore: month)
                imports += try ParticipantList.forget(transaction, readBefore: month)
                try WebhookDelivery.removeDone(transaction, before: month)
                let answers = try KeptAnswer.removeOld(transaction, now: now)
                return say(
                    "Attempts: \(attempts). Runs: \(runs). Files that were never imported: \(imports). Kept answers: \(answers)."
                )
            }
        }
    }

    /// What the charter's grounds for suspending and terminating make of each member.
    private var standing: Job {
        let (database, charter) = (database, charter)
        return Job(
            name: "standing",
            title: say("Puts the charter's grounds for suspending and terminating to every member"),
            every: .seconds(86_400)
        ) { context in
            try await Self.keepProposals(database, charter, now: context.now)
        }
    }

    private var orphans: Job {
        let (database, files) = (database, files)
        return Job(name: "orphans", title: say("Removes files that nothing refers to"), every: .seconds(86_400)) {
            context in
            do {
                let gone = try await files.collectOrphans(database, now: context.now)
                return say("Files: \(gone.files). Broken-off uploads: \(gone.fragments).")
            } catch FileError.busy { return say("Somebody was putting a file; next time.") }
        }
    }

    /// A process that stops just after somebody asked for a link leaves the request to this.
    private func requests(_ reception: Reception) -> Job {
        Job(
            name: "sign-in-requests",
            title: say("Answers requests for sign-in links that a stopped process left"),
            every: .seconds(60)
        ) { context in
            let count = try await reception.signIn.answerRequests(now: context.now)
            return count == 0
                ? say("None was left.") : say(count, one: "\(count) answered.", other: "\(count) answered.")
        }
    }
}
