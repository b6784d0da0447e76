import Access
import Charter
import HTML
import Hummingbird
import Identity
import Joining
import Languages
import Web

/// The application while its applicant may change it: one form, so that every button keeps all that was typed.
struct ApplicantFormPage {
    let applicant: Applicant
    let trouble: ApplicantTrouble

    var room: Room { applicant.room }
    var record: ApplicationRecord { applicant.record }
    var application: Application { applicant.application }
    /// The rules of today; `nil` before the charter's first version.
    var version: CharterVersion? { room.site.charter.version(on: room.today) }

    func response() -> Response {
        let title = Phrase.verbatim(application.title)
        return room.doorPage(title, status: trouble.status, isWide: true, scripts: ["join.js"]) { h in
            h.p(.class("lede"), text: lede)
            h.refused(trouble.refusal)
            if let done = trouble.done { h.div(.class("notice done"), .role(.status)) { h.p(done) } }
            h.problems(trouble.problems, lead: trouble.lead)
            if !trouble.conflicts.isEmpty { conflictNotice(h) }
            form(h)
            h.applicationFees(applicant)
            aboutLink(h)
        }
    }

    private var lede: Phrase {
        let category = room.site.words.category(application.category)
        return application.state == .asked
            ? say("Application \(application.reference), \(category). The secretariat has asked you something.")
            : say("Application \(application.reference), \(category). It is not sent yet.")
    }

    private func conflictNotice(_ h: HTMLWriter) {
        let fields = ApplicationField.allCases.filter { trouble.conflicts[$0] != nil }.map(\.label)
        h.div(.class("notice caution"), .role(.alert), .tabindex(-1), .id("conflict"), .data("focus")) {
            h.p(
                say(
                    "On another device something was changed while you were typing: \(Phrase.list(fields)). Choose there which of the two shall stand, then save again. Everything else is saved."
                )
            )
        }
    }

    private func form(_ h: HTMLWriter) {
        let speech = room.site.speech
        room.uploadForm(
            h,
            JoiningLetters.Path.application,
            .id("application"),
            .class("applicant"),
            .data("save", application.reference),
            .data("saved", speech.text(say("Saved."))),
            .data("failed", speech.text(say("Not saved: the network does not answer. It is tried again."))),
            .data("refused", speech.text(say("Not saved. Press Save to see why."))),
            .data("differs", speech.text(say("Saved but for what was changed on another device: choose there.")))
        ) {
            h.hidden(JoiningLetters.Path.key, applicant.secret.text)
            // First in the form, so that Enter in any box saves and does nothing else.
            h.div(.class("save-bar")) {
                h.button(
                    .class("button"),
                    .type(.submit),
                    .name(ApplicantForm.Name.then),
                    .value("save"),
                    text: say("Save")
                )
                h.p(.class("quiet"), .role(.status), .aria(.live, "polite"), .data("state"))
            }
            if application.state == .asked { questions(h) }
            known(h)
            let boxes = ApplicantBoxes(h: h, page: self)
            boxes.organization()
            boxes.people()
            boxes.why()
            ApplicantDocuments(h: h, page: self).write()
            end(h)
            ApplicantBoxes.conflictTemplate(h)
        }
    }

    /// What was asked and answered, and the box for an answer.
    private func questions(_ h: HTMLWriter) {
        h.section(.aria(.labelledby, "questions")) {
            h.h2(.id("questions"), text: say("Questions"))
            let thread = record.steps.filter { [.asked, .answered].contains($0.kind) }
            h.applicationSteps(thread, applicant)
            h.textArea(
                ApplicantForm.Name.words,
                label: say("Your answer"),
                value: trouble.words,
                help: say("You can change what stands below as well, and add documents, before you send the answer."),
                problems: trouble.problems,
                .maxlength(4000)
            )
            h.div(.class("form-end")) { button(h, "answer", say("Send the answer")) }
        }
    }

    /// Members on record that may be the applicant: also those that were looked at, so that a slip can be taken back.
    private func known(_ h: HTMLWriter) {
        let chosen = application.memberID
        let isOpen = record.known.contains { !$0.isAnother && $0.memberID != chosen }
        // The one that was chosen can be chosen again where others came since, to say that they are others.
        let rows = isOpen ? record.known : record.known.filter { $0.memberID != chosen }
        guard chosen != nil || !rows.isEmpty else { return }
        h.section(.id("field-member"), .aria(.labelledby, "field-same_as")) {
            h.h2(.id("field-same_as"), text: say("Is this you?"))
            for sentence in knownWords(isOpen: isOpen) { h.p(sentence) }
            if !rows.isEmpty {
                h.ul(.class("rows plain-rows")) { for known in rows { knownRow(h, known) } }
            }
            if let message = trouble.problems.message("same_as") ?? trouble.problems.message("member") {
                h.p(.class("error"), text: message)
            }
            guard chosen != nil || isOpen else { return }
            h.div(.class("form-end")) {
                same(h, ApplicantForm.Name.nobody, isOpen ? say("None of these is us") : say("No, that is not us"))
            }
        }
    }

    private func knownWords(isOpen: Bool) -> [Phrase] {
        guard let chosen = application.memberID else {
            return [
                say(
                    "The records have what may be you, under this name or another. If it is you, say so: admission then continues that membership, with its history."
                )
            ]
        }
        let name = record.known.first { $0.memberID == chosen }?.name ?? application.title
        let said = say("You are on record as \(name). Admission then continues that membership, with its history.")
        guard isOpen else { return [said] }
        return [said, say("The records have others that may be you. Say again which of these you are.")]
    }

    private func knownRow(_ h: HTMLWriter, _ known: KnownApplicant) {
        let words = room.site.words
        h.li {
            h.div {
                h.a(.href("/members/\(known.key)"), text: known.name)
                let since = Day(known.since).map { say("\(words.status(known.standing)) since \($0)") }
                let facts = [
                    known.country.map { Phrase.verbatim(room.site.countries.name($0)) },
                    Phrase.verbatim(words.category(known.category)), since, known.because,
                ]
                h.span(.class("also"), text: Phrase.joined(facts.compactMap(\.self), by: " · "))
                if known.isAnother { h.span(.class("also"), text: say("Noted: this is not you.")) }
            }
            h.div(.class("next")) { same(h, known.key, say("This is us"), about: known.name) }
        }
    }

    private func same(_ h: HTMLWriter, _ key: String, _ words: Phrase, about name: String? = nil) {
        h.button(.class("button small"), .type(.submit), .name(ApplicantForm.Name.same), .value(key)) {
            h.text(words)
            if let name { h.span(.class("hidden-text"), text: ": \(name)") }
        }
    }

    /// What is still missing, and the button that sends.
    private func end(_ h: HTMLWriter) {
        h.section(.id("end"), .aria(.labelledby, "send")) {
            h.h2(.id("send"), text: application.state == .asked ? say("Before you answer") : say("Send it"))
            h.div(.class("prose"), .data("missing")) {
                let isWhole = record.problems.isEmpty
                h.p(.data("some"), .hidden(isWhole), text: say("This is needed before it can be decided on:"))
                h.ul {
                    for problem in record.problems {
                        h.li { h.a(.href("#field-\(problem.name)"), text: problem.message) }
                    }
                }
                h.p(.data("none"), .hidden(!isWhole), text: say("Everything that is needed is there."))
            }
            if application.state == .asked {
                h.p(say("Write your answer above; it goes to the secretariat with all that you changed."))
            } else {
                next(h)
                h.div(.class("form-end")) { button(h, "send", say("Send the application")) }
            }
        }
    }

    private func next(_ h: HTMLWriter) {
        guard let admission = version?.membership.admission else { return }
        let body = room.site.words.body(admission.approvedBy)
        h.p {
            h.sentence(
                say(
                    "The secretariat looks whether it is whole, and asks you by mail where something is missing. Then the \(body) decides. \(part: 0)"
                ),
                { h.cited(admission.citation) }
            )
        }
        h.p(membershipBegins(admission.countsFrom))
    }

    private func button(_ h: HTMLWriter, _ deed: String, _ words: Phrase) {
        h.button(
            .class("button primary"),
            .type(.submit),
            .name(ApplicantForm.Name.then),
            .value(deed),
            text: words
        )
    }

    private func aboutLink(_ h: HTMLWriter) {
        h.p(
            .class("quiet"),
            text: say("Whoever has this link can see and change the application. Keep it to yourselves.")
        )
        if let version, let kept = applicationsKept(version) { h.p(.class("quiet"), text: kept) }
        h.p { h.a(.href(applicant.address(Applicant.withdrawPath)), text: say("Withdraw the application")) }
    }
}
