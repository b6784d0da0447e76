import Access
import Charter
import Dues
import HTML
import Languages
import Web

/// What a representative typed to ask for relief, in one of the forms of the page.
struct MemberReliefForm: Sendable {
    /// The rows for instalments that the form has at least; each answer to a mistake has as many as are needed.
    static let rows = 12

    let kind: ReliefKind
    let draft: ReliefDraft

    /// As it is shown at first.
    init(_ kind: ReliefKind, year: Int) {
        self.kind = kind
        draft = ReliefDraft(kind, fromYear: String(year), words: "")
    }

    /// As it was sent. Rows for instalments that were left empty are none.
    init(_ kind: ReliefKind, _ form: FormValues) {
        let own = Self.form(kind)
        func sent(_ field: String) -> String { form[own.field(field)] }
        self.kind = kind
        let instalments = (1...ReliefDraft.mostRows).map { number in
            ReliefDraft.Instalment(dueOn: sent("day-\(number)"), amount: sent("amount-\(number)"))
        }
        draft = ReliefDraft(
            kind,
            fromYear: sent("from_year"),
            toYear: sent("to_year"),
            percent: sent("percent"),
            amount: sent("amount"),
            instalments: instalments.filter { !$0.dueOn.isEmpty || !$0.amount.isEmpty },
            ends: sent("ends"),
            words: form.exact(own.field("words"))
        )
    }

    static func form(_ kind: ReliefKind) -> NamedForm { NamedForm(kind.rawValue) }
}

extension ReliefDraft {
    /// More rows than any form of the site has.
    fileprivate static let mostRows = 60
}

/// Writes one of the forms.
struct ReliefFields {
    let h: HTMLWriter
    let typed: MemberReliefForm
    let inForce: [ReliefRequest]
    let problems: FormProblems
    let today: Day

    private var form: NamedForm { MemberReliefForm.form(typed.kind) }
    private var draft: ReliefDraft { typed.draft }

    func write() {
        switch typed.kind {
        case .ending: ending()
        case .remission: years()
        case .reduction:
            years()
            number("percent", say("Lower by this percentage"), draft.percent, help: say("Or give an amount below."))
            amount(say("Or lower by this amount"), help: say("In the currency of the fee, for each year."))
        case .commutation:
            years()
            amount(say("What you can pay in its place"), help: say("In the currency of the fee, for each year."))
        case .plan:
            years()
            instalments()
        }
        h.textArea(
            form.field("words"),
            label: say("Why, in your words"),
            value: draft.words,
            help: say("The body that decides reads it."),
            problems: problems,
            .maxlength(4000)
        )
        h.documentField(
            form.field("document"),
            label: say("Letter or other document (if you like)"),
            problems: problems
        )
    }

    private func years() {
        h.div(.class("field-pair")) {
            number("from_year", say("First year of dues"), draft.fromYear)
            number("to_year", say("Last year"), draft.toYear, help: say("Empty for one year alone."))
        }
    }

    private func number(_ name: String, _ label: Phrase, _ value: String, help: Phrase? = nil) {
        h.textField(
            form.field(name),
            label: label,
            value: value,
            help: help,
            problems: problems,
            .inputmode(.numeric),
            .maxlength(10),
            .autocomplete("off")
        )
    }

    private func amount(_ label: Phrase, help: Phrase) {
        h.textField(
            form.field("amount"),
            label: label,
            value: draft.amount,
            help: help,
            problems: problems,
            .inputmode(.decimal),
            .maxlength(20),
            .autocomplete("off")
        )
    }

    private func instalments() {
        h.fieldset(.id("field-\(form.field("instalments"))")) {
            h.legend { h.text(say("The instalments, in the order of their days")) }
            if let message = problems.message(form.field("instalments")) { h.p(.class("error"), text: message) }
            h.p(
                .class("help"),
                text: say("Together they make up what is owed of these years. Leave empty what you do not need.")
            )
            for number in 1...max(MemberReliefForm.rows, draft.instalments.count) {
                instalment(number, number <= draft.instalments.count ? draft.instalments[number - 1] : nil)
            }
        }
    }

    private func instalment(_ number: Int, _ typed: ReliefDraft.Instalment?) {
        h.div(.class("field-pair")) {
            h.textField(
                form.field("day-\(number)"),
                label: say("Day of instalment \(number)"),
                value: typed?.dueOn ?? "",
                type: .date,
                problems: problems,
                .min(today.description)
            )
            h.textField(
                form.field("amount-\(number)"),
                label: say("Amount of instalment \(number)"),
                value: typed?.amount ?? "",
                problems: problems,
                .inputmode(.decimal),
                .maxlength(20),
                .autocomplete("off")
            )
        }
    }

    private func ending() {
        h.choice(
            form.field("ends"),
            label: say("Which relief ends"),
            value: draft.ends,
            options: inForce.map { (value: $0.reference, text: say("\($0.reference): \($0.termsWords)")) },
            problems: problems
        )
        number("from_year", say("First year without it"), draft.fromYear)
    }
}
