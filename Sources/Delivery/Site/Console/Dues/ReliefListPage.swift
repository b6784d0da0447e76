import Access
import Dues
import HTML
import Hummingbird
import Languages
import Web

/// Which requests are listed, as the address says it.
struct ReliefListAddress: Sendable, Equatable {
    /// Nil for all that are under way.
    var state: ReliefState?
    var page = 1

    init(_ query: QueryParameters) throws(RequestProblem) {
        state = try query.choice("state", of: ReliefState.self)
        page = try query.int("page", in: 1...100_000, default: 1)
    }

    var states: [ReliefState] { state.map { [$0] } ?? ReliefState.allCases.filter(\.isLive) }

    func with(_ change: (inout ReliefListAddress) -> Void) -> String {
        var changed = self
        change(&changed)
        let parts = [
            changed.state.map { "state=\($0.rawValue)" }, changed.page == 1 ? nil : "page=\(changed.page)",
        ].compactMap(\.self)
        return ConsoleDues.reliefs + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
    }
}

extension Site {
    /// What members ask about their dues: that they are waived, lowered, commuted or paid in instalments.
    static func addConsoleRelief(to rooms: RoomRoutes) {
        rooms.get(ConsoleDues.reliefs, .may(.readDues)) { room in
            let address = try ReliefListAddress(room.query())
            let found = try await room.ask(ReliefList(address.states, page: address.page))
            return reliefList(room, address, found)
        }
        addOneRelief(to: rooms)
        addReliefLetters(to: rooms)
    }
}

private func reliefList(_ room: Room, _ address: ReliefListAddress, _ found: ReliefList.Answer) -> Response {
    room.duesPage(.relief, counts: [.dues: found.counts[.received] ?? 0]) { h in
        h.p(
            .class("lede"),
            text: say(
                "Requests of members that cannot pay. The body that the charter names decides; until then all is owed."
            )
        )
        h.nav(.class("tabs"), .aria(.label, say("By state"))) {
            for state in [nil] + ReliefState.allCases.map(Optional.some) {
                let states = state.map { [$0] } ?? ReliefState.allCases.filter(\.isLive)
                let count = states.reduce(0) { $0 + (found.counts[$1] ?? 0) }
                let name = state?.words ?? say("Under way", context: "applications and requests")
                h.a(
                    .href(address.with { ($0.state, $0.page) = (state, 1) }),
                    .when(state == address.state, .aria(.current, "page")),
                    text: say("\(name) \(count)", context: "a state and how many are in it")
                )
            }
        }
        rows(h, found.requests)
        let total = address.states.reduce(0) { $0 + (found.counts[$1] ?? 0) }
        h.pages(PageSpan(page: address.page, size: ReliefList.pageSize, total: total, isOpen: false)) { page in
            address.with { $0.page = page }
        }
        h.p(.class("note"), text: say("A letter of a member is recorded from the member's page, under Dues."))
    }
}

private func rows(_ h: HTMLWriter, _ requests: [ReliefRequest]) {
    guard !requests.isEmpty else {
        return h.p(.class("quiet"), text: say("There is none."))
    }
    h.ul(.class("rows told")) {
        for request in requests {
            h.li(.data("row")) {
                h.div {
                    h.a(.href(ConsoleDues.relief(request.id)), text: reliefTitle(request))
                    if request.isInvented {
                        h.text(" ")
                        h.madeUpTag()
                    }
                    h.span(.class("also"), text: say("\(request.reference): \(request.termsWords)"))
                }
                h.div(.class("who"), text: request.state.words)
                h.div(.class("age")) { h.day(of: request.recordedAt) }
                h.div(.class("next quiet")) {
                    if request.state == .received { h.text(say("put before the body")) }
                    if request.state == .put { h.text(say("the body decides")) }
                }
            }
        }
    }
}

/// "Visby: Reduction"
func reliefTitle(_ request: ReliefRequest) -> Phrase {
    say("\(request.memberName): \(request.kind.words)", context: "a member and what it asks")
}
