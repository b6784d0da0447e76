import Access
import HTML
import Hummingbird
import Membership
import Web

extension Site {
    /// What the command field leads to; `find.js` shows the same rows as one types.
    static func addFind(to rooms: RoomRoutes) {
        rooms.get("/console/find", .may(.readMembers)) { room in
            let text = try room.query().string("q") ?? ""
            let finds = try await room.ask(FindAnything(text, day: room.today))
            let actions = consoleActions(room, fitting: text)
            return room.page(RoomPage(title: "Find", place: .console(.members))) { h in
                if text.isEmpty { h.p(.class("lede"), text: "Type a name, or choose where to go.") }
                h.div(.id("finds"), .data("count", String(finds.members.count + finds.people.count + actions.count))) {
                    findGroups(h, room, finds, actions)
                }
                if finds.members.isEmpty, finds.people.isEmpty, actions.isEmpty {
                    h.div(.class("empty")) {
                        h.h2("Nothing is called that")
                        h.p("Names are found from their beginning, in any script, also with one slip.")
                    }
                }
            }
        }
    }
}

/// Something that can be done from anywhere.
struct ConsoleAction: Sendable, Equatable {
    let title: String
    let address: String
    let needs: Action
}

extension ConsoleAction {
    static let all: [ConsoleAction] =
        ConsolePlace.allCases.map { ConsoleAction(title: "Go to \($0.title)", address: $0.address, needs: $0.action) }
        + [
            ConsoleAction(title: "Import a spreadsheet", address: "/console/imports/new", needs: .importMembers),
            ConsoleAction(
                title: "Merge two records that are one member",
                address: "/console/merge",
                needs: .mergeMembers
            ),
            ConsoleAction(title: "Undo an action on many members", address: "/console/bulk", needs: .readMembers),
            ConsoleAction(title: "Invite a person", address: "/console/people/invite", needs: .readPeople),
            ConsoleAction(title: "See who may do what", address: "/console/rights", needs: .readPeople),
            ConsoleAction(title: "Change your account", address: "/account", needs: .readMembers),
        ]
}

/// The actions whose words begin with what was typed, for whom may do them.
private func consoleActions(_ room: Room, fitting text: String) -> [ConsoleAction] {
    let typed = text.lowercased().split(separator: " ")
    return ConsoleAction.all.filter { action in
        guard room.mayAnywhere(action.needs) else { return false }
        let words = action.title.lowercased().split(separator: " ")
        return typed.allSatisfy { part in words.contains { $0.hasPrefix(part) } }
    }
}

private func findGroups(_ h: HTMLWriter, _ room: Room, _ finds: Finds, _ actions: [ConsoleAction]) {
    let words = room.site.words
    findGroup(h, "Members", finds.members) { row in
        h.a(.href("/console/members/\(row.key)"), .data("find"), text: row.name)
        let place = row.country.map { room.site.countries.name($0) } ?? ""
        h.span(
            .class("also"),
            text: [words.category(row.category), place].filter { !$0.isEmpty }.joined(separator: ", ")
        )
    }
    findGroup(h, "People", finds.people) { person in
        h.a(.href("/console/people/\(person.id)"), .data("find"), text: person.name)
        h.span(.class("also"), text: person.email)
    }
    findGroup(h, "Actions", actions) { action in
        h.a(.href(action.address), .data("find"), text: action.title)
    }
}

private func findGroup<Item>(_ h: HTMLWriter, _ title: String, _ items: [Item], row: (Item) -> Void) {
    guard !items.isEmpty else { return }
    h.section(.class("find-group")) {
        h.h2(title)
        h.ul(.class("rows plain-rows")) {
            for item in items { h.li(.data("row")) { h.div { row(item) } } }
        }
    }
}
