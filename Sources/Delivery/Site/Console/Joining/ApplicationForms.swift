import Access
import Charter
import HTML
import Joining
import Languages
import Web

/// What can be done with an application next. Each form is one of `Name`.
struct ApplicationForms {
    enum Name {
        static let ask = NamedForm("ask")
        static let note = NamedForm("note")
        static let recommend = NamedForm("recommend")
        static let takeBack = NamedForm("take-back")
        static let close = NamedForm("close")
        static let attach = NamedForm("attach")
        static let send = NamedForm("send")
        static let erase = NamedForm("erase")
    }

    let h: HTMLWriter
    let room: Room
    let found: ConsoleApplication
    let problems: FormProblems

    private var application: Application { found.application }
    private var state: ApplicationState { application.state }
    private var mayHandle: Bool { room.may(.handleApplications) }

    /// What leads to pages of their own, at the top.
    func actions() {
        let maySay = mayHandle && !state.isOver
        let mayPut = state == .recommended && room.may(.openDecision)
        guard maySay || mayPut else { return }
        h.div(.class("actions")) {
            if mayPut {
                h.a(
                    .class("button primary"),
                    .href(ConsoleJoining.put(AdmissionMatter.kind, application.id)),
                    text: say("Put before the body")
                )
            }
            if maySay {
                h.a(
                    .class("button"),
                    .href(ConsoleJoining.application(application.id, "correct")),
                    text: say("Correct what it says")
                )
            }
        }
    }

    func write() {
        let mayErase = room.may(.erasePerson) && !application.email.isEmpty
        guard (mayHandle && !state.isOver) || mayErase else { return }
        h.section(.aria(.labelledby, "next")) {
            h.h2(.id("next"), text: say("What to do next"))
            if mayHandle, !state.isOver { steps() }
            if mayErase { eraseForm() }
        }
    }

    private func steps() {
        switch state {
        case .draft: sendForm()
        case .submitted:
            askForm()
            recommendForm()
        case .asked:
            askForm()
            sendForm()
        case .recommended: takeBackForm()
        case .put, .admitted, .declined, .closed, .withdrawn: break
        }
        attachForm()
        noteForm()
        if state != .put { closeForm() }
    }

    private func eraseForm() {
        let form = Name.erase
        step(form, say("Erase the contact"), button: say("Erase the contact"), style: "button danger") {
            words(
                form,
                "reason",
                label: say("Reason"),
                help: say(
                    "Name, position, telephone, address and links go for good. Nobody is written to about the application any more."
                ),
                most: 1000
            )
        }
    }

    private func isSent(_ form: NamedForm) -> Bool {
        room.form.fields.contains { $0.name.hasPrefix(form.field("")) }
    }

    /// One form behind its name, open where it was just sent and not taken.
    private func step(
        _ form: NamedForm,
        _ title: Phrase,
        button: Phrase,
        style: String = "button",
        content: () -> Void
    ) {
        h.details(.class("more-forms"), .when(isSent(form), .open())) {
            h.summary(title)
            room.form(h, ConsoleJoining.application(application.id, form.name)) {
                content()
                h.div(.class("form-end")) { h.button(.class(style), .type(.submit), text: button) }
            }
        }
    }

    private func words(
        _ form: NamedForm,
        _ field: String,
        label: Phrase,
        help: Phrase,
        most: Int = 4000
    ) {
        h.textArea(
            form.field(field),
            label: label,
            value: form.sent(field, in: room.form),
            rows: 4,
            help: help,
            problems: problems,
            .maxlength(most)
        )
    }

    private func askForm() {
        let form = Name.ask
        step(form, say("Ask the applicant"), button: say("Ask by mail"), style: "button primary") {
            words(
                form,
                "words",
                label: say("What you ask"),
                help: say("The applicant gets it by mail, with the way to the application, and can change it then.")
            )
            if let message = problems.message(form.field("missing")) {
                h.div(.class("field")) { h.p(.class("error"), text: message) }
            }
            let wanted = wantedDocuments
            guard !wanted.isEmpty else { return }
            let missing = Set(found.record.missing.map(\.key))
            let sent = Set(room.form.all(form.field("missing")))
            h.fieldset(.id("field-\(form.field("missing"))")) {
                h.legend(say("Documents that are missing"))
                for document in wanted {
                    h.checkBox(
                        form.field("missing"),
                        value: document.key,
                        label: .name(document.name),
                        isChecked: isSent(form) ? sent.contains(document.key) : missing.contains(document.key)
                    )
                }
            }
        }
    }

    private var wantedDocuments: [Charter.WantedDocument] {
        let admission = room.site.charter.version(on: room.today)?.membership.admission
        return admission?.documents(for: application.category) ?? []
    }

    private func recommendForm() {
        let form = Name.recommend
        step(form, say("Recommend"), button: say("Recommend"), style: "button primary") {
            let message = problems.message(form.field("for"))
            h.fieldset(.id("field-\(form.field("for"))"), .tabindex(-1)) {
                h.legend(say("What the secretariat recommends to the body"))
                if let message { h.div(.class("field")) { h.p(.class("error"), text: message) } }
                opinion(form, "yes", say("For admission"))
                opinion(form, "no", say("Against admission"))
            }
            words(
                form,
                "words",
                label: say("Why"),
                help: say("The body reads it; the applicant does not. Without it only where you recommend admission."),
                most: 2000
            )
        }
    }

    private func opinion(_ form: NamedForm, _ value: String, _ text: Phrase) {
        let name = form.field("for")
        h.label(.class("check")) {
            h.input(.type(.radio), .name(name), .value(value), .checked(room.form[name] == value), .required())
            h.span(text: text)
        }
    }

    private func takeBackForm() {
        let form = Name.takeBack
        step(form, say("Take the recommendation back"), button: say("Take it back")) {
            words(
                form,
                "reason",
                label: say("Reason"),
                help: say("The applicant does not read it. The application is looked at again."),
                most: 1000
            )
        }
    }

    private func closeForm() {
        let form = Name.close
        step(form, say("Close the application"), button: say("Close it"), style: "button danger") {
            words(
                form,
                "reason",
                label: say("Reason"),
                help: say(
                    "The applicant reads it in a letter. Only the body declines: close what cannot go before it."
                ),
                most: 2000
            )
        }
    }

    private func noteForm() {
        let form = Name.note
        step(form, say("Note something"), button: say("Keep the note")) {
            words(
                form,
                "words",
                label: say("Note"),
                help: say("For the secretariat alone; the applicant never reads it.")
            )
        }
    }

    private func attachForm() {
        let form = Name.attach
        h.details(.class("more-forms"), .when(isSent(form), .open())) {
            h.summary(say("Add a document that came on paper"))
            room.uploadForm(h, ConsoleJoining.application(application.id, form.name)) {
                let wanted = wantedDocuments.map { (value: $0.key, text: Phrase.name($0.name)) }
                h.choice(
                    form.field("key"),
                    label: say("What it is", context: "a document"),
                    value: room.form[form.field("key")],
                    options: wanted + [(value: ApplicationDocument.other, text: say("Another document"))],
                    problems: problems
                )
                h.documentField(form.field("document"), label: say("File"), problems: problems, .required())
                h.div(.class("form-end")) {
                    h.button(.class("button"), .type(.submit), text: say("Add the document"))
                }
            }
        }
    }

    private func sendForm() {
        let form = Name.send
        step(form, say("Send it for the applicant"), button: say("Send it for the applicant")) {
            h.p(
                .id("field-\(form.field("application"))"),
                .class("quiet"),
                text: state == .draft
                    ? say("For an application that came on paper: it counts from the day on which it was received.")
                    : say("For an answer that came on paper. Correct the application and add its documents first.")
            )
            if state == .draft {
                h.textField(
                    form.field("received_on"),
                    label: say("Received on"),
                    value: room.form.optional(form.field("received_on")) ?? application.receivedOn ?? "",
                    type: .date,
                    help: say("Empty: it counts from the day that was entered with it, or else from today."),
                    problems: problems,
                    .max(room.today.description)
                )
            }
            words(
                form,
                "grounds",
                label: say("Grounds"),
                help: say("Why, and where you have it from. The applicant can read it, and the journal keeps it."),
                most: 1000
            )
        }
    }
}
