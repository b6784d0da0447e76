import Charter
import Dues
import HTML
import Languages
import Web

/// What membership costs in a year, from the charter alone: every table with its rulings, and what somebody would pay.
struct PublicDuesPage: Sendable {
    let question: FeeQuestion
    /// Nil for a year of which there are no rules.
    let rules: FeeYear?
    /// What was asked of this year and of the other one.
    let told: ToldFee?
    let other: ToldFee?

    init(_ question: FeeQuestion, _ charter: Charter) {
        self.question = question
        rules = try? FeeYear(question.year, charter: charter)
        told = question.told(in: question.year, charter)
        other = question.otherYear.flatMap { $0 == question.year ? nil : question.told(in: $0, charter) }
    }

    func page(_ context: SiteContext) -> Page {
        let about = PageFrame(
            title: say("What membership costs"),
            description: say(
                "What membership costs in \(plain: question.year): each table of fees with every row, what was "
                    + "decided about it, and what you would pay."
            ),
            path: question.address,
            place: .join,
            robots: question.isAsked ? "noindex" : nil
        )
        return frame(about, context) { h in
            h.div(.class("head")) {
                h.h1(say("What membership costs"))
                h.p(.class("lede"), text: lede)
            }
            let offered = FeeQuestion.offered(context.charter, today: context.today())
            yearLinks(h, offered)
            ask(h, offered, context)
            if let rules {
                tables(h, rules.version, context.words(on: rules.billedOn))
                DuesRules(h: h, rules: rules, words: context.words(on: rules.billedOn)).write()
            }
            more(h)
        }
    }

    private var lede: Phrase {
        guard let rules else {
            return say("There are no rules for \(plain: question.year), so no fee of that year can be told.")
        }
        return say(
            "The fees of \(plain: question.year) are decided on \(rules.billedOn, .long), by the rules in force since "
                + "\(rules.version.effective, .long). Each stands here with its source."
        )
    }

    private func yearLinks(_ h: HTMLWriter, _ years: [Int]) {
        guard years.count > 1 else { return }
        h.nav(.class("pages"), .aria(.label, say("Years"))) {
            for year in years {
                let isShown = year == question.year
                h.a(.href(DuesPlace.fees(of: year)), .when(isShown, .aria(.current, "page")), text: String(year))
            }
        }
    }

    private func ask(_ h: HTMLWriter, _ years: [Int], _ context: SiteContext) {
        let words = context.words(on: rules?.billedOn ?? context.today())
        h.section(.id(DuesPlace.askSection), .class("stack"), .aria(.labelledby, "ask-title")) {
            h.h2(.id("ask-title"), text: say("What would we pay?"))
            h.p(
                .class("quiet"),
                text: say("Say what you are and the figure that your fee goes by. Nothing of it is kept.")
            )
            let categories = words.categories.map { FeeForm.Choice(key: $0.key, name: words.category($0.key)) }
            FeeForm(h: h, id: "fee", question: question).all(context.charter, years: years, categories: categories)
            if let told { answer(h, told) }
        }
    }

    private func answer(_ h: HTMLWriter, _ told: ToldFee) {
        h.div(.class("notice")) {
            h.h3(say("By the rules of \(plain: told.rules.year)"))
            told.write(h)
        }
        guard let other else { return }
        h.div(.class("notice")) {
            h.h3(say("By the rules of \(plain: other.rules.year)"))
            other.write(h)
            if let difference = other.difference(from: told) { h.p { h.b(difference) } }
        }
    }

    private func tables(_ h: HTMLWriter, _ version: CharterVersion, _ words: Words) {
        for category in version.categories {
            let schedules = version.feeSchedules.filter { $0.category == category.key }
            let id = "fees-\(category.key)"
            h.section(.class("stack"), .aria(.labelledby, id)) {
                h.h2(.id(id), text: words.categories(category.key))
                h.div(.class("prose")) {
                    if schedules.isEmpty { h.p(.class("quiet"), text: say("The charter has no fee for it.")) }
                    for schedule in schedules {
                        h.feeSchedule(schedule, isNamed: schedules.count > 1, figure: figure(in: schedule))
                    }
                }
            }
        }
    }

    /// The figure that was asked about, in the table by which its fee goes.
    private func figure(in schedule: Charter.FeeSchedule) -> Double? {
        guard let answer = told?.outcome.answer, answer.schedule.key == schedule.key else { return nil }
        return answer.figure.value
    }

    private func more(_ h: HTMLWriter) {
        h.section(.aria(.labelledby, "more")) {
            h.h2(.id("more"), text: say("More on dues"))
            h.div(.class("prose")) {
                h.ul {
                    h.li {
                        h.a(.href(DuesPlace.figures), text: say("What was billed and received, by year and region"))
                    }
                    h.li { h.a(.href(ProofPages.path), text: say("Check an invoice, receipt or certificate")) }
                    h.li {
                        h.sentence(
                            say("All tables of all years for programs: \(part: 0), \(part: 1)."),
                            { h.a(.href("/data/fees.csv"), text: "CSV") },
                            { h.a(.href("/data/fees.json"), text: "JSON") }
                        )
                    }
                }
            }
        }
    }
}

/// When and how the fees of a year are asked for, and how a fee can be lowered.
private struct DuesRules {
    let h: HTMLWriter
    let rules: FeeYear
    let words: Words

    func write() {
        let version = rules.version
        h.section(.class("stack"), .aria(.labelledby, "rules")) {
            h.h2(.id("rules"), text: say("When and how it is paid"))
            h.div(.class("prose")) {
                let dues = version.rules.filter { $0.id.hasPrefix("dues.") }
                if dues.isEmpty {
                    h.p(say("No rule of this year says when fees are billed, when they are due or how they are paid."))
                }
                list(dues)
            }
        }
        h.section(.class("stack"), .aria(.labelledby, "relief")) {
            h.h2(.id("relief"), text: say("When a fee cannot be paid"))
            h.div(.class("prose")) {
                guard let remission = version.remission, let rule = version.rule("remission") else {
                    return h.p(say("No rule of this year says that a fee can be lowered."))
                }
                list([rule])
                h.p {
                    h.sentence(
                        say(
                            "A member's representative asks for it in the member's room, with the reasons: \(part: 0). "
                                + "The \(words.body(remission.decidedBy)) decides."
                        ),
                        { h.a(.href("/sign-in"), text: say("sign in")) }
                    )
                }
            }
        }
    }

    private func list(_ rules: [Rule]) {
        guard !rules.isEmpty else { return }
        h.ul {
            for rule in rules {
                h.li {
                    h.ruled(rule.statement)
                    h.text(" ")
                    h.cited(rule.citation)
                    if let note = rule.note { h.span(.class("also")) { h.ruled(note) } }
                }
            }
        }
    }
}
