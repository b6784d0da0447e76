import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web

/// The form for one figure; what is wrong with it stands at its boxes.
func feeFigureForm(_ room: Room, _ draft: FeeInputDraft, kind: String, _ trouble: FormSetback) -> Response {
    let problems = trouble.problems
    let words = FigureWords(room.site.charter)
    return room.page(DuesTab.figures.page(say("Enter a figure for fees")), status: trouble.status) { h in
        h.trouble(trouble)
        room.form(h, ConsoleDues.newFigure) {
            h.div(.class("field-pair")) {
                h.textField(
                    "member",
                    label: say("Member"),
                    value: draft.member,
                    help: say("Its key or any of its names."),
                    problems: problems,
                    .autocomplete("off")
                )
                h.textField(
                    "country",
                    label: say("or country", context: "in place of a member"),
                    value: draft.country,
                    help: say("For GDP per capita, which counts for all its members."),
                    problems: problems,
                    .autocomplete("off")
                )
            }
            h.choice(
                "measure",
                label: say("What the figure is about"),
                value: draft.measure,
                options: [(value: "", text: say("Choose"))]
                    + words.measures.map { (value: $0.key, text: Phrase.name($0.name)) }
                    + (words.kinds.isEmpty
                        ? [] : [(value: FeeInput.kindMeasure, text: say("kind of member"))]),
                problems: problems
            )
            values(h, draft, kind, words, problems)
            origin(h, draft, problems)
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Enter it"))
                h.a(.class("button"), .href(ConsoleDues.figures), text: say("Cancel"))
            }
        }
    }
}

private func values(
    _ h: HTMLWriter,
    _ draft: FeeInputDraft,
    _ kind: String,
    _ words: FigureWords,
    _ problems: FormProblems
) {
    h.div(.class("field-pair")) {
        h.textField(
            "value",
            label: say("Value"),
            value: draft.measure == FeeInput.kindMeasure ? "" : draft.value,
            help: say("A number."),
            problems: problems,
            .inputmode(.decimal),
            .autocomplete("off")
        )
        if !words.kinds.isEmpty {
            h.choice(
                "kind",
                label: say("or kind", context: "in place of a number"),
                value: kind,
                options: [(value: "", text: say("Choose"))]
                    + words.kinds.map { (value: $0.key, text: Phrase.name($0.name)) },
                problems: problems
            )
        }
    }
    h.textField(
        "as_of",
        label: say("As of"),
        value: draft.asOf,
        help: say("A day, a month or a year, as in 2022-12-31, 2022-12 or 2022."),
        problems: problems,
        .maxlength(10),
        .autocomplete("off")
    )
}

private func origin(_ h: HTMLWriter, _ draft: FeeInputDraft, _ problems: FormProblems) {
    h.div(.class("field-pair")) {
        h.textField(
            "source",
            label: say("Source"),
            value: draft.source,
            help: say("A report, a letter, a web page."),
            problems: problems,
            .maxlength(200)
        )
        h.textField(
            "locator",
            label: say("Where in the source"),
            value: draft.locator,
            problems: problems,
            .maxlength(300)
        )
    }
    h.textArea("note", label: say("Note"), value: draft.note, rows: 2, problems: problems, .maxlength(1000))
    h.div(.class("field")) {
        h.checkBox(
            "invented",
            label: say("It is made up, as an example: what rests on it says so"),
            isChecked: draft.isInvented
        )
    }
}

/// What the charter's schedules go by, in any of its versions.
struct FigureWords {
    let measures: [Charter.Measure]
    /// The kinds of every category, each once.
    let kinds: [Charter.MemberKind]

    init(_ charter: Charter) {
        let known = FeeMeasures(charter)
        var seen: Set<String> = []
        measures = known.measures
        let categories = charter.versions.flatMap(\.categories).map(\.key).filter { seen.insert($0).inserted }
        var kept: Set<String> = []
        kinds = categories.flatMap { known.kinds(of: $0) }.filter { kept.insert($0.key).inserted }
    }
}
