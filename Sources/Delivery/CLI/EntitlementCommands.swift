import Access
import ArgumentParser
import Charter
import Languages
import Membership
import Standing

struct EntitlementCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "entitlements",
        abstract: "What a member may use by its standing, and which office-holders their standing does not qualify.",
        discussion: "hansa entitlements Seoul --on 2024-01-01 · hansa entitlements offices",
        subcommands: [Of.self, Offices.self],
        defaultSubcommand: Of.self
    )
}

extension EntitlementCommands {
    struct Of: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "of",
            abstract: "Shows what a member may use on a day, by which rule, why, and what would give it more.",
            usage: "hansa entitlements MEMBER [--on DAY] [--json]"
        )
        @OptionGroup var settings: SettingFlags
        @Argument(help: "The member's key, or any of its names.")
        var member: String
        @Option(help: "The day; today when left out.")
        var on: String?
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let installation = try await Installation.open(settings)
            let day = try installation.day(on, "--on")
            let found = try await installation.ask(
                EntitlementsOf(
                    installation.member(member).key,
                    on: day,
                    charter: installation.charter,
                    dues: installation.duesRecord
                )
            )
            if json { return try Terminal.json(found.entitlements.map { EntitlementLine($0) }) }
            guard found.isStated else {
                return print("The charter in force on \(day) says nothing of what members may use by their standing.")
            }
            MemberStandingLine(found.memberKey, found.memberName, day, found.standing).show()
            Terminal.table(
                ["Access", "To", "Key", "Source"],
                found.entitlements.map { answer in
                    let entitlement = answer.entitlement
                    return [answer.access.rawValue, entitlement.name, entitlement.key, answer.citation.description]
                }
            )
        }
    }

    struct Offices: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Names who holds an office on a day that the member's standing does not open to it in full.",
            usage: "hansa entitlements offices [--on DAY] [--json]"
        )
        @OptionGroup var settings: SettingFlags
        @Option(help: "The day; today when left out.")
        var on: String?
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let installation = try await Installation.open(settings)
            let day = try installation.day(on, "--on")
            let holders = try await installation.ask(
                OfficesInDoubt(on: day, charter: installation.charter, dues: installation.duesRecord)
            )
            if json { return try Terminal.json(holders.map { EntitlementLine($0) }) }
            for holder in holders {
                let office = [holder.office, holder.detail].filter { !$0.isEmpty }.joined(separator: ", ")
                print(Terminal.bold(Terminal.safe("\(holder.memberName): \(office)")))
                print("    \(Terminal.safe(holder.answer.reason.english))")
                if let remedy = holder.answer.remedy { print("    \(Terminal.safe(remedy.english))") }
                print(Terminal.dim("    \(holder.answer.rule)  \(holder.answer.citation)"))
            }
            print(Terminal.dim("\(holders.count) offices on \(day) that the holder's standing does not open in full."))
        }
    }
}

/// What a member may use, as JSON; with the office where it is about one.
private struct EntitlementLine: Encodable {
    let member: String?
    let office: String?
    let entitlement: String
    let name: String
    let access: String
    let reason: String
    let remedy: String?
    let rule: String
    let citation: String
    let standing: String?

    init(_ answer: EntitlementAnswer, member: String? = nil, office: String? = nil) {
        self.member = member
        self.office = office
        entitlement = answer.entitlement.key
        name = answer.entitlement.name
        access = answer.access.rawValue
        reason = answer.reason.english
        remedy = answer.remedy?.english
        rule = answer.rule
        citation = answer.citation.description
        standing = answer.standing.key
    }

    init(_ holder: OfficesInDoubt.Holder) {
        self.init(holder.answer, member: holder.memberKey, office: holder.office)
    }
}
