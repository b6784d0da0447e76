import Access
import ArgumentParser
import Charter
import Database
import Dues
import Foundation
import Languages
import Membership
import Standing

struct StandingCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "standing",
        abstract: "How members stand by their dues, and what the grounds for suspending and terminating make of them.",
        discussion: """
            hansa standing Seoul --on 2024-01-01  one member's standing, why, and what would change it
            hansa standing history Seoul          how it changed over time
            hansa standing list --on 2024-01-01   everybody's
            hansa standing                        the proposals to suspend and to terminate, as they are kept
            hansa standing --date 2023-09-26      that rule as a meeting of the day would have had it
            hansa standing put ID … · hansa standing drop ID --reason WHY
            """,
        subcommands: [
            Find.self, List.self, History.self, State.self, Put.self, Drop.self, Night.self,
        ],
        defaultSubcommand: Find.self
    )
}

extension StandingCommands {
    struct Find: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "find",
            abstract: "Shows a member's standing; without one the proposals, or with --date works them out for a day.",
            usage: """
                hansa standing MEMBER [--on DAY] [--json]
                hansa standing [--date DAY [--records-only]] [--cannot-tell] [--not-met] [--json]
                """
        )
        @OptionGroup var settings: SettingFlags
        @Argument(help: "The member's key, or any of its names.")
        var member: String?
        @Option(help: "The day of the member's standing; today when left out.")
        var on: String?
        @Option(help: "Works the rule out for the members as this day began, as in 2023-09-26.")
        var date: String?
        @Flag(help: "Leave aside what sources state beside the records.")
        var recordsOnly = false
        @Flag(help: "Name every member for whom it cannot be told, and why.")
        var cannotTell = false
        @Flag(help: "Name every member for whom a ground is not met, and why.")
        var notMet = false
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let installation = try await Installation.open(settings)
            if let member { return try await show(member, installation) }
            guard on == nil else {
                throw CommandFailure(
                    "--on is for one member: hansa standing MEMBER --on DAY. Everybody: hansa standing list --on DAY."
                )
            }
            if date == nil, !recordsOnly, !cannotTell, !notMet { return try await kept(installation) }
            guard let day = date.map(Day.init) ?? installation.today else {
                throw CommandFailure("--date takes a day, as in --date 2023-09-26.")
            }
            let found = try await installation.ask(
                StandingOnDay(
                    day,
                    roll: date == nil ? .asTheDayEnded : .asTheDayBegan,
                    evidence: recordsOnly ? .recordsAlone : .recordsAndStatements,
                    charter: installation.charter,
                    payments: DuesOnRecord()
                )
            )
            if json { return try Terminal.json(found.findings.map { FindingLine($0, found.words) }) }
            show(found, day, installation)
        }

        private func show(_ member: String, _ installation: Installation) async throws {
            guard date == nil, !recordsOnly, !cannotTell, !notMet else {
                throw CommandFailure("These flags are for the rule on everybody. Of one member, give --on DAY alone.")
            }
            let found = try await installation.ask(
                MemberStandingOnDay(
                    installation.member(member).key,
                    on: installation.day(on, "--on"),
                    charter: installation.charter,
                    dues: installation.duesRecord
                )
            )
            let line = MemberStandingLine(found.memberKey, found.memberName, found.day, found.found)
            if json { return try Terminal.json(line) }
            line.show()
        }

        private func kept(_ installation: Installation) async throws {
            var proposals: [StandingProposal] = []
            var page = 1
            while true {
                let found = try await installation.ask(
                    StandingProposals([.open, .put], page: page, charter: installation.charter)
                )
                proposals += found.proposals
                for proposal in found.proposals {
                    let words = "\(proposal.memberName): \(proposal.leadsTo), \(proposal.state.rawValue)"
                    print("\(proposal.id)  " + Terminal.bold(Terminal.safe(words)))
                    print("    \(Terminal.safe(found.words.sentence(proposal.evidence).english))")
                }
                if found.proposals.count < StandingProposals.pageSize { break }
                page += 1
            }
            print(
                Terminal.dim(
                    "\(proposals.count) proposals. The rule runs every night; --date DAY works it out for a day."
                )
            )
        }

        private func show(_ found: StandingOnDay.Answer, _ day: Day, _ installation: Installation) {
            let grounds = installation.charter.version(on: day)?.membership.grounds ?? []
            for ground in grounds {
                let ofGround = found.findings.filter { $0.ground == ground.key }
                let explained = "\(StandingWords.rule(ground.key)) → \(ground.leadsTo)"
                print("\n" + Terminal.bold(explained) + Terminal.dim("  \(ground.citation)"))
                print(Terminal.dim(ground.when))
                show(ofGround, .proposed, isNamed: true, found.words)
                show(ofGround, .cannotTell, isNamed: cannotTell, found.words)
                show(ofGround, .notMet, isNamed: notMet, found.words)
            }
            let proposed = found.findings.filter { $0.outcome.kind == .proposed }
            let stated = proposed.count { $0.outcome.code == "statement" }
            let members = Set(found.findings.map(\.member.id)).count
            print(
                "\n"
                    + Terminal.bold(
                        "\(proposed.count) proposed on \(day), \(stated) of them on the word of a source, "
                            + "\(proposed.count - stated) by the records alone; \(members) members looked at."
                    )
            )
        }

        /// The members by name, or how many there are of each reason.
        private func show(
            _ findings: [StandingFinding],
            _ kind: StandingOutcome.Kind,
            isNamed: Bool,
            _ words: StandingWords
        ) {
            let those = findings.filter { $0.outcome.kind == kind }
            guard !those.isEmpty else { return }
            print("  \(those.count) \(kind.rawValue)")
            if isNamed {
                for finding in those {
                    let sentence = words.sentence(finding.outcome).english
                    print(
                        "    \(Terminal.safe(finding.member.name)) (\(finding.member.key)): \(Terminal.safe(sentence))"
                    )
                }
                return
            }
            let groups = Dictionary(grouping: those, by: \.outcome.code)
            for (code, group) in groups.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) }) {
                guard let example = group.first else { continue }
                // Of a group that differs in its particulars, the reason alone.
                let isOne = Set(group.map(\.outcome)).count == 1
                print("    \(group.count)  \(Terminal.safe(isOne ? words.sentence(example.outcome).english : code))")
            }
        }
    }

    struct State: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Records that a ground of the charter is the case for a member, or with --not that it is not so any more.",
            usage: "hansa standing state MEMBER GROUND [--not] [--as-of DAY] --grounds WHY",
            discussion: "For grounds that ask for no lapse of time: hansa standing state beCloud defunct --grounds …"
        )
        @OptionGroup var settings: SettingFlags
        @Argument(help: "The member's key, or any of its names.")
        var member: String
        @Argument(help: "The key of a ground of the charter.")
        var ground: String
        @Flag(name: .customLong("not"), help: "It is not so, or not any more.")
        var isNot = false
        @Option(help: "Since when this is known; today when left out.")
        var asOf: String?
        @Option(help: "Where you have it from; the journal keeps it.")
        var grounds: String

        func run() async throws {
            let installation = try await Installation.open(settings)
            let command = StateCircumstance(
                member: try await installation.member(member).key,
                ground: ground,
                asOf: asOf ?? installation.today.description,
                holds: !isNot,
                grounds: grounds,
                charter: installation.charter
            )
            try await installation.run(command)
            print("Recorded. The rule takes it into account tonight, or now with: hansa standing night")
        }
    }

    struct Put: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Puts proposals forward to the body that decides.",
            usage: "hansa standing put ID …"
        )
        @OptionGroup var settings: SettingFlags
        @Argument(help: "The proposals' ids, from `hansa standing`.")
        var ids: [String]

        func run() async throws {
            let installation = try await Installation.open(settings)
            print("\(try await installation.run(PutForward(ids))) put forward.")
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Drops a proposal; it is not made again for the same inactivity.",
            usage: "hansa standing drop ID --reason WHY"
        )
        @OptionGroup var settings: SettingFlags
        @Argument(help: "The proposal's id, from `hansa standing`.")
        var id: String
        @Option(help: "Why; the journal keeps it.")
        var reason: String

        func run() async throws {
            let installation = try await Installation.open(settings)
            try await installation.run(DropProposal(id, reason: reason))
            print("Dropped.")
        }
    }

    struct Night: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Does the night's work now: brings the proposals in line with the records.",
            usage: "hansa standing night"
        )
        @OptionGroup var settings: SettingFlags

        func run() async throws {
            let installation = try await Installation.open(settings)
            let (database, charter) = (installation.database, installation.charter)
            print(try await Installation.keepProposals(database, charter, now: Date()).english)
        }
    }
}

extension Installation {
    /// The night's work on standing, and what came of it in a sentence.
    static func keepProposals(_ database: Database, _ charter: Charter, now: Date) async throws -> Phrase {
        guard let day = Day(Grant.day(now)), charter.version(on: day) != nil else {
            return say("The charter has no version in force, so nothing was proposed.")
        }
        let work = KeepProposals(database: database, charter: charter, payments: DuesOnRecord())
        let done = try await work.run(on: day, now: now)
        return say(
            "Proposed: \(done.made). Kept: \(done.kept). No longer met: \(done.gone). Could not be told: \(done.cannotTell)."
        )
    }
}

/// A finding as JSON; a proposal with its decision, that cites the rule.
private struct FindingLine: Encodable {
    let member: String
    let name: String
    let ground: String
    let outcome: String
    let reason: String
    let decision: Decision<String>?

    init(_ finding: StandingFinding, _ words: StandingWords) {
        member = finding.member.key
        name = finding.member.name
        ground = finding.ground
        outcome = finding.outcome.kind.rawValue
        reason = words.sentence(finding.outcome).english
        decision = words.decision(finding)
    }
}
