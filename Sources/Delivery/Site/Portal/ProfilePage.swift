import HTML
import Hummingbird
import Languages
import Membership

/// The profile as everybody sees it, with the way to change each part.
func profilePage(_ room: Room, _ profile: OwnProfile.Answer) throws -> Response {
    let content = profile.content
    let key = profile.member.key
    func change(_ part: ProfilePart) -> String? { profile.mayEdit ? part.address(key) : nil }
    return try room.portalPage(say("Profile"), .profile) { h in
        h.p(.class("lede")) {
            h.sentence(
                say(
                    "What you show of yourselves. Everybody sees it on \(part: 0), "
                        + "but for the contacts that are for the network only."
                ),
                { h.a(.href("/members/\(key)"), text: say("your public page")) }
            )
        }
        part(
            h,
            "description",
            say("Description"),
            say("Change description"),
            content.texts.isEmpty ? change(.description) : nil,
            isEmpty: content.texts.isEmpty
        ) {
            for text in content.texts { describedIn(h, text, profile.mayEdit ? key : nil) }
            if profile.mayEdit {
                h.p(.class("more")) {
                    h.a(
                        .href("\(ProfilePart.description.address(key))#languages"),
                        text: say("Write in another language")
                    )
                }
            }
        }
        part(
            h,
            "contacts",
            say("Contacts"),
            say("Change contacts"),
            change(.contacts),
            isEmpty: content.contacts.isEmpty
        ) {
            contactList(h, content.contacts, showsReach: true)
        }
        part(
            h,
            "website",
            say("Web site"),
            say("Change web site"),
            change(.website),
            isEmpty: content.website == nil
        ) {
            if let website = content.website { h.p { h.a(.href(website), .rel(outsideRel), text: website) } }
        }
        part(h, "tags", say("Tags"), say("Change tags"), change(.tags), isEmpty: content.tags.isEmpty) {
            h.div(.class("tags")) { for tag in content.tags { h.span(.class("tag"), .untranslated, text: tag) } }
        }
        part(h, "logo", say("Logo"), say("Change logo"), change(.logo), isEmpty: content.logo == nil) {
            if let logo = content.logo { h.picture(logo, .class("logo")) }
        }
        part(h, "photos", say("Photos"), say("Change photos"), change(.photos), isEmpty: content.photos.isEmpty) {
            photoGallery(h, content.photos)
        }
    }
}

private func part(
    _ h: HTMLWriter,
    _ id: String,
    _ title: Phrase,
    _ label: Phrase,
    _ change: String?,
    isEmpty: Bool,
    content: () -> Void
) {
    h.section(.aria(.labelledby, id)) {
        h.div(.class("section-head")) {
            h.h2(.id(id), text: title)
            if let change {
                h.a(.class("more"), .href(change), .aria(.label, label), text: say("Change"))
            }
        }
        if isEmpty { h.p(.class("quiet"), text: say("Nothing yet.")) } else { content() }
    }
}

private func describedIn(_ h: HTMLWriter, _ text: ProfileText, _ key: String?) {
    h.div(.class("described")) {
        h.p(.class("quiet")) {
            h.text(languageName(text.language))
            if let key {
                h.text(" · ")
                h.a(
                    .href("\(ProfilePart.description.address(key))?language=\(text.language)"),
                    .aria(.label, say("Change the description in \(languageName(text.language))")),
                    text: say("Change")
                )
            }
        }
        h.ownWords(text)
    }
}

/// What links that members entered say of themselves: this site vouches for none of them.
let outsideRel = "external nofollow noopener ugc"

extension HTMLWriter {
    /// What a member wrote of itself: plain text in its own language and direction, never markup.
    func ownWords(_ text: ProfileText) {
        div(.class("prose own-words"), .lang(text.language), .dir(.auto)) {
            for paragraph in text.paragraphs {
                p {
                    for (index, line) in paragraph.split(separator: "\n").enumerated() {
                        if index > 0 { br() }
                        self.text(String(line))
                    }
                }
            }
        }
    }

    /// A picture of a profile, from this site's own store.
    func picture(_ picture: ProfilePicture, _ more: Attribute...) {
        img(
            [
                .src(picture.address), .alt(picture.alt), .width(Double(picture.width)),
                .height(Double(picture.height)), .loading(.lazy),
            ]
                + more
        )
    }
}

/// Ways to reach a member. A value becomes a link only where it is an address that may be one.
func contactList(_ h: HTMLWriter, _ contacts: [Contact], showsReach: Bool) {
    h.dl(.class("facts")) {
        for contact in contacts {
            h.fact(contact.label.isEmpty ? contact.kind.name : .verbatim(contact.label)) {
                switch contact.kind {
                case .email: h.a(.href("mailto:\(contact.value)"), text: contact.value)
                case .web, .social: h.a(.href(contact.value), .rel(outsideRel), text: contact.value)
                case .phone, .address:
                    for (index, line) in contact.value.split(separator: "\n").enumerated() {
                        if index > 0 { h.br() }
                        h.text(String(line))
                    }
                }
                if showsReach, !contact.isPublic { h.span(.class("also"), text: say("for the network only")) }
            }
        }
    }
}

func photoGallery(_ h: HTMLWriter, _ photos: [ProfilePicture]) {
    h.div(.class("gallery")) {
        for photo in photos {
            h.figure {
                h.picture(photo)
                if !photo.caption.isEmpty { h.figcaption(photo.caption) }
            }
        }
    }
}
