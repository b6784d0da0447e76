import Access
import Charter
import Dues
import HTML
import Languages
import Membership

/// The fee of a year with all that it follows from, what is missing to tell it and how to tell that, and what it would
/// be with other facts.
struct MemberFeePart: Sendable {
    let room: Room
    let member: RoomMember
    let question: MemberFeeQuestion
    let known: FeeOfMember.Answer
    /// With what somebody assumes.
    let assumed: FeeOfMember.Answer
    /// What the member proposed about its figures; read only where one is missing.
    let proposals: MemberProposals.Answer?

    static func load(_ room: Room, _ question: MemberFeeQuestion) async throws -> MemberFeePart {
        let (member, charter) = (try room.itsMember, room.site.charter)
        let (known, assumed) = try await room.ask(
            OwnFee(memberID: member.id, year: question.year, charter: charter),
            OwnFee(memberID: member.id, year: question.year, assuming: question.assumptions, charter: charter)
        )
        var proposals: MemberProposals.Answer?
        if case .missing = known.fee.outcome { proposals = try await room.ask(MemberProposals(member: member.id)) }
        return MemberFeePart(
            room: room,
            member: member,
            question: question,
            known: known,
            assumed: assumed,
            proposals: proposals
        )
    }

    func write(_ h: HTMLWriter) {
        h.section(.aria(.labelledby, "fee")) {
            h.h2(.id("fee"), text: say("Fee of \(plain: question.year)"))
            years(h)
            outcome(h, known.fee)
            whatIf(h)
        }
    }

    private func years(_ h: HTMLWriter) {
        let offered = ((room.today.year - 3)...(room.today.year + 1)).filter {
            room.site.charter.feeVersion(year: $0) != nil
        }
        h.nav(.class("tabs"), .aria(.label, say("Years"))) {
            for year in offered.reversed() {
                h.a(
                    .href("\(PortalPlace.dues.address(member.key))?year=\(year)#fee"),
                    .when(year == question.year, .aria(.current, "page")),
                    text: String(year)
                )
            }
        }
    }

    private func outcome(_ h: HTMLWriter, _ fee: MemberFee) {
        switch fee.outcome {
        case .fee(let answer):
            amount(h, fee, answer)
            explanation(h, answer)
        case .missing(let missing):
            h.div(.class("notice caution"), .role(.note)) {
                h.p { h.b(say("Your fee of \(plain: question.year) cannot be told")) }
                h.ul { for each in missing { h.li { tell(h, each) } } }
            }
        case .noSchedule: h.p(.class("quiet"), text: fee.outcome.words)
        }
    }

    private func amount(_ h: HTMLWriter, _ fee: MemberFee, _ answer: FeeAnswer) {
        h.p(.class("figure-value")) {
            h.text(say("\(answer.money) a year"))
            if fee.isInvented {
                h.text(" ")
                h.madeUpTag()
            }
            if fee.isAssumed {
                h.text(" ")
                h.span(.class("tag"), text: say("assumed", context: "a figure"))
            }
        }
    }
}

// What a fee follows from.
extension MemberFeePart {
    private func explanation(_ h: HTMLWriter, _ answer: FeeAnswer) {
        let version = known.year.version
        h.dl(.class("facts wide")) {
            figure(h, answer)
            if let kind = answer.kind { kindFact(h, kind, answer.schedule) }
            h.fact(say("Row of the table")) {
                if let band = answer.band {
                    h.ruled(band.words)
                } else {
                    h.text(say("None: the table has no row for it, so a ruling decides."))
                }
            }
            for ruling in answer.rulings {
                h.fact(say("Ruling")) {
                    h.ruled(ruling.words)
                    h.span(.class("also")) { h.cited(ruling.citation) }
                }
            }
            if let rule = version.rule(answer.rule) {
                h.fact(say("Rule")) {
                    h.rule(rule)
                    h.span(.class("also")) { h.code(rule.id) }
                }
            }
            for statement in answer.statements {
                h.fact(say("A source says")) {
                    h.ruled(statement.words)
                    h.span(.class("also")) { h.cited(statement.citation) }
                }
            }
            h.fact(say("Decided on")) {
                h.text(say("\(known.year.billedOn), by the rules in force since \(version.effective)"))
            }
        }
    }

    private func figure(_ h: HTMLWriter, _ answer: FeeAnswer) {
        h.div {
            h.dt { h.measureName(answer.measure) }
            h.dd {
                h.b(Phrase.decimal(answer.figure.value))
                if answer.value != answer.figure.value {
                    h.text(" ")
                    h.text(say("(read as \(Phrase.decimal(answer.value)))"))
                }
                origin(h, answer.figure)
            }
        }
    }

    private func kindFact(_ h: HTMLWriter, _ kind: FeeFact<String>, _ schedule: Charter.FeeSchedule) {
        h.fact(say("Kind")) {
            h.ruled(schedule.kinds.first { $0.key == kind.value }?.name ?? kind.value)
            origin(h, kind)
        }
    }

    /// Of when and whence a fact is.
    private func origin<Value>(_ h: HTMLWriter, _ fact: FeeFact<Value>) {
        if fact.isAssumed {
            h.span(.class("tag"), text: say("assumed", context: "a figure"))
            return
        }
        if fact.isInvented {
            h.text(" ")
            h.madeUpTag()
        }
        h.span(.class("also")) {
            h.when(DayRange(fact.asOf, fact.precision))
            h.text(" · ")
            h.span(.class("source")) {
                h.record(fact.source)
                if let locator = fact.locator, !locator.isEmpty {
                    h.text(", ")
                    h.text(EntrySource.words(fact.source, locator) ?? .record(locator))
                }
            }
        }
    }
}

// What is missing, and how a member tells it.
extension MemberFeePart {
    private func tell(_ h: HTMLWriter, _ missing: FeeMissing) {
        h.ruled(missing.words)
        h.text(" ")
        switch missing {
        case .figure(let measure):
            let fact = OfficialFact(rawValue: measure.key)
            if let fact, fact.isCounted {
                propose(h, fact)
            } else {
                h.text(
                    say(
                        "The secretariat enters it. If you know it, write to the secretariat, with its day and where "
                            + "it is from."
                    )
                )
            }
        case .kind: h.text(say("Write to the secretariat which of them you are, and since when."))
        case .noBand, .unpublished: h.text(say("The association has to settle this. You need not do anything."))
        }
    }

    private func propose(_ h: HTMLWriter, _ fact: OfficialFact) {
        let waiting = proposals?.facts.first { $0.fact == fact }?.waiting
        if let waiting {
            h.text(say("You have proposed \(waiting.value.words). The secretariat checks it and decides."))
        } else if proposals?.mayPropose == true {
            h.a(
                .href("\(PortalPlace.facts.address(member.key))/\(fact.rawValue)"),
                text: say("Tell the secretariat: \(fact.noun)")
            )
            h.text(". ")
            h.text(say("Once the secretariat has accepted it, it stands on your public page."))
        } else {
            h.text(say("A representative of the member tells it, under Official facts."))
        }
    }
}

// What if.
extension MemberFeePart {
    private var schedules: [Charter.FeeSchedule] {
        known.year.version.feeSchedules.filter { $0.category == known.fee.member.category }
    }

    private func whatIf(_ h: HTMLWriter) {
        var measures: [Charter.Measure] = []
        for measure in schedules.compactMap(\.measure) where !measures.contains(where: { $0.key == measure.key }) {
            measures.append(measure)
        }
        guard !measures.isEmpty else { return }
        h.details(.class("more-forms"), .when(question.isAsked, .open())) {
            h.summary(say("What if?"))
            h.problems(question.problems, lead: say("No fee can be told from this. Please look at:"))
            h.form(.action("\(PortalPlace.dues.address(member.key))#fee"), .method(.get)) {
                h.hiddenField("year", String(question.year))
                kindChoice(h)
                for measure in measures { figureField(h, measure) }
                h.p(.class("help"), text: say("What you leave empty is as on record. Nothing of it is kept."))
                h.div(.class("form-end")) {
                    h.button(.class("button"), .type(.submit), text: say("What would the fee be?"))
                }
            }
            if question.isAsked, question.problems.isEmpty { compared(h) }
        }
    }

    private func kindChoice(_ h: HTMLWriter) {
        let kinds = schedules.flatMap(\.kinds)
        guard !kinds.isEmpty else { return }
        let said = kinds.map { kind in
            (value: kind.key, text: Phrase.verbatim(capitalisedFirst(h.speech.text(.name(kind.name)))))
        }
        h.choice(
            MemberFeeQuestion.form.field(FeeQuestion.Name.kind),
            label: say("Kind"),
            value: question.typed[FeeQuestion.Name.kind] ?? "",
            options: [(value: "", text: say("As on record"))] + said,
            problems: question.problems
        )
    }

    private func figureField(_ h: HTMLWriter, _ measure: Charter.Measure) {
        h.textField(
            MemberFeeQuestion.form.field(measure.key),
            label: .verbatim(capitalisedFirst(h.speech.text(.name(measure.name)))),
            value: question.typed[measure.key] ?? "",
            problems: question.problems,
            .inputmode(measure.isWholeNumbers ? .numeric : .decimal),
            .maxlength(20),
            .autocomplete("off")
        )
    }

    private func compared(_ h: HTMLWriter) {
        h.div(.class("beside")) {
            h.div {
                h.h3(say("By what is on record"))
                told(h, known.fee)
            }
            h.div {
                h.h3(say("If it were so"))
                told(h, assumed.fee)
            }
        }
    }

    private func told(_ h: HTMLWriter, _ fee: MemberFee) {
        if let answer = fee.outcome.answer {
            amount(h, fee, answer)
            h.p(.class("quiet")) { h.ruled(answer.sentence) }
        } else {
            h.p { h.ruled(fee.outcome.words) }
        }
    }
}

extension DayRange {
    /// A day, a month or a year that begins on a day.
    init(_ first: Day, _ precision: DatePrecision) {
        let last: Day? =
            switch precision {
            case .day: first
            case .month:
                try? Day(
                    year: first.year,
                    month: first.month,
                    day: Day.length(ofMonth: first.month, year: first.year)
                )
            case .year: try? Day(year: first.year, month: 12, day: 31)
            }
        self.init(first.description, (last ?? first).description)
    }
}
