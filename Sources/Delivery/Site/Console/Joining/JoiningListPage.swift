import Access
import Charter
import HTML
import Hummingbird
import Joining
import Languages
import Web

/// Applications by state, then what members ask about their membership.
func joiningListPage(
    _ room: Room,
    _ address: JoiningListAddress,
    _ applications: ApplicationList.Answer,
    _ requests: RequestList.Answer
) -> Response {
    let waiting = (applications.counts[.submitted] ?? 0) + (applications.counts[.recommended] ?? 0)
    let counts: [ConsolePlace: Int] = [.joining: waiting + (requests.counts[.received] ?? 0)]
    return room.page(RoomPage(title: ConsolePlace.joining.title, place: .console(.joining)), counts: counts) { h in
        h.p(.class("lede"), text: say("Who wants to join, and which members want to leave, to appeal or to come back."))
        if room.may(.handleApplications) {
            h.div(.class("actions")) {
                h.a(
                    .class("button"),
                    .href(ConsoleJoining.newApplication),
                    text: say("Enter an application that came by letter")
                )
            }
        }
        applicationSection(h, room, address, applications)
        requestSection(h, room, address, requests)
    }
}

private func applicationSection(
    _ h: HTMLWriter,
    _ room: Room,
    _ address: JoiningListAddress,
    _ found: ApplicationList.Answer
) {
    h.section(.aria(.labelledby, "applications")) {
        h.h2(.id("applications"), text: say("Applications"))
        h.nav(.class("tabs"), .aria(.label, say("Applications by state"))) {
            for state in [nil] + ApplicationState.allCases.map(Optional.some) {
                let states = state.map { [$0] } ?? JoiningListAddress.underWay
                let count = states.reduce(0) { $0 + (found.counts[$1] ?? 0) }
                let name = state?.words ?? say("Under way", context: "applications and requests")
                h.a(
                    .href(address.with { ($0.state, $0.page) = (state, 1) }),
                    .when(state == address.state, .aria(.current, "page")),
                    text: say("\(name) \(count)", context: "a state and how many are in it")
                )
            }
        }
        applicationRows(h, room, found.applications)
        let total = address.states.reduce(0) { $0 + (found.counts[$1] ?? 0) }
        let span = PageSpan(page: address.page, size: ApplicationList.pageSize, total: total, isOpen: false)
        h.pages(span) { page in address.with { $0.page = page } }
    }
}

private func applicationRows(_ h: HTMLWriter, _ room: Room, _ applications: [Application]) {
    guard !applications.isEmpty else {
        return h.p(.class("quiet"), text: say("There is none."))
    }
    h.ul(.class("rows told")) {
        for application in applications {
            h.li(.data("row")) {
                h.div {
                    h.a(
                        .href(ConsoleJoining.application(application.id)),
                        text: "\(application.reference) \(application.title)"
                    )
                    h.span(.class("also"), text: applicantWords(application, room))
                }
                h.div(.class("who"), text: application.state.words)
                h.div(.class("age")) { h.day(of: application.submittedAt ?? application.startedAt) }
                h.div(.class("next quiet"), text: nextStep(application.state))
            }
        }
    }
}

/// "Local government, Germany"
func applicantWords(_ application: Application, _ room: Room) -> String {
    let country = application.values[.country]
    let words = [
        room.site.words.category(application.category), country.isEmpty ? "" : room.site.countries.name(country),
    ]
    return words.filter { !$0.isEmpty }.joined(separator: ", ")
}

/// What is to be done next, and by whom.
private func nextStep(_ state: ApplicationState) -> Phrase {
    switch state {
    case .draft, .asked: say("the applicant's turn")
    case .submitted: say("ask or recommend")
    case .recommended: say("put before the body")
    case .put: say("the body decides")
    case .admitted, .declined, .closed, .withdrawn: .empty
    }
}

private func requestSection(
    _ h: HTMLWriter,
    _ room: Room,
    _ address: JoiningListAddress,
    _ found: RequestList.Answer
) {
    h.section(.aria(.labelledby, "requests")) {
        h.h2(.id("requests"), text: say("Requests of members"))
        h.nav(.class("tabs"), .aria(.label, say("Requests by state"))) {
            for state in [nil] + MembershipRequestState.allCases.map(Optional.some) {
                let states = state.map { [$0] } ?? JoiningListAddress.requestsUnderWay
                let count = states.reduce(0) { $0 + (found.counts[$1] ?? 0) }
                let name = state?.words ?? say("Under way", context: "applications and requests")
                h.a(
                    .href(address.with { ($0.request, $0.requestPage) = (state, 1) }),
                    .when(state == address.request, .aria(.current, "page")),
                    text: say("\(name) \(count)", context: "a state and how many are in it")
                )
            }
        }
        requestRows(h, room, found.requests)
        let total = address.requestStates.reduce(0) { $0 + (found.counts[$1] ?? 0) }
        let span = PageSpan(page: address.requestPage, size: RequestList.pageSize, total: total, isOpen: false)
        h.pages(span) { page in address.with { $0.requestPage = page } }
        h.p(.class("note"), text: say("A letter of a member is recorded on the member's page, under Members."))
    }
}

private func requestRows(_ h: HTMLWriter, _ room: Room, _ requests: [MembershipRequest]) {
    guard !requests.isEmpty else {
        return h.p(.class("quiet"), text: say("There is none."))
    }
    h.ul(.class("rows told")) {
        for request in requests {
            h.li(.data("row")) {
                h.div {
                    h.a(.href(ConsoleJoining.request(request.id)), text: requestTitle(request))
                    h.span(.class("also"), text: say("\(request.reference), letter of \(request.letterDay)"))
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

/// "Visby: Withdrawal"
func requestTitle(_ request: MembershipRequest) -> Phrase {
    say("\(request.memberName): \(request.kind.words)", context: "a member and what it asks")
}

extension HTMLWriter {
    /// The day of an instant, with the whole of it for who points at it.
    func day(of instant: String) {
        let words = InstantWords(instant)
        time(.datetime(words.machine), .title(words.full), text: words.date)
    }
}
