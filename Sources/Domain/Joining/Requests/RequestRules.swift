import Charter
import Decisions
import Languages
import Membership

/// What the charter has to say to a request: a pure function of its version, the member's standing and the days.
struct RequestRules {
    /// What holds for a request that can be made.
    struct Terms: Equatable {
        /// The step in the member's standing from which it starts.
        let standing: MemberStanding
        let rule: Rule
        /// The key of a status.
        let leadsTo: String
        /// The key of the body that decides.
        let body: String
        /// The last day of an appeal.
        let lastDay: Day?
    }

    enum Answer: Equatable {
        case possible(Terms)
        /// Why not, as a sentence.
        case impossible(Phrase)
    }

    let charter: Charter
    let version: CharterVersion
    /// The day on which it is asked.
    let today: Day

    /// `nil` before the charter's first version.
    init?(charter: Charter, today: Day) {
        guard let version = charter.version(on: today) else { return nil }
        self.charter = charter
        self.version = version
        self.today = today
    }

    /// Whether a member of this standing can ask this by a letter of a day.
    func answer(_ kind: MembershipRequestKind, _ standing: MemberStanding?, letter: Day) -> Answer {
        guard let standing else {
            return .impossible(say("The records have no status of the member yet. Record how it joined first."))
        }
        guard let rule = version.rule(kind.rule) else {
            return .impossible(say("The charter has no rule on this (\(kind.words)), so nobody can decide it."))
        }
        switch kind {
        case .withdrawal: return withdrawal(standing, rule)
        case .appeal: return appeal(standing, rule, letter)
        case .reinstatement: return reinstatement(standing, rule)
        }
    }

    private func withdrawal(_ standing: MemberStanding, _ rule: Rule) -> Answer {
        guard let withdrawal = version.membership.withdrawal, version.status(standing.status)?.isOnRoll == true else {
            return .impossible(
                say(
                    "The member is not on the roll (\(name(standing.status))), so it has no membership to withdraw from."
                )
            )
        }
        return possible(standing, rule, leadsTo: withdrawal.leadsTo, body: withdrawal.approvedBy)
    }

    private func appeal(_ standing: MemberStanding, _ rule: Rule, _ letter: Day) -> Answer {
        guard let appeal = version.membership.appeal,
            let lastDay = version.lastDayToAppeal(against: standing.status, since: standing.day)
        else {
            return .impossible(
                say("The charter gives no appeal against the member's status, \(name(standing.status)).")
            )
        }
        guard letter >= standing.day else {
            return .impossible(
                say("The letter is of \(letter), before the status that it is against: that is of \(standing.day).")
            )
        }
        guard letter <= lastDay else {
            return .impossible(say("The time to appeal is over. Its last day was \(lastDay)."))
        }
        return possible(standing, rule, leadsTo: appeal.leadsTo, body: appeal.decidedBy, lastDay: lastDay)
    }

    private func reinstatement(_ standing: MemberStanding, _ rule: Rule) -> Answer {
        guard let reinstatement = version.membership.reinstatement, reinstatement.from.contains(standing.status) else {
            return .impossible(
                say("The charter reinstates nobody from the member's status, \(name(standing.status)).")
            )
        }
        return possible(standing, rule, leadsTo: reinstatement.leadsTo, body: reinstatement.decidedBy)
    }

    /// What the charter names, unless its statuses do not follow each other so.
    private func possible(
        _ standing: MemberStanding,
        _ rule: Rule,
        leadsTo: String,
        body: String,
        lastDay: Day? = nil
    ) -> Answer {
        let statuses = StatusOrder(charter: charter, day: today).possible(after: standing.status)
        guard statuses.contains(where: { $0.key == leadsTo }) else {
            return .impossible(
                say(
                    "By the charter, the status \(name(leadsTo)) cannot follow \(name(standing.status)), so nobody can decide it."
                )
            )
        }
        return .possible(Terms(standing: standing, rule: rule, leadsTo: leadsTo, body: body, lastDay: lastDay))
    }

    private func name(_ status: String) -> Phrase { .name(version.status(status)?.name ?? status) }
}

extension MembershipRequest {
    /// What holds for it as things stand now. Throws `RequestRefusal` where it can no longer be decided or carried out.
    func terms(_ now: MemberStanding?, _ charter: Charter, on day: Day) throws -> RequestRules.Terms {
        guard let rules = RequestRules(charter: charter, today: day) else { throw DecisionRefusal.noCharter }
        guard isAbout(now) else { throw RequestRefusal.standingChanged }
        switch rules.answer(kind, now, letter: letterDay) {
        case .possible(let terms): return terms
        case .impossible(let because): throw RequestRefusal.notPossible(because)
        }
    }

    /// Whether the member's standing is still the one that it is about. Who withdraws leaves whatever there is.
    func isAbout(_ now: MemberStanding?) -> Bool { kind == .withdrawal || now == standing }
}
