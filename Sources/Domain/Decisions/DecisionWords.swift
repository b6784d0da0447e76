import Charter
import Languages

/// What letters say of outcomes.
enum DecisionWords {
    /// "adopted (of 14 seats: 9 for, 2 against, 1 abstaining)".
    static func result(_ outcome: MatterOutcome, _ tally: Charter.Tally) -> Phrase {
        let (seats, approve, object, abstain) = (tally.seats, tally.approve, tally.object, tally.abstain)
        return say("\(name(outcome)) (of \(seats) seats: \(approve) for, \(object) against, \(abstain) abstaining)")
    }

    static func name(_ outcome: MatterOutcome) -> Phrase {
        switch outcome {
        case .adopted: say("adopted", context: "in a letter")
        case .rejected: say("rejected", context: "in a letter")
        case .noQuorum: say("not decided, too few answered", context: "in a letter")
        case .referred: say("referred to a meeting", context: "in a letter")
        case .withdrawn: say("withdrawn", context: "in a letter")
        }
    }
}
