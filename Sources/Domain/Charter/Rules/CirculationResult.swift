public import Languages

extension Charter.Circulation {
    /// What the answers to one item come to when the time to answer is over.
    /// - Parameters:
    ///   - body: key of the body, for the rule's id.
    ///   - day: the day on which it was decided.
    public func result(
        of tally: Charter.Tally,
        body: String,
        on day: Day
    ) -> Decision<Charter.CirculationOutcome> {
        let outcome = outcome(of: tally)
        return Decision(
            rule: "bodies.\(body).circulation",
            citation: citation,
            inputs: [
                .init(name: "seats", value: "\(tally.seats)"), .init(name: "approve", value: "\(tally.approve)"),
                .init(name: "object", value: "\(tally.object)"), .init(name: "abstain", value: "\(tally.abstain)"),
                .init(name: "quorum", value: "\(quorum)"), .init(name: "majority", value: majority.words.english),
                .init(name: "silence", value: silence.rawValue), .init(name: "day", value: "\(day)"),
            ],
            value: outcome,
            result: outcome.words.english,
            sentence: sentence(of: tally, on: day).english
        )
    }

    /// What the answers to one item come to, and why, in one sentence.
    public func sentence(of tally: Charter.Tally, on day: Day) -> Phrase {
        let outcome = outcome(of: tally)
        return say("\(outcome.words): \(tally.words); \(reason(outcome, tally)); on \(day), \(citation.words)")
    }

    private func outcome(of tally: Charter.Tally) -> Charter.CirculationOutcome {
        if let bound = referAtObjections, tally.object >= bound { return .referred }
        let approving = silence == .approves ? tally.approve + tally.silent : tally.approve
        let counted = silence == .approves ? tally.seats : tally.answered
        // A body without seats has nobody who could decide.
        guard tally.seats > 0, counted >= quorum.ofCountRoundedUp(tally.seats) else { return .noQuorum }
        return majority.isMet(approve: approving, object: tally.object) ? .adopted : .rejected
    }

    private func reason(_ outcome: Charter.CirculationOutcome, _ tally: Charter.Tally) -> Phrase {
        let (needed, seats) = (quorum.ofCountRoundedUp(tally.seats), tally.seats)
        let reason: Phrase
        switch outcome {
        case .referred: return say("a meeting decides where \(referAtObjections ?? 0) or more object")
        case .noQuorum: reason = say("\(needed) must answer (\(quorum.words) of \(seats) seats)")
        case .adopted, .rejected:
            let approving = silence == .approves ? tally.approve + tally.silent : tally.approve
            let counted = approving + tally.object
            reason = say(
                "\(needed) must answer (\(quorum.words) of \(seats) seats) and "
                    + "\(majority.words) of \(counted) must approve"
            )
        }
        return silence == .approves && tally.silent > 0 ? say("\(reason), and who is silent approves") : reason
    }

    func rule(of body: Charter.Body) -> Rule {
        let name = Phrase.name(body.name)
        var sentences = [
            say(
                answerDays,
                one: "\(name), without a meeting: \(answerDays) day to answer.",
                other: "\(name), without a meeting: \(answerDays) days to answer."
            ),
            say("Quorum: \(quorum.words) of the seats, rounded up, must answer."),
            say(
                "Adopted when \(majority.words) of those who approve or object approve; who abstains counts for the "
                    + "quorum only."
            ),
        ]
        switch silence {
        case .countsForNothing: sentences.append(say("Who is silent counts for nothing."))
        case .approves: sentences.append(say("Who is silent approves."))
        }
        if let bound = referAtObjections {
            sentences.append(
                say(
                    bound,
                    one: "\(bound) objection takes the matter to a meeting.",
                    other: "\(bound) objections take the matter to a meeting."
                )
            )
        }
        if !reminderDays.isEmpty {
            let days = reminderDays.map(String.init).joined(separator: ", ")
            sentences.append(say("Reminders so many days before the end: \(days)."))
        }
        return Rule(
            id: "bodies.\(body.key).circulation",
            statement: .sentences(sentences),
            citation: citation,
            notes: [note]
        )
    }
}

extension Charter.CirculationOutcome {
    /// As minutes say it.
    public var words: Phrase {
        switch self {
        case .adopted: say("adopted")
        case .rejected: say("rejected")
        case .noQuorum: say("not decided for want of a quorum")
        case .referred: say("referred to a meeting")
        }
    }
}
