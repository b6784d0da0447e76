import Access
import ArgumentParser
import Charter
import Database
import Foundation
import Membership
import Standing

struct EventCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Events and who took part in them.",
        discussion: """
            hansa events
            hansa events show ga6
            hansa events add --name "Smart city training" --kind training --from 2026-05-04 --through 2026-05-08 \
            --place Seoul --grounds "Programme of the training"
            hansa events whole smart-city-training --grounds "Attendance sheet, checked"
            """,
        subcommands: [List.self, Show.self, Add.self, Whole.self],
        defaultSubcommand: List.self
    )
}

extension EventCommands {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists events, the latest first.",
            usage: "hansa events [--json]"
        )
        @OptionGroup var settings: SettingFlags
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let installation = try await Installation.open(settings)
            var events: [Event] = []
            var page = 1
            while true {
                let found = try await installation.ask(EventList(page: page))
                events += found.events
                if found.events.isEmpty || events.count >= found.total { break }
                page += 1
            }
            if json { return try Terminal.json(events.map(EventLine.init)) }
            Terminal.table(
                ["Key", "Event", "Kind", "From", "Through", "Place", "Members", "List"],
                events.map { event in
                    [
                        event.key, Terminal.safe(event.name), event.kind, "\(event.from)", "\(event.through)",
                        Terminal.safe(event.place ?? ""), "\(event.memberCount)",
                        event.hasWholeList ? "whole" : "not whole",
                    ]
                },
                numbers: [6]
            )
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows an event: who took part, and every step that was made by hand.",
            usage: "hansa events show KEY"
        )
        @OptionGroup var settings: SettingFlags
        @Argument(help: "The event's key, from `hansa events`.")
        var key: String

        func run() async throws {
            let installation = try await Installation.open(settings)
            let found = try await installation.ask(OneEvent(key))
            let event = found.event
            print(Terminal.bold(Terminal.safe(event.name)))
            print("\(event.kind), \(event.from)\(event.through == event.from ? "" : " to \(event.through)")")
            print(
                event.hasWholeList ? "The list of who took part is whole." : "The list of who took part is not whole."
            )
            ParticipationCommands.show(found.participations.map { ($0.memberName, $0) }, "Member")
            ParticipationCommands.show(found.steps)
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records an event.",
            usage: "hansa events add --name NAME --kind KIND --from DAY [--through DAY] [--place PLACE] --grounds WHY"
        )
        @OptionGroup var settings: SettingFlags
        @Option(help: "What it is called.")
        var name: String
        @Option(help: "A body of the charter, or one of: \(EventDraft.otherKinds.joined(separator: ", ")).")
        var kind: String
        @Option(help: "The first day, as in 2026-05-04.")
        var from: String
        @Option(help: "The last day; the first when left out.")
        var through = ""
        @Option(help: "Where it is.")
        var place = ""
        @Option(help: "Why, and where you have it from; the journal keeps it.")
        var grounds: String

        func run() async throws {
            let installation = try await Installation.open(settings)
            let draft = EventDraft(name: name, kind: kind, from: from, through: through, place: place)
            let key = try await installation.run(AddEvent(draft, grounds: grounds, charter: installation.charter))
            print("Recorded as \(key). Say who took part: hansa participation add MEMBER \(key) --grounds …")
        }
    }

    struct Whole: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says that everybody who took part in an event is on record, or with --no that it is not so.",
            usage: "hansa events whole KEY [--no] --grounds WHY"
        )
        @OptionGroup var settings: SettingFlags
        @Argument(help: "The event's key.")
        var key: String
        @Flag(name: .customLong("no"), help: "The list is not whole after all.")
        var isNot = false
        @Option(help: "Why; the journal keeps it.")
        var grounds: String

        func run() async throws {
            let installation = try await Installation.open(settings)
            try await installation.run(MarkListWhole(key, isWhole: !isNot, grounds: grounds))
            print(isNot ? "The list of \(key) does not count as whole." : "The list of \(key) counts as whole.")
        }
    }
}

/// An event as JSON.
private struct EventLine: Encodable {
    let key: String
    let name: String
    let kind: String
    let from: Day
    let through: Day
    let place: String?
    let members: Int
    let listIsWhole: Bool

    init(_ event: Event) {
        (key, name, kind, place) = (event.key, event.name, event.kind, event.place)
        (from, through) = (event.from, event.through)
        (members, listIsWhole) = (event.memberCount, event.hasWholeList)
    }
}
