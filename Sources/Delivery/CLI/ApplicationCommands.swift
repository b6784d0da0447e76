import Access
import ArgumentParser
import Charter
import Database
import Files
import Joining
import Languages

struct ApplicationCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "applications",
        abstract: "Applications for membership: entered, completed, recommended on, closed.",
        discussion: """
            hansa applications                         those that are under way
            hansa applications show 2026-3             all of one, and what it lacks
            hansa applications enter --name Visby --category local-government --country SE \\
                --contact-name "Eva Lind" --email eva@visby.example --received-on 2026-03-01
            hansa applications recommend 2026-3 --for --words "A city of the region; all documents are there."
            """,
        subcommands: [
            List.self, Show.self, Enter.self, Correct.self, Attach.self, Documents.self, Send.self, Ask.self,
            Note.self, Match.self, Recommend.self, TakeBack.self, Close.self, Erase.self,
        ],
        defaultSubcommand: List.self
    )

    /// The id of what somebody calls `2026-3`.
    static func id(_ installation: Installation, _ name: String) async throws -> String {
        let parts = name.split(separator: "-").compactMap { Int($0) }
        let found = try await installation.database.read { transaction -> String? in
            guard parts.count == 2 else { return nil }
            return try transaction.first(
                "SELECT id FROM application WHERE year = ? AND number = ?",
                [.int(parts[0]), .int(parts[1])]
            ) { try $0.text(0) }
        }
        guard let found else {
            throw CommandFailure(
                "There is no application \(Terminal.safe(name)). `hansa applications list --all` lists them."
            )
        }
        return found
    }

    static func record(_ installation: Installation, _ name: String) async throws -> ApplicationRecord {
        let id = try await id(installation, name)
        return try await installation.ask(ApplicationByID(id, services: installation.joiningServices()))
    }
}

extension ApplicationCommands {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists applications: those under way, or those in the states that are named.",
            usage: "hansa applications list [--state STATE …] [--all] [--page N] [--json]"
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "One of: \(ApplicationState.allCases.map(\.rawValue).joined(separator: ", ")).")
        var state: [String] = []
        @Flag(help: "Those that are over too.")
        var all = false
        @Option(help: "The page, from 1.")
        var page = 1
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let named = try state.map { text in
                guard let state = ApplicationState(rawValue: text) else {
                    let known = ApplicationState.allCases.map(\.rawValue).joined(separator: ", ")
                    throw CommandFailure("\"\(Terminal.safe(text))\" is no state. Give one of: \(known).")
                }
                return state
            }
            let wanted = named.isEmpty ? ApplicationState.allCases.filter { all || !$0.isOver } : named
            let installation = try await Installation.open(flags)
            let found = try await installation.ask(ApplicationList(wanted, page: max(1, page)))
            if json { return try Terminal.json(found.applications.map { ApplicationLine($0) }) }
            if found.applications.isEmpty { print("There is none.") } else { show(found.applications) }
            let counts = ApplicationState.allCases.compactMap { state in
                found.counts[state].map { "\($0) \(state.rawValue)" }
            }
            if !counts.isEmpty { print(Terminal.dim(counts.joined(separator: " · "))) }
        }

        private func show(_ rows: [Application]) {
            Terminal.table(
                ["Application", "State", "Category", "Applicant", "Country", "Sent"],
                rows.map { application in
                    [
                        application.reference, application.state.rawValue, application.category,
                        Terminal.safe(application.title), Terminal.safe(application.values[.country]),
                        String((application.submittedAt ?? "").prefix(10)),
                    ]
                }
            )
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows one application: what it says, what it lacks, what happened, what comes next.",
            usage: "hansa applications show 2026-3 [--json]"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The application, as 2026-3.")
        var application: String
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let installation = try await Installation.open(flags)
            let found = try await ApplicationCommands.record(installation, application)
            if json { return try Terminal.json(ApplicationDetail(found)) }
            says(found.application)
            lacks(found)
            happened(found)
            next(found, installation)
        }

        private func says(_ application: Application) {
            print(Terminal.bold("\(application.reference) \(Terminal.safe(application.title))"))
            print("\(application.category): \(application.state.rawValue)")
            if !application.email.isEmpty {
                print("Letters go to \(Terminal.safe(application.email)), in \(application.language)")
            }
            if let day = application.receivedOn { print("Came on paper on \(day)") }
            if let day = application.submittedAt?.prefix(10) { print("Sent on \(day)") }
            for field in ApplicationField.allCases {
                let lines = application.values[field].split(whereSeparator: \.isNewline).map(String.init)
                for line in lines { print("  \(field.rawValue): \(Terminal.safe(line))") }
            }
        }

        private func lacks(_ found: ApplicationRecord) {
            for document in found.documents {
                print("Document \(document.key): \(Terminal.safe(document.use.name)), \(document.use.size) bytes")
            }
            for wanted in found.missing { print("Wanted document \(wanted.key): \(Terminal.safe(wanted.name))") }
            // Of documents each was told with its key.
            for problem in found.problems where problem.name != "documents" {
                print("Not in order, \(problem.name): \(Terminal.safe(problem.message.english))")
            }
            for known in found.known {
                let isChosen = known.memberID == found.application.memberID
                let answer = isChosen ? "Was" : known.isAnother ? "Is not" : "Perhaps"
                let about = [known.country ?? "", known.standing, known.since].filter { !$0.isEmpty }
                let words = "\(answer) \(known.key) (\(about.joined(separator: ", "))): \(known.because.english)"
                print(Terminal.safe(words))
            }
        }

        private func happened(_ found: ApplicationRecord) {
            for step in found.steps {
                let by = step.authorName.isEmpty ? step.side.rawValue : step.authorName
                let missing = step.missing.isEmpty ? "" : " Asked for: \(step.missing.joined(separator: ", "))."
                let opinion = step.isFor.map { $0 ? " for" : " against" } ?? ""
                let what = "\(step.at.prefix(10))  \(step.kind.rawValue)\(opinion)"
                let said = step.said.english.split(whereSeparator: \.isNewline).joined(separator: " ")
                print(Terminal.dim(Terminal.safe("\(what)  \(by): \(said)\(missing)")))
            }
            for circular in found.circulars { print("Decision \(circular.reference)") }
        }

        private func next(_ found: ApplicationRecord, _ installation: Installation) {
            guard found.application.state == .recommended,
                let admission = installation.charter.version(on: installation.today)?.membership.admission
            else { return }
            PutBefore.tell(body: admission.approvedBy, matter: "admission", subject: found.application.id)
        }
    }
}
