import Charter
import HTML
import Languages
import Membership
import Web

/// A member with everything that stands on its page.
struct MemberPage: Sendable {
    var profile: MemberProfile
    var today: Day
    var words: Words
    var charter: Charter
    var countries: Countries
    var nearest: [Neighbour]
    var similar: [RollRow]
    /// What the member shows of itself.
    var own = MemberSelf.empty

    var country: String? { profile.country.map(countries.name) }
    /// The latest step that has come by today; nil for a member without any.
    var status: MemberProfile.StatusEvent? { profile.statuses.last { $0.latest <= today.description } }
    var isOnRoll: Bool { status.map { words.isOnRoll($0.status) } ?? false }
    /// The step with which the present, or else the last, membership began.
    var joined: MemberProfile.StatusEvent? {
        var joined: MemberProfile.StatusEvent?
        var wasOn = false
        for event in profile.statuses where event.latest <= today.description {
            let isOn = words.isOnRoll(event.status)
            if isOn, !wasOn { joined = event }
            wasOn = isOn
        }
        return joined
    }
}

/// No member has this key.
struct NoSuchMember: Error {
    let key: String
}

extension MemberPage {
    static func load(_ key: String, _ context: SiteContext) async throws -> MemberPage {
        guard let profile = try await context.directory.member(key: key) else { throw NoSuchMember(key: key) }
        let today = context.today()
        return MemberPage(
            profile: profile,
            today: today,
            words: context.words(on: today),
            charter: context.charter,
            countries: context.countries,
            nearest: try await context.directory.nearest(to: profile, on: today),
            similar: try await context.directory.similar(to: profile, on: today),
            own: try await context.directory.publicSelf(of: profile.id)
        )
    }
}

/// A member's page: its names, its standing through the years, its people and figures, each fact with its source.
func memberPage(_ model: MemberPage, _ context: SiteContext) -> Page {
    let profile = model.profile
    let title = model.country.map { "\(profile.name), \($0)" } ?? profile.name
    var page = PageFrame(
        title: .verbatim(title),
        description: say("\(profile.name): \(standingSentence(model))"),
        path: "/members/\(profile.key)",
        place: .members,
        linkedData: memberLinkedData(model, context),
        showsMap: profile.latitude != nil
    )
    if profile.isSample { page.robots = "noindex" }
    return frame(page, context) { h in
        h.trail(memberTrail(model))
        h.div(.class("head member-head")) {
            h.div {
                h.h1(.class("display"), text: profile.name)
                h.p(.class("lede")) { memberLede(h, model) }
            }
            if let logo = model.own.logo { h.picture(logo, .class("logo")) }
        }
        memberNotices(h, model)
        h.div(.class("columns aside")) {
            h.div(.class("brief")) {
                memberBrief(h, model)
                if let latitude = profile.latitude, let longitude = profile.longitude {
                    let point = context.world.project(longitude: longitude, latitude: latitude)
                    h.locator(of: profile.name, at: point, world: context.world)
                }
            }
            h.div(.class("account")) {
                memberOwnWords(h, model)
                memberAccount(h, model)
            }
            if !(model.nearest.isEmpty && model.similar.isEmpty) {
                h.div(.class("rest")) { memberNeighbours(h, model) }
            }
        }
    }
}

private func memberTrail(_ model: MemberPage) -> [(address: String, name: Phrase)] {
    var steps = [(address: "/members", name: say("Members"))]
    if let region = model.profile.region { steps.append(("/regions/\(region)", .verbatim(model.words.region(region)))) }
    if let code = model.profile.country, let name = model.country {
        steps.append(("/countries/\(code.lowercased())", .verbatim(name)))
    }
    return steps
}

private func memberLede(_ h: HTMLWriter, _ model: MemberPage) {
    let native = model.profile.names.filter { $0.kind == "name" && $0.language != "en" }.prefix(2)
    for (index, name) in native.enumerated() {
        if index > 0 { h.text(" · ") }
        h.named(name.name, language: name.language)
    }
    if !native.isEmpty { h.text(". ") }
    h.text(standingSentence(model))
    if let description = model.profile.description {
        h.text(" ")
        h.record(description)
    }
}

/// "Local government in Kazakhstan, a member since 2013."
func standingSentence(_ model: MemberPage) -> Phrase {
    let category = model.words.category(model.profile.category)
    let kind = model.country.map { say("\(category) in \($0)") } ?? .verbatim(category)
    guard let joined = model.joined, let status = model.status else {
        return say("\(kind). No day of joining is on record.")
    }
    let range = DayRange(joined.earliest, joined.latest)
    let standing = model.words.inText(model.words.status(status.status))
    guard model.isOnRoll else {
        let left = DayRange(status.earliest, status.latest)
        return say("\(kind), no longer a member: \(standing) \(left.phrase).")
    }
    let isKnown = range.isExact || range.machine != nil
    if status.status == model.words.standard {
        return isKnown
            ? say("\(kind), a member since \(range.label).") : say("\(kind), a member since a day \(range.phrase).")
    }
    return isKnown
        ? say("\(kind), a member since \(range.label), now \(standing).")
        : say("\(kind), a member since a day \(range.phrase), now \(standing).")
}

private func memberNotices(_ h: HTMLWriter, _ model: MemberPage) {
    if model.profile.isSample {
        h.div(.class("notice danger")) {
            h.p {
                h.sentence(
                    say(
                        "\(part: 0) This member is made up, to try the program. "
                            + "It is in no report and in no figure of the association."
                    ),
                    { h.sampleTag() }
                )
            }
        }
    }
    guard !model.isOnRoll, let status = model.status else { return }
    let (name, days) = (model.words.status(status.status), DayRange(status.earliest, status.latest).phrase)
    h.div(.class("notice caution")) {
        h.p {
            h.sentence(
                say("\(part: 0) \(name) \(days). The page keeps what the reports tell of its time as one. \(part: 1)"),
                { h.b(say("No longer a member.")) },
                { h.cited(status.source) }
            )
        }
    }
}
