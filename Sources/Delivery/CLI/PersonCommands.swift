import Access
import ArgumentParser
import Database
import Foundation
import Identity
import Journal
import Mail
import Membership
import Site

/// People from the command line: the way in for the first administrator.
///
/// Whoever can run this can read the database, so no further right is asked for.
struct PersonCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person",
        abstract: "Lists people, lets the first administrator in, closes accounts.",
        subcommands: [Add.self, List.self, Link.self, Close.self]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds a person with a role and prints a link with which they sign in, once.",
            usage:
                "hansa person add --name NAME --email ADDRESS --role ROLE [--member KEY | --body KEY] [--language LANGUAGE]",
            discussion: """
                hansa person add --name "Jiwon Park" --email jiwon@example.org --role administrator
                Who has an account already gets the role. `hansa rights` lists the roles.
                """
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "Their name.")
        var name: String
        @Option(help: "Their e-mail address.")
        var email: String
        @Option(help: "The role.")
        var role: String
        @Option(help: "The key of the member in which they hold it.")
        var member: String?
        @Option(help: "The key of the body or office in which they hold it.")
        var body: String?
        @Option(help: "The language of their mail: en, ko, es or zh.")
        var language = "en"

        func run() async throws {
            guard let role = Role(rawValue: role) else {
                let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure("\"\(role)\" is no role. The roles are \(roles).")
            }
            let installation = try await Installation.open(flags)
            let reception = try installation.reception()
            let command = InvitePerson(
                name: name,
                email: email,
                language: language,
                role: role,
                in: try await place(role, installation),
                places: reception.places,
                letters: reception.letters
            )
            let outcome = try await installation.run(command)
            print("\(Terminal.safe(name)) is \(role.rawValue) now.")
            try await PersonCommands.printLink(installation, reception, person: outcome.personID)
        }

        private func place(_ role: Role, _ installation: Installation) async throws -> Access.Place {
            switch role.seat {
            case .association: return .association
            case .body:
                guard let body else { throw CommandFailure("The role \(role.rawValue) is held in a body: --body KEY.") }
                return .body(body)
            case .member:
                guard let member else {
                    throw CommandFailure("The role \(role.rawValue) is held in a member: --member KEY.")
                }
                let id = try await installation.database.read { transaction in
                    try transaction.first("SELECT id FROM member WHERE key = ?", [.text(member)]) { try $0.text(0) }
                }
                guard let id else {
                    throw CommandFailure("No member has the key \"\(member)\". `hansa members` lists them.")
                }
                return .member(id)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists people with their roles of today.",
            usage: "hansa person list [--search WORDS] [--role ROLE] [--state active|invited|closed]"
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "Words of the name or the address.")
        var search = ""
        @Option(help: "Only people with this role.")
        var role: String?
        @Option(help: "Only accounts in this state: active, invited or closed.")
        var state: String?

        func run() async throws {
            let filter = PeopleFilter(
                search: search,
                role: try role.map { try PersonCommands.known(Role(rawValue: $0), $0, "role") },
                state: try state.map { try PersonCommands.known(PeopleFilter.State(rawValue: $0), $0, "state") }
            )
            let installation = try await Installation.open(flags)
            let found = try await installation.ask(PeopleList(filter, size: 500))
            Terminal.table(
                ["Id", "Name", "E-mail", "Account", "Roles"],
                found.lines.map { line in
                    let person = line.person
                    let account = person.isOpen ? (person.signedInAt == nil ? "invited" : "active") : "closed"
                    let roles = line.roles.map { role in
                        role.place.id.isEmpty ? role.role.rawValue : "\(role.role.rawValue) in \(role.place.id)"
                    }
                    return [
                        person.id, Terminal.safe(person.name), person.email ?? "", account,
                        roles.joined(separator: ", "),
                    ]
                }
            )
            if found.total > found.lines.count { print(Terminal.dim("… of \(found.total). Search to see others.")) }
        }
    }

    struct Link: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints a link with which a person signs in, once, within 15 minutes.",
            usage: "hansa person link ADDRESS",
            discussion: "For somebody whom no mail reaches. The journal says that it was made."
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The person's e-mail address.")
        var email: String

        func run() async throws {
            let installation = try await Installation.open(flags)
            let person = try await PersonCommands.find(email, installation)
            try await PersonCommands.printLink(installation, installation.reception(), person: person.id)
        }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keeps a person from signing in, at once.",
            usage: "hansa person close ADDRESS"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The person's e-mail address.")
        var email: String

        func run() async throws {
            let installation = try await Installation.open(flags)
            let person = try await PersonCommands.find(email, installation)
            try await installation.run(ClosePerson(person.id))
            print("\(Terminal.safe(person.name)) can no longer sign in.")
        }
    }

    private static func known<Value>(_ value: Value?, _ text: String, _ what: String) throws -> Value {
        guard let value else { throw CommandFailure("\"\(text)\" is no \(what). See --help.") }
        return value
    }

    static func find(_ email: String, _ installation: Installation) async throws -> Person {
        guard let address = EmailAddress(email) else { throw CommandFailure("\"\(email)\" is no e-mail address.") }
        guard let person = try await installation.database.read({ try Person.find($0, email: address) }) else {
            throw CommandFailure("Nobody has the address \(address.text). `hansa person list` shows who is known.")
        }
        return person
    }

    private static func printLink(_ installation: Installation, _ reception: Reception, person id: String) async throws
    {
        let now = Date()
        let (secret, person) = try await installation.database.write { transaction in
            guard let person = try Person.find(transaction, id: id), person.isOpen else {
                throw CommandFailure("The account is closed, so no link is made.")
            }
            try Journal.append(
                transaction,
                JournalEntry(
                    at: now,
                    actor: Actor.atTerminal.key,
                    action: "link.printed",
                    subject: .init("person", id)
                )
            )
            return (try OneTimeLink.make(transaction, .signIn, person: person.id, now: now), person)
        }
        print("They sign in with this link, once, within 15 minutes, while `hansa serve` runs:")
        print(reception.letters.link(Letters.Path.signIn, secret, for: person))
    }
}
