import ArgumentParser
import Charter
import Dues
import Files
import Languages
import Membership

struct ReliefCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relief",
        abstract: "What members ask about their dues: remission, reduction, commutation, payment by instalments.",
        discussion: """
            hansa dues relief ask reduction Riga --from 2024 --to 2026 --percent 50 --letter-day 2024-03-01 \\
                --signed-by "Its mayor" --words "A flood"
            hansa dues relief ask payment-plan Visby --from 2024 --instalment 2024-06-01=500 --instalment 2024-09-01=500 …
            hansa dues relief list --member Riga       what it has asked, and what it can ask today
            hansa dues relief show 2024-1              with the command that puts it before the body
            hansa dues relief end 2024-1 --from 2026 … asks that it ends before its time
            """,
        subcommands: [List.self, Show.self, Ask.self, End.self, TakeBack.self],
        defaultSubcommand: List.self
    )

    static func show(_ requests: [ReliefRequest]) {
        guard !requests.isEmpty else { return print("There is none.") }
        Terminal.table(
            ["Request", "Kind", "State", "Member", "Letter of", "What", ""],
            requests.map { request in
                [
                    request.reference, request.kind.rawValue, request.state.rawValue,
                    Terminal.safe(request.memberName), "\(request.letterDay)",
                    Terminal.safe(request.termsWords.english), request.isInvented ? "made up" : "",
                ]
            }
        )
    }
}

extension ReliefCommands {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists requests for relief; with --member those of one, and what it can ask today.",
            usage: "hansa dues relief list [--state STATE …] [--page N] [--member NAME] [--json]"
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "One of: \(ReliefState.allCases.map(\.rawValue).joined(separator: ", ")).")
        var state: [String] = []
        @Option(help: "The page, from 1.")
        var page = 1
        @Option(help: "The key of a member, or any of its names.")
        var member: String?
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let states = try state.map { text in
                guard let state = ReliefState(rawValue: text) else {
                    let known = ReliefState.allCases.map(\.rawValue).joined(separator: ", ")
                    throw CommandFailure("\"\(Terminal.safe(text))\" is no state. Give one of: \(known).")
                }
                return state
            }
            let wanted = states.isEmpty ? ReliefState.allCases : states
            let installation = try await Installation.open(flags)
            if let member { return try await show(member, wanted, installation) }
            let found = try await installation.ask(ReliefList(wanted, page: max(1, page)))
            if json { return try Terminal.json(found.requests.map(ReliefLine.init)) }
            ReliefCommands.show(found.requests)
            let counts = ReliefState.allCases.compactMap { state in
                found.counts[state].map { "\($0) \(state.rawValue)" }
            }
            if !counts.isEmpty { print(Terminal.dim(counts.joined(separator: " · "))) }
        }

        private func show(_ name: String, _ states: [ReliefState], _ installation: Installation) async throws {
            let key = try await installation.member(name).key
            let found = try await installation.ask(ReliefOfMember(key, charter: installation.charter))
            let requests = found.requests.filter { states.contains($0.state) }
            if json { return try Terminal.json(requests.map(ReliefLine.init)) }
            print(Terminal.bold(Terminal.safe(found.memberName)))
            for possible in found.possible {
                print(
                    "  \(possible.kind.rawValue): the \(Terminal.safe(possible.bodyName)) decides, by \(possible.rule.id)"
                )
            }
            for impossible in found.impossible {
                print("  no \(impossible.kind.rawValue): \(Terminal.safe(impossible.because.english))")
            }
            ReliefCommands.show(requests)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows one request for relief, and how it is put before the body.",
            usage: "hansa dues relief show 2024-1 [--json | --into FOLDER]"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The request, as 2024-1.")
        var request: String
        @Option(help: "A folder into which its documents are copied; no file in it is overwritten.")
        var into: String?
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let installation = try await Installation.open(flags)
            let found = try await installation.ask(ReliefByID(request, charter: installation.charter))
            if let into { return try await installation.copy(found.documents, into: into) }
            if json { return try Terminal.json(ReliefLine(found.request)) }
            show(found)
        }

        private func show(_ found: ReliefRecord) {
            let request = found.request
            let title = "\(request.reference) \(request.kind.rawValue), \(request.memberName)"
            print(Terminal.bold(Terminal.safe(title)) + ": \(request.state.rawValue)")
            print("Letter of \(request.letterDay), \(Terminal.safe(request.byName))")
            print(Terminal.safe(request.termsWords.english))
            for line in request.words.split(whereSeparator: \.isNewline) { print("   \(Terminal.safe(String(line)))") }
            print("The \(Terminal.safe(found.bodyName)) decides")
            if let rule = found.rule { print(Terminal.dim("   \(rule.id): \(rule.citation)")) }
            for use in found.documents { print("Document: \(Terminal.safe(use.name)), \(use.size) bytes") }
            let said = { (kept: String?) in Terminal.safe(kept.map { Phrase.record($0).english } ?? "") }
            if let day = request.decidedOn { print("Decided on \(day): \(said(request.minutes))") }
            if let from = request.endedFrom { print("Ended for \(from) and later") }
            if request.reason != nil { print("Taken back: \(said(request.reason))") }
            for circular in found.circulars { print("Decision \(circular.reference)") }
            if let problem = found.problem { return print(Terminal.safe(problem.english)) }
            guard request.state == .received else { return }
            PutBefore.tell(body: request.body, matter: "relief", subject: request.id)
        }
    }
}

/// A request for relief as JSON.
private struct ReliefLine: Encodable {
    struct Part: Encodable {
        let dueOn: Day
        let amount: String
    }

    let id: String
    let reference: String
    let kind: String
    let state: String
    let member: String
    let memberName: String
    let fromYear: Int
    let toYear: Int
    let percent: Int?
    let amount: String?
    let currency: String?
    let instalments: [Part]
    let ends: String?
    let letterDay: Day
    let by: String
    let words: String
    let body: String
    let recordedAt: String
    let decidedOn: Day?
    let minutes: String?
    let reason: String?
    let endedFrom: Int?
    let invented: Bool

    init(_ request: ReliefRequest) {
        (id, reference) = (request.id, request.reference)
        (kind, state) = (request.kind.rawValue, request.state.rawValue)
        (member, memberName) = (request.memberKey, request.memberName)
        (fromYear, toYear) = (request.years.lowerBound, request.years.upperBound)
        var (share, money, parts, ended): (Int?, Money?, [Instalment], String?) = (nil, nil, [], nil)
        switch request.terms {
        case .remission: break
        case .percent(let percent): share = percent
        case .amount(let amount), .commutation(let amount): money = amount
        case .plan(let instalments): parts = instalments
        case .ending(let relief): ended = relief.reference
        }
        (percent, amount, currency, ends) = (share, money?.plain, money?.currency.code, ended)
        instalments = parts.map { Part(dueOn: $0.dueOn, amount: $0.amount.plain) }
        (letterDay, by, words, body) = (request.letterDay, request.byName, request.words, request.body)
        (recordedAt, decidedOn, endedFrom) = (request.recordedAt, request.decidedOn, request.endedFrom)
        minutes = request.minutes.map { Phrase.record($0).english }
        reason = request.reason.map { Phrase.record($0).english }
        invented = request.isInvented
    }
}
