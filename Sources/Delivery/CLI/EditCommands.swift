import Access
import ArgumentParser
import Charter
import Languages
import Membership

struct MemberEdit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Changes a member's facts; what is not given stays.",
        usage: "hansa member edit NAME [--name NEW --from DAY] [--website …] … --grounds WHY",
        discussion: """
            hansa member edit visby --name Wisby --from 2026-01-01 --grounds "Decision of the city council"
            hansa member edit visby --population 25100 --population-year 2025 --grounds "Statistics Sweden"
            """
    )

    @OptionGroup var settings: SettingFlags
    @Argument(help: "The member's key or any of its names.")
    var member: String
    @Option(help: "The new name.")
    var name: String?
    @Option(help: "The day from which the new name counts; today when left out.")
    var from: String?
    @Flag(help: "The name was misspelt here and is replaced for all days.")
    var corrected = false
    @Option(help: "A category's key.")
    var category: String?
    @Option(help: "A country's ISO 3166 code; \"\" for none.")
    var country: String?
    @Option(help: "A region's key; \"\" for none.")
    var region: String?
    @Option(help: "A web address; \"\" for none.")
    var website: String?
    @Option(help: "A few sentences.")
    var description: String?
    @Option(help: "In square kilometres.")
    var area: String?
    @Option(help: "Latitude and longitude in degrees, as in \"57.6348, 18.2948\".")
    var coordinates: String?
    @Option(help: "How many people.")
    var population: String?
    @Option(help: "The year of the population.")
    var populationYear: String?
    @Option(help: "The name of whoever governs.")
    var head: String?
    @Option(help: "Their position, as in Mayor.")
    var headPosition: String?
    @Option(help: "The day on which they were shown as that.")
    var headShownOn: String?
    @Option(help: "Why; the journal keeps it.")
    var grounds: String

    func run() async throws {
        let installation = try await Installation.open(settings)
        let key = try await installation.member(member).key
        let seen = try await installation.ask(MemberToEdit(key: key))
        var entered = seen.draft
        let given: [(MemberInput, String?)] = [
            (.name, name), (.category, category), (.country, country?.uppercased()), (.region, region),
            (.website, website), (.description, description), (.area, area), (.coordinates, coordinates),
            (.population, population), (.populationYear, populationYear), (.head, head),
            (.headPosition, headPosition), (.headShownOn, headShownOn),
        ]
        for (input, text) in given { if let text { entered[input] = text } }
        let outcome = try await installation.run(
            EditMember(
                memberID: seen.id,
                seenRevision: seen.revision,
                seen: seen.draft,
                entered: entered,
                nameChange: corrected ? .corrected : .renamed,
                effective: from ?? "",
                grounds: grounds,
                charter: installation.charter,
                countries: WorldFiles.countryCodes(installation.settings)
            )
        )
        guard !outcome.changed.isEmpty else { return print("Nothing differs; nothing was changed.") }
        print("\(key): \(outcome.changed.map { $0.noun.english }.joined(separator: ", ")) changed.")
    }
}

struct MemberStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Records a step in a member's standing.",
        usage: "hansa member status NAME STATUS --on DAY [--decision KEY] --grounds WHY",
        discussion: "hansa member status riga withdrawn --on 2026-06-30 --grounds \"Letter of 2 May\""
    )

    @OptionGroup var settings: SettingFlags
    @Argument(help: "The member's key or any of its names.")
    var member: String
    @Argument(help: "A status of the charter, as in suspended.")
    var status: String
    @Option(help: "The day on which it takes effect.")
    var on: String
    @Option(help: "The key of the decision.")
    var decision = ""
    @Option(help: "Why; the journal keeps it.")
    var grounds: String

    func run() async throws {
        let installation = try await Installation.open(settings)
        let profile = try await installation.member(member)
        let command = ChangeStatus(
            memberID: profile.id,
            seenRevision: nil,
            status: status,
            day: on,
            decision: decision,
            grounds: grounds,
            charter: installation.charter
        )
        try await installation.run(command)
        print("\(profile.key): \(status) from \(on).")
    }
}

struct MemberTag: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag",
        abstract: "Adds a tag to members, or takes it from them.",
        usage: "hansa member tag TAG [NAME …] [--remove] [--region R] [--country C] [--category C] [--status S]",
        discussion: """
            hansa member tag harbour visby lübeck
            hansa member tag summit-2026 --region africa      all that the filters list
            hansa member tag --undo 0198…                     what an action did, where it still stands
            """
    )

    @OptionGroup var settings: SettingFlags
    @OptionGroup var filters: FilterFlags
    @Argument(help: "The tag, then keys or names; without names, all that the filters list.")
    var words: [String] = []
    @Flag(help: "Take the tag away.")
    var remove = false
    @Option(help: "The id of a tagging to be undone.")
    var undo: String?

    func run() async throws {
        let installation = try await Installation.open(settings)
        if let undo {
            let outcome = try await installation.run(UndoTagging(actionID: undo))
            print("\(outcome.undone) undone; \(outcome.changedSince) changed since and left alone.")
            return
        }
        guard let tag = words.first else { throw ValidationError("Give a tag, as in: hansa member tag harbour visby") }
        var ids: [String] = []
        for name in words.dropFirst() { ids.append(try await installation.member(name).id) }
        let selection: MemberSelection =
            ids.isEmpty ? .matching(try filters.filter(installation)) : .members(ids)
        let outcome = try await installation.run(TagMembers(selection, remove ? .remove : .add, tag: tag))
        let undone = outcome.actionID.map { " Undo: hansa member tag --undo \($0)" } ?? ""
        print("\(outcome.changed) changed, \(outcome.unchanged) were so already.\(undone)")
    }
}

struct MemberMerge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Makes one member of two records: the second goes into the first.",
        usage: "hansa member merge KEPT MERGED [--grounds WHY]",
        discussion: "Without --grounds it says what would happen and changes nothing."
    )

    @OptionGroup var settings: SettingFlags
    @Argument(help: "The key of the record that stays.")
    var kept: String
    @Argument(help: "The key of the record that goes into it.")
    var merged: String
    @Option(help: "Why; the journal keeps it.")
    var grounds: String?

    func run() async throws {
        let installation = try await Installation.open(settings)
        let forecast = try await installation.ask(MergePreview(keptKey: kept, mergedKey: merged))
        for line in forecast.moved + forecast.filled {
            print("goes over    \(line.title.english.lowercased()): \(Terminal.safe(line.text))")
        }
        for line in forecast.repeated {
            print("there already \(line.title.english.lowercased()): \(Terminal.safe(line.text))")
        }
        for item in forecast.contradictions {
            let (ours, theirs) = (Phrase.record(item.kept).english, Phrase.record(item.merged).english)
            print("contradicts  \(item.topic): \(Terminal.safe(ours)) | \(Terminal.safe(theirs))")
        }
        for other in forecast.others { print("goes over    \(other.english)") }
        guard let grounds else { return print(Terminal.dim("Nothing was changed. Give --grounds to do it.")) }
        let command = MergeMembers(
            keptKey: kept,
            mergedKey: merged,
            seen: forecast.seen,
            grounds: grounds,
            charter: installation.charter
        )
        try await installation.run(command)
        print("\(merged) is \(kept) from now on.")
    }
}

struct MemberDoubles: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doubles",
        abstract: "Lists records that may be one member: a name in common, no other country.",
        usage: "hansa member doubles"
    )

    @OptionGroup var settings: SettingFlags

    func run() async throws {
        let installation = try await Installation.open(settings)
        let pairs = try await installation.ask(DuplicateCandidates())
        guard !pairs.isEmpty else { return print("No two records share a name within a country.") }
        Terminal.table(
            ["Name", "First", "Second", "Country"],
            pairs.map {
                [Terminal.safe($0.name), $0.first.key, $0.second.key, $0.first.country ?? $0.second.country ?? ""]
            }
        )
    }
}
