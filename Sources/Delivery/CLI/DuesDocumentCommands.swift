import ArgumentParser
import Charter
import Dues
import Foundation
import Languages
import Membership

/// Where a document goes, and in which language.
struct DocumentTarget: ParsableArguments {
    @Option(help: "A new file for the PDF.")
    var pdf: String?
    @Option(help: "A new file for the page.")
    var html: String?
    @Option(help: "The language, as ko; the invoice's own or the association's when left out.")
    var language: String?

    var isWanted: Bool { pdf != nil || html != nil }

    /// Writes what is wanted of a document into new files.
    func write(_ number: String, _ installation: Installation) async throws {
        let services = try installation.duesServices()
        let document = try await installation.ask(DocumentByNumber(number, language: language, services: services))
        if let html { try installation.write(document.page, to: html) }
        if let pdf {
            let bytes = try await Installation.spoken { try await document.pdf(services.pdf) }
            try installation.write(bytes, to: pdf)
        }
    }

    /// Says what was issued, where it goes nowhere.
    func finish(_ proof: DocumentProof, _ installation: Installation) async throws {
        if isWanted { return try await write(proof.number, installation) }
        Self.show(proof)
        print(Terminal.dim("Code: \(proof.groupedCode)"))
    }

    static func show(_ proof: DocumentProof) {
        let (kind, amount) = (proof.kind.words.english, DuesCommands.text(proof.amount))
        print("\(kind) \(proof.number) of \(proof.day): \(amount), \(Terminal.safe(proof.memberName))")
    }
}

extension DuesCommands {
    struct Receipt: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives a member a receipt for a payment; asked for again, it is the same one.",
            usage: "hansa dues receipt PAYMENT MEMBER [--pdf FILE | --html FILE] [--language CODE]"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The payment's id.")
        var payment: String
        @Argument(help: "The member's key, or any of its names.")
        var member: String
        @OptionGroup var target: DocumentTarget

        func run() async throws {
            let installation = try await Installation.open(flags)
            let key = try await installation.member(member).key
            let proof = try await installation.run(IssueReceipt(payment: payment, memberKey: key))
            try await target.finish(proof, installation)
        }
    }

    struct Certificate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Certifies that a member owes nothing of its dues of a year.",
            usage: "hansa dues certificate MEMBER YEAR [--pdf FILE | --html FILE] [--language CODE]"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The member's key, or any of its names.")
        var member: String
        @Argument(help: "The year of the dues.")
        var year: Int
        @OptionGroup var target: DocumentTarget

        func run() async throws {
            let installation = try await Installation.open(flags)
            let key = try await installation.member(member).key
            let proof = try await installation.run(IssueCertificate(memberKey: key, year: year))
            try await target.finish(proof, installation)
        }
    }

    struct Proof: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says whether a document is genuine, by the code that stands on it, and what became of it since.",
            usage: "hansa dues proof CODE"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The code; spaces may be left out.")
        var code: [String]

        func run() async throws {
            let installation = try await Installation.open(flags)
            let question = ProofByCode(code.joined())
            let found = try await Installation.spoken { try await installation.database.proof(question) }
            let proof = found.document
            DocumentTarget.show(proof)
            if proof.isInvented { print("It is an example that rests on what is made up.") }
            if let since = found.since.words { print(Terminal.safe(since.english)) }
            guard found.isWhole else {
                throw CommandFailure("The records do not say any more what was issued: somebody changed them.")
            }
        }
    }
}
