import ArgumentParser
import Charter
import Dues
import Foundation
import Languages

extension DuesCommands {
    struct Reminders: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reminds members of what they owe, by the charter's schedule, each step once.",
            usage: "hansa dues reminders [--dry-run] [--json]",
            discussion: """
                The job "dues-reminders" of the server does this every day. An invoice that its member disputes is left out.
                """
        )
        @OptionGroup var flags: SettingFlags
        @Flag(help: "Say who would be reminded, and remind nobody.")
        var dryRun = false
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let installation = try await Installation.open(flags)
            if dryRun { return try await show(installation) }
            let work = installation.sendReminders(try installation.duesServices())
            let outcome = try await Installation.spoken { try await work.run(now: Date()) }
            if json { return try Terminal.json(ReminderOutcome(outcome)) }
            print("Letters written: \(outcome.written).")
            if !outcome.withoutLetter.isEmpty {
                let names = outcome.withoutLetter.joined(separator: ", ")
                print("Without a letter, because nobody represents them: \(names).")
            }
            for (number, words) in outcome.problems.sorted(by: { $0.key < $1.key }) {
                print("\(number): \(Terminal.safe(words.english))")
            }
            guard outcome.problems.isEmpty else { throw ExitCode.failure }
        }

        private func show(_ installation: Installation) async throws {
            let lines = try await installation.ask(PlanReminders(charter: installation.charter))
            if json { return try Terminal.json(lines.map(ReminderLine.init)) }
            guard !lines.isEmpty else { return print("Nobody would be reminded.") }
            Terminal.table(
                ["Invoice", "Member", "Due", "Days", "Amount", "Owed in all"],
                lines.map { line in
                    [
                        line.invoice.number, Terminal.safe(line.invoice.memberName), "\(line.dueOn)", "\(line.step)",
                        DuesCommands.text(line.amount), DuesCommands.text(line.owed),
                    ]
                },
                numbers: [3, 4, 5]
            )
        }
    }

    struct Dispute: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records that a member says that an invoice is not right: nobody is reminded of it meanwhile.",
            usage: "hansa dues dispute NUMBER --words WORDS"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The invoice, as 2024-0001.")
        var invoice: String
        @Option(help: "What is not right.")
        var words: String

        func run() async throws {
            try await Installation.open(flags).run(DisputeInvoice(invoice, words: words))
            print("\(Terminal.safe(invoice)): disputed.")
        }
    }

    struct EndDisputeCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "end-dispute",
            abstract: "Ends a dispute about an invoice, with what came of it.",
            usage: "hansa dues end-dispute NUMBER --outcome WORDS"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The invoice, as 2024-0001.")
        var invoice: String
        @Option(help: "What came of it; the journal keeps it.")
        var outcome: String

        func run() async throws {
            try await Installation.open(flags).run(EndDispute(invoice, outcome: outcome))
            print("\(Terminal.safe(invoice)): the dispute has ended.")
        }
    }
}

/// A reminder that would go out, as JSON.
private struct ReminderLine: Encodable {
    let invoice: String
    let member: String
    let dueOn: Day
    let step: Int
    let amount: String
    let owed: String
    let currency: String
    let isPastDue: Bool
    let overtaken: Int

    init(_ line: PlanReminders.Line) {
        (invoice, member) = (line.invoice.number, line.invoice.memberKey)
        (dueOn, step, isPastDue, overtaken) = (line.dueOn, line.step, line.isPastDue, line.overtaken)
        (amount, owed, currency) = (line.amount.plain, line.owed.plain, line.owed.currency.code)
    }
}

/// What came of reminding, as JSON.
private struct ReminderOutcome: Encodable {
    let written: Int
    let withoutLetter: [String]
    let problems: [String: String]

    init(_ outcome: SendReminders.Outcome) {
        (written, withoutLetter) = (outcome.written, outcome.withoutLetter)
        problems = outcome.problems.mapValues(\.english)
    }
}
