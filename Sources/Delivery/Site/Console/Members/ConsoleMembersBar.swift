import Access
import HTML
import Languages
import Membership

/// The views as tabs: everybody, then those that are kept.
func viewTabs(_ h: HTMLWriter, _ model: ConsoleMembersPage) {
    guard !model.views.isEmpty else { return }
    h.nav(.class("tabs"), .aria(.label, say("Views"))) {
        let isEverybody = model.address.view == nil && !model.address.roll.isNarrowed
        h.a(.href(ConsoleMembersAddress.path), .when(isEverybody, .aria(.current, "page")), text: say("On the roll"))
        for view in model.views {
            let owner = view.isOwn ? nil : view.ownerName
            h.a(
                .href(viewAddress(view)),
                .when(model.address.view == view.id, .aria(.current, "page")),
                .when(owner != nil, .aria(.label, say("\(view.name), shared by \(owner ?? "")"))),
                text: view.name
            )
        }
    }
}

/// Where a view leads: what it keeps, and that it is this view.
private func viewAddress(_ view: SavedView) -> String {
    let columns = view.columns.filter { MemberColumn(rawValue: $0) != nil }
    let standard = MemberColumn.standard.map(\.rawValue)
    let parts = [
        view.query, columns == standard || columns.isEmpty ? "" : "cols=\(columns.joined(separator: ","))",
        "view=\(view.id)",
    ]
    return ConsoleMembersAddress.path + "?" + parts.filter { !$0.isEmpty }.joined(separator: "&")
}

/// Search, filters and columns: one form, whose state is the address.
func consoleFilters(_ h: HTMLWriter, _ model: ConsoleMembersPage) {
    let roll = model.address.roll
    h.form(
        .class("filters"),
        .action(ConsoleMembersAddress.path),
        .method(.get),
        .role(.search),
        .aria(.label, say("Members"))
    ) {
        h.div(.class("field-row")) {
            h.div {
                h.label(.for("q"), text: say("Search by any name"))
                h.input(
                    .type(.search),
                    .id("q"),
                    .name("q"),
                    .value(roll.search ?? ""),
                    .autocomplete("off"),
                    .spellcheck(false)
                )
            }
            h.button(.class("button primary"), text: say("Show"))
        }
        h.div(.class("filter-grid")) { membersFilters(h, model.choices) }
        if roll.order != .name || roll.isDescending {
            h.input(.type(.hidden), .name("sort"), .value((roll.isDescending ? "-" : "") + roll.order.rawValue))
        }
        h.details {
            h.summary { h.text(say("Columns")) }
            h.div(.class("column-choice")) {
                for column in MemberColumn.allCases {
                    h.checkBox(
                        "cols",
                        value: column.rawValue,
                        label: column.label,
                        isChecked: model.address.columns.contains(column)
                    )
                }
            }
        }
    }
}

/// What was just done to many members, with the way back.
func bulkNotice(_ h: HTMLWriter, _ room: Room, _ done: BulkAction) {
    h.div(.class("notice done"), .role(.status)) {
        h.p(bulkSentence(done))
        if done.undoneAt == nil { undoButton(h, room, done) }
    }
}

/// "The tag “harbour” was added to 12 members."
func bulkSentence(_ action: BulkAction) -> Phrase {
    let (count, detail) = (action.members, action.detail)
    let sentence =
        switch action.kind {
        case "tag":
            say(
                count,
                one: "The tag “\(detail)” was added to \(count) member.",
                other: "The tag “\(detail)” was added to \(count) members."
            )
        case "untag":
            say(
                count,
                one: "The tag “\(detail)” was taken from \(count) member.",
                other: "The tag “\(detail)” was taken from \(count) members."
            )
        default:
            say(
                count,
                one: "“\(detail)” was written to the people of \(count) member.",
                other: "“\(detail)” was written to the people of \(count) members."
            )
        }
    guard action.undoneAt != nil else { return sentence }
    let since = action.kind == "mail" ? say("What had not left was stopped.") : say("It was undone.")
    return .joined([sentence, since], by: " ")
}

func undoButton(_ h: HTMLWriter, _ room: Room, _ action: BulkAction) {
    let isMail = action.kind == "mail"
    guard room.may(isMail ? .mailMembers : .tagMember) else { return }
    room.form(h, isMail ? "/console/bulk/stop-mail" : "/console/bulk/undo", .class("plain")) {
        h.input(.type(.hidden), .name("action"), .value(action.id))
        h.button(.class("button small"), .type(.submit)) {
            h.text(isMail ? say("Stop what has not left") : say("Undo"))
            h.span(.class("hidden-text"), text: .verbatim(": ") + bulkSentence(action))
        }
    }
}

/// Keeping this state of the list as a view, and deleting the view that is shown.
func viewForms(_ h: HTMLWriter, _ room: Room, _ model: ConsoleMembersPage) {
    guard room.may(.saveView) else { return }
    let current = model.views.first { $0.id == model.address.view && $0.isOwn }
    h.details(.class("view-forms")) {
        h.summary { h.text(current == nil ? say("Keep this list as a view") : say("Change or delete this view")) }
        room.form(h, "/console/views") {
            h.input(.type(.hidden), .name("list"), .value(listQuery(model.address)))
            h.textField(
                "name",
                label: say("Name of the view"),
                value: current?.name ?? "",
                help: say("Its filters, order and columns are kept; the members are looked up anew each time."),
                .required(),
                .maxlength(60)
            )
            h.checkBox("shared", label: say("For everybody in the secretariat"), isChecked: current?.isShared ?? false)
            h.div(.class("form-end")) { h.button(.class("button"), .type(.submit), text: say("Keep the view")) }
        }
        if let current {
            room.form(h, "/console/views/delete") {
                h.input(.type(.hidden), .name("view"), .value(current.id))
                h.div(.class("form-end")) {
                    h.button(.class("button danger"), .type(.submit), text: say("Delete the view “\(current.name)”"))
                }
            }
        }
    }
}

/// The state of the list as a hidden field carries it.
func listQuery(_ address: ConsoleMembersAddress) -> String {
    String(address.address("").dropFirst())
}
