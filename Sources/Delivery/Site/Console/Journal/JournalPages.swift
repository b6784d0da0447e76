import Access
import HTML
import Hummingbird
import Identity
import Journal
import Languages
import Membership
import Web

extension Site {
    static func addJournal(to rooms: RoomRoutes) {
        rooms.get("/console/journal", .may(.readJournal)) { room in
            let address = try JournalAddress(room.query())
            let found = try await room.ask(ReadJournal(address.filter, before: address.before))
            return room.page(RoomPage(title: say("Journal"), place: .console(.journal))) { h in
                journalSearch(h, address)
                journalRows(h, found, address)
            }
        }
        rooms.get("/console/journal/:id", .may(.readJournal)) { room in
            guard let detail = try await room.ask(ReadEntry(id: room.parameter("id"))) else {
                throw RequestProblem.notFound
            }
            let trail = [(ConsolePlace.journal.address, ConsolePlace.journal.title)]
            let title = actionWords(detail.recorded.entry.action)
            return room.page(RoomPage(title: title, place: .console(.journal), trail: trail)) { h in
                entryAccount(h, detail)
                entryChanges(h, detail.changes)
            }
        }
    }
}

private func journalSearch(_ h: HTMLWriter, _ address: JournalAddress) {
    h.p(.class("lede"), text: say("Every change, who made it, when and why. Nothing in it can be altered unnoticed."))
    h.form(.class("filters"), .action("/console/journal"), .method(.get)) {
        h.div(.class("filter-grid four")) {
            searchField(h, "action", say("What happened"), address.filter.action, hint: "role.given")
            searchField(h, "actor", say("Who"), address.filter.actor, hint: "person:…")
            searchField(h, "from", say("From"), address.filter.from, type: .date)
            searchField(h, "through", say("Through"), address.filter.through, type: .date)
        }
        if let subject = address.filter.subject {
            h.input(.type(.hidden), .name("about"), .value("\(subject.kind):\(subject.id)"))
        }
        h.div(.class("actions")) {
            h.button(.class("button"), .type(.submit), text: say("Search"))
            if address.isNarrowed { h.a(.href("/console/journal"), text: say("Show all")) }
        }
    }
}

private func searchField(
    _ h: HTMLWriter,
    _ name: String,
    _ label: Phrase,
    _ value: String?,
    hint: String = "",
    type: FieldType = .text
) {
    h.div {
        h.label(.for("search-\(name)"), text: label)
        h.input(
            .id("search-\(name)"),
            .name(name),
            .type(type),
            .value(value ?? ""),
            .when(!hint.isEmpty, .placeholder(hint)),
            .autocomplete("off")
        )
    }
}

private func journalRows(_ h: HTMLWriter, _ found: JournalPage, _ address: JournalAddress) {
    guard !found.entries.isEmpty else {
        h.div(.class("empty")) {
            h.h2(address.isNarrowed ? say("Nothing fits") : say("Nothing has happened yet"))
            h.p(address.isNarrowed ? say("Search for less, or show all.") : say("Each change will stand here."))
        }
        return
    }
    h.ul(.class("rows dated")) {
        for recorded in found.entries { journalRow(h, recorded, found.names) }
    }
    if let next = found.next {
        h.nav(.class("pages"), .aria(.label, say("Pages"))) {
            h.a(.href(address.address(before: next)), .rel("next"), text: say("Older entries"))
        }
    }
}

private func journalRow(_ h: HTMLWriter, _ recorded: RecordedEntry, _ names: SubjectNames) {
    let entry = recorded.entry
    h.li(.data("row")) {
        h.div {
            h.a(.href("/console/journal/\(entry.id)"), text: actionWords(entry.action))
            if let member = names.members[entry.subject.id] {
                h.text(" · ")
                h.a(.href("/console/members/\(member.key)"), text: member.name)
            } else if let person = names.people[entry.subject.id] {
                h.text(" · ")
                h.text(Phrase.person(person))
            }
            if let reason = entry.reason { h.span(.class("also"), text: .record(reason)) }
        }
        h.div(.class("who"), text: names.actor(entry.actor))
        h.div(.class("age")) { h.instant(entry.recordedAt) }
        h.div(.class("next")) {
            if entry.subject.kind == "member" || entry.subject.kind == "person" {
                h.a(
                    .href("/console/journal?about=\(entry.subject.kind):\(entry.subject.id)"),
                    .aria(.label, say("Its story from entry \(entry.id)")),
                    text: say("Its story")
                )
            } else if entry.subject.kind == "circular" {
                h.a(
                    .href("\(Site.decisionsAddress)/\(entry.subject.id)"),
                    .aria(.label, say("The decision of entry \(entry.id)")),
                    text: say("The decision")
                )
            } else if let address = ConsoleJoining.of(entry.subject.kind, entry.subject.id)
                ?? ConsoleDues.of(entry.subject.kind, entry.subject.id)
            {
                h.a(.href(address), .aria(.label, say("What entry \(entry.id) is about")), text: say("Look"))
            }
        }
    }
}

private func entryAccount(_ h: HTMLWriter, _ detail: JournalDetail) {
    let entry = detail.recorded.entry
    h.dl(.class("facts")) {
        h.fact(say("When")) { h.instant(entry.recordedAt) }
        h.fact(say("Who")) { h.text(detail.names.actor(entry.actor)) }
        h.fact(say("About")) {
            if let member = detail.names.members[entry.subject.id] {
                h.a(.href("/console/members/\(member.key)"), text: member.name)
            } else if let person = detail.names.people[entry.subject.id] {
                h.a(.href("/console/people/\(entry.subject.id)"), text: .person(person))
            } else {
                h.text("\(entry.subject.kind) \(entry.subject.id)")
            }
        }
        if let rule = entry.rule { h.fact(say("Rule")) { h.text(rule) } }
        if let reason = entry.reason { h.fact(say("Why")) { h.record(reason) } }
        h.fact(say("Place in the log")) {
            if let position = detail.recorded.position {
                h.text(say("\(position), sealed."))
                h.text(" ")
                h.span(.class("also")) {
                    h.sentence(
                        say("Prove it to somebody outside: \(part: 0)"),
                        { h.code("hansa journal proof \(entry.id)") }
                    )
                }
            } else {
                h.text(say("Waits for its seal, which comes within moments."))
            }
        }
    }
}

private func entryChanges(_ h: HTMLWriter, _ changes: [FieldChange]) {
    guard !changes.isEmpty else { return }
    h.h2(say("What changed"))
    h.table {
        h.thead {
            h.tr {
                h.th(.scope(.col), text: say("Field"))
                h.th(.scope(.col), text: say("Before"))
                h.th(.scope(.col), text: say("After"))
            }
        }
        h.tbody {
            for change in changes {
                h.tr {
                    h.th(.scope(.row), text: fieldWords(change.field))
                    h.td { shown(h, change.before, .class("old")) }
                    h.td { shown(h, change.after, .class("new")) }
                }
            }
        }
    }
}

private func shown(_ h: HTMLWriter, _ value: FieldChange.Shown?, _ style: Attribute) {
    switch value {
    case .text(let text) where !text.isEmpty: h.span(style, text: .record(text))
    case .withheld: h.span(.class("quiet"), text: say("erased"))
    default: h.span(.class("quiet"), text: "—")
    }
}
