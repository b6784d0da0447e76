import Charter
import HTML
import Membership

/// What the list shows, in a sentence: "160 local governments in Europe on 31 December 2021".
struct MembersSummary {
    private let strong: String
    private let rest: String

    init(_ model: MembersPage) {
        let address = model.address
        let words = model.words
        strong = Self.count(model)
        var rest = ""
        if let search = address.search {
            rest += model.found.total == 0 ? " found for “\(search)”" : " for “\(search)”"
        }
        if let country = address.country {
            rest += " in \(model.countries.name(country))"
        } else if let region = address.region {
            rest += " in \(words.region(region))"
        }
        if let tag = address.tag { rest += " with the tag \(tag)" }
        switch address.standing {
        case .onRoll: break
        case .any: rest += " in any standing, former ones included,"
        case .only(let status): rest += " with the status “\(words.status(status))”"
        }
        rest += address.day.map { " on \($0.long)" } ?? " today"
        self.rest = rest
    }

    var plain: String { strong + rest }

    func write(_ h: HTMLWriter) {
        h.b(strong)
        h.text(rest)
    }

    private static func count(_ model: MembersPage) -> String {
        let total = model.found.total
        if model.found.isTotalOpen { return "More than \(grouped(total)) members" }
        if total == 0 { return "No member" }
        if let category = model.address.category { return model.words.counted(total, category: category) }
        return "\(grouped(total)) \(total == 1 ? "member" : "members")"
    }
}
