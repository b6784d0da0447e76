import Access
import Charter
import Decisions
import Dues
import HTML
import Hummingbird
import Languages
import Membership
import Standing

/// The first page of a member's room: what is due, coming and open, how the member stands, and who acts for it.
func portalHomePage(_ room: Room, _ home: PortalHome.Answer) throws -> Response {
    try room.portalPage(.verbatim(home.member.name), .home) { h in
        h.p(.class("lede"), text: standing(home, room.site.words))
        h.div(.class("columns room-home")) {
            h.div {
                section(h, room, home, .due, say("Due"))
                section(h, room, home, .coming, say("Coming"))
                section(h, room, home, .open, say("Open to you"))
                if home.items.isEmpty {
                    h.div(.class("empty")) {
                        h.h2(say("Nothing waits for you"))
                        h.p(say("What is open to you, due and coming will stand here."))
                    }
                }
            }
            h.div {
                profileSteps(h, room, home)
                people(h, room, home)
            }
        }
    }
}

/// "Local government, full member since 1 Mar 2015. President city since 2024."
private func standing(_ home: PortalHome.Answer, _ words: Words) -> Phrase {
    let category = words.category(home.member.category)
    var sentences = [say("\(category).")]
    if let standing = home.standing {
        let range = DayRange(standing.earliest, standing.latest)
        let status = words.inText(words.status(standing.status))
        sentences = [
            range.isExact || range.machine != nil
                ? say("\(category), \(status) since \(range.label).")
                : say("\(category), \(status) since a day \(range.phrase).")
        ]
    }
    for office in home.offices {
        let name = words.office(office.office)
        sentences.append(
            office.to.map { say("\(name) until \(DayRange($0, $0).label).") }
                ?? say("\(name) since \(DayRange(office.from, office.from).label).")
        )
    }
    return .joined(sentences, by: " ")
}

private func section(
    _ h: HTMLWriter,
    _ room: Room,
    _ home: PortalHome.Answer,
    _ which: PortalItem.Section,
    _ title: Phrase
) {
    let items = home.items(which)
    guard !items.isEmpty else { return }
    h.section(.aria(.labelledby, which.rawValue)) {
        h.h2(.id(which.rawValue), text: title)
        h.ul(.class("rows plain-rows")) {
            for item in items {
                h.li {
                    h.div {
                        if let address = address(of: item, home.member.key) {
                            h.a(.href(address), text: item.title)
                        } else {
                            h.text(item.title)
                        }
                        if item.detail != .joined([], by: "") { h.span(.class("also"), text: item.detail) }
                    }
                    h.div(.class("age"), text: item.day.flatMap { Day($0) }.map { dayWords(item, $0) } ?? .empty)
                }
            }
        }
    }
}

private func dayWords(_ item: PortalItem, _ day: Day) -> Phrase {
    // A year stands for a day that is not set yet.
    item.kind == "event" && day.month == 12 && day.day == 31
        ? say("in \(plain: day.year)", context: "a year") : day.short
}

private func address(of item: PortalItem, _ key: String) -> String? {
    switch item.kind {
    case "proposal": PortalPlace.facts.address(key)
    case "role": PortalPlace.people.address(key)
    case "membership-request", "appeal": PortalPlace.membership.address(key)
    case Invoice.subjectKind: MemberDuesPlace.invoice(key, item.id)
    case "fee": MemberDuesPlace.fee(key)
    case ReliefRequest.subjectKind: MemberDuesPlace.relief(key)
    case StandingPortal.kind: PortalPlace.standing.address(key)
    case "decision": "\(DecisionLetters.Path.own)/\(item.id)"
    default: nil
    }
}

private func profileSteps(_ h: HTMLWriter, _ room: Room, _ home: PortalHome.Answer) {
    let done = home.profile.count(where: \.isDone)
    let key = home.member.key
    h.section(.aria(.labelledby, "profile")) {
        h.sectionHead(say("Your profile"), id: "profile", more: (PortalPlace.profile.address(key), say("See it")))
        h.p(
            .class("quiet"),
            text: done == home.profile.count
                ? say("Complete.") : say("\(done) of \(home.profile.count) parts are there.")
        )
        h.ul(.class("steps")) {
            for step in home.profile {
                h.li(.class(step.isDone ? "done" : "missing")) {
                    if step.isDone {
                        h.text(step.part.name)
                        let there = say("there", context: "a part of the profile that is not missing")
                        h.span(.class("hidden-text"), text: .verbatim(": ") + there)
                    } else if room.may(.editProfile, at: .member(home.member.id)) {
                        h.a(.href(step.part.address(key)), text: step.part.advice)
                    } else {
                        h.text(say("\(step.part.name): missing"))
                    }
                }
            }
        }
    }
}

private func people(_ h: HTMLWriter, _ room: Room, _ home: PortalHome.Answer) {
    h.section(.aria(.labelledby, "people")) {
        h.sectionHead(say("Your people"), id: "people", more: (PortalPlace.people.address(home.member.key), say("All")))
        guard !home.people.isEmpty else {
            return h.p(
                .class("quiet"),
                text: say("Nobody acts for the member yet. The secretariat can invite somebody.")
            )
        }
        h.ul(.class("rows plain-rows")) {
            for person in home.people {
                h.li {
                    h.div {
                        h.text(person.name)
                        h.span(.class("also"), text: .joined(person.roles.map { $0.role.name }, by: ", "))
                    }
                    h.div()
                }
            }
        }
    }
}

extension ProfilePart {
    var name: Phrase {
        switch self {
        case .description: say("Description")
        case .contacts: say("Public contact")
        case .website: say("Web site")
        case .tags: say("Tags")
        case .logo: say("Logo")
        case .photos: say("Photos")
        }
    }

    /// Where the part is changed.
    func address(_ key: String) -> String {
        let profile = PortalPlace.profile.address(key)
        return switch self {
        case .description: "\(profile)/description"
        case .contacts: "\(profile)/contacts"
        case .website: "\(profile)/website"
        case .tags: "\(profile)/tags"
        case .logo, .photos: "\(profile)/pictures"
        }
    }
}
