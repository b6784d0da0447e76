import Access
import Database
import Dues
import HTML
import Hummingbird
import Journal
import Languages
import Mail
import Membership
import Web

extension Site {
    /// What waits and what was done: the console's first page.
    static func addToday(to rooms: RoomRoutes) {
        rooms.get("/console", .may(.readToday)) { room in
            let view = try room.query().choice("show", of: TodayView.self) ?? .mine
            let scope = view == .everyone ? Today.Scope.everyone : .mine
            let found = try await room.ask(RoomServices.today(scope))
            let proposals = found.waiting.count { $0.kind == "proposal" }
            let decisions = found.waiting.count { $0.kind == "decision" }
            let joining = found.waiting.count { ConsoleJoining.of($0.kind, $0.id) != nil }
            let dues = found.waiting.count { ConsoleDues.of($0.kind, $0.id) != nil }
            let counts: [ConsolePlace: Int] = [
                .today: found.mineCount, .proposals: proposals, .joining: joining, .decisions: decisions,
                .dues: dues,
            ]
            return room.page(RoomPage(title: say("Today"), place: .console(.today)), counts: counts) { h in
                todayTabs(h, view, found)
                switch view {
                case .mine, .everyone: waitingRows(h, room, found)
                case .done: doneRows(h, room, found.week)
                }
            }
        }
    }
}

/// Mail that did not arrive, or of which nobody knows.
enum MailTrouble {
    /// A longer list is no list of work any more; the page of mail has all of it.
    private static let most = 200

    static func waiting(_ transaction: Transaction) throws -> [WaitingItem] {
        try [MailState.failed, .uncertain].flatMap { state in
            try Outbox.list(transaction, OutboxFilter(state: state), size: most).mails.map { mail in
                WaitingItem(
                    kind: "mail",
                    id: mail.id,
                    title: .verbatim(mail.subject),
                    detail: mail.problem ?? say("It is not known whether it went out."),
                    needs: .sendMail,
                    since: mail.settledAt ?? mail.queuedAt,
                    memberID: mail.member
                )
            }
        }
    }
}

private enum TodayView: String, CaseIterable {
    case mine, everyone, done

    var address: String { self == .mine ? "/console" : "/console?show=\(rawValue)" }
}

private func todayTabs(_ h: HTMLWriter, _ current: TodayView, _ found: Today.Answer) {
    h.nav(.class("tabs"), .aria(.label, say("Whose work"))) {
        for view in TodayView.allCases {
            let title =
                switch view {
                case .mine: say("For you \(found.mineCount)")
                case .everyone: say("Everyone \(found.everyoneCount)")
                case .done: say("Done this week \(found.week.count)")
                }
            h.a(.href(view.address), .when(view == current, .aria(.current, "page")), text: title)
        }
    }
}

private func waitingRows(_ h: HTMLWriter, _ room: Room, _ found: Today.Answer) {
    guard !found.waiting.isEmpty else {
        h.div(.class("empty")) {
            h.h2(found.scope == .mine ? say("Nothing waits for you") : say("Nothing waits"))
            let others = found.everyoneCount
            h.p(
                others == 0
                    ? say("All is done.")
                    : say(
                        others,
                        one: "\(others) waits for others: see Everyone.",
                        other: "\(others) wait for others: see Everyone."
                    )
            )
        }
        return
    }
    h.ul(.class("rows")) {
        for item in found.waiting {
            let age = InstantWords(item.since)
            h.li(.data("row")) {
                h.div {
                    h.b(WaitingWords.kind(item.kind))
                    h.text(.verbatim(" · ") + item.title)
                    h.span(.class("also"), text: item.detail)
                }
                h.div(.class("who"), text: WaitingWords.who(item.needs))
                h.div(.class(age.days(on: room.today) > 7 ? "age late" : "age"), text: age.age(on: room.today))
                h.div(.class("next")) {
                    if let address = WaitingWords.address(item) {
                        h.a(.href(address)) {
                            h.text(room.may(item.needs) ? WaitingWords.verb(item.kind) : say("Look"))
                            h.span(.class("hidden-text"), text: .verbatim(": ") + item.title)
                        }
                    }
                }
            }
        }
    }
}

/// What the console calls the kinds of things that wait, and where it leads for them.
private enum WaitingWords {
    static func kind(_ kind: String) -> Phrase {
        switch kind {
        case "proposal": say("Proposal")
        case "decision": say("Decision")
        case "mail": say("Mail", context: "one letter")
        case "erasure": say("Erasure")
        case "import": say("Import", context: "one file")
        case "standing": say("Standing")
        case "application": say("Application")
        case "membership-request": say("Request of a member")
        case DuesRun.subjectKind: say("Invoices")
        case BankLine.subjectKind: say("Money that came in")
        case ReliefRequest.subjectKind: say("Relief from dues")
        case ConsoleDues.disputeKind: say("Disputed invoice")
        default: .verbatim(capitalisedFirst(kind))
        }
    }

    static func verb(_ kind: String) -> Phrase {
        switch kind {
        case "proposal": say("Accept or decline")
        case "erasure": say("Decide")
        case "standing": say("Put forward or drop")
        case "application", "membership-request", ReliefRequest.subjectKind, ConsoleDues.disputeKind: say("Handle")
        case BankLine.subjectKind: say("Say what it is")
        default: say("Look")
        }
    }

    static func address(_ item: WaitingItem) -> String? {
        switch item.kind {
        case "proposal": "/console/proposals/\(item.id)"
        case "decision": "/console/decisions/\(item.id)"
        case "mail": "/console/mail/\(item.id)"
        case "erasure": "/console/people/\(item.id)"
        case "import": "/console/imports/\(item.id)"
        case "standing": ConsolePlace.standing.address
        default: ConsoleJoining.of(item.kind, item.id) ?? ConsoleDues.of(item.kind, item.id)
        }
    }

    /// The mildest role that can move it on: the last of the secretariat's that may.
    static func who(_ action: Action) -> Phrase {
        let may = Role.allCases.filter { $0.seat == .association && Rights.reach($0, action) == .everywhere }
        return (may.last ?? .administrator).name
    }
}

private func doneRows(_ h: HTMLWriter, _ room: Room, _ week: DoneThisWeek) {
    guard !week.latest.isEmpty else {
        h.div(.class("empty")) {
            h.h2(say("Nothing was done yet this week"))
            h.p(say("What people change stands here, and for ever in the journal."))
        }
        return
    }
    h.ul(.class("rows dated told")) {
        for deed in week.latest {
            h.li(.data("row")) {
                h.div {
                    if room.may(.readJournal) {
                        h.a(.href("/console/journal/\(deed.entry.id)"), text: actionWords(deed.entry.action))
                    } else {
                        h.text(actionWords(deed.entry.action))
                    }
                    if let about = deed.about { h.text(.verbatim(" · ") + about) }
                    if let reason = deed.entry.reason { h.span(.class("also"), text: reason) }
                }
                h.div(.class("who"), text: deed.person.map { Phrase.verbatim($0) } ?? say("a former account"))
                h.div(.class("age")) { h.instant(deed.entry.recordedAt) }
                h.div(.class("next"))
            }
        }
    }
    if week.count > week.latest.count {
        h.p(.class("note")) {
            let since = DayRange(week.since, week.since).label
            h.text(say("The latest \(week.latest.count) of \(week.count) since \(since)."))
            if room.may(.readJournal) {
                h.text(" ")
                h.a(.href("/console/journal?from=\(week.since)"), text: say("All of them"))
            }
        }
    }
}
