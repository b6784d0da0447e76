import Access
import ArgumentParser
import Charter
import Decisions
import Foundation

extension DecisionCommands {
    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Asks a body for a decision.",
            usage: "hansa decisions open --body KEY --title TITLE --item WORDS … [--meeting]",
            discussion: """
                hansa decisions open --body executive-committee --title "Minutes" --item "The minutes as sent"
                hansa decisions open --body general-assembly --meeting --matter standing --title "…" --subject ID …
                hansa decisions open --body executive-committee --matter admission --title "…" --subject ID …
                Matters: standing, admission, withdrawal, appeal, reinstatement. `hansa standing`, `hansa applications show`
                and `hansa requests show` print the ids.
                """
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "The key of a body of the charter.")
        var body: String
        @Option(help: "What it is about, in a few words.")
        var title: String
        @Option(help: "What the body should know.")
        var introduction = ""
        @Option(help: "What is to be adopted; may be given again.")
        var item: [String] = []
        @Option(help: "The kind of matter, where it is another than a text to be approved.")
        var matter = OtherMatter.kind
        @Option(help: "The id of what a matter of that kind is about; may be given again.")
        var subject: [String] = []
        @Flag(help: "A meeting decides it, and its outcome is entered afterwards.")
        var meeting = false

        func run() async throws {
            let installation = try await Installation.open(flags)
            let draft = CircularDraft(
                body: body,
                way: meeting ? .meeting : .circulation,
                matter: matter,
                title: title,
                introduction: introduction,
                subjects: subject,
                typed: item.map { CircularDraft.Typed(words: $0) }
            )
            let services = try installation.decisionServices()
            let id = try await installation.run(OpenCircular(draft, services: services))
            let found = try await installation.ask(CircularRecord(id, services: services))
            let until = found.circular.lastDay.map { ", answers count to the end of \($0) (UTC)" } ?? ""
            print("\(found.circular.reference): \(found.seats.count) seats are asked\(until).")
            for seat in found.seats where seat.people.isEmpty {
                print("Nobody can answer for \(Terminal.safe(seat.seat.name)): give a role in the member or the body.")
            }
        }
    }

    struct Answer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records an answer that came on paper.",
            usage: "hansa decisions answer 2026-3 --seat KEY (--approve | --object | --abstain) --grounds WHENCE",
            discussion: "Whoever answers for the seat can still change it until the end."
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The decision, as 2026-3.")
        var decision: String
        @Option(help: "The member's key, or the name of whoever sits for themselves.")
        var seat: String
        @Flag(exclusivity: .exclusive, help: "What the seat says.")
        var answer: Said
        @Option(help: "The number of an item; may be given again. All items when left out.")
        var item: [Int] = []
        @Option(help: "What the seat adds in its own words.")
        var comment = ""
        @Option(help: "Where the answer came from, as in \"Letter of 3 May\".")
        var grounds: String

        enum Said: String, EnumerableFlag {
            case approve, object, abstain
        }

        func run() async throws {
            let installation = try await Installation.open(flags)
            let found = try await DecisionCommands.record(installation, decision)
            let seats = found.seats.filter { $0.memberKey == seat || $0.seat.name == seat }
            guard seats.count == 1, let chosen = seats.first else {
                let known = found.seats.map { $0.memberKey ?? $0.seat.name }.joined(separator: ", ")
                throw CommandFailure(
                    "Decision \(found.circular.reference) has no one seat \(Terminal.safe(seat)). Seats: \(Terminal.safe(known))."
                )
            }
            let items = try item.isEmpty ? found.items : item.map { try DecisionCommands.item($0, found) }
            let said = SeatAnswer(rawValue: answer.rawValue) ?? .abstain
            let command = RecordAnswer(
                found.circular.id,
                seat: chosen.seat.id,
                answers: Dictionary(items.map { ($0.id, said) }, uniquingKeysWith: { first, _ in first }),
                comment: comment,
                grounds: grounds,
                services: try installation.decisionServices()
            )
            switch try await installation.run(command) {
            case .recorded: print("\(Terminal.safe(chosen.seat.name)): \(answer.rawValue).")
            case .unchanged: print("It stood so already; nothing was changed.")
            case .closed:
                print("\(Terminal.safe(chosen.seat.name)): \(answer.rawValue). It was the last answer: decided.")
            }
        }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Closes what is due and sends reminders that are due, as the job does.",
            usage: "hansa decisions close [2026-3]",
            discussion: "With a decision it closes that one, or says why it is not due."
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The decision, as 2026-3; all that are due when left out.")
        var decision: String?

        func run() async throws {
            let installation = try await Installation.open(flags)
            let services = try installation.decisionServices()
            guard let decision else {
                let work = CircularWork(
                    database: installation.database,
                    services: services,
                    logger: installation.logger
                )
                let outcome = try await work.run(now: Date())
                print("\(outcome.closed) closed, \(outcome.reminders) reminders.")
                guard outcome.failed.isEmpty else {
                    throw CommandFailure("Not closed: \(outcome.failed.joined(separator: ", ")). The log says why.")
                }
                return
            }
            let id = try await DecisionCommands.id(installation, decision)
            try await installation.run(CloseCircular(id, services: services))
            print("\(decision): closed. `hansa decisions show \(decision)` has the result.")
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a question back before it is decided, and tells everybody who was asked.",
            usage: "hansa decisions withdraw 2026-3 --reason WHY"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The decision, as 2026-3.")
        var decision: String
        @Option(help: "Why; everybody who was asked reads it.")
        var reason: String

        func run() async throws {
            let installation = try await Installation.open(flags)
            let id = try await DecisionCommands.id(installation, decision)
            let services = try installation.decisionServices()
            try await installation.run(WithdrawCircular(id, reason: reason, services: services))
            print("\(decision): withdrawn.")
        }
    }

    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records what a body decided in a meeting.",
            usage: "hansa decisions record 2026-4 [--adopted N …] [--rejected N …] --day DAY --minutes WHERE"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The decision, as 2026-4.")
        var decision: String
        @Option(help: "The number of an item that was adopted; may be given again.")
        var adopted: [Int] = []
        @Option(help: "The number of an item that was rejected; may be given again.")
        var rejected: [Int] = []
        @Option(help: "The day of the meeting.")
        var day: String
        @Option(help: "Where its minutes are.")
        var minutes: String

        func run() async throws {
            let installation = try await Installation.open(flags)
            let found = try await DecisionCommands.record(installation, decision)
            var outcomes: [String: MatterOutcome] = [:]
            for (numbers, outcome) in [(adopted, MatterOutcome.adopted), (rejected, .rejected)] {
                for number in numbers {
                    let item = try DecisionCommands.item(number, found)
                    if outcomes[item.id] != nil {
                        throw CommandFailure("Item \(number) is given twice. Nothing was recorded.")
                    }
                    outcomes[item.id] = outcome
                }
            }
            let command = RecordMeetingDecision(
                found.circular.id,
                outcomes: outcomes,
                day: day,
                minutes: minutes,
                services: try installation.decisionServices()
            )
            try await installation.run(command)
            print("\(found.circular.reference): \(outcomes.count) recorded.")
        }
    }

    struct Again: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Asks again about what was left undecided.",
            usage: "hansa decisions again 2026-3 [--meeting]"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The decision, as 2026-3.")
        var decision: String
        @Flag(help: "Put it to a meeting.")
        var meeting = false

        func run() async throws {
            let installation = try await Installation.open(flags)
            let services = try installation.decisionServices()
            let earlier = try await DecisionCommands.id(installation, decision)
            let id = try await installation.run(
                AskAgain(about: earlier, meeting ? .meeting : .circulation, services: services)
            )
            let found = try await installation.ask(CircularRecord(id, services: services))
            print("\(found.circular.reference) asks again about \(found.items.count) of the items of \(decision).")
        }
    }
}
