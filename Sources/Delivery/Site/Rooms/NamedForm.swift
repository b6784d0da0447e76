import Access
import HTML
import Languages
import Web

/// One of several forms of a page. Its fields bear its name before theirs, so that each label and each problem leads to
/// a box of its own.
struct NamedForm: Sendable {
    let name: String

    init(_ name: String) { self.name = name }

    /// The field's name on the page.
    func field(_ field: String) -> String { "\(name)-\(field)" }

    /// What was sent, as it was typed.
    func sent(_ field: String, in form: FormValues) -> String { form.exact(self.field(field)) }

    /// What is wrong with this form, by the names of its fields on the page.
    func problems(_ input: InvalidInput) -> FormProblems {
        FormProblems(fields: input.fields.map { .init(field($0.name), $0.message) })
    }
}

extension HTMLWriter {
    /// A box that must be checked to go on, with what it says.
    func confirmation(_ name: String, label text: Phrase, isChecked: Bool, problems: FormProblems) {
        let message = problems.message(name)
        div(.class(message == nil ? "field" : "field wrong")) {
            checkBox(
                name,
                label: text,
                isChecked: isChecked,
                .id("field-\(name)"),
                .required(),
                .when(message != nil, .aria(.invalid, "true")),
                .when(message != nil, .aria(.describedby, "error-\(name)"))
            )
            if let message { p(.class("error"), .id("error-\(name)"), text: message) }
        }
    }
}
