import Charter
import HTML
import Hummingbird
import Joining
import Languages
import Web

extension Site {
    /// Who can be a member, what it brings and costs, and how one applies.
    static func addJoin(to routes: Routes, _ context: SiteContext) {
        routes.get(RouterPath(JoiningLetters.Path.join)) { request, web in
            let context = context.speaking(web.language)
            return try await context.answer(to: request) { joinPage(context) }
        }
    }
}

/// What the charter of the day says of becoming a member. Nothing on it is from elsewhere.
func joinPage(_ context: SiteContext) -> Page {
    let words = context.words
    let page = PageFrame(
        title: say("Join"),
        description: say(
            "Who can be a member of the \(words.associationName), what membership brings and costs, and how to apply."
        ),
        path: JoiningLetters.Path.join,
        place: .join
    )
    return frame(page, context) { h in
        h.h1(say("Join \(words.shortName)"))
        guard let version = context.charter.version(on: words.day) else {
            return h.div(.class("empty")) { h.p(say("No rules are in force today, so nobody can apply yet.")) }
        }
        h.p(
            .class("lede"),
            text: say(
                "Who can be a member, what membership brings, what it costs, and who decides: the rules of today, each with its source."
            )
        )
        joinContent(h, version, words)
    }
}

/// What the version says of each category, and how an application goes.
func joinContent(_ h: HTMLWriter, _ version: CharterVersion, _ words: Words) {
    joinWays(h)
    for category in version.categories {
        JoinCategory(h: h, version: version, category: category, words: words).write()
    }
    joinSteps(h, version, words)
}

/// The way to begin, and the way back for whoever began before.
private func joinWays(_ h: HTMLWriter) {
    h.p(.class("ways")) {
        h.a(.class("button primary"), .href(JoinAddress.start), text: say("Begin an application"))
        h.a(.href(JoinAddress.link), text: say("Lost the link to yours?"))
    }
}

/// One category: what it is, brings, asks and costs.
private struct JoinCategory {
    let h: HTMLWriter
    let version: CharterVersion
    let category: Charter.Category
    let words: Words

    private var admission: Charter.Admission { version.membership.admission }

    func write() {
        let id = "category-\(category.key)"
        h.section(.class("stack"), .aria(.labelledby, id)) {
            h.h2(.id(id), text: words.categories(category.key))
            h.p {
                h.text(categoryStanding(category, words))
                h.text(" ")
                h.cited(category.citation)
            }
            h.div(.class("columns even")) {
                h.div(.class("prose")) {
                    benefits()
                    asked()
                }
                h.div(.class("prose")) { fees() }
            }
            h.p {
                h.a(
                    .class("button"),
                    .href(JoinAddress.starting(as: category.key)),
                    text: say("Apply as \(words.inText(words.category(category.key)))")
                )
            }
        }
    }

    private func benefits() {
        h.h3(say("What membership brings"))
        guard !category.brings.isEmpty else {
            return h.p(.class("quiet"), text: say("No source that is published says it for this category."))
        }
        h.ul {
            for benefit in category.brings {
                h.li {
                    h.ruled(benefit.text)
                    h.text(" ")
                    h.cited(benefit.citation)
                    if let note = benefit.note { h.span(.class("also")) { h.ruled(note) } }
                }
            }
        }
    }

    private func asked() {
        h.h3(say("What is asked"))
        let facts = Charter.ApplicantFact.allCases.compactMap { admission.asks($0, of: category.key) }
        let documents = admission.documents(for: category.key)
        guard !facts.isEmpty || !documents.isEmpty else {
            return h.p(say("Name and country, whom to write to, and why you want to join; nothing else."))
        }
        h.p(say("Name and country, whom to write to, and why you want to join. Besides:"))
        h.ul {
            for fact in facts { row(asking(factName(fact.fact), isRequired: fact.isRequired), fact.citation) }
            for document in documents {
                row(asking(.name(document.name), isRequired: document.isRequired), document.citation)
            }
        }
    }

    private func asking(_ what: Phrase, isRequired: Bool) -> Phrase {
        isRequired ? what : say("\(what), if you have it")
    }

    private func row(_ words: Phrase, _ citation: Citation) {
        h.li {
            h.text(words)
            h.text(" ")
            h.cited(citation)
        }
    }

    private func fees() {
        h.h3(say("What it costs a year"))
        let schedules = version.feeSchedules.filter { $0.category == category.key }
        guard !schedules.isEmpty else { return h.p(.class("quiet"), text: say("The charter has no fee for it.")) }
        for schedule in schedules { h.feeSchedule(schedule, isNamed: schedules.count > 1) }
        FeeForm(h: h, id: "fee-\(category.key)").own(version, category.key)
        h.p { h.a(.href(DuesPlace.fees), text: say("When it is due, how it is paid, and the fees of other years")) }
    }
}

/// How an application goes, step by step, with who decides.
private func joinSteps(_ h: HTMLWriter, _ version: CharterVersion, _ words: Words) {
    let admission = version.membership.admission
    h.section(.aria(.labelledby, "steps")) {
        h.h2(.id("steps"), text: say("How it goes"))
        h.div(.class("prose")) {
            h.ol {
                h.li(
                    say(
                        "You say who you are. We send a link to your address of e-mail; it opens your application on any device. You need no account."
                    )
                )
                h.li(say("You fill it in, in your own time: it is saved as you go. Then you send it."))
                h.li(say("The secretariat looks whether it is whole, and asks you where something is missing."))
                h.li {
                    h.sentence(
                        say("The \(words.body(admission.approvedBy)) decides. \(part: 0)"),
                        { h.cited(admission.citation) }
                    )
                    if let note = admission.note { h.span(.class("also")) { h.ruled(note) } }
                }
                h.li(membershipBegins(admission.countsFrom))
            }
            if let kept = applicationsKept(version) { h.p(.class("quiet"), text: kept) }
        }
        joinWays(h)
    }
}

/// The addresses of the pages on which an application begins.
enum JoinAddress {
    static let start = "\(JoiningLetters.Path.join)/start"
    static let sent = "\(JoiningLetters.Path.join)/sent"
    static let link = "\(JoiningLetters.Path.join)/link"

    static func starting(as category: String) -> String { "\(start)?category=\(queryEscaped(category))" }
}
