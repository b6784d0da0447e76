import Access
import HTML
import Hummingbird
import Languages
import Mail
import Web

extension Site {
    static func addMail(to rooms: RoomRoutes) {
        rooms.get("/console/mail", .may(.readMail)) { room in
            let address = try MailAddress(room.query())
            let found = try await room.ask(ListMail(address.filter, page: address.page))
            return room.page(RoomPage(title: say("Mail"), place: .console(.mail))) { h in
                mailTabs(h, address, found.counts)
                mailSearch(h, address)
                mailRows(h, found.page, address)
            }
        }
        rooms.get("/console/mail/:id", .may(.readMail)) { room in
            let record = try await room.ask(ReadMail(id: room.parameter("id")))
            let trail = [(ConsolePlace.mail.address, ConsolePlace.mail.title)]
            let subject = record.mail.subject
            let title = subject.isEmpty ? say("Mail without subject") : .verbatim(subject)
            return room.page(RoomPage(title: title, place: .console(.mail), trail: trail)) { h in
                mailAccount(h, record.mail, room)
                mailBody(h, record)
                mailAttempts(h, record.attempts)
            }
        }
        rooms.post("/console/mail/:id/decide", .may(.sendMail)) { room in
            let id = try room.parameter("id")
            guard let decision = DecideMail.Decision(rawValue: room.form["decision"]) else {
                throw InvalidInput(
                    "decision",
                    say("Choose to stop the mail, to send it again, or to note that it arrived.")
                )
            }
            _ = try await room.run(DecideMail(id: id, decision))
            let notice =
                switch decision {
                case .stop: say("The mail is now stopped.")
                case .sendAgain: say("The mail is now waiting.")
                case .confirmSent: say("The mail is now sent.")
                }
            return room.redirect(to: "/console/mail/\(id)", notice: notice)
        }
    }
}

/// What the list of mail asks for, as its address says it.
struct MailAddress: Sendable, Equatable {
    let filter: OutboxFilter
    let page: Int

    init(_ query: QueryParameters) throws(RequestProblem) {
        filter = OutboxFilter(
            state: try query.choice("state", of: MailState.self),
            search: try query.string("q", maximumCharacters: 100) ?? "",
            person: try query.string("person", maximumCharacters: 36),
            member: try query.string("member", maximumCharacters: 36)
        )
        page = try query.int("page", in: 1...1_000_000, default: 1)
    }

    func address(state: MailState?, page: Int = 1) -> String {
        var fields: [(String, String?)] = [("state", state?.rawValue), ("q", filter.search)]
        fields += [("person", filter.person), ("member", filter.member), ("page", page > 1 ? String(page) : nil)]
        let query = fields.compactMap { name, value in
            value.flatMap { $0.isEmpty ? nil : "\(name)=\(queryEscaped($0))" }
        }
        return "/console/mail" + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }
}

private func mailTabs(_ h: HTMLWriter, _ address: MailAddress, _ counts: [MailState: Int]) {
    h.nav(.class("tabs"), .aria(.label, say("By state"))) {
        h.a(
            .href(address.address(state: nil)),
            .when(address.filter.state == nil, .aria(.current, "page")),
            text: say("All \(counts.values.reduce(0, +))")
        )
        for state in MailState.allCases where (counts[state] ?? 0) > 0 || address.filter.state == state {
            h.a(
                .href(address.address(state: state)),
                .when(address.filter.state == state, .aria(.current, "page")),
                text: Phrase.joined([state.title, .number(counts[state] ?? 0)], by: " ")
            )
        }
    }
}

private func mailSearch(_ h: HTMLWriter, _ address: MailAddress) {
    h.form(.class("field-row"), .action("/console/mail"), .method(.get), .role(.search)) {
        h.div {
            h.label(.for("mail-search"), text: say("Search addresses, names and subjects"))
            h.input(.type(.search), .id("mail-search"), .name("q"), .value(address.filter.search), .autocomplete("off"))
        }
        if let state = address.filter.state { h.input(.type(.hidden), .name("state"), .value(state.rawValue)) }
        h.button(.class("button"), .type(.submit), text: say("Search"))
    }
}

private func mailRows(_ h: HTMLWriter, _ found: OutboxPage, _ address: MailAddress) {
    guard !found.mails.isEmpty else {
        h.div(.class("empty")) {
            h.h2(say("No mail here"))
            h.p(say("What the program writes to people stands here, with what became of it."))
        }
        return
    }
    h.ul(.class("rows dated")) {
        for mail in found.mails {
            h.li(.data("row")) {
                h.div {
                    let subject = mail.subject.isEmpty ? say("(erased)") : Phrase.verbatim(mail.subject)
                    h.a(.href("/console/mail/\(mail.id)"), text: subject)
                    h.span(.class("also"), text: mail.problem ?? recipient(mail))
                }
                h.div(.class("who")) { mailState(h, mail.state) }
                h.div(.class("age")) { h.instant(mail.queuedAt) }
                h.div(.class("next quiet")) {
                    if mail.attempts > 1 {
                        h.text(say(mail.attempts, one: "1 attempt", other: "\(mail.attempts) attempts"))
                    }
                }
            }
        }
    }
    let span = PageSpan(page: address.page, size: ListMail.pageSize, total: found.total, isOpen: false)
    h.pages(span) { address.address(state: address.filter.state, page: $0) }
}

private func recipient(_ mail: QueuedMail) -> Phrase {
    guard !mail.recipient.isEmpty else { return say("erased") }
    return .verbatim(mail.recipientName.map { "\($0) <\(mail.recipient)>" } ?? mail.recipient)
}

extension MailState {
    /// On its own, as above a list.
    fileprivate var title: Phrase {
        switch self {
        case .waiting: say("Waiting", context: "state of a mail")
        case .sending: say("Sending", context: "state of a mail")
        case .sent: say("Sent", context: "state of a mail")
        case .failed: say("Failed", context: "state of a mail")
        case .bounced: say("Bounced", context: "state of a mail")
        case .stopped: say("Stopped", context: "state of a mail")
        case .uncertain: say("Uncertain", context: "state of a mail")
        }
    }

    /// Beside a mail.
    fileprivate var word: Phrase {
        switch self {
        case .waiting: say("waiting", context: "state of a mail")
        case .sending: say("sending", context: "state of a mail")
        case .sent: say("sent", context: "state of a mail")
        case .failed: say("failed", context: "state of a mail")
        case .bounced: say("bounced", context: "state of a mail")
        case .stopped: say("stopped", context: "state of a mail")
        case .uncertain: say("uncertain", context: "state of a mail")
        }
    }
}

private func mailState(_ h: HTMLWriter, _ state: MailState) {
    switch state {
    case .sent: h.span(.class("same"), text: state.word)
    case .failed, .bounced, .uncertain: h.span(.class("off"), text: state.word)
    case .waiting, .sending, .stopped: h.text(state.word)
    }
}

private func mailAccount(_ h: HTMLWriter, _ mail: QueuedMail, _ room: Room) {
    h.dl(.class("facts")) {
        h.fact(say("To")) { h.text(recipient(mail)) }
        h.fact(say("State")) { mailState(h, mail.state) }
        h.fact(say("Queued")) { h.instant(mail.queuedAt) }
        if mail.state == .waiting { h.fact(say("Next attempt")) { h.instant(mail.dueAt) } }
        if let settled = mail.settledAt { h.fact(say("Since")) { h.instant(settled) } }
        if let problem = mail.problem { h.fact(say("Problem")) { h.text(problem) } }
        h.fact(say("Cause")) { h.code(mail.cause) }
    }
    guard room.may(.sendMail) else { return }
    h.div(.class("actions")) {
        if mail.state.allowsStopping { decision(h, room, mail, .stop, say("Stop this mail")) }
        if mail.state.allowsSendingAgain, !mail.isConfidential {
            decision(h, room, mail, .sendAgain, say("Send it again"))
        }
        if mail.state == .uncertain { decision(h, room, mail, .confirmSent, say("It has arrived")) }
    }
}

private func decision(
    _ h: HTMLWriter,
    _ room: Room,
    _ mail: QueuedMail,
    _ decision: DecideMail.Decision,
    _ words: Phrase
) {
    room.form(h, "/console/mail/\(mail.id)/decide", .class("plain")) {
        h.input(.type(.hidden), .name("decision"), .value(decision.rawValue))
        h.button(.class("button"), .type(.submit), text: words)
    }
}

private func mailBody(_ h: HTMLWriter, _ record: MailRecord) {
    h.h2(say("What it says"))
    if let text = record.text {
        h.pre(.class("letter"), .tabindex(0), text: text)
    } else if record.mail.isConfidential {
        h.p(
            .class("quiet"),
            text: say("It holds a link that is for its reader alone, so nobody else sees it, and it is not kept.")
        )
    } else {
        h.p(.class("quiet"), text: say("The text is no longer kept."))
    }
}

private func mailAttempts(_ h: HTMLWriter, _ attempts: [MailAttempt]) {
    guard !attempts.isEmpty else { return }
    h.h2(say("Attempts"))
    h.ul(.class("timeline")) {
        for attempt in attempts {
            h.li {
                h.instant(attempt.beganAt)
                h.p {
                    h.text(outcomeTitle(attempt.outcome))
                    if attempt.words != .empty { h.span(.class("also"), text: attempt.words) }
                }
            }
        }
    }
}

private func outcomeTitle(_ outcome: String?) -> Phrase {
    switch outcome {
    case "sent"?: say("Sent", context: "attempt to send a mail")
    case "refused"?: say("Refused", context: "attempt to send a mail")
    case "deferred"?: say("Deferred", context: "attempt to send a mail")
    case "uncertain"?: say("Uncertain", context: "attempt to send a mail")
    case let other?: .verbatim(capitalisedFirst(other))
    case nil: say("Under way", context: "attempt to send a mail")
    }
}
