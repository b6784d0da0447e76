import Documents
import Dues
import Foundation
import Jobs
import Languages
import Mail

extension Installation {
    /// What fees, invoices and documents work with.
    func duesServices() throws -> DuesServices {
        DuesServices(
            charter: charter,
            letters: DuesLetters(
                templates: try MailTemplates.load(folder: DuesLetters.folder),
                correspondence: try correspondence(),
                charter: charter
            ),
            pdf: PDFMaker(program: settings.text(.documentsProgram))
        )
    }

    /// What makes up dues to try the program.
    func inventedDues(seed: UInt64) throws -> InventedDues {
        InventedDues(database: database, services: try duesServices(), logger: logger, seed: seed)
    }

    /// What writes the invoices of a run.
    func issueDues(_ services: DuesServices) -> IssueDues {
        IssueDues(database: database, services: services, logger: logger)
    }

    /// Goes on with runs of invoices that were started in the console, or that a stopped process left.
    func invoices(_ services: DuesServices) -> Job {
        let work = issueDues(services)
        return Job(
            name: "invoices",
            title: say("Writes the invoices of runs that were started, until each run is at its end"),
            every: .seconds(60)
        ) { context in
            let outcomes = try await work.resume(now: context.now)
            guard !outcomes.isEmpty else { return say("No run was open.") }
            let (written, problems) = outcomes.reduce((0, 0)) { ($0.0 + $1.written, $0.1 + $1.problems.count) }
            return say("Runs: \(outcomes.count). Invoices: \(written). Could not be written: \(problems).")
        }
    }

    /// What reminds members of what they owe.
    func sendReminders(_ services: DuesServices) -> SendReminders {
        SendReminders(database: database, services: services, logger: logger)
    }

    /// Reminds members of what they owe, by the charter's schedule.
    func reminders(_ services: DuesServices) -> Job {
        let work = sendReminders(services)
        return Job(
            name: "dues-reminders",
            title: say("Reminds members of what they owe, by the charter's schedule"),
            every: .seconds(86_400)
        ) { context in
            let outcome = try await work.run(now: context.now)
            guard outcome.problems.isEmpty else {
                let list = outcome.problems.keys.sorted().joined(separator: ", ")
                throw CommandFailure("These invoices could not be reminded of: \(list). The log says why.")
            }
            return say("Letters: \(outcome.written). Nobody to write to: \(outcome.withoutLetter.count).")
        }
    }

    /// Writes a document into a new file of this machine; no file that is there is overwritten.
    func write(_ bytes: [UInt8], to path: String) throws {
        do { try Data(bytes).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting) } catch {
            throw CommandFailure(
                "\(path) was not written: \(error.localizedDescription) Give a file that is not there."
            )
        }
        print(path)
    }
}
