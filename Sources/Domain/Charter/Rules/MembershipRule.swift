import Languages

extension CharterVersion {
    /// How membership begins, ends and is held back, as rules that people read.
    var membershipRules: [Rule] {
        var rules = [admissionRule] + membership.admission.documents.map(documentRule) + askedRules
        if let withdrawal = membership.withdrawal { rules.append(withdrawalRule(withdrawal)) }
        if let appeal = membership.appeal { rules.append(appealRule(appeal)) }
        if let reinstatement = membership.reinstatement { rules.append(reinstatementRule(reinstatement)) }
        return rules + membership.grounds.map(groundRule)
    }

    private var admissionRule: Rule {
        let admission = membership.admission
        return Rule(
            id: "membership.admission",
            statement: .sentences([
                admission.countsFrom.sentence, say("The \(bodyName(admission.approvedBy)) approves it."),
            ]),
            citation: admission.citation,
            notes: [admission.note]
        )
    }

    private func documentRule(_ document: Charter.WantedDocument) -> Rule {
        Rule(
            id: "membership.admission.documents.\(document.key)",
            statement: .sentences([
                say("Applicants enclose: \(Phrase.name(document.name))."),
                asked(of: document.categories, isRequired: document.isRequired),
            ]),
            citation: document.citation,
            notes: [document.note]
        )
    }

    /// One rule for each fact, however many entries the file has for it.
    private var askedRules: [Rule] {
        Charter.ApplicantFact.allCases.compactMap { fact in
            let entries = membership.admission.asks.filter { $0.fact == fact }
            guard let first = entries.first else { return nil }
            let sentences = entries.map { asked(of: $0.categories, isRequired: $0.isRequired) }
            return Rule(
                id: "membership.admission.asks.\(fact.rawValue)",
                statement: .sentences([say("Applicants state: \(fact.words).")] + sentences),
                citation: first.citation,
                notes: entries.map(\.note)
            )
        }
    }

    private func asked(of categories: [String], isRequired: Bool) -> Phrase {
        isRequired ? say("Required of: \(plurals(categories)).") : say("Optional for: \(plurals(categories)).")
    }

    private func plurals(_ categories: [String]) -> Phrase {
        .names(categories.map { category($0)?.plural ?? $0 })
    }

    private func statusNames(_ keys: [String]) -> Phrase {
        .names(keys.map { status($0)?.name ?? $0 })
    }

    /// What becomes of a member.
    private func then(_ status: String) -> Phrase {
        say("The member is then: \(statusNames([status])).")
    }

    private func decided(by body: String) -> Phrase {
        say("Decided by the \(bodyName(body)).")
    }

    private func withdrawalRule(_ withdrawal: Charter.Withdrawal) -> Rule {
        let sentences = [
            Phrase.name(withdrawal.how), say("The \(bodyName(withdrawal.approvedBy)) approves it."),
            then(withdrawal.leadsTo),
        ]
        return Rule(
            id: "membership.withdrawal",
            statement: .sentences(sentences),
            citation: withdrawal.citation,
            notes: [withdrawal.note]
        )
    }

    private func appealRule(_ appeal: Charter.Appeal) -> Rule {
        let (days, against) = (appeal.withinDays, statusNames(appeal.against))
        let sentences = [
            say(
                days,
                one: "A member may appeal within \(days) day against: \(against).",
                other: "A member may appeal within \(days) days against: \(against)."
            ),
            say("If the appeal succeeds, the member is then: \(statusNames([appeal.leadsTo]))."),
            decided(by: appeal.decidedBy),
        ]
        return Rule(
            id: "membership.appeal",
            statement: .sentences(sentences),
            citation: appeal.citation,
            notes: [appeal.note]
        )
    }

    private func reinstatementRule(_ reinstatement: Charter.Reinstatement) -> Rule {
        let sentences = [
            say("Reinstatement from: \(statusNames(reinstatement.from))."),
            say("If it is granted, the member is then: \(statusNames([reinstatement.leadsTo]))."),
            decided(by: reinstatement.decidedBy),
        ]
        return Rule(
            id: "membership.reinstatement",
            statement: .sentences(sentences),
            citation: reinstatement.citation,
            notes: [reinstatement.note]
        )
    }

    private func groundRule(_ ground: Charter.Ground) -> Rule {
        var sentences = [say("\(plurals(ground.categories)): \(Phrase.name(ground.when))")]
        if let years = ground.inactiveYears, let comparison = ground.comparison {
            switch comparison {
            case .moreThan:
                sentences.append(
                    say(years, one: "That is more than \(years) year.", other: "That is more than \(years) years.")
                )
            case .atLeast:
                sentences.append(
                    say(years, one: "That is at least \(years) year.", other: "That is at least \(years) years.")
                )
            }
        }
        sentences.append(then(ground.leadsTo))
        if let years = ground.lastsYears {
            sentences.append(say(years, one: "For \(years) year.", other: "For \(years) years."))
        }
        if let body = ground.decidedBy { sentences.append(decided(by: body)) }
        return Rule(
            id: "membership.grounds.\(ground.key)",
            statement: .sentences(sentences),
            citation: ground.citation,
            notes: [ground.note]
        )
    }
}
