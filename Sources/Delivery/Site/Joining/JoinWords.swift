import Charter
import HTML
import Joining
import Languages

/// What a category is by the statutes.
func categoryStanding(_ category: Charter.Category, _ words: Words) -> Phrase {
    let title = words.title(ofCategory: category.key) ?? category.title
    return switch (category.isFullMember, category.mayVote) {
    case (true, true): say("In the statutes “\(title)”: a full member, with a vote.")
    case (true, false): say("In the statutes “\(title)”: a full member, without a vote.")
    case (false, true): say("In the statutes “\(title)”: no full member, but with a vote.")
    case (false, false): say("In the statutes “\(title)”: no full member, without a vote.")
    }
}

/// From which day a membership counts, to whoever applies.
func membershipBegins(_ countsFrom: Charter.CountsFrom) -> Phrase {
    switch countsFrom {
    case .applicationDate: say("Once it is approved, membership counts from the day on which you applied.")
    case .approvalDate: say("Membership counts from the day on which it is approved.")
    case .paymentDate: say("Once it is approved, membership counts from the day of your first payment.")
    }
}

/// What a fact that is asked is called: as the field of the form that asks it.
func factName(_ fact: Charter.ApplicantFact) -> Phrase { factField(fact).label }

/// The field in which a fact is told.
func factField(_ fact: Charter.ApplicantFact) -> ApplicationField {
    switch fact {
    case .population: .population
    case .employees: .employees
    case .headOfGovernment: .head
    case .gdpPerCapita: .gdpPerCapita
    }
}

/// How long what applicants say is kept; nothing where no rule tells.
func applicationsKept(_ version: CharterVersion) -> Phrase? {
    var sentences: [Phrase] = []
    if let days = version.retention(of: .applicationDrafts)?.days {
        sentences.append(
            say(
                days,
                one: "An application that is not sent is deleted \(days) day after its last change.",
                other: "An application that is not sent is deleted \(days) days after its last change."
            )
        )
    }
    if let days = version.retention(of: .applications)?.days {
        sentences.append(
            say(
                days,
                one: "What you told of yourselves is deleted \(days) day after the application has ended.",
                other: "What you told of yourselves is deleted \(days) days after the application has ended."
            )
        )
    }
    return sentences.isEmpty ? nil : Phrase.joined(sentences, by: " ")
}

extension HTMLWriter {
    /// A text of the charter: in the page's language where the charter has it, otherwise as it stands.
    func ruled(_ text: String) { ruled(Phrase.name(text)) }

    /// What a rule of the charter says, marked as English where nothing of it is in the page's language.
    func ruled(_ phrase: Phrase) {
        let said = speech.text(phrase)
        text(said == phrase.english ? .quoted(said) : phrase)
    }

    /// Where a rule was read: "GA6, Article 12, Agenda 7".
    func cited(_ citation: Citation) {
        span(.class("source")) {
            text(citation.source)
            if let article = citation.article {
                text(", ")
                text(say("Article \(article)"))
            }
            // The name of a section of a report, in its own language.
            if let heading = citation.heading {
                text(", ")
                record(heading)
            }
        }
    }

    /// A schedule of fees as it is printed, or why there is none to show.
    ///
    /// - Parameters:
    ///   - isNamed: Where it stands beside others of the same category.
    ///   - figure: The reader's own figure of the schedule's measure, whose band is marked.
    func feeSchedule(_ schedule: Charter.FeeSchedule, isNamed: Bool, figure: Double? = nil) {
        let mine = figure.flatMap { schedule.row(for: $0) }
        if isNamed || !schedule.kindNames.isEmpty {
            p {
                b(Phrase.name(schedule.name))
                if !schedule.kindNames.isEmpty {
                    span(.class("also")) { ruled(Phrase.joined(schedule.kindNames.map { .name($0) }, by: ", ")) }
                }
            }
        }
        if let reason = schedule.unpublished {
            p {
                text(say("Not published."))
                text(" ")
                ruled(reason)
                if !schedule.bands.isEmpty {
                    text(" ")
                    text(say("These amounts stand in for it:"))
                }
            }
        }
        if !schedule.bands.isEmpty { feeTable(schedule, mine: mine?.band) }
        feeRulings(schedule, mine: mine?.ruling)
        p(.class("note")) {
            if let note = schedule.note {
                ruled(note)
                text(" ")
            }
            cited(schedule.citation)
        }
    }

    /// What was decided about values that the table leaves out, which are open, and what sources say against it.
    private func feeRulings(_ schedule: Charter.FeeSchedule, mine: Charter.Ruling?) {
        let gaps = schedule.openGaps
        guard !schedule.rulings.isEmpty || !schedule.statements.isEmpty || !gaps.isEmpty else { return }
        ul {
            for ruling in schedule.rulings {
                li {
                    if case .values(let from, let to, let fee) = ruling.settles {
                        let amount = Phrase.money(minor: fee, places: 0, code: schedule.currency)
                        text(Phrase.joined([Charter.Band.range(from, to), amount], by: " · "))
                        text(". ")
                    }
                    ruled(ruling.words)
                    text(" ")
                    cited(ruling.citation)
                    if ruling == mine { span(.class("tag"), text: say("by what you entered")) }
                }
            }
            if let measure = schedule.measure {
                for gap in gaps {
                    let words = say(
                        "\(part: 0): \(gap.range). Not settled: no row and no ruling covers it, so no fee can be told."
                    )
                    li { sentence(words, { self.measureName(measure) }) }
                }
            }
            for statement in schedule.statements {
                li {
                    ruled(statement.words)
                    text(" ")
                    cited(statement.citation)
                }
            }
        }
    }

    /// What a figure is called, with a capital letter.
    func measureName(_ measure: Charter.Measure) {
        let said = speech.text(.name(measure.name))
        if said == measure.name { record(capitalisedFirst(said)) } else { text(capitalisedFirst(said)) }
    }

    private func feeTable(_ schedule: Charter.FeeSchedule, mine: Charter.Band?) {
        table {
            caption(.class("hidden-text"), text: say("Fees of a year: \(Phrase.name(schedule.name))"))
            thead {
                tr {
                    th(.scope(.col)) {
                        if let measure = schedule.measure { measureName(measure) } else { text(say("Applies to")) }
                    }
                    th(.scope(.col), .class("num"), text: say("Fee of a year"))
                }
            }
            tbody {
                for band in schedule.bands {
                    tr {
                        th(.scope(.row)) {
                            ruled(band.printed.map { Phrase.name($0) } ?? band.range)
                            if let label = band.label { span(.class("also")) { ruled(label) } }
                            if band == mine { span(.class("tag"), text: say("by what you entered")) }
                        }
                        let fee = Phrase.money(minor: band.fee, places: 0, code: schedule.currency)
                        td(.class("num"), text: fee)
                    }
                }
            }
        }
    }
}
