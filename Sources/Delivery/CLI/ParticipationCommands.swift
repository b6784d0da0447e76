import Access
import ArgumentParser
import Database
import Foundation
import Languages
import Membership
import Standing

struct ParticipationCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "participation",
        abstract: "What members took part in: shown, added, corrected, removed, brought in from a spreadsheet.",
        discussion: """
            hansa participation Seoul
            hansa participation add Seoul ga6 --mode online --position Mayor --grounds "Letter of the city"
            hansa participation import list.xlsx --event ga6 --grounds "Registration desk" --apply
            """,
        subcommands: [Of.self, Add.self, Correct.self, Remove.self, Import.self],
        defaultSubcommand: Of.self
    )

    static func show(_ rows: [(String, Participation)], _ heading: String) {
        guard !rows.isEmpty else { return print("Nobody is recorded.") }
        Terminal.table(
            [heading, "Event", "Capacity", "Mode", "Position", "Source"],
            rows.map { name, taken in
                [
                    Terminal.safe(name), taken.event, taken.capacity, taken.mode, Terminal.safe(taken.position ?? ""),
                    Terminal.safe(
                        [taken.source.code, taken.source.locator].compactMap(\.self).joined(separator: ", ")
                    ),
                ]
            }
        )
    }

    static func show(_ steps: [ParticipationStep]) {
        for step in steps {
            let told = [step.before, step.after].compactMap { $0?.words }.joined(separator: " → ")
            let grounds = Phrase.record(step.grounds).english
            print(
                Terminal.dim(
                    Terminal.safe(
                        "\(step.madeAt.prefix(10))  \(step.kind.rawValue)  \(step.memberKey) at \(step.eventKey): \(told); \(grounds)"
                    )
                )
            )
        }
    }
}

/// What the commands share that say how a member took part.
struct ParticipationFlags: ParsableArguments {
    @Option(help: "One of: \(Participation.capacities.joined(separator: ", ")).")
    var capacity = "delegate"
    @Option(help: "One of: \(Participation.modes.joined(separator: ", ")).")
    var mode = "on-site"
    @Option(help: "The position of who came, as in Mayor; no name.")
    var position = ""

    var draft: ParticipationDraft { ParticipationDraft(capacity: capacity, mode: mode, position: position) }
}

extension ParticipationCommands {
    struct Of: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "of",
            abstract: "Shows what a member took part in.",
            usage: "hansa participation MEMBER"
        )
        @OptionGroup var settings: SettingFlags
        @Argument(help: "The member's key, or any of its names.")
        var member: String

        func run() async throws {
            let installation = try await Installation.open(settings)
            let key = try await installation.member(member).key
            let found = try await installation.ask(ParticipationOfMember(member: key))
            print(Terminal.bold(Terminal.safe(found.memberName)))
            ParticipationCommands.show(found.participations.map { ($0.eventName, $0) }, "Event's name")
            ParticipationCommands.show(found.steps)
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records that a member took part in an event.",
            usage: "hansa participation add MEMBER EVENT [--capacity C] [--mode M] [--position P] --grounds WHY"
        )
        @OptionGroup var settings: SettingFlags
        @Argument(help: "The member's key, or any of its names.")
        var member: String
        @Argument(help: "The event's key, from `hansa events`.")
        var event: String
        @OptionGroup var flags: ParticipationFlags
        @Option(help: "Why, and where you have it from; the journal keeps it.")
        var grounds: String

        func run() async throws {
            let installation = try await Installation.open(settings)
            try await installation.run(
                AddParticipation(event: event, member: member, flags.draft, grounds: grounds)
            )
            print("Recorded.")
        }
    }

    struct Correct: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Corrects what is recorded, by a step of its own; what it said before stays as one.",
            usage:
                "hansa participation correct MEMBER EVENT --was CAPACITY [--capacity C] [--mode M] [--position P] --grounds WHY"
        )
        @OptionGroup var settings: SettingFlags
        @Argument(help: "The member's key, or any of its names.")
        var member: String
        @Argument(help: "The event's key.")
        var event: String
        @Option(help: "The capacity in which it is recorded.")
        var was = "delegate"
        @Option(help: "The capacity in which it took part; as recorded when left out.")
        var capacity: String?
        @Option(help: "How it took part; as recorded when left out.")
        var mode: String?
        @Option(help: "The position of who came; as recorded when left out.")
        var position: String?
        @Option(help: "Why; the journal keeps it.")
        var grounds: String

        func run() async throws {
            let installation = try await Installation.open(settings)
            let taken = try await installation.participation(member, event, was)
            let draft = ParticipationDraft(
                capacity: capacity ?? taken.capacity,
                mode: mode ?? taken.mode,
                position: position ?? taken.position ?? ""
            )
            try await installation.run(
                CorrectParticipation(
                    event: event,
                    member: taken.memberKey,
                    capacity: was,
                    seenStep: taken.lastStep,
                    draft,
                    grounds: grounds
                )
            )
            print("Corrected.")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Removes what is recorded, by a step of its own; what it said stays as one.",
            usage: "hansa participation remove MEMBER EVENT [--was CAPACITY] --grounds WHY"
        )
        @OptionGroup var settings: SettingFlags
        @Argument(help: "The member's key, or any of its names.")
        var member: String
        @Argument(help: "The event's key.")
        var event: String
        @Option(help: "The capacity in which it is recorded.")
        var was = "delegate"
        @Option(help: "Why; the journal keeps it.")
        var grounds: String

        func run() async throws {
            let installation = try await Installation.open(settings)
            let taken = try await installation.participation(member, event, was)
            try await installation.run(
                RemoveParticipation(
                    event: event,
                    member: taken.memberKey,
                    capacity: was,
                    seenStep: taken.lastStep,
                    grounds: grounds
                )
            )
            print("Removed.")
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Compares a spreadsheet of who took part in an event with the records, and applies it when told to.",
            usage: "hansa participation import FILE --event KEY [--grounds WHY --apply]",
            discussion: """
                One member a row, found by any of its names. All rows are written, or none.
                Ends with status 1 when a row cannot be taken.
                """
        )
        @OptionGroup var settings: SettingFlags
        @Argument(help: "The spreadsheet, CSV or XLSX.")
        var file: String
        @Option(help: "The event's key, from `hansa events`.")
        var event: String
        @OptionGroup var flags: ParticipationFlags
        @Option(help: "The heading of the column of members, where the headings do not tell.")
        var nameColumn: String?
        @Option(help: "The sheet of a workbook; the first with rows when left out.")
        var sheet: String?
        @Flag(help: "Everybody who took part is in the file.")
        var whole = false
        @Flag(help: "Leave out every row that names no member.")
        var leaveUnknown = false
        @Option(help: "Where the list is from; the journal keeps it.")
        var grounds = ""
        @Flag(help: "Write all of it.")
        var apply = false

        func run() async throws {
            let installation = try await Installation.open(settings)
            try await Installation.spoken { try await take(installation) }
        }

        private func take(_ installation: Installation) async throws {
            let rules = UploadCommands.rules(installation)
            guard let data = FileManager.default.contents(atPath: file) else {
                throw CommandFailure("There is no file \(file), or it cannot be read. Check its path.")
            }
            let command = try ReadParticipants(
                event: event,
                file: file,
                bytes: [UInt8](data),
                sheet: sheet,
                nameColumn: nameColumn,
                capacity: flags.capacity,
                mode: flags.mode,
                isWhole: whole
            )
            let list = try await installation.run(command)
            do { try await bring(list, rules, installation) } catch {
                // Nobody comes back for a list that was read at the command line.
                _ = try? await installation.run(DropParticipants(list: list))
                throw error
            }
        }

        private func bring(_ list: String, _ rules: UploadRules, _ installation: Installation) async throws {
            if leaveUnknown {
                try await installation.run(SettleRows(list: list, [:], leavesUnknownOut: true, rules: rules))
            }
            let plan = try await installation.ask(ParticipantsPlan(list: list, rules: rules))
            for row in plan.rows where row.outcome != .same { show(row) }
            let counts = ParticipantRow.Outcome.allCases.map { "\(plan.count($0)) \($0.rawValue)" }
            print(Terminal.bold(counts.joined(separator: " · ")))
            if plan.isInTheWay { throw ExitCode(1) }
            if plan.changesNothing || !apply {
                print(plan.changesNothing ? "Nothing would change." : "--apply writes it.")
                try await installation.run(DropParticipants(list: list))
                return
            }
            let command = BringInParticipants(list: list, seen: plan.mark, grounds: grounds, rules: rules)
            let done = try await installation.run(command)
            print("Brought in: \(done.added) added, \(done.corrected) corrected.")
        }

        private func show(_ row: ParticipantRow) {
            let member = row.member.map { " \($0.key), by \($0.because.english)" } ?? ""
            print("line \(row.line)  \(row.outcome.rawValue)  \(Terminal.safe(row.told + member))")
            if let problem = row.problem { print("    \(Terminal.safe(problem.english))") }
            for candidate in row.candidates {
                print("    perhaps \(candidate.key): \(Terminal.safe(candidate.because.english))")
            }
        }
    }
}

extension Installation {
    /// What is recorded of a member at an event. Throws with words when there is nothing.
    fileprivate func participation(_ name: String, _ event: String, _ capacity: String) async throws -> Participation {
        let key = try await member(name).key
        let found = try await ask(ParticipationOfMember(member: key)).participations
        guard let taken = found.first(where: { $0.event == event && $0.capacity == capacity }) else {
            throw CommandFailure("\(key) is not recorded at \(event) as \(capacity). See: hansa participation \(key)")
        }
        return taken
    }
}
