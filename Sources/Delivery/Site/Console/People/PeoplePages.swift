import Access
import Database
import HTML
import Hummingbird
import Identity
import Languages
import Web

extension Site {
    /// People and their roles.
    static func addPeople(to rooms: RoomRoutes) {
        rooms.get("/console/people", .may(.readPeople)) { room in
            let address = try PeopleAddress(room.query())
            let found = try await room.ask(
                PeopleList(address.filter, page: address.page, size: PeopleAddress.size)
            )
            let names = try await placeNames(room, found.lines.flatMap(\.roles))
            return room.page(RoomPage(title: say("People and roles"), place: .console(.people))) { h in
                h.div(.class("actions")) {
                    if !room.givableRoles.isEmpty {
                        h.a(.class("button primary"), .href("/console/people/invite"), text: say("Invite somebody"))
                    }
                    h.a(.class("button"), .href("/console/rights"), text: say("Who may do what"))
                }
                filterForm(h, address.filter)
                peopleRows(h, found, names)
                h.pages(
                    PageSpan(page: address.page, size: PeopleAddress.size, total: found.total, isOpen: false),
                    address: address.address
                )
            }
        }
        addInvite(to: rooms)
        addPerson(to: rooms)
        addPersonChanges(to: rooms)
    }

    /// The names of the places of roles, by place.
    static func placeNames(_ room: Room, _ roles: [Grant]) async throws -> [Access.Place: String] {
        try await room.names(of: roles.map(\.place))
    }
}

extension Room {
    /// The roles that whoever asks may give somewhere.
    var givableRoles: [Access.Role] { Role.allCases.filter { mayAnywhere($0.givenBy) } }
}

private func filterForm(_ h: HTMLWriter, _ filter: PeopleFilter) {
    h.form(.class("filters"), .action(ConsolePlace.people.address), .method(.get), .role(.search)) {
        h.div(.class("filter-grid four")) {
            h.div {
                h.label(.for("people-search"), text: say("Name or address"))
                h.input(.type(.search), .id("people-search"), .name("q"), .value(filter.search), .autocomplete("off"))
            }
            h.div {
                h.label(.for("people-role"), text: say("Role"))
                h.select(.id("people-role"), .name("role")) {
                    h.option(.value(""), text: say("Any"))
                    for role in Role.allCases {
                        h.option(.value(role.rawValue), .selected(role == filter.role), text: role.name)
                    }
                }
            }
            h.div {
                h.label(.for("people-state"), text: say("Account"))
                h.select(.id("people-state"), .name("state")) {
                    h.option(.value(""), text: say("Any"))
                    for state in PeopleFilter.State.allCases {
                        h.option(
                            .value(state.rawValue),
                            .selected(state == filter.state),
                            text: state.title
                        )
                    }
                }
            }
            h.button(.class("button"), .type(.submit), text: say("Show"))
        }
    }
}

extension PeopleFilter.State {
    fileprivate var title: Phrase {
        switch self {
        case .active: say("Active", context: "state of an account")
        case .invited: say("Invited", context: "state of an account")
        case .closed: say("Closed", context: "state of an account")
        }
    }
}

private func peopleRows(_ h: HTMLWriter, _ found: PeopleList.Answer, _ names: [Access.Place: String]) {
    guard !found.lines.isEmpty else {
        h.div(.class("empty")) {
            h.h2(say("Nobody here"))
            h.p(say("Nobody fits what was asked for. Ask for less, or invite somebody."))
        }
        return
    }
    h.p(.class("quiet"), text: say(found.total, one: "One person", other: "\(found.total) people"))
    h.ul(.class("rows people-rows")) {
        for line in found.lines {
            h.li(.data("row")) {
                h.div {
                    h.a(.href(PeopleAddress.person(line.person.id)), text: line.person.name)
                    h.span(.class("also"), text: roleWords(line.roles, names))
                }
                h.div(.class("who"), text: line.person.email ?? "")
                h.div(.class("age")) { lastSeen(h, line.person) }
                h.div(.class("next quiet")) { accountState(h, line.person) }
            }
        }
    }
}

/// "Member's editor in Seoul, Juror in Executive Committee".
func roleWords(_ roles: [Grant], _ names: [Access.Place: String]) -> Phrase {
    guard !roles.isEmpty else { return say("No role today") }
    return .joined(roles.map { say("\($0.role.name) in \(names[$0.place] ?? "")") }, by: ", ")
}

private func lastSeen(_ h: HTMLWriter, _ person: Person) {
    if let seen = person.signedInAt {
        h.time(.datetime(InstantWords(seen).machine), text: InstantWords(seen).date)
    } else {
        h.text(say("never here", context: "last sign-in of a person"))
    }
}

func accountState(_ h: HTMLWriter, _ person: Person) {
    if person.erasedAt != nil {
        h.text(say("Erased", context: "state of an account"))
    } else if person.closedAt != nil {
        h.span(.class("off"), text: say("Closed", context: "state of an account"))
    } else {
        h.text(
            person.signedInAt == nil
                ? say("Invited", context: "state of an account") : say("Open", context: "state of an account")
        )
    }
}
