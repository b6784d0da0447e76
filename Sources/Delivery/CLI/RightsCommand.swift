import Access
import ArgumentParser
import Languages

struct RightsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rights",
        abstract: "Prints who may do what: each role, each action.",
        usage: "hansa rights [--json]",
        discussion: """
            all: everywhere. own: in the member or body in which the role is held. ·: not at all.
            The services ask this very table.
            """
    )

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        if json { return try Terminal.json(Action.allCases.map(Line.init)) }
        Terminal.table(
            ["Action"] + Role.allCases.map(\.rawValue) + ["In words"],
            Action.allCases.map { action in
                [action.rawValue] + Role.allCases.map { Rights.reach($0, action).mark } + [action.words.english]
            }
        )
        print()
        Terminal.table(
            ["Role", "Held in", "Second factor", "What it is for"],
            Role.allCases.map { role in
                [role.rawValue, role.seat.rawValue, role.needsSecondFactor ? "needed" : "", role.purpose.english]
            }
        )
    }

    private struct Line: Encodable {
        let action: String
        let words: String
        /// `all` or `own` by role; roles that may not are left out.
        let roles: [String: String]

        init(_ action: Action) {
            self.action = action.rawValue
            words = action.words.english
            roles = Dictionary(
                uniqueKeysWithValues: Role.allCases.compactMap { role in
                    let reach = Rights.reach(role, action)
                    return reach == .none ? nil : (role.rawValue, reach.mark)
                }
            )
        }
    }
}
