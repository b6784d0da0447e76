import Access
import Charter
import Database
import HTML
import Languages
import Web

/// The part of a form that says which role somebody shall have, where and for how long.
///
/// The place is typed: a member by its name or key, a body by its name. The browser proposes what there is.
struct RoleForm: Sendable {
    let roles: [Access.Role]
    let bodies: [(key: String, name: String)]
    /// Some hundreds at most, to propose.
    let members: [String]

    static func load(_ room: Room) async throws -> RoleForm {
        let words = room.site.words
        let bodies = room.site.reception.places.bodies(on: room.today).map { (key: $0.key, name: words.seat($0.key)) }
        let members = try await room.site.database.read { transaction in
            try transaction.query("SELECT name FROM member ORDER BY name LIMIT 500") { try $0.text(0) }
        }
        return RoleForm(roles: room.givableRoles, bodies: bodies, members: members)
    }

    func show(_ h: HTMLWriter, _ sent: FormValues, _ problems: FormProblems) {
        h.choice(
            "role",
            label: say("Role"),
            value: sent["role"],
            // Nothing is chosen at first: the first role of all is the one that may do everything.
            options: [("", say("Choose one"))] + roles.map { ($0.rawValue, $0.name) },
            problems: problems
        )
        h.textField(
            "place",
            label: say("Member or body"),
            value: sent["place"],
            help: say("The member's name, or the body's. Leave it empty for a role in the secretariat."),
            problems: problems,
            .list("places"),
            .autocomplete("off")
        )
        h.datalist(.id("places")) {
            for body in bodies { h.option(.value(body.name)) }
            for name in members { h.option(.value(name)) }
        }
        h.div(.class("field-pair")) {
            h.textField(
                "from",
                label: say("From"),
                value: sent["from"],
                type: .date,
                help: say("Today when left empty."),
                problems: problems
            )
            h.textField(
                "until",
                label: say("Until"),
                value: sent["until"],
                type: .date,
                help: say("Open when left empty."),
                problems: problems
            )
        }
        h.textField(
            "grounds",
            label: say("Reason"),
            value: sent["grounds"],
            help: say("For the record, if there is something to say."),
            problems: problems
        )
    }

    /// The role and place that a form names. Throws `InvalidInput`.
    func read(_ room: Room) async throws -> (role: Access.Role, place: Access.Place) {
        guard let role = Access.Role(rawValue: room.form["role"]) else {
            throw InvalidInput("role", say("Choose a role."))
        }
        let typed = room.form["place"]
        switch role.seat {
        case .association: return (role, .association)
        case .body:
            let english = room.site.words.inEnglish
            guard let body = bodies.first(where: { [$0.name, $0.key, english.seat($0.key)].contains(typed) }) else {
                throw InvalidInput(
                    "place",
                    say("No body is called so. Write one as it is proposed, such as \(bodies.first?.name ?? "").")
                )
            }
            return (role, .body(body.key))
        case .member:
            let ids = try await room.site.database.read { transaction in
                try transaction.query(
                    "SELECT id FROM member WHERE name = ? OR key = ? ORDER BY id LIMIT 2",
                    [.text(typed), .text(typed)]
                ) { try $0.text(0) }
            }
            switch ids.count {
            case 1: return (role, .member(ids[0]))
            case 0: throw InvalidInput("place", say("No member is called so. Write its name as the directory has it."))
            default:
                throw InvalidInput("place", say("Two members are called so. Write the key from the member's address."))
            }
        }
    }
}
