import Access
import Dues
import HTML
import Languages
import Web

/// What of a payment goes where: the rows of a form, as many as somebody asked for.
struct ShareRows: Sendable {
    /// More than one payment is ever shared out over.
    static let most = 50

    /// The form that the fields belong to; nil where it is the only one of its page.
    let form: NamedForm?
    /// Those in which something was typed; their places are the numbers by which problems name them.
    let filled: [ShareDraft]
    /// How many rows are shown.
    let shown: Int

    init(_ filled: [ShareDraft], in form: NamedForm? = nil) {
        self.form = form
        self.filled = filled
        shown = max(filled.count, 1)
    }

    /// As they were sent. A row in which nothing was typed is none.
    init(_ values: FormValues, in form: NamedForm? = nil) {
        func value(_ field: String, _ number: Int) -> String { values[Self.name(field, number, form)] }
        let count = min(max(Int(values[Self.name("shares", form)]) ?? 1, 1), Self.most)
        let drafts = (1...count).map { number in
            ShareDraft(
                member: value("member", number),
                invoice: value("invoice", number),
                amount: value("amount", number),
                charge: value("charge", number),
                settles: value("settles", number),
                isCredit: values.has(Self.name("credit", number, form))
            )
        }
        self.form = form
        filled = drafts.filter { $0 != ShareDraft() }
        let more = values.has(Self.name("more", form)) ? 1 : 0
        shown = min(max(filled.count, 1) + more, Self.most)
    }

    /// Whether the form was sent only to have one more row.
    static func asksForMore(_ values: FormValues, in form: NamedForm? = nil) -> Bool {
        values.has(name("more", form))
    }

    private static func name(_ field: String, _ form: NamedForm?) -> String { form?.field(field) ?? field }
    private static func name(_ field: String, _ number: Int, _ form: NamedForm?) -> String {
        name("\(field)-\(number)", form)
    }

    private func name(_ field: String, _ number: Int) -> String { Self.name(field, number, form) }

    func write(_ h: HTMLWriter, _ problems: FormProblems) {
        h.hiddenField(Self.name("shares", form), String(shown))
        for number in 1...shown {
            let draft = number <= filled.count ? filled[number - 1] : ShareDraft()
            h.fieldset(.class("sub-fields")) {
                h.legend(shown == 1 ? say("What it is for", context: "a payment") : say("Share \(number)"))
                row(h, draft, number, problems)
            }
        }
    }

    /// Beside the button that sends the form.
    func moreButton(_ h: HTMLWriter) {
        guard shown < Self.most else { return }
        h.button(
            .class("button"),
            .type(.submit),
            .name(Self.name("more", form)),
            .value("1"),
            text: say("One more share")
        )
    }

    private func row(_ h: HTMLWriter, _ draft: ShareDraft, _ number: Int, _ problems: FormProblems) {
        h.div(.class("field-pair")) {
            h.textField(
                name("invoice", number),
                label: say("Invoice"),
                value: draft.invoice,
                help: say("Its number or reference. Empty: over all that the member owes, the earliest due first."),
                problems: problems,
                .autocomplete("off")
            )
            h.textField(
                name("member", number),
                label: say("Member"),
                value: draft.member,
                help: say("Any of its names. Not needed beside an invoice."),
                problems: problems,
                .autocomplete("off")
            )
        }
        h.textField(
            name("amount", number),
            label: say("Amount of this share"),
            value: draft.amount,
            help: say("Empty: what the other shares leave."),
            problems: problems,
            .inputmode(.decimal)
        )
        h.checkBox(
            name("credit", number),
            label: say("Keep it as the member's credit balance, whatever it owes"),
            isChecked: draft.isCredit
        )
        let isOpen = !draft.charge.isEmpty || !draft.settles.isEmpty
        h.details(.when(isOpen || isWrong(number, problems), .open())) {
            h.summary(say("What the bank took, other currencies"))
            h.div(.class("field-pair")) {
                h.textField(
                    name("charge", number),
                    label: say("What the bank took on the way"),
                    value: draft.charge,
                    help: say("In the invoice's currency, where the association bears it."),
                    problems: problems,
                    .inputmode(.decimal)
                )
                h.textField(
                    name("settles", number),
                    label: say("What of the invoice it settles"),
                    value: draft.settles,
                    help: say("In the invoice's currency. Empty: what the day's rate makes of it."),
                    problems: problems,
                    .inputmode(.decimal)
                )
            }
        }
    }

    private func isWrong(_ number: Int, _ problems: FormProblems) -> Bool {
        problems.message(name("charge", number)) != nil || problems.message(name("settles", number)) != nil
    }
}
