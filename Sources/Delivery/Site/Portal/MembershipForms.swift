import Access
import Charter
import Files
import HTML
import Joining
import Languages
import Web

/// What a member can ask about its membership now, and what it has asked.
struct MembershipForms {
    let h: HTMLWriter
    let room: Room
    let found: MembershipRequests.Answer
    let problems: FormProblems

    private var words: Words { room.site.words }
    private var base: String { PortalPlace.membership.address(found.memberKey) }

    /// Whether it is the member's own representative who reads. The secretariat records letters, with who signed them.
    private var mayRequest: Bool {
        let place = Access.Place.member(found.memberID)
        return room.visitor?.actor.grants.contains {
            $0.place == place && Rights.allow($0.role, at: place, .requestMembership, at: place)
        } ?? false
    }

    func write() {
        h.section(.aria(.labelledby, "possible")) {
            h.h2(.id("possible"), text: say("What you can ask"))
            if !mayRequest, room.may(.requestMembership) {
                h.p(.class("note")) {
                    h.a(.href(memberAddress(found.memberKey, "letter")), text: say("Record a letter of the member"))
                }
            } else if !mayRequest {
                h.p(.class("quiet"), text: say("A representative of the member asks it; nobody else can."))
            }
            for possible in found.possible { section(possible) }
            for impossible in found.impossible {
                h.section(.aria(.labelledby, impossible.kind.rawValue)) {
                    h.h3(.id(impossible.kind.rawValue), text: impossible.kind.words)
                    h.p(.class("quiet"), text: impossible.because)
                }
            }
        }
        requestSection()
    }

    private func section(_ possible: MembershipRequests.Possible) {
        let kind = possible.kind
        h.section(.aria(.labelledby, kind.rawValue)) {
            h.h3(.id(kind.rawValue), text: kind.words)
            h.p { h.rule(possible.rule) }
            if let day = possible.lastDay {
                h.p { h.b(say("It can be made until the end of \(day.long).")) }
            }
            guard mayRequest else { return }
            form(possible)
        }
    }

    private func form(_ possible: MembershipRequests.Possible) {
        let form = NamedForm(possible.kind.rawValue)
        let isSent = room.form["kind"] == possible.kind.rawValue
        h.details(.class("more-forms"), .when(isSent, .open())) {
            h.summary(summary(possible.kind))
            room.uploadForm(h, "\(base)/requests") {
                h.hiddenField("kind", possible.kind.rawValue)
                h.textArea(
                    form.field("words"),
                    label: say("Why, in your words"),
                    value: form.sent("words", in: room.form),
                    help: say("The body that decides reads it."),
                    problems: problems,
                    .maxlength(4000)
                )
                h.documentField(
                    form.field("document"),
                    label: say("Letter or other document (if you like)"),
                    problems: problems
                )
                h.confirmation(
                    form.field("confirmed"),
                    label: meaning(possible),
                    isChecked: room.form.has(form.field("confirmed")),
                    problems: problems
                )
                h.div(.class("form-end")) {
                    let danger = possible.kind == .withdrawal
                    h.button(
                        .class(danger ? "button danger" : "button primary"),
                        .type(.submit),
                        text: summary(possible.kind)
                    )
                }
            }
        }
    }

    private func summary(_ kind: MembershipRequestKind) -> Phrase {
        switch kind {
        case .withdrawal: say("Ask to leave")
        case .appeal: say("Appeal")
        case .reinstatement: say("Ask to be reinstated")
        }
    }

    /// What follows, in the words of whoever asks it.
    private func meaning(_ possible: MembershipRequests.Possible) -> Phrase {
        let (body, status) = (words.body(possible.body), words.status(possible.leadsTo))
        return switch possible.kind {
        case .withdrawal:
            say("We know: once the \(body) approves it, our membership ends and our status is “\(status)”.")
        case .appeal:
            say("We know: our status stays as it is until the \(body) has decided. If it agrees, we are “\(status)”.")
        case .reinstatement:
            say("We know: nothing changes until the \(body) has decided. If it agrees, we are “\(status)”.")
        }
    }

    private func requestSection() {
        h.section(.aria(.labelledby, "requests")) {
            h.h2(.id("requests"), text: say("What you have asked"))
            guard !found.requests.isEmpty else { return h.p(.class("quiet"), text: say("Nothing was asked yet.")) }
            h.ul(.class("rows plain-rows")) {
                for request in found.requests { h.li(.data("row")) { row(request) } }
            }
        }
    }

    private func row(_ request: MembershipRequest) {
        h.div {
            h.b(request.kind.words)
            h.text(" · ")
            h.requestState(request.state)
            h.span(.class("also"), text: made(request))
            h.span(.class("also"), text: RequestWords.standing(request, words))
            if !request.words.isEmpty { h.p(.class("kept-lines"), text: request.words) }
            for document in request.documents {
                h.span(.class("also")) {
                    h.a(.href("\(base)/requests/\(request.id)/documents/\(document.id)"), text: document.name)
                }
            }
            if let minutes = request.minutes { h.p { h.record(minutes) } }
            if let reason = request.reason { h.p(.class("kept-lines"), text: .record(reason)) }
            if mayRequest, request.state == .received { takeBackForm(request) }
        }
        h.div(.class("age")) { h.day(of: request.recordedAt) }
    }

    /// "2026-3, by Kim Seo-yun", "2026-3, letter of 3 May 2026, signed by the mayor"
    private func made(_ request: MembershipRequest) -> Phrase {
        guard !request.byName.isEmpty else { return say("\(request.reference), of \(request.letterDay)") }
        return request.byPersonID == nil
            ? say("\(request.reference), letter of \(request.letterDay), signed by \(request.byName)")
            : say("\(request.reference), by \(request.byName)")
    }

    private func takeBackForm(_ request: MembershipRequest) {
        let form = NamedForm(request.id)
        let isSent = room.form.has(form.field("reason"))
        h.details(.class("more-forms"), .when(isSent, .open())) {
            h.summary(say("Take back request \(request.reference)"))
            room.form(h, "\(base)/requests/\(request.id)/take-back") {
                h.textArea(
                    form.field("reason"),
                    label: say("Reason"),
                    value: form.sent("reason", in: room.form),
                    rows: 3,
                    problems: problems,
                    .maxlength(1000)
                )
                h.div(.class("form-end")) {
                    h.button(.class("button"), .type(.submit), text: say("Take back the request"))
                }
            }
        }
    }
}
