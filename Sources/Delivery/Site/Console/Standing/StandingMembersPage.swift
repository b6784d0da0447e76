import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Standing
import Web

/// Where the console shows members by their standing, and by their points.
enum ConsoleStanding {
    static let members = "\(ConsolePlace.standing.address)/members"
    static let ranking = "\(ConsolePlace.standing.address)/ranking"
}

/// What the list asks for, as its address says it.
struct StandingMembersAddress: Sendable, Equatable {
    var day: Day?
    /// The key of one standing of the charter.
    var standing: String?
    var page = 1

    init(_ query: QueryParameters) throws(RequestProblem) {
        day = try query.day("on").flatMap { Day($0) }
        standing = try query.string("standing")
        page = try query.int("page", in: 1...100_000, default: 1)
    }

    func with(_ change: (inout StandingMembersAddress) -> Void) -> String {
        var changed = self
        change(&changed)
        let parts = [
            changed.day.map { "on=\($0)" }, changed.standing.map { "standing=\(queryEscaped($0))" },
            changed.page == 1 ? nil : "page=\(changed.page)",
        ].compactMap(\.self)
        return ConsoleStanding.members + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
    }
}

extension Site {
    /// Everybody on the roll by standing on a day, and by points of a time.
    static func addStandingLists(to rooms: RoomRoutes) {
        rooms.get(ConsoleStanding.members, .may(.readStanding)) { room in
            let address = try StandingMembersAddress(room.query())
            let question = StandingOfAll(
                on: address.day ?? room.today,
                standing: address.standing,
                page: address.page,
                charter: room.site.charter,
                dues: DuesOnRecord()
            )
            do { return list(room, address, try await room.ask(question), nil) } catch StandingRefusal.noVersion {
                return list(room, address, nil, .noVersion)
            }
        }
        addRanking(to: rooms)
    }

    private static func list(
        _ room: Room,
        _ address: StandingMembersAddress,
        _ found: StandingOfAll.Answer?,
        _ refusal: StandingRefusal?
    ) -> Response {
        let trail = [(address: ConsolePlace.standing.address, name: ConsolePlace.standing.title)]
        let page = RoomPage(title: say("Members by standing"), place: .console(.standing), trail: trail)
        return room.page(page, status: refusal?.kind.status ?? .ok) { h in
            h.p(
                .class("lede"),
                text: say("How members stand by their dues, as the charter of the day tells it from the records.")
            )
            h.refused(refusal)
            dayForm(h, room, address)
            if let found { standings(h, address, found) }
        }
    }
}

private func dayForm(_ h: HTMLWriter, _ room: Room, _ address: StandingMembersAddress) {
    h.form(.class("filters"), .action(ConsoleStanding.members), .method(.get)) {
        if let standing = address.standing { h.hiddenField("standing", standing) }
        h.div(.class("filter-grid four")) {
            h.filterBox("standing-on", say("At the end of")) { id in
                h.input(
                    .type(.date),
                    .id(id),
                    .name("on"),
                    .value((address.day ?? room.today).description),
                    .max(room.today.description)
                )
            }
            h.button(.class("button"), .type(.submit), text: say("Show"))
        }
    }
}

private func standings(_ h: HTMLWriter, _ address: StandingMembersAddress, _ found: StandingOfAll.Answer) {
    guard found.isStated else {
        return h.div(.class("empty")) {
            h.h2(say("No standing is stated"))
            h.p(StandingFound.notStated.reason)
        }
    }
    h.nav(.class("tabs"), .aria(.label, say("By standing"))) {
        let all = found.counts.reduce(0) { $0 + $1.members }
        h.a(
            .href(address.with { ($0.standing, $0.page) = (nil, 1) }),
            .when(address.standing == nil, .aria(.current, "page")),
            text: Phrase.joined([say("All", context: "members"), .number(all)], by: " ")
        )
        for count in found.counts {
            h.a(
                .href(address.with { ($0.standing, $0.page) = (count.standing.key, 1) }),
                .when(address.standing == count.standing.key, .aria(.current, "page")),
                text: Phrase.joined([.name(count.standing.name), .number(count.members)], by: " ")
            )
        }
    }
    let invented = found.counts.reduce(0) { $0 + $1.invented }
    if invented > 0 {
        h.p(.class("note")) {
            h.text(
                say(
                    invented,
                    one: "Of all, 1 has its standing by records that are made up.",
                    other: "Of all, \(invented) have their standing by records that are made up."
                )
            )
            h.text(" ")
            h.madeUpTag()
        }
    }
    rows(h, found)
    h.pages(PageSpan(page: address.page, size: StandingOfAll.pageSize, total: found.total, isOpen: false)) { page in
        address.with { $0.page = page }
    }
}

private func rows(_ h: HTMLWriter, _ found: StandingOfAll.Answer) {
    guard !found.members.isEmpty else {
        return h.p(.class("quiet"), text: say("There is none."))
    }
    h.ul(.class("rows plain-rows")) {
        for line in found.members {
            let explained = found.explained(line)
            h.li(.data("row")) {
                h.div {
                    h.a(.href("\(memberAddress(line.member.key, "standing"))?on=\(found.day)"), text: line.member.name)
                    if line.dues.isInvented {
                        h.text(" ")
                        h.madeUpTag()
                    }
                    h.span(.class("also")) { h.ruled(explained.reason) }
                }
                h.div(.class("age"), text: standingName(explained))
            }
        }
    }
}
