import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Standing
import Web

extension Site {
    /// How a member stands by its dues on a day, why, since when, and what it may use by that.
    static func addConsoleMemberStanding(to rooms: RoomRoutes) {
        rooms.get(memberAddress(":key", "standing"), .may(.readMembers)) { room in
            let day = try room.query().day("on").flatMap { Day($0) } ?? room.today
            let (key, charter, dues) = (try room.parameter("key"), room.site.charter, DuesOnRecord())
            let history = try await room.ask(StandingHistory(key, to: room.today, charter: charter, dues: dues))
            do {
                let found = try await room.ask(EntitlementsOf(key, on: day, charter: charter, dues: dues))
                return standingPage(room, day, found, history, nil)
            } catch StandingRefusal.noVersion {
                return standingPage(room, day, nil, history, .noVersion)
            }
        }
        addConsoleMemberPoints(to: rooms)
    }
}

/// Where the records lead on which reasons and points rest.
struct ConsoleRecordLinks: Sendable {
    let key: String
    let room: Room

    /// Nil where the page that it would lead to is not for whoever reads.
    func address(_ record: RecordLink) -> String? {
        switch record {
        case .rule(let id): "#\(Self.rule(id))"
        case .statuses: memberAddress(key)
        case .account: room.may(.readDues) ? "\(memberAddress(key, "dues"))#account" : nil
        case .invoice(_, let number): room.may(.readDues) ? ConsoleDues.invoice(number) : nil
        case .event(let event): eventAddress(event)
        case .activity(let id): "#\(Self.activity(id))"
        }
    }

    /// The names of places on the page.
    static func rule(_ id: String) -> String { "rule-\(id)" }
    static func activity(_ id: String) -> String { "activity-\(id)" }

    func link(_ h: HTMLWriter, _ record: RecordLink, _ words: Phrase) {
        if let address = address(record) { h.a(.href(address), text: words) } else { h.text(words) }
    }
}

private func standingPage(
    _ room: Room,
    _ day: Day,
    _ found: EntitlementsOf.Answer?,
    _ history: StandingHistory.Answer,
    _ refusal: StandingRefusal?
) -> Response {
    let (key, name) = (history.memberKey, history.memberName)
    let trail = Site.membersTrail + [(address: memberAddress(key), name: .verbatim(name))]
    let page = RoomPage(title: say("Standing of \(name)"), place: .console(.members), trail: trail)
    return room.page(page, status: refusal?.kind.status ?? .ok) { h in
        let links = ConsoleRecordLinks(key: key, room: room)
        h.refused(refusal)
        if let found { h.p(.class("lede"), text: say("\(standingName(found.standing)) on \(day).")) }
        dayForm(h, room, key, day)
        if let found { reason(h, found.standing, links) }
        timeline(h, room, history)
        if let found {
            use(h, found, links)
            rules(h, room.site.charter.version(on: day), found)
        }
    }
}

private func dayForm(_ h: HTMLWriter, _ room: Room, _ key: String, _ day: Day) {
    h.form(.class("filters"), .action(memberAddress(key, "standing")), .method(.get)) {
        h.div(.class("filter-grid four")) {
            h.filterBox("standing-day", say("At the end of")) { id in
                h.input(.type(.date), .id(id), .name("on"), .value(day.description), .max(room.today.description))
            }
            h.button(.class("button"), .type(.submit), text: say("Show"))
        }
    }
}

private func reason(_ h: HTMLWriter, _ standing: StandingFound, _ links: ConsoleRecordLinks) {
    h.section(.aria(.labelledby, "why")) {
        h.h2(.id("why"), text: say("Why"))
        h.p {
            h.ruled(standing.reason)
            if case .standing(let found) = standing, found.dues.isInvented {
                h.text(" ")
                h.madeUpTag()
            }
        }
        guard case .standing(let found) = standing else { return }
        h.p {
            h.sentence(
                say("It rests on: \(Phrase.parts(found.records.count))."),
                part: { links.link(h, found.records[$0], found.records[$0].words) }
            )
        }
        h.h3(say("What would change it"))
        h.p { h.ruled(found.standing.change ?? say("Nothing that is known would change it now.")) }
    }
}

/// The strip, and each time with its reason.
private func timeline(_ h: HTMLWriter, _ room: Room, _ history: StandingHistory.Answer) {
    h.section(.aria(.labelledby, "history")) {
        h.h2(.id("history"), text: say("Through the years"))
        guard !history.spans.isEmpty else {
            return h.p(.class("quiet"), text: say("No standing is on record.", context: "by dues"))
        }
        h.standingStrip(
            StandingStrip(history.spans, charter: room.site.charter),
            sentence: standingThroughYears(history.spans)
        )
        h.ol(.class("timeline")) {
            for span in history.spans.reversed() {
                h.timelineRow(DayRange(span.from), source: nil) {
                    h.b(standingName(span.found))
                    h.span(.class("also")) {
                        h.ruled(span.found.reason)
                        if case .standing(let found) = span.found, found.dues.isInvented {
                            h.text(" ")
                            h.madeUpTag()
                        }
                    }
                }
            }
        }
    }
}

private func use(_ h: HTMLWriter, _ found: EntitlementsOf.Answer, _ links: ConsoleRecordLinks) {
    h.section(.aria(.labelledby, "use")) {
        h.h2(.id("use"), text: say("What it may use"))
        guard found.isStated else {
            return h.p(
                .class("quiet"),
                text: say("The charter ties no service to standing: no rule keeps a member from using one.")
            )
        }
        h.dl(.class("facts wide")) {
            for answer in found.entitlements {
                h.div {
                    h.dt { h.ruled(answer.entitlement.name) }
                    h.dd {
                        accessWord(h, answer.access)
                        h.span(.class("also")) { h.ruled(answer.reason) }
                        if let remedy = answer.remedy {
                            h.span(.class("also")) {
                                h.b(say("To have more:"))
                                h.text(" ")
                                h.ruled(remedy)
                            }
                        }
                        h.span(.class("also")) {
                            links.link(h, .rule(answer.rule), say("The rule \(answer.rule)"))
                        }
                    }
                }
            }
        }
    }
}

private func accessWord(_ h: HTMLWriter, _ access: Charter.AccessLevel) {
    switch access {
    case .full: h.span(.class("same"), text: access.words)
    case .limited: h.span(.class("caution-word"), text: access.words)
    case .no: h.span(.class("off"), text: access.words)
    }
}

/// The rules that the page speaks of, each once.
private func rules(_ h: HTMLWriter, _ version: CharterVersion?, _ found: EntitlementsOf.Answer) {
    var ids: [String] = []
    if case .standing(let standing) = found.standing { ids.append(standing.standing.rule.id) }
    ids += found.entitlements.map(\.rule)
    let rules = ids.compactMap { version?.rule($0) }
    guard !rules.isEmpty else { return }
    h.section(.aria(.labelledby, "rules")) {
        h.h2(.id("rules"), text: say("The rules"))
        h.dl(.class("facts wide")) {
            for rule in rules {
                h.div(.id(ConsoleRecordLinks.rule(rule.id))) {
                    h.dt { h.code(rule.id) }
                    h.dd { h.rule(rule) }
                }
            }
        }
    }
}
