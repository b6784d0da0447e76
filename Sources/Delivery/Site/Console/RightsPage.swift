import Access
import HTML
import Hummingbird
import Languages

extension Site {
    static func addRights(to rooms: RoomRoutes) {
        rooms.get("/console/rights", .may(.readPeople)) { room in
            let trail = [(ConsolePlace.people.address, ConsolePlace.people.title)]
            return room.page(RoomPage(title: say("Who may do what"), place: .console(.people), trail: trail)) {
                rightsTable($0)
            }
        }
    }
}

/// The table that every service asks, as it stands.
private func rightsTable(_ h: HTMLWriter) {
    h.p(
        .class("lede"),
        text: say(
            "“All” means everywhere, “own” in the member or body where the role is held. "
                + "Every page, command and program asks this one table."
        )
    )
    h.div(.class("wide-table"), .tabindex(0), .role(.region), .aria(.label, say("Rights by role"))) {
        h.table(.class("rights")) {
            h.thead {
                h.tr {
                    h.th(.scope(.col), text: say("May"))
                    for role in Role.allCases { h.th(.scope(.col), text: role.name) }
                }
            }
            h.tbody {
                for action in Action.allCases {
                    h.tr {
                        h.th(.scope(.row), text: action.words)
                        for role in Role.allCases { reachCell(h, Rights.reach(role, action)) }
                    }
                }
            }
        }
    }
}

private func reachCell(_ h: HTMLWriter, _ reach: Rights.Reach) {
    switch reach {
    case .none:
        h.td(.class("quiet")) {
            h.span(.aria(.hidden, true), text: "·")
            h.span(.class("hidden-text"), text: say("no", context: "where a role may do it"))
        }
    case .own: h.td(say("own", context: "where a role may do it"))
    case .everywhere: h.td { h.b(say("all", context: "where a role may do it")) }
    }
}
