import Charter
import Files
import HTML
import Joining
import Languages

/// The documents of an application: what is asked for, what is there, and the way to add and remove.
struct ApplicantDocuments {
    let h: HTMLWriter
    let page: ApplicantFormPage

    private var record: ApplicationRecord { page.record }
    private var wanted: [Charter.WantedDocument] {
        page.version?.membership.admission.documents(for: page.application.category) ?? []
    }

    func write() {
        h.section(.id("field-documents"), .aria(.labelledby, "documents")) {
            h.h2(.id("documents"), text: say("Documents"))
            h.p(.class("quiet"), text: say("Only the secretariat sees them."))
            if let message = page.trouble.problems.message("documents") { h.p(.class("error"), text: message) }
            for document in wanted { block(document) }
            others()
            h.div(.class("form-end")) {
                h.button(
                    .class("button"),
                    .type(.submit),
                    .name(ApplicantForm.Name.then),
                    .value("save"),
                    text: say("Upload what is chosen")
                )
            }
        }
    }

    private func block(_ document: Charter.WantedDocument) {
        let label = Phrase.name(document.name)
        let there = record.documents.filter { $0.key == document.key }
        h.div(.class("document")) {
            field(document.key, document.isRequired && there.isEmpty ? say("\(label) (needed)") : label)
            h.p(.class("note")) {
                if let note = document.note {
                    h.ruled(note)
                    h.text(" ")
                }
                h.cited(document.citation)
            }
            list(there)
        }
    }

    /// What nobody asked for, and what was added for another category.
    private func others() {
        let keys = Set(wanted.map(\.key))
        h.div(.class("document")) {
            let label = wanted.isEmpty ? say("Document (if you like)") : say("Another document (if you like)")
            field(ApplicationDocument.other, label)
            list(record.documents.filter { !keys.contains($0.key) })
        }
    }

    private func field(_ key: String, _ label: Phrase) {
        h.documentField(ApplicantForm.Name.document(key), label: label, problems: page.trouble.problems)
    }

    private func list(_ documents: [ApplicationDocument]) {
        guard !documents.isEmpty else { return }
        h.ul(.class("rows plain-rows")) {
            for document in documents {
                h.li {
                    h.div { h.applicationDocument(document, page.applicant) }
                    h.div(.class("next")) {
                        h.button(
                            .class("link-button danger"),
                            .type(.submit),
                            .name(ApplicantForm.Name.remove),
                            .value(document.use.id)
                        ) {
                            h.text(say("Remove"))
                            h.span(.class("hidden-text"), text: ": \(document.use.name)")
                        }
                    }
                }
            }
        }
    }
}
