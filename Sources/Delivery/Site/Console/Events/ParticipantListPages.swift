import Access
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import Standing
import Web

extension Site {
    /// A spreadsheet of who took part in an event: read, looked at row by row, brought in.
    static func addParticipantLists(to rooms: RoomRoutes) {
        let path = "\(ConsolePlace.events.address)/:id/file"
        rooms.get(path, .may(.recordParticipation)) { try await fileForm($0, .none) }
        rooms.post(path, .may(.recordParticipation), largestBody: ReadParticipants.largestBytes + (64 << 10)) {
            try await readFile($0)
        }
        rooms.get("\(path)/:list", .may(.recordParticipation)) { room in
            listPage(room, try await room.ask(room.participantsPlan()), .none)
        }
        rooms.post("\(path)/:list/rows", .may(.recordParticipation)) { try await settleRows($0) }
        rooms.post("\(path)/:list/apply", .may(.recordParticipation)) { try await bringIn($0) }
        rooms.post("\(path)/:list/drop", .may(.recordParticipation)) { room in
            try await room.run(DropParticipants(list: room.parameter("list")))
            return room.redirect(
                to: eventAddress(try room.parameter("id")),
                notice: say("The list is forgotten. Nothing of it was written.")
            )
        }
    }

    private static func fileForm(_ room: Room, _ problems: FormProblems) async throws -> Response {
        let event = try await room.ask(OneEvent(room.parameter("id"))).event
        let trail = eventTrail + [(address: eventAddress(event.key), name: .verbatim(event.name))]
        let page = RoomPage(title: say("Bring in a list"), place: .console(.events), trail: trail)
        return room.page(page, status: problems.isEmpty ? .ok : .unprocessableContent) { h in
            h.problems(problems)
            h.p(
                .class("lede"),
                text: say(
                    "A spreadsheet with one member a row. Members are found by any of their names; you see what each row "
                        + "would do before anything is written."
                )
            )
            room.uploadForm(h, eventAddress(event.key, "file")) {
                h.field(
                    "file",
                    label: say("File"),
                    help: say("CSV or XLSX, up to 2 MB, 5,000 rows."),
                    problems: problems
                ) { tied in
                    h.input(tied + [.type(.file), .accept(".csv,.tsv,.txt,.xlsx,text/csv"), .required()])
                }
                h.div(.class("field-pair")) {
                    h.choice(
                        "capacity",
                        label: say("Capacity of a row without one"),
                        value: room.form["capacity"],
                        options: EventWords.capacities,
                        problems: problems
                    )
                    h.choice(
                        "mode",
                        label: say("How, where a row does not say"),
                        value: room.form["mode"],
                        options: EventWords.modes,
                        problems: problems
                    )
                }
                h.textField(
                    "name-column",
                    label: say("Heading of the column of members"),
                    value: room.form["name-column"],
                    help: say("Only where it is called neither member, city nor name."),
                    problems: problems,
                    .autocomplete("off")
                )
                h.checkBox(
                    "whole",
                    label: say("Everybody who took part is in the file"),
                    isChecked: room.form.has("whole")
                )
                h.div(.class("form-end")) {
                    h.button(.class("button primary"), .type(.submit), text: say("Read the file"))
                }
            }
        }
    }

    private static func readFile(_ room: Room) async throws -> Response {
        let event = try room.parameter("id")
        guard let file = room.files.first(where: { $0.name == "file" }), !file.bytes.isEmpty else {
            let none = say("No file was chosen, or it is empty. Choose a CSV or XLSX file.")
            return try await fileForm(room, FormProblems(fields: [.init("file", none)]))
        }
        let form = room.form
        do {
            let command = try await ReadParticipants.reading { () throws(ParticipationRefusal) in
                try ReadParticipants(
                    event: event,
                    file: file.fileName,
                    bytes: file.bytes,
                    nameColumn: form.optional("name-column"),
                    capacity: form["capacity"],
                    mode: form["mode"],
                    isWhole: form.has("whole")
                )
            }
            let list = try await room.run(command)
            return room.redirect(to: eventAddress(event, "file", list))
        } catch ParticipationRefusal.unreadable(let why) {
            return try await fileForm(room, FormProblems(fields: [.init("file", why)]))
        } catch let input as InvalidInput { return try await fileForm(room, FormProblems(input)) }
    }

    private static func settleRows(_ room: Room) async throws -> Response {
        let list = try room.parameter("list")
        let plan = try await room.ask(room.participantsPlan())
        var choices: [Int: SettleRows.Choice] = [:]
        for row in plan.rows where room.form.has("choice-\(row.line)") {
            switch room.form["choice-\(row.line)"] {
            case "": choices[row.line] = SettleRows.Choice.none
            case "leave": choices[row.line] = .leaveOut
            case let id: choices[row.line] = .member(id)
            }
        }
        let leaves = room.form.has("leave-unknown")
        try await room.run(SettleRows(list: list, choices, leavesUnknownOut: leaves, rules: room.uploadRules))
        return room.redirect(
            to: eventAddress(plan.event.key, "file", list),
            notice: say("Kept. The rows were compared again.")
        )
    }

    private static func bringIn(_ room: Room) async throws -> Response {
        let list = try room.parameter("list")
        let command = BringInParticipants(
            list: list,
            seen: room.form["seen"],
            grounds: room.form.exact("grounds"),
            rules: room.uploadRules
        )
        do {
            let done = try await room.run(command)
            return room.redirect(
                to: eventAddress(try room.parameter("id")),
                notice: say("Brought in: \(done.added) added, \(done.corrected) corrected.")
            )
        } catch let input as InvalidInput {
            return listPage(room, try await room.ask(room.participantsPlan()), FormProblems(input))
        }
    }
}

extension Room {
    fileprivate func participantsPlan() throws -> ParticipantsPlan {
        ParticipantsPlan(list: try parameter("list"), rules: uploadRules)
    }
}

private func listPage(_ room: Room, _ plan: ParticipantsPlan.Answer, _ problems: FormProblems) -> Response {
    let event = plan.event
    let trail = Site.eventTrail + [(address: eventAddress(event.key), name: .verbatim(event.name))]
    let page = RoomPage(title: .verbatim(plan.list.file), place: .console(.events), trail: trail)
    return room.page(page, status: problems.isEmpty ? .ok : .unprocessableContent) { h in
        h.problems(problems)
        if let at = plan.list.appliedAt {
            h.p(.class("lede")) {
                h.sentence(
                    say("Brought in \(part: 0): \(counted(rows: plan.list.written)) written."),
                    { h.instant(at) }
                )
            }
            return
        }
        h.p(.class("lede"), text: summary(plan))
        decide(h, room, plan, problems)
        rows(h, room, plan)
    }
}

private func summary(_ plan: ParticipantsPlan.Answer) -> Phrase {
    let counts = ParticipantRow.Outcome.allCases.compactMap { outcome -> Phrase? in
        let count = plan.count(outcome)
        return count == 0 ? nil : say("\(count) \(ListWords.outcome(outcome))", context: "how many rows come out so")
    }
    return Phrase.joined(counts, by: " · ")
}

private func decide(_ h: HTMLWriter, _ room: Room, _ plan: ParticipantsPlan.Answer, _ problems: FormProblems) {
    let address = eventAddress(plan.event.key, "file", plan.list.id)
    if plan.changesNothing, !plan.isInTheWay {
        h.p(say("All of it is on record already: nothing would change."))
    } else if plan.isInTheWay {
        h.div(.class("notice caution"), .role(.note)) {
            h.p(
                say("Some rows cannot be taken. Choose their members or leave them out; all rows are written, or none.")
            )
        }
    } else {
        room.form(h, "\(address)/apply") {
            h.hiddenField("seen", plan.mark)
            groundsField(h, room.form.exact("grounds"), problems)
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Write all of it"))
            }
        }
    }
    room.form(h, "\(address)/drop", .class("plain")) {
        h.button(.class("link-button danger"), .type(.submit), text: say("Forget the file"))
    }
}

private func rows(_ h: HTMLWriter, _ room: Room, _ plan: ParticipantsPlan.Answer) {
    let address = eventAddress(plan.event.key, "file", plan.list.id)
    // What needs somebody comes first.
    let shown = plan.rows.filter(\.outcome.isInTheWay) + plan.rows.filter { !$0.outcome.isInTheWay }
    let isOpen = plan.rows.contains { $0.outcome.isInTheWay || $0.outcome == .leftOut }
    room.form(h, "\(address)/rows") {
        h.ul(.class("rows plain-rows")) {
            for row in shown {
                h.li(.data("row")) {
                    h.div { one(h, row) }
                    h.div(.class("age"), text: say("line \(row.line)"))
                }
            }
        }
        guard isOpen else { return }
        if plan.count(.unknown) > 0 {
            h.checkBox("leave-unknown", label: say("Leave out every row that names no member"), isChecked: false)
        }
        h.div(.class("form-end")) { h.button(.class("button"), .type(.submit), text: say("Keep these choices")) }
    }
}

private func one(_ h: HTMLWriter, _ row: ParticipantRow) {
    h.div(.class("what")) {
        if let member = row.member {
            h.a(.href(memberAddress(member.key)), text: member.name)
        } else {
            h.b(row.told.isEmpty ? "–" : row.told)
        }
        h.span(.class("outcome outcome-\(ListWords.style(row.outcome))"), text: ListWords.outcome(row.outcome))
    }
    if let member = row.member, member.name != row.told {
        h.span(.class("also"), text: say("“\(row.told)” in the file, by \(member.because)"))
    }
    let told = [row.beforeWords, row.afterWords].compactMap(\.self)
    if !told.isEmpty { h.span(.class("also"), text: told.joined(separator: " → ")) }
    if let problem = row.problem { h.span(.class("also"), text: problem) }
    guard row.outcome.isInTheWay || row.outcome == .leftOut else { return }
    let name = "choice-\(row.line)"
    h.div(.class("field-row")) {
        h.label(.for("field-\(name)"), .class("hidden-text"), text: say("What becomes of line \(row.line)"))
        h.select(.id("field-\(name)"), .name(name)) {
            h.option(.value(""), text: say("Choose"))
            for candidate in row.candidates {
                h.option(.value(candidate.id), text: "\(candidate.name) (\(candidate.key))")
            }
            h.option(.value("leave"), .selected(row.outcome == .leftOut), text: say("Leave it out"))
        }
    }
}

private enum ListWords {
    static func outcome(_ outcome: ParticipantRow.Outcome) -> Phrase {
        switch outcome {
        case .add: say("would be added", context: "a row")
        case .correct: say("would be corrected", context: "a row")
        case .same: say("on record already", context: "a row")
        case .leftOut: say("left out", context: "a row")
        case .unclear: say("to choose", context: "a row")
        case .unknown: say("no member", context: "a row")
        case .refused: say("refused", context: "a row")
        }
    }

    /// The class by which the rows of other imports are coloured.
    static func style(_ outcome: ParticipantRow.Outcome) -> String {
        switch outcome {
        case .add: "create"
        case .correct: "change"
        case .same, .leftOut: "same"
        case .unclear, .unknown: "ambiguous"
        case .refused: "refused"
        }
    }
}
