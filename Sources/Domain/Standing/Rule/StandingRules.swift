public import Charter

/// The charter's grounds for suspending and terminating, put to the facts of members: for each member and each ground of
/// its category whether the ground is met, is not, or cannot be told, and why.
///
/// Only what can be counted is: the time without participation and payment. Whatever else a ground asks (that a member
/// does not answer) is for the body that decides.
public struct StandingRules: Sendable {
    private let day: Day
    private let events: [EventOnRecord]
    private let byCategory: [String: [Prepared]]

    /// A ground with what is the same for all members.
    private struct Prepared: Sendable {
        let ground: Charter.Ground
        /// Who was active on this day or later is not inactive for as long as the ground asks. Nil where it asks for no
        /// lapse of time.
        let window: Day?
        /// What the records of the whole window lack.
        let missingEvents: [MissingData]
    }

    /// - Parameters:
    ///   - version: the charter's version of the day.
    ///   - events: those on record that began on the day or before.
    public init(version: CharterVersion, day: Day, events: [EventOnRecord]) {
        self.day = day
        self.events = events
        var byCategory: [String: [Prepared]] = [:]
        for ground in version.membership.grounds {
            let window = ground.inactiveYears.map {
                Self.windowStart(years: $0, isMore: ground.comparison == .moreThan, on: day)
            }
            let prepared = Prepared(
                ground: ground,
                window: window,
                missingEvents: window.map { Self.missingEvents(events, from: $0, to: day, needsAny: true) } ?? []
            )
            for category in ground.categories { byCategory[category, default: []].append(prepared) }
        }
        self.byCategory = byCategory
    }

    /// What the rule finds of one member, a finding for each ground of its category, in the charter's order.
    public func findings(_ facts: StandingFacts) -> [StandingFinding] {
        (byCategory[facts.member.category] ?? []).map { prepared in
            StandingFinding(
                member: facts.member,
                ground: prepared.ground.key,
                outcome: outcome(facts, prepared)
            )
        }
    }

    /// The first day from which on any activity keeps a member from having been inactive for so long.
    static func windowStart(years: Int, isMore: Bool, on day: Day) -> Day {
        // The end of February makes the way back uneven, so the first day is looked for from a little before.
        var first = day.adding(years: -years).adding(days: -3)
        while isMore ? first.adding(years: years) < day : first.adding(years: years) <= day {
            first = first.adding(days: 1)
        }
        return first
    }

    private static func missingEvents(
        _ events: [EventOnRecord],
        from first: Day,
        to last: Day,
        needsAny: Bool
    ) -> [MissingData] {
        // One that may be still to come is not asked for.
        let held = events.filter { $0.when.latest >= first && $0.when.latest <= last }
        if held.isEmpty { return needsAny ? [.events] : [] }
        let listless = held.filter { !$0.hasWholeList }.map(\.key)
        return listless.isEmpty ? [] : [.participants(listless)]
    }

    private func outcome(_ facts: StandingFacts, _ prepared: Prepared) -> StandingOutcome {
        if facts.member.status == prepared.ground.leadsTo { return .notMet(.inStatus(facts.member.status)) }
        guard let window = prepared.window else { return circumstance(facts, prepared.ground.key) }
        return lapse(facts, prepared, from: window)
    }

    /// A ground that asks for no lapse of time is the case when a source says so of this membership.
    private func circumstance(_ facts: StandingFacts, _ ground: String) -> StandingOutcome {
        let stated = facts.statements.filter { statement in
            statement.circumstance == ground && !(facts.since.map { $0.earliest > statement.asOf } ?? false)
        }
        guard let latest = stated.max(by: { $0.asOf < $1.asOf }), latest.holds else {
            return .notMet(.nothingStated)
        }
        return .proposed(evidence(facts, .statement(latest), inactiveSince: nil))
    }

    private func lapse(_ facts: StandingFacts, _ prepared: Prepared, from window: Day) -> StandingOutcome {
        if let last = facts.lastParticipation, last.when.earliest >= window { return .notMet(.tookPart(last)) }
        if let paid = facts.lastPayment, paid >= window { return .notMet(.paid(paid)) }
        if let since = facts.since, since.earliest >= window { return .notMet(.memberSince(since.earliest)) }
        var missing = paymentsMissing(facts.payment, from: window) + prepared.missingEvents
        if let possible = facts.lastPossibleParticipation, possible >= window { missing.append(.dayOfParticipation) }
        if facts.since == nil || facts.since.map({ $0.latest >= window }) == true { missing.append(.dayOfJoining) }
        if missing.isEmpty {
            let last = [facts.lastPossibleParticipation, facts.lastPayment].compactMap(\.self).max()
            return .proposed(evidence(facts, .records, inactiveSince: last ?? facts.since?.latest))
        }
        guard let (statement, last) = inactivity(facts, before: window) else { return .cannotTell(missing) }
        // The source answers for the time up to its day; the records have to answer for the time since.
        let next = statement.asOf.adding(days: 1)
        guard next <= day else { return .proposed(evidence(facts, .statement(statement), inactiveSince: last)) }
        let since =
            paymentsMissing(facts.payment, from: next)
            + Self.missingEvents(events, from: next, to: day, needsAny: false)
        return since.isEmpty
            ? .proposed(evidence(facts, .statement(statement), inactiveSince: last)) : .cannotTell(since)
    }

    private func paymentsMissing(_ record: PaymentRecord, from window: Day) -> [MissingData] {
        switch record {
        case .unknown: [.payments]
        case .known(_, let from): from > window ? [.paymentsBefore(from)] : []
        }
    }

    /// The latest statement by which the member was inactive through the whole time before `window`, unless something on
    /// record came after it.
    private func inactivity(_ facts: StandingFacts, before window: Day) -> (StatedCircumstance, Day)? {
        let active = [facts.lastPossibleParticipation, facts.lastPayment].compactMap(\.self).max()
        var found: (StatedCircumstance, Day)?
        for statement in facts.statements {
            guard let last = statement.lastPossibleActivity, last < window, statement.asOf <= day else { continue }
            if let active, active > last { continue }
            if found.map({ $0.0.asOf < statement.asOf }) ?? true { found = (statement, last) }
        }
        return found
    }

    private func evidence(
        _ facts: StandingFacts,
        _ basis: StandingEvidence.Basis,
        inactiveSince: Day?
    ) -> StandingEvidence {
        StandingEvidence(
            day: day,
            basis: basis,
            lastParticipation: facts.lastParticipation,
            lastPayment: facts.lastPayment,
            inactiveSince: inactiveSince
        )
    }
}

extension StandingFacts {
    /// The latest payment on record.
    var lastPayment: Day? {
        if case .known(let last, _) = payment { return last }
        return nil
    }
}
