import Access
import Charter
import Dues
import HTML
import Hummingbird
import Languages
import Membership
import Standing

extension Site {
    /// How a member stands by its dues, what it may use and which points it has.
    static func addMemberStanding(to rooms: RoomRoutes) {
        rooms.get("/portal/:key/standing", .inMember(.readPortal)) { room in try await memberStandingPage(room) }
    }
}

private func memberStandingPage(_ room: Room) async throws -> Response {
    let (key, charter, today) = (try room.itsMember.key, room.site.charter, room.today)
    let dues = DuesOnRecord()
    let (now, history) = try await room.ask(
        EntitlementsOf(key, on: today, charter: charter, dues: dues),
        StandingHistory(key, to: today, charter: charter, dues: dues)
    )
    let points = try await MemberPointsPart.load(room)
    let seesDues = room.may(.readMemberDues, at: .member(try room.itsMember.id))
    return try room.portalPage(PortalPlace.standing.title, .standing, status: points.status) { h in
        h.p(.class("lede"), text: lede(now.standing, since: history.spans.last?.from))
        let links = RecordLinks(key: key, seesDues: seesDues)
        reasonSection(h, now.standing, links)
        historySection(h, history, charter)
        useSection(h, now, links)
        points.write(h, links)
        rulesSection(h, charter.version(on: today), rules(now))
    }
}

/// "Good record of payment since 5 Mar 2024."
private func lede(_ standing: StandingFound, since day: Day?) -> Phrase {
    guard case .standing(let found) = standing else { return standing.reason }
    let name = Phrase.name(found.standing.name)
    return day.map { say("\(name) since \($0).") } ?? say("\(name).")
}

/// Where the records lead on which reasons and points rest.
struct RecordLinks: Sendable {
    let key: String
    /// Whether the pages of the member's dues are for whoever reads.
    let seesDues: Bool

    /// Nil where the page that it would lead to is not for whoever reads.
    func address(_ record: RecordLink) -> String? {
        switch record {
        case .rule(let id): "#\(Self.rule(id))"
        case .statuses: "\(PortalPlace.membership.address(key))#standing"
        case .account: seesDues ? MemberDuesPlace.account(key) : nil
        case .invoice(_, let number): seesDues ? MemberDuesPlace.invoice(key, number) : nil
        case .event(let event): "/members/\(key)#\(HistoryEntry.eventAnchor(event))"
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

private func reasonSection(_ h: HTMLWriter, _ standing: StandingFound, _ links: RecordLinks) {
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
        h.p(found.standing.change ?? say("Nothing that is known would change it now."))
    }
}

private func historySection(_ h: HTMLWriter, _ history: StandingHistory.Answer, _ charter: Charter) {
    h.section(.aria(.labelledby, "history")) {
        h.h2(.id("history"), text: say("Through the years"))
        guard !history.spans.isEmpty else {
            return h.p(.class("quiet"), text: say("No standing is on record.", context: "by dues"))
        }
        let parts = history.spans.map { say("\(name($0.found)) from \($0.from)", context: "a standing and its day") }
        h.standingStrip(
            StandingStrip(history.spans, charter: charter),
            sentence: say("Standing through the years: \(Phrase.joined(parts, by: "; "))", context: "by dues")
        )
        h.ol(.class("timeline")) {
            for span in history.spans.reversed() {
                h.timelineRow(DayRange(span.from), source: nil) {
                    h.b(name(span.found))
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

private func name(_ found: StandingFound) -> Phrase {
    switch found {
    case .standing(let found): .name(found.standing.name)
    case .notOnRoll: say("Not on the roll")
    case .notStated: say("Not stated", context: "a standing")
    }
}

private func useSection(_ h: HTMLWriter, _ found: EntitlementsOf.Answer, _ links: RecordLinks) {
    h.section(.aria(.labelledby, "use")) {
        h.h2(.id("use"), text: say("What you may use"))
        guard found.isStated else {
            return h.p(
                .class("quiet"),
                text: say("The charter ties no service to your standing: no rule keeps you from using one.")
            )
        }
        h.dl(.class("facts wide")) {
            for answer in found.entitlements {
                h.div {
                    h.dt { h.ruled(answer.entitlement.name) }
                    h.dd {
                        h.span(.class(look(answer.access)), text: answer.access.words)
                        h.span(.class("also")) { h.ruled(answer.reason) }
                        if let remedy = answer.remedy {
                            h.span(.class("also")) {
                                h.b(say("To have more:"))
                                h.text(" ")
                                h.ruled(remedy)
                                if links.seesDues { duesLink(h, found, answer) }
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

private func duesLink(_ h: HTMLWriter, _ found: EntitlementsOf.Answer, _ answer: EntitlementAnswer) {
    h.text(" ")
    h.a(
        .href(PortalPlace.dues.address(found.memberKey)),
        .aria(.label, say("Your dues, for: \(Phrase.name(answer.entitlement.name))")),
        text: say("Your dues")
    )
}

/// The colour that goes with the word.
private func look(_ access: Charter.AccessLevel) -> String {
    switch access {
    case .full: "same"
    case .limited: "caution-word"
    case .no: "off"
    }
}

/// The rules that the page speaks of, each once.
private func rules(_ found: EntitlementsOf.Answer) -> [String] {
    var ids: [String] = []
    if case .standing(let standing) = found.standing { ids.append(standing.standing.rule.id) }
    return ids + found.entitlements.map(\.rule)
}

private func rulesSection(_ h: HTMLWriter, _ version: CharterVersion?, _ ids: [String]) {
    let rules = ids.compactMap { id in version?.rule(id) }
    guard !rules.isEmpty else { return }
    h.section(.aria(.labelledby, "rules")) {
        h.h2(.id("rules"), text: say("The rules"))
        h.dl(.class("facts wide")) {
            for rule in rules {
                h.div(.id(RecordLinks.rule(rule.id))) {
                    h.dt { h.code(rule.id) }
                    h.dd { h.rule(rule) }
                }
            }
        }
    }
}
