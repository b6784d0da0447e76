import Access
import ArgumentParser
import Charter
import Database
import Decisions
import Foundation
import Languages

struct DecisionCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decisions",
        abstract: "Asks bodies, collects their answers, records what meetings decided.",
        discussion: """
            hansa decisions open --body executive-committee --title "Minutes of 4 September" --item "The minutes as sent"
            hansa decisions show 2026-3
            hansa decisions answer 2026-3 --seat seoul --approve --grounds "Letter of 3 May"
            hansa decisions record 2026-4 --adopted 1 --rejected 2 --day 2026-11-20 --minutes "Minutes, item 4"
            """,
        subcommands: [
            List.self, Show.self, Open.self, Answer.self, Close.self, Withdraw.self, Record.self, Again.self,
        ],
        defaultSubcommand: List.self
    )

    /// The id of what somebody calls `2026-3`.
    static func id(_ installation: Installation, _ name: String) async throws -> String {
        let found = try await installation.database.read { try Circular.id($0, named: name) }
        guard let found else {
            throw CommandFailure("There is no decision \(Terminal.safe(name)). `hansa decisions list` lists them.")
        }
        return found
    }

    static func record(_ installation: Installation, _ name: String) async throws -> CircularRecord.Answer {
        let id = try await id(installation, name)
        return try await installation.ask(CircularRecord(id, services: installation.decisionServices()))
    }

    /// The item with a number of the decision.
    static func item(_ number: Int, _ record: CircularRecord.Answer) throws -> CircularItem {
        guard let item = record.items.first(where: { $0.position == number }) else {
            throw CommandFailure(
                "Decision \(record.circular.reference) has no item \(number); it has 1 to \(record.items.count)."
            )
        }
        return item
    }
}

extension DecisionCommands {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists decisions, the latest first.",
            usage: "hansa decisions list [--state open|closed|withdrawn] [--page N]"
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "open, closed or withdrawn; all when left out.")
        var state: String?
        @Option(help: "The page, from 1.")
        var page = 1

        func run() async throws {
            let wanted = try state.map { text in
                guard let state = Circular.State(rawValue: text) else {
                    throw CommandFailure("\"\(text)\" is no state. Give open, closed or withdrawn.")
                }
                return state
            }
            let installation = try await Installation.open(flags)
            let found = try await installation.ask(CircularList(state: wanted, page: page))
            guard !found.lines.isEmpty else { return print("There is none.") }
            Terminal.table(
                ["Decision", "State", "Body", "Answers", "Until", "Title"],
                found.lines.map { line in
                    [
                        line.circular.reference, line.circular.state.rawValue, line.circular.body,
                        line.circular.way == .circulation
                            ? "\(line.count.answeredSeats)/\(line.count.seats)" : "meeting",
                        line.circular.lastDay?.description ?? "", Terminal.safe(line.circular.title),
                    ]
                }
            )
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows one decision: its items, its seats, and how they answered.",
            usage: "hansa decisions show 2026-3"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The decision, as 2026-3.")
        var decision: String

        func run() async throws {
            let installation = try await Installation.open(flags)
            let found = try await DecisionCommands.record(installation, decision)
            let circular = found.circular
            print(Terminal.bold("\(circular.reference) \(Terminal.safe(circular.title))"))
            print("\(Terminal.safe(found.bodyName.english)), \(circular.way.name.english): \(circular.state.rawValue)")
            if let day = circular.lastDay { print("Answers count to the end of \(day) (UTC), by \(circular.rule)") }
            if let reason = circular.reason { print("Withdrawn: \(Terminal.safe(reason))") }
            for item in found.items { show(item, found) }
            for seat in found.seats { show(seat, found.items) }
        }

        private func show(_ item: CircularItem, _ found: CircularRecord.Answer) {
            let outcome = item.finalOutcome?.rawValue ?? "not decided yet"
            print("\n\(item.position). \(Terminal.safe(item.words.english)): \(outcome)")
            if let tally = found.count.tallies[item.id], found.circular.way == .circulation {
                print("   \(tally.words.english)")
            }
            for minutes in [item.minutes, item.meeting?.minutes].compactMap({ $0 }) {
                print("   \(Terminal.safe(minutes.english))")
            }
            if let key = item.decision { print("   recorded as \(key)") }
            if let problem = item.problem { print("   not carried out: \(Terminal.safe(problem.english))") }
        }

        private func show(_ seat: CircularRecord.Seat, _ items: [CircularItem]) {
            let given = items.compactMap { item in
                seat.answers[item.id].map { "\(item.position) \($0.answer.rawValue)" }
            }
            let people = seat.people.isEmpty ? "nobody can answer" : seat.people.joined(separator: ", ")
            let said = given.isEmpty ? "silent" : given.joined(separator: ", ")
            print("   \(Terminal.safe(seat.seat.name)) (\(Terminal.safe(people))): \(said)")
        }
    }
}
