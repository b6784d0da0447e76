import Access
import Charter
import HTML
import Joining
import Languages

/// Members, present and former, that may be the applicant, and the forms that say whether one is.
struct ApplicationMatches {
    let h: HTMLWriter
    let room: Room
    let found: ConsoleApplication

    private var application: Application { found.application }
    private var known: [KnownApplicant] { found.record.known }
    private var mayMatch: Bool { room.may(.handleApplications) && !application.state.isOver }
    private var othersAreOpen: Bool { known.contains { !$0.isAnother && $0.memberID != application.memberID } }
    private var address: String { ConsoleJoining.application(application.id, "match") }

    func write() {
        // What became of it says who it is.
        guard !application.state.isOver else { return }
        h.section(.aria(.labelledby, "known")) {
            h.h2(.id("known"), text: say("In the records", context: "an applicant"))
            guard !known.isEmpty else {
                return h.p(.class("quiet"), text: say("No member, present or former, bears one of its names."))
            }
            h.ul(.class("rows plain-rows")) { for each in known { row(each) } }
            guard mayMatch, known.contains(where: { !$0.isAnother }) else { return }
            room.form(h, address, .class("plain")) {
                h.div(.class("form-end")) {
                    h.button(.class("button"), .type(.submit), text: say("It is none of these"))
                }
            }
        }
    }

    private func row(_ each: KnownApplicant) {
        let isMatched = each.memberID == application.memberID
        h.li(.data("row")) {
            h.div {
                h.a(.href(memberAddress(each.key)), text: each.name)
                h.span(.class("also"), text: about(each))
                if isMatched {
                    h.span(.class("also same"), text: say("It is this one: admission is its reinstatement."))
                }
                if each.isOnRoll { h.span(.class("also"), text: say("It is on the roll, so it needs no admission.")) }
                if each.isAnother { h.span(.class("also"), text: say("Looked at: the applicant is another one.")) }
            }
            h.div {
                // Said again of the one that it is, all others that turned up since are another one.
                guard mayMatch, !each.isOnRoll, !isMatched || othersAreOpen else { return }
                room.form(h, address, .class("plain")) {
                    h.hiddenField("member", each.key)
                    h.button(
                        .class("button small"),
                        .type(.submit),
                        .aria(.label, say("It is this one: \(each.name)")),
                        text: say("It is this one")
                    )
                }
            }
        }
    }

    /// "Local government, Sweden · Withdrawn since 26 Sept 2023 · the same name"
    private func about(_ each: KnownApplicant) -> Phrase {
        let words = room.site.words
        let names = [words.category(each.category), each.country.map(room.site.countries.name) ?? ""]
        let place = names.filter { !$0.isEmpty }.joined(separator: ", ")
        let since = Day(each.since).map { say("\(words.status(each.standing)) since \($0)") }
        let parts: [Phrase?] = [Phrase.verbatim(place), since, each.because]
        return .joined(parts.compactMap { $0 }, by: " · ")
    }
}
