import ArgumentParser
import Database
import Foundation
import Journal

struct JournalCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "Proves that the record of all changes is as it was written.",
        subcommands: [Verify.self, Proof.self, Check.self, Seal.self, Log.self]
    )

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Finds every entry that was altered, removed, added or moved, and names it.",
            usage: "hansa journal verify",
            discussion: "Ends with status 1 when something is wrong."
        )
        @OptionGroup var flags: SettingFlags

        func run() async throws {
            let installation = try await Installation.open(flags)
            // The database's own word on its keys is not enough when the key itself is at hand.
            let path = installation.settings.text(.journalKey)
            let trusted =
                FileManager.default.fileExists(atPath: path) ? [try SigningKey.load(path: path).publicKey] : []
            let audit = try await Journal.verify(installation.database, trusting: trusted)
            for finding in audit.findings { print(finding) }
            if audit.findingsLeftOut > 0 { print("… and \(audit.findingsLeftOut) more") }
            print("\(audit.sealed) sealed, \(audit.waiting) waiting, \(audit.heads) signed heads checked.")
            guard audit.isIntact else { throw ExitCode(1) }
            print("Nothing was altered, removed, added or moved.")
        }
    }

    struct Proof: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints a proof that one entry is in the journal, for `hansa journal check`.",
            usage: "hansa journal proof ID"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The entry's id.")
        var id: String

        func run() async throws {
            let installation = try await Installation.open(flags)
            let id = id
            print(try await installation.database.read { try Journal.proof($0, entry: id).json })
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks a proof without any database.",
            usage: "hansa journal check FILE [--public-key HEX]",
            discussion: """
                Give the public key that the association published. Without it the key inside the proof is used, which shows
                only that the proof was not changed since somebody signed it.
                """
        )
        @Argument(help: "The file that `hansa journal proof` printed.")
        var file: String
        @Option(help: "The public key, as 64 hexadecimal digits.")
        var publicKey: String?

        func run() throws {
            guard let json = try? String(contentsOfFile: file, encoding: .utf8) else {
                throw CommandFailure("The file \(file) cannot be read.")
            }
            let stated = try publicKey ?? JournalProof(json: json).publicKey
            guard let key = JournalPublicKey(hex: stated) else {
                throw CommandFailure("--public-key takes 64 hexadecimal digits.")
            }
            let proof = try JournalProof.check(json: json, publicKey: key)
            if publicKey == nil { print("Signed with \(stated). Compare this with the association's published key.") }
            print(
                "Entry \(proof.entry.id) is number \(proof.leafIndex) of the \(proof.treeSize) that were signed on \(proof.signedAt)."
            )
        }
    }

    struct Seal: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives waiting entries their place and signs the head; `hansa serve` does it every second.",
            usage: "hansa journal seal"
        )
        @OptionGroup var flags: SettingFlags

        func run() async throws {
            let installation = try await Installation.open(flags)
            let key = try SigningKey.loadOrCreate(path: installation.settings.text(.journalKey))
            let sealer = Sealer(database: installation.database, key: key, logger: installation.logger)
            switch try await sealer.sealNow() {
            case .sealed(let count, let head): print("\(count) entries sealed, \(head.size) in all.")
            case .nothingToSeal: print("Nothing waits.")
            case .leaseHeld(let holder, let until): print("Process \(holder) seals, at least until \(until).")
            }
            print("Public key: \(key.publicKey.hex)")
        }
    }

    struct Log: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the latest entries.",
            usage: "hansa journal log [--limit COUNT]"
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "How many.")
        var limit = 20

        func run() async throws {
            let installation = try await Installation.open(flags)
            let limit = min(max(limit, 1), 10_000)
            let entries = try await installation.database.read { try Journal.latest($0, limit: limit) }
            Terminal.table(
                ["Place", "Recorded", "Action", "Subject", "Actor", "Id"],
                entries.map { recorded in
                    [
                        recorded.position.map { String($0) } ?? "waits", recorded.entry.recordedAt,
                        recorded.entry.action,
                        "\(recorded.entry.subject.kind) \(recorded.entry.subject.id)", recorded.entry.actor,
                        recorded.entry.id,
                    ]
                }
            )
        }
    }
}
