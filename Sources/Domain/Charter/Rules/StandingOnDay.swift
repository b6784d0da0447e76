import Languages

extension CharterVersion {
    /// The rule that decides the standing; nil where the charter has no standing.
    public func standingRule(of facts: StandingDayFacts) -> Charter.StandingRule? {
        standings.first { $0.holds(facts) }
    }

    /// The standing of a member on a day, why, and what would change it; nil where the charter has no standing.
    public func standing(_ facts: StandingDayFacts) -> Charter.MemberStanding? {
        guard let rule = standingRule(of: facts) else { return nil }
        var told = rule.conditions.flatMap { reasons($0, facts) }
        if facts.isInvented { told.append(say("Some of these records are made up.")) }
        let changes = changes(from: rule, facts)
        return Charter.MemberStanding(
            rule: rule,
            reason: .sentences(told),
            change: changes.isEmpty ? nil : .sentences(changes)
        )
    }

    private func reasons(_ condition: Charter.StandingCondition, _ facts: StandingDayFacts) -> [Phrase] {
        switch condition {
        case .status: [say("Its status is: \(statusName(facts.status)).")]
        case .pastDue: facts.pastDueWords
        case .nothingPastDue: [say("Nothing is past due.")]
        case .paidWithin, .paid: facts.paidWords
        case .nothingOnRecord: facts.nothingWords
        case .otherwise: facts.pastDueWords + (facts.hasPaid ? facts.paidWords : facts.nothingWords)
        }
    }

    /// What would make it another standing: first what the member can do, otherwise what would take the standing away.
    private func changes(from rule: Charter.StandingRule, _ facts: StandingDayFacts) -> [Phrase] {
        var found: [Phrase] = []
        var paid = facts
        paid.firstPastDue = nil
        paid.lastPayment = facts.day
        if let other = other(than: rule, paid) {
            found.append(
                facts.firstPastDue == nil
                    ? say("With a payment on record, its standing is then: \(other).")
                    : say("Once what is past due is paid, its standing is then: \(other).")
            )
        }
        if rule.conditions.contains(where: \.isStatus) { found += freed(from: rule, facts) }
        return found.isEmpty ? losses(from: rule, facts) : found
    }

    private func freed(from rule: Charter.StandingRule, _ facts: StandingDayFacts) -> [Phrase] {
        for status in statuses where status.isOnRoll && status.key != facts.status {
            var free = facts
            free.status = status.key
            guard let other = other(than: rule, free) else { continue }
            return [say("Once its status is again: \(statusName(status.key)), its standing is then: \(other).")]
        }
        return []
    }

    private func losses(from rule: Charter.StandingRule, _ facts: StandingDayFacts) -> [Phrase] {
        var found: [Phrase] = []
        if let last = facts.lastPayment {
            for case .paidWithin(let years) in rule.conditions {
                var later = facts
                later.day = last.adding(years: years).adding(days: 1)
                guard later.day > facts.day, let other = other(than: rule, later) else { continue }
                found.append(say("Without another payment before \(later.day), its standing is then: \(other)."))
            }
        }
        guard facts.firstPastDue == nil else { return found }
        for days in standings.flatMap({ $0.conditions.compactMap(\.pastDueDays) }).sorted() {
            var late = facts
            late.firstPastDue = facts.day.adding(days: -days)
            guard let other = other(than: rule, late) else { continue }
            found.append(
                say(
                    days,
                    one: "If dues are \(days) day past due, its standing is then: \(other).",
                    other: "If dues are \(days) days past due, its standing is then: \(other)."
                )
            )
            break
        }
        return found
    }

    /// The name of the standing that other facts would give, where it is not this one.
    private func other(than rule: Charter.StandingRule, _ facts: StandingDayFacts) -> Phrase? {
        guard let other = standingRule(of: facts), other.key != rule.key else { return nil }
        return .name(other.name)
    }

    private func statusName(_ key: String) -> Phrase { .name(status(key)?.name ?? key) }
}

extension Charter.StandingCondition {
    func holds(_ facts: StandingDayFacts) -> Bool {
        switch self {
        case .status(let keys): keys.contains(facts.status)
        case .pastDue(let days): facts.firstPastDue.map { facts.day.daysSince($0) >= days } ?? false
        case .nothingPastDue: facts.firstPastDue.map { $0 >= facts.day } ?? true
        case .paidWithin(let years):
            facts.lastPayment.map { $0 <= facts.day && $0.adding(years: years) >= facts.day } ?? false
        case .paid: facts.hasPaid
        case .nothingOnRecord: !facts.hasInvoices && !facts.hasPaid
        case .otherwise: true
        }
    }

    fileprivate var isStatus: Bool {
        if case .status = self { return true }
        return false
    }

    fileprivate var pastDueDays: Int? {
        if case .pastDue(let days) = self { return days }
        return nil
    }
}

extension StandingDayFacts {
    fileprivate var hasPaid: Bool { lastPayment != nil || lastPaidYear != nil }

    fileprivate var pastDueWords: [Phrase] {
        guard let firstPastDue else { return [] }
        guard let owedPastDue else { return [say("Dues are past due, the oldest of them since \(firstPastDue).")] }
        return [say("\(owedPastDue) is past due, the oldest of it since \(firstPastDue).")]
    }

    fileprivate var paidWords: [Phrase] {
        var words: [Phrase] = []
        if let lastPaidYear { words.append(say("The dues of \(plain: lastPaidYear) are paid or remitted.")) }
        if let lastPayment { words.append(say("Its last payment came on \(lastPayment).")) }
        return words
    }

    fileprivate var nothingWords: [Phrase] {
        [
            hasInvoices
                ? say("No payment of it is on record.") : say("Neither an invoice nor a payment of it is on record.")
        ]
    }
}

extension Day {
    /// The same day of another year; 1 March for 29 February where there is none.
    func adding(years: Int) -> Day {
        let target = year + years
        if let same = try? Day(year: target, month: month, day: day) { return same }
        if let march = try? Day(year: target, month: 3, day: 1) { return march }
        return years < 0 ? .first : .last
    }
}
