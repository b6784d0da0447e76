import ArgumentParser
import Dues
import Foundation
import Languages

struct PaymentCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payments",
        abstract: "Payments: banks' statements brought in and matched with invoices, and what is entered by hand.",
        discussion: """
            hansa payments import statement.xml --dry-run      what importing it would do
            hansa payments import statement.csv --mapping "My bank"
            hansa payments queue                               what nobody matched, with suggestions
            hansa payments match LINE --suggestion 1
            hansa payments add Visby --amount 1000 --currency USD --on 2024-03-05
            hansa payments undo ID --grounds "Another member's"
            """,
        subcommands: [
            List.self, Import.self, Statements.self, Mappings.self, Queue.self, Match.self, Ignore.self, Add.self,
            Split.self, Undo.self, Credit.self, Refund.self, Rates.self,
        ],
        defaultSubcommand: List.self
    )

    /// Anything of a record on a terminal.
    static func text(_ phrase: Phrase) -> String { Terminal.safe(phrase.english) }
    static func text(_ money: Money) -> String { Terminal.safe(money.words.english) }

    static func show(_ done: MatchOutcome) {
        print("Booked: \(done.booked). Waiting: \(done.open), \(done.suggested) with suggestions.")
    }

    /// A share out of `--share`: `member=Visby,invoice=2024-0001,amount=500,charge=15,settles=515`, or `credit` beside.
    static func share(_ text: String) throws -> ShareDraft {
        var share = ShareDraft()
        for part in text.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            switch (pair.first, pair.count) {
            case ("member", 2): share.member = pair[1]
            case ("invoice", 2): share.invoice = pair[1]
            case ("amount", 2): share.amount = pair[1]
            case ("charge", 2): share.charge = pair[1]
            case ("settles", 2): share.settles = pair[1]
            case ("credit", 1): share.isCredit = true
            default:
                throw CommandFailure(
                    "--share \"\(text)\" cannot be read. Write it like member=Visby,invoice=2024-0001,amount=500; also "
                        + "charge=…, settles=… and credit are known."
                )
            }
        }
        return share
    }
}

/// What a share of a payment is given by, in several commands.
struct ShareFlags: ParsableArguments {
    @Option(help: "An invoice's number or reference.")
    var invoice = ""
    @Option(help: "What the bank took on the way and the association bears, in the invoice's currency.")
    var charge = ""
    @Option(help: "What of an invoice in another currency is settled, in that currency.")
    var settles = ""
    @Flag(help: "Kept as the member's credit balance, whatever it owes.")
    var credit = false
    @Option(help: "One share of several, such as member=Visby,amount=500; may be given again.")
    var share: [String] = []

    /// - Parameter member: a member's key, or nothing.
    func drafts(member: String) throws -> [ShareDraft] {
        guard share.isEmpty else {
            guard member.isEmpty, invoice.isEmpty, charge.isEmpty, settles.isEmpty, !credit else {
                throw CommandFailure("Give one share by its own flags, or each by --share, not both.")
            }
            return try share.map(PaymentCommands.share)
        }
        return [ShareDraft(member: member, invoice: invoice, charge: charge, settles: settles, isCredit: credit)]
    }
}

extension PaymentCommands {
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a bank's statement in: all of its new lines, or nothing.",
            usage: "hansa payments import FILE [--mapping NAME] [--dry-run] [--no-booking] [--invented]",
            discussion: """
                camt.053 in the versions 02 and 08 needs no mapping; CSV does: hansa payments mappings --help.
                Imported twice it changes nothing. What is matched surely is booked; the rest waits in the queue.
                """
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The file.")
        var file: String
        @Option(help: "The name of the mapping of a CSV file.")
        var mapping: String?
        @Flag(help: "Say what would be done, and do nothing.")
        var dryRun = false
        @Flag(help: "Book nothing by itself; all of it waits in the queue.")
        var noBooking = false
        @Flag(help: "The statement is made up, and so is all that comes of it.")
        var invented = false

        func run() async throws {
            let installation = try await Installation.open(flags)
            let bytes = try Installation.bytes(file, atMost: StatementFile.largestBytes)
            var chosen: StatementMapping?
            if let mapping { chosen = try await installation.ask(StatementMappingByName(mapping)) }
            let name = URL(fileURLWithPath: file).lastPathComponent
            let read = try await Installation.spoken { try StatementFile(name: name, bytes: bytes, mapping: chosen) }
            let charter = installation.charter
            if dryRun { return show(try await installation.ask(PreviewStatement(read, charter: charter))) }
            let done = try await installation.run(
                ImportBankStatement(read, isInvented: invented, booksMatches: !noBooking, charter: charter)
            )
            for part in done.statements {
                print("\(Terminal.safe(part.account)): \(part.newLines) new, \(part.knownLines) known already.")
                for note in part.notes { print("  \(PaymentCommands.text(note))") }
                if let id = part.id { print(Terminal.dim("  To undo it: hansa payments statements --undo \(id)")) }
            }
            PaymentCommands.show(done.match)
        }

        private static func what(_ line: PreviewStatement.Line) -> String {
            if line.isKnown { return "known" }
            if line.isBooked { return "book" }
            return line.line.amount.isPositive ? "wait" : "out"
        }

        private func show(_ parts: [PreviewStatement.Part]) {
            for part in parts {
                let statement = part.statement
                print(
                    Terminal.bold("\(Terminal.safe(statement.account))  \(statement.from) – \(statement.to)")
                        + "  \(statement.format.name)"
                )
                for note in statement.notes { print(PaymentCommands.text(note)) }
                for line in part.lines {
                    print("\(Self.what(line))  \(QueueLine.words(line.line))")
                    for (number, match) in line.suggestions.enumerated() { QueueLine.show(match, number + 1) }
                }
                let new = part.lines.count { !$0.isKnown }
                let booked = part.lines.count { $0.isBooked }
                print("\(part.lines.count) lines, \(new) new, \(booked) would be booked. Nothing was changed.")
            }
        }
    }

    struct Statements: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the statements that were imported, or undoes one.",
            usage: "hansa payments statements [--page N] [--undo ID --grounds WHY]"
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "The page, from 1.")
        var page = 1
        @Option(help: "The id of a statement whose import is undone, with every payment that came of it.")
        var undo: String?
        @Option(help: "Why it is undone; the journal keeps it.")
        var grounds = ""

        func run() async throws {
            let installation = try await Installation.open(flags)
            if let undo {
                let done = try await installation.run(UndoStatement(undo, grounds: grounds))
                return print("Undone: \(done.lines) lines, \(done.payments) payments.")
            }
            let statements = try await installation.ask(StatementList(page: page))
            guard !statements.isEmpty else { return print("There is none.") }
            Terminal.table(
                ["Id", "Account", "From", "To", "Lines", "Open", "State"],
                statements.map { statement in
                    [
                        statement.id, Terminal.safe(statement.account), "\(statement.from)", "\(statement.to)",
                        "\(statement.lines)", "\(statement.states[.open] ?? 0)",
                        statement.undoneAt == nil ? statement.isInvented ? "made up" : "" : "undone",
                    ]
                },
                numbers: [4, 5]
            )
        }
    }

    struct Queue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows what came in and nobody matched, with what it can be.",
            usage: "hansa payments queue [--refresh] [--state STATE …] [--statement ID] [--page N]",
            discussion: "States: \(BankLine.State.allCases.map(\.rawValue).joined(separator: ", "))."
        )
        @OptionGroup var flags: SettingFlags
        @Flag(help: "Match all open lines anew first, and book what is sure by now.")
        var refresh = false
        @Option(help: "A state; may be given again.")
        var state: [String] = []
        @Option(help: "The id of a statement.")
        var statement: String?
        @Option(help: "The page, from 1.")
        var page = 1

        func run() async throws {
            let installation = try await Installation.open(flags)
            let states = try state.map { text -> BankLine.State in
                guard let state = BankLine.State(rawValue: text) else {
                    throw CommandFailure("\"\(text)\" is no state. See hansa payments queue --help.")
                }
                return state
            }
            if refresh {
                let done = try await installation.run(MatchOpenLines(charter: installation.charter))
                PaymentCommands.show(done)
            }
            let found = try await installation.ask(
                MatchQueue(states.isEmpty ? [.open] : states, statement: statement, page: page)
            )
            for line in found.lines {
                let made = found.inventedStatements.contains(line.line.statementID) ? "  (made up)" : ""
                print(Terminal.bold(line.line.id) + "  " + QueueLine.words(line.line.line) + made)
                for match in line.matches {
                    guard let place = line.line.suggestions.firstIndex(of: match.suggestion) else { continue }
                    QueueLine.show(match, place + 1)
                }
            }
            print(Terminal.dim("\(found.total) in all."))
        }
    }

    struct Match: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what a line of a statement is, and books it so.",
            usage: """
                hansa payments match LINE --suggestion N
                hansa payments match LINE --invoice NUMBER [--charge AMOUNT] [--settles AMOUNT]
                hansa payments match LINE --member NAME [--credit]
                hansa payments match LINE --share member=NAME,amount=AMOUNT …
                hansa payments match LINE --payment ID
                """
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The line's id, from hansa payments queue.")
        var line: String
        @Option(help: "The number of a suggestion.")
        var suggestion: Int?
        @Option(help: "The id of a payment that was entered by hand before.")
        var payment: String?
        @Option(help: "A member's key, or any of its names.")
        var member = ""
        @OptionGroup var shares: ShareFlags

        func run() async throws {
            let installation = try await Installation.open(flags)
            let target: MatchTarget
            if let suggestion {
                target = .suggestion(suggestion)
            } else if let payment {
                target = .payment(payment)
            } else {
                target = .shares(try shares.drafts(member: member))
            }
            let command = MatchLine(line, as: target, charter: installation.charter)
            print("Booked as payment \(try await installation.run(command)).")
        }
    }

    struct Ignore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says that a line has to do with nobody's dues, or with --not that it has after all.",
            usage: "hansa payments ignore LINE --grounds WHY [--not]"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The line's id, from hansa payments queue.")
        var line: String
        @Option(help: "Why; the journal keeps it.")
        var grounds: String
        @Flag(name: .customLong("not"), help: "It has to do with dues after all.")
        var isNot = false

        func run() async throws {
            try await Installation.open(flags).run(IgnoreLine(line, grounds: grounds, isTakenBack: isNot))
            print(isNot ? "It waits in the queue again." : "Left aside.")
        }
    }
}

/// A line of a statement, and what it can be, on a terminal.
enum QueueLine {
    static func words(_ line: StatementLine) -> String {
        let parts = [line.name, line.text.isEmpty ? nil : line.text, line.references.first].compactMap(\.self)
        let text = Terminal.safe(parts.joined(separator: " · "))
        return "\(line.bookedOn)  \(PaymentCommands.text(line.amount))  \(text)"
    }

    static func show(_ match: ShownMatch, _ number: Int) {
        let invoices = match.targets.map { "\($0.number) \($0.memberName) (\(PaymentCommands.text($0.owed)))" }
        let outdated = match.isOutdated ? " Outdated: --refresh." : ""
        let what = (invoices + [match.suggestion.paymentID.map { "payment \($0)" }].compactMap(\.self))
        print(
            "    \(number). \(match.suggestion.confidence) %  \(Terminal.safe(what.joined(separator: ", ")))"
                + "  \(PaymentCommands.text(match.words))\(outdated)"
        )
    }
}
