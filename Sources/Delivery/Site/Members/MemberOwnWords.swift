import HTML
import Languages
import Membership

/// What the member shows of itself: its words, photos and contacts. Nothing of it is the association's record, so it says
/// whose words they are.
func memberOwnWords(_ h: HTMLWriter, _ model: MemberPage) {
    let own = model.own
    guard !own.texts.isEmpty || !own.photos.isEmpty || !own.contacts.isEmpty else { return }
    h.section(.aria(.labelledby, "own-words")) {
        h.h2(.id("own-words"), text: say("In its own words"))
        let first = shownFirst(own.texts, h.speech.language)
        if let first { h.ownWords(first) }
        for text in own.texts where text != first {
            h.details {
                h.summary(say("In \(languageName(text.language))"))
                h.ownWords(text)
            }
        }
        if !own.photos.isEmpty { photoGallery(h, own.photos) }
        if !own.contacts.isEmpty {
            h.h3(say("Contact"))
            contactList(h, own.contacts, showsReach: false)
        }
    }
}

/// In the page's language where there is one, else in English, else in whichever comes first.
private func shownFirst(_ texts: [ProfileText], _ language: Language) -> ProfileText? {
    func text(_ tag: String) -> ProfileText? {
        texts.first { $0.language == tag || $0.language.hasPrefix(tag + "-") }
    }
    return text(language.rawValue) ?? text(Language.source.rawValue) ?? texts.first
}
