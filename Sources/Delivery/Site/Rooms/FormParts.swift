import Access
import HTML
import Languages

/// What a form page knows beside its values: what is wrong with them.
struct FormProblems: Sendable {
    let fields: [InvalidInput.Field]

    static let none = FormProblems(fields: [])

    init(fields: [InvalidInput.Field]) { self.fields = fields }
    init(_ input: InvalidInput) { fields = input.fields }

    func message(_ name: String) -> Phrase? { fields.first { $0.name == name }?.message }
    var isEmpty: Bool { fields.isEmpty }
}

extension Room {
    /// A form of this site: it carries the token, and goes by POST.
    func form(_ h: HTMLWriter, _ action: String, _ attributes: Attribute..., content: () -> Void) {
        form(h, action, attributes, content: content)
    }

    private func form(_ h: HTMLWriter, _ action: String, _ attributes: [Attribute], content: () -> Void) {
        h.form(attributes + [.action(action), .method(.post)]) {
            h.input(.type(.hidden), .name("form-token"), .value(formToken))
            content()
        }
    }

    /// The same, for files.
    func uploadForm(_ h: HTMLWriter, _ action: String, _ attributes: Attribute..., content: () -> Void) {
        form(h, action, attributes + [.enctype(.multipart)], content: content)
    }
}

extension HTMLWriter {
    /// What is wrong with a form, on top of it, with the way to each field.
    func problems(
        _ problems: FormProblems,
        lead: Phrase = say("Nothing was saved yet. Please look at:")
    ) {
        guard !problems.isEmpty else { return }
        div(.class("notice danger"), .role(.alert), .tabindex(-1), .id("problems"), .data("focus")) {
            p { b(lead) }
            ul {
                for field in problems.fields {
                    li { a(.href("#field-\(field.name)"), text: field.message) }
                }
            }
        }
    }

    /// A field with its label above, help below and its error in words. `control` gets the attributes that tie them.
    func field(
        _ name: String,
        label text: Phrase,
        help: Phrase? = nil,
        problems: FormProblems = .none,
        control: ([Attribute]) -> Void
    ) {
        let message = problems.message(name)
        div(.class(message == nil ? "field" : "field wrong")) {
            label(.for("field-\(name)"), text: text)
            var tied: [Attribute] = [.id("field-\(name)"), .name(name)]
            var described: [String] = []
            if message != nil { described.append("error-\(name)") }
            if help != nil { described.append("help-\(name)") }
            if !described.isEmpty { tied.append(.aria(.describedby, described.joined(separator: " "))) }
            if message != nil { tied.append(.aria(.invalid, "true")) }
            control(tied)
            if let message { p(.class("error"), .id("error-\(name)"), text: message) }
            if let help { p(.class("help"), .id("help-\(name)"), text: help) }
        }
    }

    /// A field of one line.
    func textField(
        _ name: String,
        label: Phrase,
        value: String,
        type: FieldType = .text,
        help: Phrase? = nil,
        problems: FormProblems = .none,
        _ more: Attribute...
    ) {
        field(name, label: label, help: help, problems: problems) { tied in
            input(tied + [.type(type), .value(value)] + more)
        }
    }

    /// A field of several lines.
    func textArea(
        _ name: String,
        label: Phrase,
        value: String,
        rows: Int = 5,
        help: Phrase? = nil,
        problems: FormProblems = .none,
        _ more: Attribute...
    ) {
        field(name, label: label, help: help, problems: problems) { tied in
            textarea(tied + [.rows(rows)] + more, text: value)
        }
    }

    /// A choice of one.
    func choice(
        _ name: String,
        label: Phrase,
        value: String,
        options: [(value: String, text: Phrase)],
        help: Phrase? = nil,
        problems: FormProblems = .none
    ) {
        field(name, label: label, help: help, problems: problems) { tied in
            select(tied) {
                for choice in options {
                    option(.value(choice.value), .selected(choice.value == value), text: speech.text(choice.text))
                }
            }
        }
    }

    /// A choice of one among names, which are the same in every language.
    func choice(
        _ name: String,
        label: Phrase,
        value: String,
        options: [(value: String, text: String)],
        help: Phrase? = nil,
        problems: FormProblems = .none
    ) {
        let said = options.map { (value: $0.value, text: Phrase.verbatim($0.text)) }
        choice(name, label: label, value: value, options: said, help: help, problems: problems)
    }

    /// A box to check.
    func checkBox(_ name: String, value: String = "on", label text: Phrase, isChecked: Bool, _ more: Attribute...) {
        label(.class("check")) {
            input(more + [.type(.checkbox), .name(name), .value(value), .checked(isChecked)])
            span(text: text)
        }
    }
}
