import ArgumentParser
import Charter
import Dues
import Foundation
import Languages

struct DuesCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dues",
        abstract: "Dues: the invoices of a year, members' accounts, credit notes, relief, reminders.",
        discussion: """
            hansa dues plan 2024                  what each member would be asked for, and what is missing
            hansa dues run 2024                   writes the invoices; begun again, it goes on where it stopped
            hansa dues invoices --year 2024 --state overdue
            hansa dues invoice 2024-0001 --pdf invoice.pdf
            hansa dues account Seoul --on 2024-12-31
            hansa dues credit 2024-0001 --grounds "Wrong number of employees" --anew
            hansa dues relief list                what members ask: to be let off a fee, or to pay by instalments
            hansa dues reminders --dry-run        whom the charter's schedule reminds now
            """,
        subcommands: [
            Plan.self, Run.self, Runs.self, Invoices.self, One.self, Account.self, Credit.self, Receipt.self,
            Certificate.self, Proof.self, ReliefCommands.self, Reminders.self, Dispute.self, EndDisputeCommand.self,
        ]
    )

    static func text(_ money: Money) -> String { money.words.english }

    static func text(_ totals: [Money]) -> String {
        totals.isEmpty ? "nothing" : totals.map { text($0) }.joined(separator: ", ")
    }
}

extension DuesCommands {
    struct Plan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what a run would do, member by member, without doing it.",
            usage: "hansa dues plan YEAR [--issued-on DAY] [--json]"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The year of the fees.")
        var year: Int
        @Option(help: "The day that the invoices would bear; today when left out.")
        var issuedOn: String?
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let installation = try await Installation.open(flags)
            let day = try installation.day(issuedOn, "--issued-on")
            let plan = try await installation.ask(PlanDues(year, issuedOn: day, charter: installation.charter))
            if json { return try Terminal.json(plan.lines.map(PlanLine.init)) }
            Terminal.table(
                ["Member", "Amount", "Why"],
                plan.lines.map { [$0.member.key, DuesCommands.amount($0), Terminal.safe(DuesCommands.why($0))] },
                numbers: [1]
            )
            print(
                Terminal.dim(
                    "\(plan.toInvoice.count) of \(plan.lines.count) would get an invoice of \(plan.issuedOn), due on "
                        + "\(plan.dueOn): \(DuesCommands.text(try plan.totals())). Missing: \(plan.missing.count). "
                        + "Decided on \(plan.billedOn) by the rules of \(plan.charterDay)."
                )
            )
            DuesCommands.tellMadeUp(plan.madeUp.count)
        }
    }

    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the invoices of a year, for everybody who has none and whose fee can be told.",
            usage: "hansa dues run YEAR [--issued-on DAY] [--json]"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The year of the fees.")
        var year: Int
        @Option(help: "The day that the invoices bear, not in the future; today when left out.")
        var issuedOn = ""
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let installation = try await Installation.open(flags)
            let id = try await installation.run(
                StartDuesRun(year, issuedOn: issuedOn, charter: installation.charter)
            )
            let work = installation.issueDues(try installation.duesServices())
            let outcome = try await Installation.spoken { try await work.run(id, now: Date()) }
            if json { return try Terminal.json(RunLine(outcome.run)) }
            print("Invoices written: \(outcome.written). In this run so far: \(outcome.run.invoices).")
            if outcome.missing > 0 {
                print("\(outcome.missing) got none because something is missing: hansa dues plan \(year) says what.")
            }
            DuesCommands.tellMadeUp(outcome.madeUp)
            if !outcome.withoutLetter.isEmpty {
                let names = outcome.withoutLetter.joined(separator: ", ")
                print("Without a letter, because nobody represents them: \(names).")
            }
            for problem in outcome.problems {
                print("\(problem.memberKey): \(Terminal.safe(problem.words.english))")
            }
            guard outcome.problems.isEmpty else { throw ExitCode.failure }
        }
    }

    struct Runs: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the latest runs.",
            usage: "hansa dues runs [--json]"
        )
        @OptionGroup var flags: SettingFlags
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let runs = try await Installation.open(flags).ask(DuesRuns())
            if json { return try Terminal.json(runs.map(RunLine.init)) }
            guard !runs.isEmpty else { return print("There is none.") }
            Terminal.table(
                ["Year", "Issued on", "Started", "Ended", "Invoices", "Problems", ""],
                runs.map { run in
                    [
                        "\(run.year)", "\(run.issuedOn)", run.startedAt, run.finishedAt ?? "not yet", "\(run.invoices)",
                        "\(run.problems.count)", run.isInvented ? "made up" : "",
                    ]
                },
                numbers: [4, 5]
            )
        }
    }

    struct Credit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes a credit note for an invoice, whole or in part: the member owes that much less.",
            usage: "hansa dues credit NUMBER --grounds WHY [--amount AMOUNT | --anew]"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The invoice, as 2024-0001.")
        var invoice: String
        @Option(help: "Why; the member and the journal have it.")
        var grounds: String
        @Option(help: "As 500.00; all that the invoice asks for when left out.")
        var amount = ""
        @Flag(help: "Whether the next run writes another invoice of the year, by what is known then.")
        var anew = false

        func run() async throws {
            let installation = try await Installation.open(flags)
            let command = CreditInvoice(invoice, amount: amount, grounds: grounds, isInvoicedAnew: anew)
            let note = try await installation.run(command)
            print("\(note.number): \(DuesCommands.text(note.amount)) of \(Terminal.safe(invoice)) taken back.")
        }
    }
}

extension DuesCommands {
    /// Nothing where there is none.
    static func tellMadeUp(_ count: Int) {
        guard count > 0 else { return }
        print("No invoice for \(count) whose invoice of the year is made up. \(DuesPlan.howToBill.english)")
    }

    static func amount(_ line: DuesPlan.Line) -> String {
        switch line.outcome {
        case .invoice(let planned): text(planned.toPay)
        case .invoiced(let number), .madeUp(let number): number
        case .nothing: "nothing"
        case .missing: "missing"
        case .noSchedule: "no fee"
        }
    }

    static func why(_ line: DuesPlan.Line) -> String {
        switch line.outcome {
        case .invoice(let planned): planned.explanation.english
        case .invoiced: "It has this invoice already."
        case .madeUp: DuesPlan.madeUpWords.english
        case .nothing(let words): words.english
        case .missing(let missing): missing.map(\.words.english).joined(separator: " ")
        case .noSchedule: "The charter has no fee for members of this category."
        }
    }
}

/// What becomes of a member, as JSON.
private struct PlanLine: Encodable {
    let member: String
    let name: String
    let outcome: String
    let amount: String?
    let relief: String?
    let fee: String?
    let currency: String?
    let invoice: String?
    let rule: String?
    let missing: [String]
    let why: String

    init(_ line: DuesPlan.Line) {
        member = line.member.key
        name = line.member.name
        why = DuesCommands.why(line)
        var planned: PlannedInvoice?
        var (number, lacking): (String?, [String]) = (nil, [])
        switch line.outcome {
        case .invoice(let found): (outcome, planned) = ("invoice", found)
        case .invoiced(let known): (outcome, number) = ("invoiced", known)
        case .madeUp(let known): (outcome, number) = ("made-up", known)
        case .nothing: outcome = "nothing"
        case .missing(let found): (outcome, lacking) = ("missing", found.map(\.code))
        case .noSchedule: outcome = "no-schedule"
        }
        amount = planned?.toPay.plain
        relief = planned?.relief.plain
        fee = planned?.fee.plain
        currency = planned?.amount.currency.code
        rule = planned?.answer.rule
        invoice = number
        missing = lacking
    }
}

/// A run as JSON.
private struct RunLine: Encodable {
    struct Problem: Encodable {
        let member: String
        let words: String
    }

    let id: String
    let year: Int
    let issuedOn: Day
    let startedAt: String
    let finishedAt: String?
    let invoices: Int
    let invented: Bool
    let problems: [Problem]

    init(_ run: DuesRun) {
        (id, year, issuedOn) = (run.id, run.year, run.issuedOn)
        (startedAt, finishedAt, invoices, invented) = (run.startedAt, run.finishedAt, run.invoices, run.isInvented)
        problems = run.problems.map { Problem(member: $0.memberKey, words: $0.words.english) }
    }
}
