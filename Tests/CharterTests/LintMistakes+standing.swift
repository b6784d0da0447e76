import Charter

extension Mistake {
    static let standing: [Mistake] = [
        Mistake(
            name: "a standing by a status that there is not",
            change: ("status: [afloat, aground]", "status: [afloat, agrund]"),
            line: "agrund",
            code: "unknown-reference",
            message: "versions.standing.when.status names 'agrund', but there is no such status.",
            remedy: "Did you mean 'aground'?"
        ),
        Mistake(
            name: "a standing that asks for nothing",
            change: ("when: {nothing_on_record: true}", "when: {}"),
            line: "key: drifting",
            code: "empty-value",
            message: "'when' in versions.standing asks for nothing.",
            remedy: "Write what must be the case, or 'otherwise: true'."
        ),
        Mistake(
            name: "a condition that is not asked",
            change: ("nothing_past_due: true", "nothing_past_due: false"),
            line: "nothing_past_due",
            code: "not-an-option",
            message: "'nothing_past_due' in versions.standing.when is false.",
            remedy: "Write true, or remove the key."
        ),
        Mistake(
            name: "a condition that the language has not",
            change: ("paid_within_years: 2", "paid_within_months: 2"),
            line: "paid_within_months",
            code: "unknown-key",
            message: "unknown key 'paid_within_months' in versions.standing.when.",
            remedy: "Did you mean 'paid_within_years'?"
        ),
        Mistake(
            name: "a last standing that not everybody has",
            change: ("when: {otherwise: true}", "when: {paid: true}"),
            line: "key: becalmed",
            code: "standing-order",
            message: "the last standing does not hold for everybody.",
            remedy: "End the list with a standing whose 'when' is {otherwise: true}."
        ),
        Mistake(
            name: "a standing that nobody can reach",
            change: ("when: {nothing_on_record: true}", "when: {otherwise: true}"),
            line: "key: drifting",
            code: "standing-order",
            message: "a standing that holds otherwise stands before others, which then never hold.",
            remedy: "Put it last."
        ),
        Mistake(
            name: "otherwise beside another condition",
            change: ("when: {otherwise: true}", "when: {paid: true, otherwise: true}"),
            line: "key: becalmed",
            code: "standing-order",
            message: "'otherwise' in versions.standing.when stands beside another condition.",
            remedy: "Let it stand alone, or remove it."
        ),
    ]

    static let points: [Mistake] = [
        Mistake(
            name: "points with two decimals",
            change: ("points: 0.5", "points: 0.25"),
            line: "points: 0.25",
            code: "out-of-range",
            message: "'0.25' is no number of points.",
            remedy: "Write a number from 0.1 to 1000 with at most one decimal."
        ),
        Mistake(
            name: "no points",
            change: ("points: 4", "points: 0"),
            line: "points: 0,",
            code: "out-of-range",
            message: "'0' is no number of points.",
            remedy: "Write a number from 0.1 to 1000 with at most one decimal."
        ),
        Mistake(
            name: "points for a capacity that there is not",
            change: ("capacities: [delegate, voter]", "capacities: [delegat, voter]"),
            line: "delegat, voter",
            code: "not-an-option",
            message: "'delegat' is no value of 'capacities' in versions.points.",
            remedy: "Did you mean 'delegate'?"
        ),
        Mistake(
            name: "capacities of what is no participation",
            change: ("earned_by: activity", "earned_by: activity, capacities: [speaker]"),
            line: "key: pilot",
            code: "missing-key",
            message: "'capacities' in versions.points belong to what is earned by participation, and to nothing else.",
            remedy: "Write them there, and only there."
        ),
        Mistake(
            name: "two rules for one record",
            change: ("earned_by: activity", "earned_by: payment"),
            line: "key: pilot",
            code: "duplicate-entry",
            message: "'dues' and 'pilot' both give points for payment.",
            remedy: "Keep it in one of the two."
        ),
    ]

    static let entitlements: [Mistake] = [
        Mistake(
            name: "access by a standing that there is not",
            change: ("stranded: limited, drifting: none", "stranded: limited, drifting: none, sunk: none"),
            line: "sunk: none",
            code: "unknown-reference",
            message: "versions.entitlements.access names 'sunk', but there is no such standing.",
            remedy: "Known: drifting, under-sail, stranded, becalmed."
        ),
        Mistake(
            name: "a standing of which nobody says what it gives",
            change: (", drifting: none", ""),
            line: "- key: berth",
            code: "missing-key",
            message: "the entitlement 'berth' does not say what the standing 'drifting' gives.",
            remedy: "Add 'drifting: full', 'drifting: limited' or 'drifting: none' to its access."
        ),
        Mistake(
            name: "access that is neither full nor limited",
            change: ("becalmed: full", "becalmed: ful"),
            line: "becalmed: ful,",
            code: "not-an-option",
            message: "'ful' is no access in versions.entitlements.access.",
            remedy: "Did you mean 'full'?"
        ),
        Mistake(
            name: "no access at all",
            change: ("access: {under-sail: full, becalmed: full, stranded: limited, drifting: none}", "access: {}"),
            line: "access: {}",
            code: "empty-value",
            message: "versions.entitlements.access has no entry.",
            remedy: "Write what each standing gives, as 'good: full'."
        ),
        Mistake(
            name: "limited access of which nobody knows what it is",
            change: ("        limited: One night.\n", ""),
            line: "- key: berth",
            code: "missing-key",
            message: "'berth' in versions.entitlements gives limited access and does not say what that is.",
            remedy: "Add 'limited: …', a sentence."
        ),
        Mistake(
            name: "an entitlement to an office that there is not",
            change: ("        offices: [bosun]\n        access:", "        offices: [cook]\n        access:"),
            line: "offices: [cook]",
            code: "unknown-reference",
            message: "versions.entitlements.offices names 'cook', but there is no such office.",
            remedy: "Known: bosun."
        ),
    ]
}
