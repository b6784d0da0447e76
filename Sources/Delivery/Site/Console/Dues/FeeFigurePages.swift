import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web

/// What the list of figures asks for, as its address says it.
struct FeeFigureAddress: Sendable, Equatable {
    /// The key of one member.
    var member: String?
    /// The code of one country.
    var country: String?
    /// Also what was corrected or withdrawn.
    var isAll = false
    var page = 1

    init(member: String? = nil) { self.member = member }

    init(_ query: QueryParameters) throws(RequestProblem) {
        member = try query.string("member")
        country = try query.string("country")
        isAll = try query.string("all") == "1"
        page = try query.int("page", in: 1...100_000, default: 1)
    }

    func with(_ change: (inout FeeFigureAddress) -> Void) -> String {
        var changed = self
        change(&changed)
        return changed.text
    }

    var text: String {
        let parts: [String?] = [
            member.map { "member=\(queryEscaped($0))" }, country.map { "country=\(queryEscaped($0))" },
            isAll ? "all=1" : nil, page == 1 ? nil : "page=\(page)",
        ]
        let query = parts.compactMap(\.self).joined(separator: "&")
        return ConsoleDues.figures + (query.isEmpty ? "" : "?" + query)
    }
}

extension Site {
    /// The figures that fees go by and no report has.
    static func addFeeFigures(to rooms: RoomRoutes) {
        rooms.get(ConsoleDues.figures, .may(.readDues)) { room in
            try await figureList(room, FeeFigureAddress(room.query()), .none)
        }
        rooms.get(ConsoleDues.newFigure, .may(.enterDues)) { room in
            let query = try room.query()
            let draft = FeeInputDraft(
                member: try query.string("member") ?? "",
                country: try query.string("country") ?? "",
                measure: try query.string("measure") ?? ""
            )
            return feeFigureForm(room, draft, kind: "", .none)
        }
        rooms.post(ConsoleDues.newFigure, .may(.enterDues)) { try await enterFigure($0) }
        rooms.post("\(ConsoleDues.figures)/withdraw", .may(.enterDues)) { room in
            let id = room.form["input"]
            let form = NamedForm("withdraw-\(id)")
            return try await room.trying(form) {
                try await room.run(WithdrawFeeInput(id, grounds: form.sent("grounds", in: room.form)))
                return room.redirect(to: ConsoleDues.figures, notice: say("Withdrawn. It counts for no fee any more."))
            } again: {
                try await figureList(room, FeeFigureAddress(), $0)
            }
        }
        addFeeFigureFiles(to: rooms)
    }

    private static func enterFigure(_ room: Room) async throws -> Response {
        let form = room.form
        let isKind = form["measure"] == FeeInput.kindMeasure
        let draft = FeeInputDraft(
            member: form["member"],
            country: form["country"],
            measure: form["measure"],
            value: isKind ? form["kind"] : form["value"],
            asOf: form["as_of"],
            source: form.exact("source"),
            locator: form.exact("locator"),
            note: form.exact("note"),
            isInvented: form.has("invented")
        )
        return try await room.trying {
            let command = EnterFeeInput(draft, charter: room.site.charter, countries: room.site.countries.words)
            _ = try await room.run(command)
            return room.redirect(to: ConsoleDues.figures, notice: say("Entered. Fees go by it from now on."))
        } again: { trouble in
            // What is wrong with a kind stands at its own box.
            let fields = trouble.problems.fields.map { field in
                isKind && field.name == "value" ? InvalidInput.Field("kind", field.message) : field
            }
            let told = FormSetback(problems: FormProblems(fields: fields), refusal: trouble.refusal)
            return feeFigureForm(room, draft, kind: form["kind"], told)
        }
    }
}

private func figureList(_ room: Room, _ address: FeeFigureAddress, _ trouble: FormSetback) async throws -> Response {
    let found = try await room.ask(
        FeeInputs(member: address.member, country: address.country, all: address.isAll, page: address.page)
    )
    let words = FigureWords(room.site.charter)
    return room.duesPage(.figures, status: trouble.status) { h in
        h.p(
            .class("lede"),
            text: say(
                "What fees go by beside the reports: employees, GDP per capita, the kind of a member. A correction is "
                    + "another entry; the old one stays."
            )
        )
        h.trouble(trouble)
        if room.may(.enterDues) {
            h.div(.class("actions")) {
                h.a(.class("button primary"), .href(ConsoleDues.newFigure), text: say("Enter a figure"))
                h.a(.class("button"), .href(ConsoleDues.figuresFile), text: say("Bring in a file"))
            }
        }
        h.nav(.class("tabs"), .aria(.label, say("Which of them"))) {
            h.a(
                .href(address.with { ($0.isAll, $0.page) = (false, 1) }),
                .when(!address.isAll, .aria(.current, "page")),
                text: say("That count", context: "figures")
            )
            h.a(
                .href(address.with { ($0.isAll, $0.page) = (true, 1) }),
                .when(address.isAll, .aria(.current, "page")),
                text: say("All, with what was corrected or withdrawn", context: "figures")
            )
        }
        if address.member != nil || address.country != nil {
            h.p { h.a(.href(ConsoleDues.figures), text: say("Everybody's")) }
        }
        guard !found.inputs.isEmpty else {
            return h.p(.class("quiet"), text: say("There is none."))
        }
        h.ul(.class("rows dated told")) {
            for input in found.inputs { figureRow(h, room, input, words, trouble) }
        }
        h.pages(PageSpan(page: address.page, size: FeeInputs.pageSize, total: found.total, isOpen: false)) { page in
            address.with { $0.page = page }
        }
    }
}

private func figureRow(
    _ h: HTMLWriter,
    _ room: Room,
    _ input: FeeInput,
    _ words: FigureWords,
    _ trouble: FormSetback
) {
    h.li(.data("row")) {
        h.div {
            switch input.subject {
            case .member(_, let key, let name): h.a(.href(memberAddress(key, "dues")), text: name)
            case .country(let code): h.b(room.site.countries.name(code))
            }
            if input.isInvented {
                h.text(" ")
                h.madeUpTag()
            }
            h.span(.class("also")) {
                h.text(figureName(input.measure, words))
                h.text(": ")
                h.b(figureValue(input, words))
            }
            h.span(.class("also"), text: input.origin)
            if let note = input.note { h.span(.class("also")) { h.record(note) } }
            if case .withdrawn(let reason) = input.state { h.span(.class("also")) { h.record(reason) } }
            if room.may(.enterDues), input.state == .inForce { withdrawForm(h, room, input, trouble) }
        }
        h.div(.class("who"), text: input.state.words)
        h.div(.class("age")) { h.day(of: input.enteredAt) }
        h.div(.class("next"))
    }
}

/// What a figure is of, as people read it.
private func figureName(_ key: String, _ words: FigureWords) -> Phrase {
    if key == FeeInput.kindMeasure { return say("kind of member") }
    return words.measures.first { $0.key == key }.map { .name($0.name) } ?? .verbatim(key)
}

private func figureValue(_ input: FeeInput, _ words: FigureWords) -> Phrase {
    switch input.content {
    case .figure(let value): .decimal(value)
    case .kind(let key): words.kinds.first { $0.key == key }.map { .name($0.name) } ?? .verbatim(key)
    }
}

/// Folded, with a box of its own for each figure.
private func withdrawForm(_ h: HTMLWriter, _ room: Room, _ input: FeeInput, _ trouble: FormSetback) {
    let form = NamedForm("withdraw-\(input.id)")
    h.details(.when(room.form.has(form.field("grounds")), .open())) {
        h.summary(say("Withdraw it"))
        room.form(h, "\(ConsoleDues.figures)/withdraw") {
            h.hiddenField("input", input.id)
            h.textField(
                form.field("grounds"),
                label: say("Grounds"),
                value: form.sent("grounds", in: room.form),
                problems: trouble.problems,
                .maxlength(1000)
            )
            h.div(.class("form-end")) { h.button(.class("button danger"), .type(.submit), text: say("Withdraw it")) }
        }
    }
}
