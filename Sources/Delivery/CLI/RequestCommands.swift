import ArgumentParser
import Charter
import Files
import Joining
import Languages
import Membership

struct RequestCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requests",
        abstract: "What members ask about their membership: to leave, to appeal, to come back.",
        discussion: """
            hansa requests file withdrawal Riga --letter-day 2026-05-02 --signed-by "Its mayor" --document letter.pdf
            hansa requests list --member Riga          what it has asked, and what it can ask today
            hansa requests show 2026-1                 with the command that puts it before the body
            """,
        subcommands: [List.self, Show.self, File.self, TakeBack.self],
        defaultSubcommand: List.self
    )

    static func record(_ installation: Installation, _ name: String) async throws -> RequestRecord {
        try await installation.ask(RequestByID(name, charter: installation.charter))
    }

    static func kind(_ text: String) throws -> MembershipRequestKind {
        guard let kind = MembershipRequestKind(rawValue: text) else {
            let known = MembershipRequestKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure("\"\(Terminal.safe(text))\" is no kind of request. Give one of: \(known).")
        }
        return kind
    }

    static func show(_ requests: [MembershipRequest]) {
        guard !requests.isEmpty else { return print("There is none.") }
        Terminal.table(
            ["Request", "Kind", "State", "Member", "Letter of", "Leads to"],
            requests.map { request in
                [
                    request.reference, request.kind.rawValue, request.state.rawValue,
                    Terminal.safe(request.memberName), "\(request.letterDay)", request.leadsTo,
                ]
            }
        )
    }
}

extension RequestCommands {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the requests of members; with --member those of one, and what it can ask today.",
            usage: "hansa requests list [--state STATE …] [--page N] [--member NAME] [--json]"
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "One of: \(MembershipRequestState.allCases.map(\.rawValue).joined(separator: ", ")).")
        var state: [String] = []
        @Option(help: "The page, from 1.")
        var page = 1
        @Option(help: "The key of a member, or any of its names.")
        var member: String?
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let states = try state.map { text in
                guard let state = MembershipRequestState(rawValue: text) else {
                    let known = MembershipRequestState.allCases.map(\.rawValue).joined(separator: ", ")
                    throw CommandFailure("\"\(Terminal.safe(text))\" is no state. Give one of: \(known).")
                }
                return state
            }
            let wanted = states.isEmpty ? MembershipRequestState.allCases : states
            let installation = try await Installation.open(flags)
            if let member { return try await show(member, wanted, installation) }
            let found = try await installation.ask(RequestList(wanted, page: max(1, page)))
            if json { return try Terminal.json(found.requests.map(RequestLine.init)) }
            RequestCommands.show(found.requests)
            let counts = MembershipRequestState.allCases.compactMap { state in
                found.counts[state].map { "\($0) \(state.rawValue)" }
            }
            if !counts.isEmpty { print(Terminal.dim(counts.joined(separator: " · "))) }
        }

        private func show(
            _ name: String,
            _ states: [MembershipRequestState],
            _ installation: Installation
        ) async throws {
            let key = try await installation.member(name).key
            let found = try await installation.ask(MembershipRequests(key, charter: installation.charter))
            let requests = found.requests.filter { states.contains($0.state) }
            if json { return try Terminal.json(requests.map(RequestLine.init)) }
            let standing = found.standing.map { "\($0.status) since \($0.day)" } ?? "no status on record"
            print(Terminal.bold(Terminal.safe(found.memberName)) + ": \(standing)")
            for possible in found.possible {
                let until = possible.lastDay.map { ", until \($0)" } ?? ""
                print(
                    "  \(possible.kind.rawValue) leads to \(possible.leadsTo); the \(Terminal.safe(possible.bodyName)) "
                        + "decides, by \(possible.rule.id)\(until)"
                )
            }
            for impossible in found.impossible {
                print("  no \(impossible.kind.rawValue): \(Terminal.safe(impossible.because.english))")
            }
            RequestCommands.show(requests)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows one request, and how it is put before the body.",
            usage: "hansa requests show 2026-1 [--json | --into FOLDER]"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The request, as 2026-1.")
        var request: String
        @Option(help: "A folder into which its documents are copied; no file in it is overwritten.")
        var into: String?
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let installation = try await Installation.open(flags)
            let found = try await RequestCommands.record(installation, request)
            if let into { return try await installation.copy(found.request.documents, into: into) }
            if json { return try Terminal.json(RequestLine(found.request)) }
            show(found)
        }

        private func show(_ found: RequestRecord) {
            let request = found.request
            let title = "\(request.reference) \(request.kind.rawValue), \(request.memberName)"
            print(Terminal.bold(Terminal.safe(title)) + ": \(request.state.rawValue)")
            print("Letter of \(request.letterDay), \(Terminal.safe(request.byName))")
            for line in request.words.split(whereSeparator: \.isNewline) { print("   \(Terminal.safe(String(line)))") }
            if let against = request.against { print("Against \(against.status) of \(against.day)") }
            print("The \(Terminal.safe(found.bodyName)) decides, by \(request.rule); it leads to \(request.leadsTo)")
            if let rule = found.rule { print(Terminal.dim("   \(rule.citation)")) }
            if let standing = found.standing { print("Now \(standing.status) since \(standing.day)") }
            for use in request.documents { print("Document: \(Terminal.safe(use.name)), \(use.size) bytes") }
            let said = { (kept: String?) in Terminal.safe(kept.map { Phrase.record($0).english } ?? "") }
            if let day = request.decidedOn { print("Decided on \(day): \(said(request.minutes))") }
            if request.reason != nil { print("Taken back: \(said(request.reason))") }
            for circular in found.circulars { print("Decision \(circular.reference)") }
            if let problem = found.problem { return print(Terminal.safe(problem.english)) }
            guard request.state == .received else { return }
            PutBefore.tell(body: request.body, matter: request.kind.rawValue, subject: request.id)
        }
    }

    struct File: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records a letter in which a member asks to leave, appeals, or asks to come back.",
            usage:
                "hansa requests file KIND MEMBER --letter-day DAY --signed-by NAME [--words WORDS] [--document FILE]",
            discussion: """
                KIND is one of: \(MembershipRequestKind.allCases.map(\.rawValue).joined(separator: ", ")).
                hansa requests file appeal Dwelling --letter-day 2026-03-03 --signed-by "Its director" --words "…"
                """
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "What the member asks for.")
        var kind: String
        @Argument(help: "The member's key, or any of its names.")
        var member: String
        @Option(help: "The date of the letter, as in 2026-05-02.")
        var letterDay: String
        @Option(help: "Who signed it.")
        var signedBy: String
        @Option(help: "What it says; may be left out where the document says it.")
        var words = ""
        @Option(help: "The letter itself, as PDF or picture.")
        var document: String?

        func run() async throws {
            let kind = try RequestCommands.kind(kind)
            let installation = try await Installation.open(flags)
            let profile = try await installation.member(member)
            let command = FileRequest(
                kind,
                member: profile.id,
                letterDay: letterDay,
                words: words,
                signedBy: signedBy,
                document: try await letter(installation),
                services: try installation.joiningServices()
            )
            let filed = try await installation.run(command)
            print(
                "\(filed.reference): \(kind.rawValue) of \(Terminal.safe(profile.name)) is recorded. "
                    + "Next: hansa requests show \(filed.reference)"
            )
        }

        private func letter(_ installation: Installation) async throws -> FileRequest.Document? {
            guard let document else { return nil }
            let kept = try await installation.keep(document)
            return FileRequest.Document(kept.file, name: kept.name)
        }
    }

    struct TakeBack: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "take-back",
            abstract: "Takes a request back, as long as the body does not have it before it.",
            usage: "hansa requests take-back 2026-1 --reason WHY"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The request, as 2026-1.")
        var request: String
        @Option(help: "Why; the member's people and the journal have it.")
        var reason: String

        func run() async throws {
            let installation = try await Installation.open(flags)
            let id = try await RequestCommands.record(installation, request).request.id
            try await installation.run(TakeBackRequest(id, reason: reason))
            print("\(Terminal.safe(request)): taken back.")
        }
    }
}

/// How something is put before the body that decides on it.
enum PutBefore {
    static func tell(body: String, matter: String, subject: String) {
        print(
            """
            Put it before the body (--meeting where a meeting decides it):
              hansa decisions open --body \(body) --matter \(matter) --title WORDS --subject \(subject)
            """
        )
    }
}

/// A request as JSON.
private struct RequestLine: Encodable {
    struct Against: Encodable {
        let status: String
        let day: Day
    }

    let id: String
    let reference: String
    let kind: String
    let state: String
    let member: String
    let memberName: String
    let letterDay: Day
    let by: String
    let words: String
    let against: Against?
    let leadsTo: String
    let rule: String
    let body: String
    let recordedAt: String
    let decidedOn: Day?
    let minutes: String?
    let reason: String?
    let documents: [String]

    init(_ request: MembershipRequest) {
        (id, reference) = (request.id, request.reference)
        (kind, state) = (request.kind.rawValue, request.state.rawValue)
        (member, memberName) = (request.memberKey, request.memberName)
        (letterDay, by, words) = (request.letterDay, request.byName, request.words)
        against = request.against.map { Against(status: $0.status, day: $0.day) }
        (leadsTo, rule, body) = (request.leadsTo, request.rule, request.body)
        (recordedAt, decidedOn) = (request.recordedAt, request.decidedOn)
        minutes = request.minutes.map { Phrase.record($0).english }
        reason = request.reason.map { Phrase.record($0).english }
        documents = request.documents.map(\.name)
    }
}
