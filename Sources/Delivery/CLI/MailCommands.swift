import ArgumentParser
import Database
import Foundation
import Journal
import Languages
import Mail

struct MailCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail",
        abstract: "Shows the mail that goes out, sends what is due, notes what came back.",
        subcommands: [List.self, Show.self, Send.self, Test.self, Bounce.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists outgoing mail, the latest first.",
            usage: "hansa mail list [--state STATE] [--search WORDS] [--limit COUNT]",
            discussion: "States: \(MailState.allCases.map(\.rawValue).joined(separator: ", "))."
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "Only mail in this state.")
        var state: String?
        @Option(help: "Only mail with these words in address, name, subject or cause.")
        var search = ""
        @Option(help: "How many.")
        var limit = 50

        func run() async throws {
            var filter = OutboxFilter(search: search)
            if let state {
                guard let known = MailState(rawValue: state) else {
                    let all = MailState.allCases.map(\.rawValue).joined(separator: ", ")
                    throw CommandFailure("No mail is \"\(state)\". The states are \(all).")
                }
                filter.state = known
            }
            let installation = try await Installation.open(flags)
            let (asked, limit) = (filter, limit)
            let page = try await installation.database.read { try Outbox.list($0, asked, size: limit) }
            Terminal.table(
                ["Id", "Queued", "State", "Tries", "To", "Subject", "Problem"],
                page.mails.map { mail in
                    [
                        mail.id, mail.queuedAt, mail.state.rawValue, "\(mail.attempts)", Terminal.safe(mail.recipient),
                        Terminal.safe(mail.subject), Terminal.safe(mail.problem?.english ?? ""),
                    ]
                },
                numbers: [3]
            )
            if page.total > page.mails.count { print(Terminal.dim("… of \(page.total). --limit shows more.")) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows one mail, with every attempt to send it.",
            usage: "hansa mail show ID",
            discussion: "A mail that holds a link to sign in with does not show its body."
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The mail's id, from `hansa mail list`.")
        var id: String

        func run() async throws {
            let installation = try await Installation.open(flags)
            let id = id
            guard let record = try await installation.database.read({ try Outbox.find($0, id: id) }) else {
                throw MailProblem.unknown(id)
            }
            let mail = record.mail
            print("\(Terminal.bold(Terminal.safe(mail.subject)))  \(mail.state.rawValue)")
            print("To       \(Terminal.safe([mail.recipientName ?? "", mail.recipient].joined(separator: " ")))")
            print("Cause    \(Terminal.safe(mail.cause))")
            print("Queued   \(mail.queuedAt)")
            if mail.state == .waiting { print("Due      \(mail.dueAt)") }
            if let problem = mail.problem { print("Problem  \(Terminal.safe(problem.english))") }
            for attempt in record.attempts {
                let outcome = attempt.outcome ?? "under way"
                let words = Terminal.safe(attempt.words.english)
                print("Try \(attempt.number)    \(attempt.beganAt)  \(outcome)  \(words)")
            }
            let absent = mail.isConfidential ? "(confidential: the body is not shown)" : "(the body is no longer kept)"
            let lines = (record.text ?? absent).split(separator: "\n", omittingEmptySubsequences: false)
            print("")
            for line in lines { print(Terminal.safe(String(line))) }
        }
    }

    struct Send: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends what is due, once, and ends.",
            usage: "hansa mail send",
            discussion: """
                Ends with status 1 when the mail server cannot be reached. A mail whose fate is unknown, because a connection
                or a process ended while it was handed over, is uncertain and not sent again by itself.
                """
        )
        @OptionGroup var flags: SettingFlags

        func run() async throws {
            let installation = try await Installation.open(flags)
            guard let mailer = try installation.mailer() else {
                throw CommandFailure("Mail waits, because mail.transport is none. Set it to smtp or folder to send.")
            }
            let round = try await mailer.sendDue(limit: 100_000)
            print(
                "\(round.sent) sent, \(round.deferred) to be tried again, \(round.bounced) refused, \(round.failed) given up,"
                    + " \(round.uncertain) uncertain."
            )
            if let problem = round.problem { throw CommandFailure(problem.english) }
        }
    }

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Queues a mail that says only that mail works.",
            usage: "hansa mail test ADDRESS",
            discussion: "`hansa mail send` sends it, or `hansa serve` in its time."
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "Where to: an address that you can read.")
        var address: String

        private static let words = """
            Subject: Mail works · Les courriels fonctionnent · 메일이 됩니다

            This is a test from the command line, asked for at {time}.

            - If you can read this, mail leaves and arrives.
            - Nothing needs to be done.
            """

        func run() async throws {
            let installation = try await Installation.open(flags)
            let (address, now) = (address, Date())
            let content = try MailTemplates(["en": ["test": Self.words]])
                .render("test", language: "en", values: ["time": InstantText.text(now)])
            let cause = "test:\(Identifier.make(at: now))"
            try await installation.database.write { transaction in
                try Outbox.queue(transaction, OutgoingMail(cause: cause, to: address, content: content), now: now)
                try Journal.append(
                    transaction,
                    JournalEntry(
                        at: now,
                        actor: "command-line",
                        action: "mail.queued",
                        subject: .init("mail", cause),
                        after: ["to": .personal("to", address)]
                    )
                )
            }
            print("Queued for \(Terminal.safe(address)).")
        }
    }

    struct Bounce: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Notes that a mail came back, from a mail server's report.",
            usage: "hansa mail bounce FILE",
            discussion: """
                FILE is the report as it came, with its headers; - reads it from standard input, as a mail server's pipe gives
                it. A report of a delay changes nothing.
                """
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The file of the report, or -.")
        var file: String

        func run() async throws {
            let data =
                file == "-"
                ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: file)
            guard let data else { throw CommandFailure("The file \(file) cannot be read.") }
            let report = try BounceReport.parse([UInt8](data))
            guard report.isFailure else {
                print("The report tells of a delay, not of a failure. Nothing was changed.")
                return
            }
            let installation = try await Installation.open(flags)
            let now = Date()
            let change = try await installation.database.write { transaction in
                let change = try Outbox.recordBounce(
                    transaction,
                    reference: report.messageID,
                    reason: report.reason,
                    now: now
                )
                if change.isChange {
                    try Journal.append(transaction, Self.entry(change, reason: report.reason, now: now))
                }
                return change
            }
            let said = change.isChange ? "is noted as bounced" : "was noted as bounced before"
            print("The mail \(change.mail.id) to \(Terminal.safe(change.mail.recipient)) \(said).")
        }

        private static func entry(_ change: MailChange, reason: String, now: Date) -> JournalEntry {
            JournalEntry(
                at: now,
                actor: "command-line",
                action: "mail.bounced",
                subject: .init("mail", change.mail.id),
                before: ["state": .text(change.before.rawValue)],
                after: ["state": .text(change.after.rawValue), "problem": .personal("problem", reason)]
            )
        }
    }
}
