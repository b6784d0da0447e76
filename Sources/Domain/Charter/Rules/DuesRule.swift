import Languages

extension Charter.Dues {
    /// How fees are asked for, as rules that people read.
    var rules: [Rule] {
        var rules = [
            rule("billing", [billing, due, figures], notes: [note]),
            rule("joining-year", [joiningYear.joiningWords]), rule("leaving-year", [leavingYear.leavingWords]),
        ]
        if !reminderDays.isEmpty {
            let days = reminderDays.map(String.init).joined(separator: ", ")
            rules.append(
                rule("reminders", [say("Reminders go to who has not paid, in days from the due day: \(days).")])
            )
        }
        if let payments { rules.append(rule("payments", payments.sentences, notes: [payments.note])) }
        if let bank { rules.append(rule("bank", bank.sentences, notes: [bank.note])) }
        return rules
    }

    private func rule(_ key: String, _ sentences: [Phrase], notes: [String?] = []) -> Rule {
        Rule(id: "dues.\(key)", statement: .sentences(sentences), citation: citation, notes: notes)
    }

    private var billing: Phrase {
        say("The fee of a year goes by the rules of its day \(billedOn) (month-day).")
    }

    private var due: Phrase {
        say(
            dueAfterDays,
            one: "It is due \(dueAfterDays) day after its invoice.",
            other: "It is due \(dueAfterDays) days after its invoice."
        )
    }

    private var figures: Phrase {
        switch factsAsOf {
        case .latest: say("Of a member's figures, the latest that is known when it is billed counts.")
        case .billedOn: say("Of a member's figures, the latest of that day or before counts.")
        }
    }
}

extension Charter.Payments {
    fileprivate var sentences: [Phrase] {
        [
            say(
                "A line of a bank's statement is booked by itself if it is at least \(booksFrom)% sure what it is for. "
                    + "Each other line waits for a person."
            ),
            say(
                "A payment in another currency may differ from what it settles by \(rateDifference.words) of it at "
                    + "most."
            ),
        ]
    }
}

extension Charter.Bank {
    fileprivate var sentences: [Phrase] {
        let account = bic.map { say("Payable to \(holder), IBAN \(iban), BIC \($0).") }
        var sentences = [account ?? say("Payable to \(holder), IBAN \(iban).")]
        if isInvented { sentences.append(say("The account is made up: nothing can be paid to it.")) }
        return sentences
    }
}

extension CharterVersion {
    /// The standings in the order in which they are asked.
    var standingRules: [Rule] {
        standings.map { standing in
            let name = Phrase.name(standing.name)
            let conditions = Phrase.list(standing.conditions.map(words))
            return Rule(
                id: standing.id,
                statement: standing == standings.first
                    ? say("\(name): \(conditions).")
                    : say("\(name), where no standing before it holds: \(conditions)."),
                citation: standing.citation,
                notes: [standing.note]
            )
        }
    }

    private func words(_ condition: Charter.StandingCondition) -> Phrase {
        switch condition {
        case .status(let keys):
            let names = Phrase.list(keys.map { .name(status($0)?.name ?? $0) }, .or)
            return say("the status is \(names)")
        case .pastDue(let days):
            return say(
                days,
                one: "dues are \(days) day or more past due",
                other: "dues are \(days) days or more past due"
            )
        case .nothingPastDue: return say("nothing is past due")
        case .paidWithin(let years):
            return say(
                years,
                one: "a payment came within \(years) year",
                other: "a payment came within \(years) years"
            )
        case .paid: return say("a payment, or a year that is paid or remitted, is on record")
        case .nothingOnRecord: return say("neither an invoice nor a payment is on record")
        case .otherwise: return say("everybody else", context: "a standing")
        }
    }

    func entitlementRule(_ entitlement: Charter.Entitlement) -> Rule {
        let levels = standings.compactMap { standing in
            entitlement.access[standing.key].map { say("\(Phrase.name(standing.name)): \($0.words)") }
        }
        var sentences = [say("\(Phrase.name(entitlement.name)). \(Phrase.joined(levels, by: "; ")).")]
        if let limited = entitlement.limited { sentences.append(say("Limited access: \(Phrase.name(limited))")) }
        if !entitlement.categories.isEmpty {
            let names = Phrase.names(entitlement.categories.map { category($0)?.plural ?? $0 })
            sentences.append(say("For \(names).", context: "the categories of an entitlement"))
        }
        if !entitlement.offices.isEmpty {
            let names = Phrase.names(entitlement.offices.map { office($0)?.name ?? $0 })
            sentences.append(say("It opens the office: \(names)."))
        }
        return Rule(
            id: entitlement.id,
            statement: .sentences(sentences),
            citation: entitlement.citation,
            notes: [entitlement.note]
        )
    }
}

extension Charter.PointRule {
    var rule: Rule {
        let earned: Phrase =
            switch earnedBy {
            case .participation(let capacities):
                say("Earned by each event in the capacity of \(Phrase.list(capacities.map(\.words), .or)).")
            case .activity: say("Earned by each such activity on record.")
            case .payment: say("Earned by each year whose fee is paid.")
            }
        return Rule(
            id: id,
            statement: .sentences([say("\(Phrase.name(name)), points: \(points.words)."), earned]),
            citation: citation,
            notes: [note]
        )
    }
}
