import HTML
import Hummingbird
import Languages
import Membership
import Web

/// What the form of a description holds.
struct DescriptionForm: Sendable {
    var language: String
    var text: String
    var seen: PartMark
}

func descriptionPage(
    _ room: Room,
    _ form: DescriptionForm,
    _ languages: [String],
    _ trouble: FormTrouble
) throws -> Response {
    let address = try room.portal(.profile, "/description")
    let back = try room.portal(.profile)
    let name = languageName(form.language)
    return try room.portalPage(say("Description in \(name)"), .profile, isBelow: true, status: trouble.status) { h in
        h.partTrouble(trouble)
        room.form(h, address) {
            h.hiddenField("language", form.language)
            h.hiddenField("seen", trouble.mark(form.seen).text)
            h.textArea(
                "text",
                label: say("What you are and work on"),
                value: form.text,
                rows: 12,
                help: say(
                    "Plain text, up to \(EditDescription.longest) signs. An empty line begins a new paragraph. "
                        + "Leave it empty to take this language away."
                ),
                problems: trouble.problems,
                .lang(form.language),
                .dir(.auto),
                .maxlength(EditDescription.longest * 2)
            )
            h.partEnd(back, trouble)
        }
        h.section(.aria(.labelledby, "languages")) {
            h.h2(.id("languages"), text: say("Other languages"))
            h.p(.class("quiet"), text: say("Readers see English first, where there is one, and can open the others."))
            h.form(.class("field-row"), .action(address), .method(.get)) {
                h.div {
                    h.label(.for("language"), text: say("Language"))
                    h.select(.id("language"), .name("language")) {
                        for (code, name) in languageChoices(languages, room.site.speech) {
                            h.option(.value(code), .selected(code == form.language), text: name)
                        }
                    }
                }
                h.button(.class("button"), .type(.submit), text: say("Write in it"))
            }
        }
    }
}

/// Those that are there first, then all by name.
private func languageChoices(_ there: [String], _ speech: Speech) -> [(String, String)] {
    let others = languageNames.filter { !there.contains($0.key) }.map { ($0.key, speech.text($0.value)) }
    return there.map { ($0, speech.text(say("\(languageName($0)) (written)"))) } + others.sorted { $0.1 < $1.1 }
}

/// What the form of the contacts holds: row by row, an empty one stands for none.
struct ContactsForm: Sendable {
    var contacts: [Contact]
    var seen: PartMark

    /// How many empty rows stand below the ones that are there.
    static let spareRows = 2

    init(contacts: [Contact], seen: PartMark) {
        self.contacts = contacts
        self.seen = seen
    }

    init(_ form: FormValues) {
        seen = PartMark(form["seen"])
        // One row more than may be kept, so that too many are told as such.
        contacts = (0...EditContacts.most + Self.spareRows).compactMap { number in
            let value = form["contacts.\(number).value"]
            guard !value.isEmpty, let kind = Contact.Kind(rawValue: form["contacts.\(number).kind"]) else { return nil }
            let label = form["contacts.\(number).label"]
            return Contact(kind, value, label: label, isPublic: form.has("contacts.\(number).public"))
        }
    }
}

func contactsPage(_ room: Room, _ form: ContactsForm, _ trouble: FormTrouble) throws -> Response {
    let address = try room.portal(.profile, "/contacts")
    let back = try room.portal(.profile)
    return try room.portalPage(say("Contacts"), .profile, isBelow: true, status: trouble.status) { h in
        h.p(.class("lede"), text: say("Public contacts are shown to everybody; others only to people signed in here."))
        h.partTrouble(trouble)
        room.form(h, address) {
            h.hiddenField("seen", trouble.mark(form.seen).text)
            let spare = min(ContactsForm.spareRows, max(EditContacts.most - form.contacts.count, 0))
            for (number, contact) in form.contacts.enumerated() {
                contactRow(h, number, contact, trouble, legend: say("Contact \(number + 1)"))
            }
            for number in form.contacts.count..<form.contacts.count + spare {
                contactRow(h, number, Contact(.email, "", isPublic: true), trouble, legend: say("One more contact"))
            }
            h.p(.class("note"), text: say("To remove a contact, empty its field."))
            h.partEnd(back, trouble)
        }
    }
}

private func contactRow(
    _ h: HTMLWriter,
    _ number: Int,
    _ contact: Contact,
    _ trouble: FormTrouble,
    legend: Phrase
) {
    let name = "contacts.\(number)"
    h.fieldset(.class("contact")) {
        h.legend(legend)
        h.div(.class("contact-row")) {
            h.choice(
                "\(name).kind",
                label: say("Kind"),
                value: contact.kind.rawValue,
                options: Contact.Kind.allCases.map { ($0.rawValue, $0.name) }
            )
            h.textArea(
                "\(name).value",
                label: say("Address or number"),
                value: contact.value,
                rows: contact.kind == .address ? 3 : 1,
                problems: trouble.problems,
                .maxlength(800),
                .spellcheck(false)
            )
            h.textField(
                "\(name).label",
                label: say("For whom or what"),
                value: contact.label,
                problems: trouble.problems,
                .maxlength(160)
            )
        }
        h.checkBox("\(name).public", label: say("Public"), isChecked: contact.isPublic)
    }
}

func websitePage(_ room: Room, _ website: String, _ seen: PartMark, _ trouble: FormTrouble) throws -> Response {
    let address = try room.portal(.profile, "/website")
    let back = try room.portal(.profile)
    return try room.portalPage(say("Web site"), .profile, isBelow: true, status: trouble.status) { h in
        h.partTrouble(trouble)
        room.form(h, address) {
            h.hiddenField("seen", trouble.mark(seen).text)
            h.textField(
                "website",
                label: say("Address of your web site"),
                value: website,
                help: say("As in https://www.example.org. Leave it empty to show none."),
                problems: trouble.problems,
                .inputmode(.url),
                .maxlength(300),
                .autocomplete("url")
            )
            h.partEnd(back, trouble)
        }
    }
}

func tagsPage(_ room: Room, _ tags: String, _ seen: PartMark, _ trouble: FormTrouble) throws -> Response {
    let address = try room.portal(.profile, "/tags")
    let back = try room.portal(.profile)
    return try room.portalPage(say("Tags"), .profile, isBelow: true, status: trouble.status) { h in
        h.partTrouble(trouble)
        room.form(h, address) {
            h.hiddenField("seen", trouble.mark(seen).text)
            h.textField(
                "tags",
                label: say("Words by which others shall find you"),
                value: tags,
                help: say("Up to \(EditTags.most), in English, with commas between: smart-mobility, open-data."),
                problems: trouble.problems,
                .maxlength(1000)
            )
            h.partEnd(back, trouble)
        }
    }
}

extension HTMLWriter {
    func hiddenField(_ name: String, _ value: String) { input(.type(.hidden), .name(name), .value(value)) }

    /// What is wrong with a form, or who changed the same part meanwhile and to what.
    func partTrouble(_ trouble: FormTrouble) {
        problems(trouble.problems)
        guard let conflict = trouble.conflict else { return }
        div(.class("notice caution"), .role(.alert), .tabindex(-1), .id("conflict"), .data("focus")) {
            p {
                sentence(
                    conflict.changedAt == nil
                        ? say(
                            "\(part: 0). Nothing of yours is saved yet. "
                                + "Compare the two, then save yours or keep what is there."
                        )
                        : say(
                            "\(part: 0), \(part: 1). Nothing of yours is saved yet. "
                                + "Compare the two, then save yours or keep what is there."
                        ),
                    { self.b(self.changed(by: conflict.changedBy)) },
                    { self.instant(conflict.changedAt ?? "") }
                )
            }
        }
        div(.class("beside")) {
            version(say("What stands there now"), conflict.theirs)
            version(say("What you wrote"), conflict.yours)
        }
    }

    private func changed(by name: Phrase?) -> Phrase {
        name.map { say("\($0) changed this while you were writing") }
            ?? say("Somebody else changed this while you were writing")
    }

    private func version(_ title: Phrase, _ fields: [ProfileConflict.Field]) {
        div {
            h2(title)
            if fields.allSatisfy({ $0.value == .empty }) { p(.class("quiet"), text: say("Nothing.")) }
            for field in fields where field.value != .empty {
                p(.class("quiet"), text: field.name)
                p(.class("kept-lines"), .dir(.auto), text: field.value)
            }
        }
    }

    /// The buttons at the end of a part's form.
    func partEnd(_ back: String, _ trouble: FormTrouble) {
        div(.class("form-end")) {
            button(
                .class("button primary"),
                .type(.submit),
                text: trouble.conflict == nil ? say("Save") : say("Save mine over it")
            )
            a(
                .class("button"),
                .href(back),
                text: trouble.conflict == nil ? say("Cancel") : say("Keep what is there")
            )
        }
    }
}
