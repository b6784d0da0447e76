import Access
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import Web

extension Site {
    /// The parts of a profile that are text, each on a page of its own.
    static func addProfile(to rooms: RoomRoutes) {
        rooms.get("/portal/:key/profile", .inMember(.readPortal)) { room in
            try profilePage(room, await room.ask(OwnProfile(member: room.itsMember.id)))
        }
        addDescription(to: rooms)
        rooms.get("/portal/:key/profile/contacts", .inMember(.editProfile)) { room in
            let content = try await room.profile()
            let form = ContactsForm(contacts: content.contacts, seen: Contact.mark(content.contacts))
            return try contactsPage(room, form, .none)
        }
        rooms.post("/portal/:key/profile/contacts", .inMember(.editProfile)) { room in
            let form = ContactsForm(room.form)
            let command = EditContacts(member: try room.itsMember.id, contacts: form.contacts, seen: form.seen)
            return try await room.save(command, notice: say("The contacts are saved.")) {
                try contactsPage(room, form, $0)
            }
        }
        rooms.get("/portal/:key/profile/website", .inMember(.editProfile)) { room in
            let website = try await room.profile().website
            return try websitePage(room, website ?? "", WebsiteField.mark(website), .none)
        }
        rooms.post("/portal/:key/profile/website", .inMember(.editProfile)) { room in
            let website = room.form["website"]
            let seen = PartMark(room.form["seen"])
            let command = EditWebsite(member: try room.itsMember.id, website: website, seen: seen)
            return try await room.save(command, notice: say("The web site's address is saved.")) {
                try websitePage(room, website, seen, $0)
            }
        }
        rooms.get("/portal/:key/profile/tags", .inMember(.editProfile)) { room in
            let tags = try await room.profile().tags
            return try tagsPage(room, tags.joined(separator: ", "), Tags.mark(tags), .none)
        }
        rooms.post("/portal/:key/profile/tags", .inMember(.editProfile)) { room in
            let typed = room.form["tags"]
            let tags = typed.split { $0 == "," || $0 == ";" || $0.isNewline }.map(String.init)
            let seen = PartMark(room.form["seen"])
            let command = EditTags(member: try room.itsMember.id, tags: tags, seen: seen)
            return try await room.save(command, notice: say("The tags are saved.")) {
                try tagsPage(room, typed, seen, $0)
            }
        }
    }

    private static func addDescription(to rooms: RoomRoutes) {
        rooms.get("/portal/:key/profile/description", .inMember(.editProfile)) { room in
            let content = try await room.profile()
            let wanted = try room.query().string("language", maximumCharacters: 35)
            guard let tag = LanguageTag(wanted ?? content.texts.first?.language ?? "en") else {
                throw InvalidInput("language", say("This is no language. Choose one of the list."))
            }
            let text = content.texts.first { $0.language == tag.text }
            let form = DescriptionForm(
                language: tag.text,
                text: text?.text ?? "",
                seen: text?.mark ?? ProfileText.unwritten
            )
            return try descriptionPage(room, form, content.texts.map(\.language), .none)
        }
        rooms.post("/portal/:key/profile/description", .inMember(.editProfile)) { room in
            let form = DescriptionForm(
                language: room.form["language"],
                text: room.form.exact("text"),
                seen: PartMark(room.form["seen"])
            )
            let command = EditDescription(
                member: try room.itsMember.id,
                language: form.language,
                text: form.text,
                seen: form.seen
            )
            let languages = try await room.profile().texts.map(\.language)
            return try await room.save(command, notice: say("The description is saved.")) {
                try descriptionPage(room, form, languages, $0)
            }
        }
    }
}

/// Why a change was not taken, for the page that shows its form again with what was typed.
struct FormTrouble: Sendable {
    var problems = FormProblems.none
    var conflict: ProfileConflict?

    static let none = FormTrouble()

    var status: HTTPResponse.Status {
        if conflict != nil { return .conflict }
        return problems.isEmpty ? .ok : .unprocessableContent
    }

    /// The mark that the form carries: of what its reader sees beside it.
    func mark(_ seen: PartMark) -> PartMark { conflict?.mark ?? seen }
}

extension Room {
    /// The member's profile.
    func profile() async throws -> MemberSelf { try await ask(OwnProfile(member: itsMember.id)).content }

    /// Saves a part of the profile and goes back to it; a change that is not taken comes `again` as a form.
    func save<C: Command>(
        _ command: C,
        notice: Phrase,
        back: String = "",
        again: (FormTrouble) throws -> Response
    ) async throws -> Response {
        do {
            _ = try await run(command)
            return redirect(to: try portal(.profile, back), notice: notice)
        } catch let input as InvalidInput {
            return try again(FormTrouble(problems: FormProblems(input)))
        } catch ProfileRefusal.changedMeanwhile(let conflict) {
            return try again(FormTrouble(conflict: conflict))
        }
    }
}
