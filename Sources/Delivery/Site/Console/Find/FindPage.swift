import Access
import HTML
import Hummingbird
import Languages
import Membership
import Web

extension Site {
    /// What the command field leads to; `find.js` shows the same rows as one types.
    static func addFind(to rooms: RoomRoutes) {
        rooms.get("/console/find", .may(.readMembers)) { room in
            let text = try room.query().string("q") ?? ""
            let finds = try await room.ask(FindAnything(text, day: room.today))
            let actions = consoleActions(room, fitting: text)
            return room.page(RoomPage(title: say("Find"), place: .console(.members))) { h in
                if text.isEmpty { h.p(.class("lede"), text: say("Type a name, or choose where to go.")) }
                h.div(.id("finds"), .data("count", String(finds.members.count + finds.people.count + actions.count))) {
                    findGroups(h, room, finds, actions)
                }
                if finds.members.isEmpty, finds.people.isEmpty, actions.isEmpty {
                    h.div(.class("empty")) {
                        h.h2(say("Nothing is called that"))
                        h.p(say("Names are found from their beginning, in any script, also with one slip."))
                    }
                }
            }
        }
    }
}

/// Something that can be done from anywhere.
struct ConsoleAction: Sendable, Equatable {
    let title: Phrase
    let address: String
    let needs: Action
}

extension ConsoleAction {
    static let all: [ConsoleAction] =
        ConsolePlace.allCases.map {
            ConsoleAction(title: say("Go to \($0.title)"), address: $0.address, needs: $0.action)
        }
        + [
            ConsoleAction(title: say("Add a new member"), address: Site.newMemberAddress, needs: .editMember),
            ConsoleAction(title: say("Import a spreadsheet"), address: "/console/imports/new", needs: .importMembers),
            ConsoleAction(
                title: say("Add an event"),
                address: "\(ConsolePlace.events.address)/new",
                needs: .recordParticipation
            ),
            ConsoleAction(
                title: say("Merge two records that are one member"),
                address: "/console/merge",
                needs: .mergeMembers
            ),
            ConsoleAction(title: say("Undo an action on many members"), address: "/console/bulk", needs: .readMembers),
            ConsoleAction(
                title: say("Ask a body for a decision"),
                address: "/console/decisions/new",
                needs: .openDecision
            ),
            ConsoleAction(
                title: say("Enter an application that came by letter"),
                address: ConsoleJoining.newApplication,
                needs: .handleApplications
            ),
            ConsoleAction(title: say("Write the invoices of a year"), address: ConsoleDues.plan, needs: .issueDues),
            ConsoleAction(title: say("Find an invoice"), address: ConsoleDues.invoices, needs: .readDues),
            ConsoleAction(title: say("Enter a payment"), address: ConsoleDues.newPayment, needs: .recordPayments),
            ConsoleAction(
                title: say("Bring in a bank's statement"),
                address: ConsoleDues.newStatement,
                needs: .recordPayments
            ),
            ConsoleAction(
                title: say("Say what money that came in is for"),
                address: ConsoleDues.queue,
                needs: .readPayments
            ),
            ConsoleAction(title: say("Enter a figure for fees"), address: ConsoleDues.newFigure, needs: .enterDues),
            ConsoleAction(
                title: say("Compare the fees of two years"),
                address: ConsoleDues.comparison,
                needs: .readDues
            ),
            ConsoleAction(
                title: say("See members by standing"),
                address: ConsoleStanding.members,
                needs: .readStanding
            ),
            ConsoleAction(
                title: say("Rank members by points"),
                address: ConsoleStanding.ranking,
                needs: .readStanding
            ),
            ConsoleAction(title: say("Invite a person"), address: "/console/people/invite", needs: .readPeople),
            ConsoleAction(title: say("See who may do what"), address: "/console/rights", needs: .readPeople),
            ConsoleAction(title: say("Change your account"), address: "/account", needs: .readMembers),
        ]
}

/// The actions whose words begin with what was typed, for whom may do them.
private func consoleActions(_ room: Room, fitting text: String) -> [ConsoleAction] {
    let typed = text.lowercased().split(separator: " ")
    return ConsoleAction.all.filter { action in
        guard room.mayAnywhere(action.needs) else { return false }
        let words = room.site.speech.text(action.title).lowercased().split(separator: " ")
        return typed.allSatisfy { part in words.contains { $0.hasPrefix(part) } }
    }
}

private func findGroups(_ h: HTMLWriter, _ room: Room, _ finds: Finds, _ actions: [ConsoleAction]) {
    let words = room.site.words
    findGroup(h, say("Members"), finds.members) { row in
        h.a(.href("/console/members/\(row.key)"), .data("find"), text: row.name)
        let place = row.country.map { room.site.countries.name($0) } ?? ""
        h.span(
            .class("also"),
            text: [words.category(row.category), place].filter { !$0.isEmpty }.joined(separator: ", ")
        )
    }
    findGroup(h, say("People"), finds.people) { person in
        h.a(.href("/console/people/\(person.id)"), .data("find"), text: person.name)
        h.span(.class("also"), text: person.email)
    }
    findGroup(h, say("Actions"), actions) { action in
        h.a(.href(action.address), .data("find"), text: action.title)
    }
}

private func findGroup<Item>(_ h: HTMLWriter, _ title: Phrase, _ items: [Item], row: (Item) -> Void) {
    guard !items.isEmpty else { return }
    h.section(.class("find-group")) {
        h.h2(title)
        h.ul(.class("rows plain-rows")) {
            for item in items { h.li(.data("row")) { h.div { row(item) } } }
        }
    }
}
