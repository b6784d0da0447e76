import Charter
import HTML
import Languages
import Membership

/// What the list shows, in a sentence: "160 local governments in Europe on 31 December 2021".
struct MembersSummary {
    private let model: MembersPage
    private let count: Phrase

    init(_ model: MembersPage) {
        self.model = model
        count = Self.count(model)
    }

    var plain: Phrase { sentence(on: count) }

    func write(_ h: HTMLWriter) {
        h.sentence(sentence(on: Phrase(.part(0))), { h.b(count) })
    }

    /// Each filter says itself around what is counted, so that a language can put it before or behind.
    private func sentence(on count: Phrase) -> Phrase {
        let address = model.address
        var found = count
        if let search = address.search {
            found = model.found.total == 0 ? say("\(found) found for “\(search)”") : say("\(found) for “\(search)”")
        }
        if let country = address.country {
            found = say("\(found) in \(model.countries.name(country))")
        } else if let region = address.region {
            found = say("\(found) in \(model.words.region(region))")
        }
        if let tag = address.tag { found = say("\(found) with the tag \(tag)") }
        switch address.standing {
        case .onRoll: break
        case .any: found = say("\(found) in any standing, former ones included,")
        case .only(let status): found = say("\(found) with the status “\(model.words.status(status))”")
        }
        return address.day.map { say("\(found) on \($0, .long)") } ?? say("\(found) today")
    }

    private static func count(_ model: MembersPage) -> Phrase {
        let total = model.found.total
        if model.found.isTotalOpen { return say("More than \(total) members") }
        if total == 0 { return say("No member") }
        if let category = model.address.category { return model.words.counted(total, category: category) }
        return say(total, one: "\(total) member", other: "\(total) members")
    }
}
