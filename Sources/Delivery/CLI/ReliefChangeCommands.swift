import ArgumentParser
import Dues
import Files
import Membership

/// The letter by which a member asks.
struct ReliefLetterFlags: ParsableArguments {
    @Option(help: "The date of the letter, as in 2026-05-02.")
    var letterDay: String
    @Option(help: "Who signed it.")
    var signedBy: String
    @Option(help: "The grounds; may be left out where the document says them.")
    var words = ""
    @Option(help: "The letter itself, as PDF or picture.")
    var document: String?

    func fill(_ draft: inout ReliefDraft, _ installation: Installation) async throws {
        (draft.letterDay, draft.signedBy, draft.words) = (letterDay, signedBy, words)
        guard let document else { return }
        let kept = try await installation.keep(document)
        draft.document = ReliefDraft.Document(kept.file, name: kept.name)
    }
}

extension ReliefCommands {
    struct Ask: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records a letter in which a member asks for relief from its dues.",
            usage: """
                hansa dues relief ask KIND MEMBER --from YEAR [--to YEAR] [--percent N | --amount AMOUNT |
                --instalment DAY=AMOUNT …] --letter-day DAY --signed-by NAME [--words WORDS] [--document FILE]
                """,
            discussion: """
                KIND is one of: \(ReliefKind.allCases.filter { $0 != .ending }.map(\.rawValue).joined(separator: ", ")).
                A reduction takes --percent or --amount, a commutation --amount, a payment plan its instalments.
                """
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "What the member asks for.")
        var kind: String
        @Argument(help: "The member's key, or any of its names.")
        var member: String
        @Option(help: "The first year of dues that it is about.")
        var from: String
        @Option(help: "The last year; the first alone when left out.")
        var to = ""
        @Option(help: "By how many of a hundred parts the fee is lowered.")
        var percent = ""
        @Option(help: "By how much the fee is lowered, or what is paid in its place; as 500.00.")
        var amount = ""
        @Option(help: "An instalment's day and amount, as 2024-06-01=500.00; once for each.")
        var instalment: [String] = []
        @OptionGroup var letter: ReliefLetterFlags

        func run() async throws {
            var draft = ReliefDraft(
                try ReliefCommands.kind(kind),
                fromYear: from,
                toYear: to,
                percent: percent,
                amount: amount,
                instalments: try instalment.map(ReliefCommands.instalment),
                words: ""
            )
            let installation = try await Installation.open(flags)
            let key = try await installation.member(member).key
            try await letter.fill(&draft, installation)
            try await ReliefCommands.ask(key, draft, installation)
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records that relief which was granted shall end before its time; the body decides on it.",
            usage: """
                hansa dues relief end 2024-1 [--from YEAR] --letter-day DAY --signed-by NAME [--words WORDS]
                [--document FILE]
                """
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The request by which it was granted, as 2024-1.")
        var relief: String
        @Option(help: "The first year for which it holds no more; instalments end with the decision.")
        var from = ""
        @OptionGroup var letter: ReliefLetterFlags

        func run() async throws {
            let installation = try await Installation.open(flags)
            let found = try await installation.ask(ReliefByID(relief, charter: installation.charter)).request
            var draft = ReliefDraft(.ending, fromYear: from, ends: found.id, words: "")
            try await letter.fill(&draft, installation)
            try await ReliefCommands.ask(found.memberKey, draft, installation)
        }
    }

    struct TakeBack: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "take-back",
            abstract: "Takes a request for relief back, as long as the body does not have it before it.",
            usage: "hansa dues relief take-back 2024-1 --reason WHY"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The request, as 2024-1.")
        var request: String
        @Option(help: "Why; the member's people and the journal have it.")
        var reason: String

        func run() async throws {
            let installation = try await Installation.open(flags)
            let services = try installation.duesServices()
            try await installation.run(TakeBackRelief(request, reason: reason, services: services))
            print("\(Terminal.safe(request)): taken back.")
        }
    }
}

extension ReliefCommands {
    fileprivate static func kind(_ text: String) throws -> ReliefKind {
        guard let kind = ReliefKind(rawValue: text), kind != .ending else {
            let known = ReliefKind.allCases.filter { $0 != .ending }.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure("\"\(Terminal.safe(text))\" is no kind of relief. Give one of: \(known).")
        }
        return kind
    }

    /// `2024-06-01=500.00`
    fileprivate static func instalment(_ text: String) throws -> ReliefDraft.Instalment {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            throw CommandFailure(
                "--instalment \"\(Terminal.safe(text))\" cannot be read. Write its day and amount, as 2024-06-01=500.00."
            )
        }
        return ReliefDraft.Instalment(dueOn: parts[0], amount: parts[1])
    }

    fileprivate static func ask(_ member: String, _ draft: ReliefDraft, _ installation: Installation) async throws {
        let command = AskRelief(member, draft, services: try installation.duesServices())
        let asked = try await installation.run(command)
        print(
            "\(asked.reference): \(draft.kind.rawValue) is recorded. Next: hansa dues relief show \(asked.reference)"
        )
    }
}
