import Charter
import HTML
import Languages
import Membership

/// A filter that is set, with the state of the list without it.
struct MemberChip: Equatable {
    let text: Phrase
    let without: MembersAddress

    /// In the order of the form.
    static func all(_ model: MembersPage) -> [MemberChip] {
        let address = model.address
        let words = model.words
        var chips: [MemberChip] = []
        func add(_ text: Phrase?, _ change: (inout MembersAddress) -> Void) {
            guard let text else { return }
            chips.append(MemberChip(text: text, without: address.with(change)))
        }
        add(address.search.map { .verbatim("“\($0)”") }) { $0.search = nil }
        add(address.category.map { .verbatim(words.categories($0)) }) { $0.category = nil }
        add(address.region.map { .verbatim(words.region($0)) }) { $0.region = nil }
        add(address.country.map { .verbatim(model.countries.name($0)) }) { $0.country = nil }
        switch address.standing {
        case .onRoll: break
        case .any: add(say("Any status")) { $0.standing = .onRoll }
        case .only(let status): add(.verbatim(words.status(status))) { $0.standing = .onRoll }
        }
        add(address.tag.map { say("Tag: \($0)") }) { $0.tag = nil }
        add(address.day.map { say("On \($0)") }) { $0.day = nil }
        return chips
    }
}

/// The filters that are set, each a link that takes it away.
func memberChips(_ h: HTMLWriter, _ model: MembersPage) {
    let chips = MemberChip.all(model)
    guard !chips.isEmpty else { return }
    h.ul(.class("chips")) {
        for chip in chips {
            h.li {
                h.a(
                    .class("chip"),
                    .href(chip.without.address()),
                    .aria(.label, say("Remove filter: \(chip.text)")),
                    text: chip.text
                )
            }
        }
        if chips.count > 1 { h.li { h.a(.href("/members"), text: say("Remove all")) } }
    }
}
