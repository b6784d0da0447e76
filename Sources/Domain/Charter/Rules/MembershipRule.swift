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
            statement:
                "Membership counts from \(admission.countsFrom.words). The \(bodyName(admission.approvedBy)) approves it.",
            citation: admission.citation,
            note: admission.note
        )
    }

    private func documentRule(_ document: Charter.WantedDocument) -> Rule {
        let applicants = asked(of: document.categories, isRequired: document.isRequired)
        return Rule(
            id: "membership.admission.documents.\(document.key)",
            statement: "Applicants enclose: \(document.name). \(applicants)",
            citation: document.citation,
            note: document.note
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
                statement: "Applicants state: \(fact.words). \(sentences.joined(separator: " "))",
                citation: first.citation,
                note: joinedNotes(entries.map(\.note))
            )
        }
    }

    private func asked(of categories: [String], isRequired: Bool) -> String {
        "\(isRequired ? "Required of" : "Optional for"): \(plurals(categories))."
    }

    private func plurals(_ categories: [String]) -> String {
        categories.map { category($0)?.plural ?? $0 }.joined(separator: ", ")
    }

    private func statusName(_ key: String) -> String {
        status(key)?.name ?? key
    }

    private func withdrawalRule(_ withdrawal: Charter.Withdrawal) -> Rule {
        let sentences = [
            withdrawal.how, "The \(bodyName(withdrawal.approvedBy)) approves it.",
            "The member is then: \(statusName(withdrawal.leadsTo)).",
        ]
        return Rule(
            id: "membership.withdrawal",
            statement: sentences.joined(separator: " "),
            citation: withdrawal.citation,
            note: withdrawal.note
        )
    }

    private func appealRule(_ appeal: Charter.Appeal) -> Rule {
        let days = "\(appeal.withinDays) \(appeal.withinDays == 1 ? "day" : "days")"
        let sentences = [
            "A member may appeal within \(days) against: \(appeal.against.map(statusName).joined(separator: ", ")).",
            "If the appeal succeeds, the member is then: \(statusName(appeal.leadsTo)).",
            "Decided by the \(bodyName(appeal.decidedBy)).",
        ]
        return Rule(
            id: "membership.appeal",
            statement: sentences.joined(separator: " "),
            citation: appeal.citation,
            note: appeal.note
        )
    }

    private func reinstatementRule(_ reinstatement: Charter.Reinstatement) -> Rule {
        let sentences = [
            "Reinstatement from: \(reinstatement.from.map(statusName).joined(separator: ", ")).",
            "If it is granted, the member is then: \(statusName(reinstatement.leadsTo)).",
            "Decided by the \(bodyName(reinstatement.decidedBy)).",
        ]
        return Rule(
            id: "membership.reinstatement",
            statement: sentences.joined(separator: " "),
            citation: reinstatement.citation,
            note: reinstatement.note
        )
    }

    private func groundRule(_ ground: Charter.Ground) -> Rule {
        var sentences = ["\(plurals(ground.categories)): \(ground.when)"]
        if let years = ground.inactiveYears, let comparison = ground.comparison {
            let bound = comparison == .moreThan ? "more than" : "at least"
            sentences.append("That is \(bound) \(years) \(years == 1 ? "year" : "years").")
        }
        sentences.append("The member is then: \(statusName(ground.leadsTo)).")
        if let years = ground.lastsYears { sentences.append("For \(years) \(years == 1 ? "year" : "years").") }
        if let body = ground.decidedBy { sentences.append("Decided by the \(bodyName(body)).") }
        return Rule(
            id: "membership.grounds.\(ground.key)",
            statement: sentences.joined(separator: " "),
            citation: ground.citation,
            note: ground.note
        )
    }
}
