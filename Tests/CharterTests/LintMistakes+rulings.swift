import Charter

extension Mistake {
    static let rulings: [Mistake] = [
        Mistake(
            name: "ruling on what a band covers",
            change: added("{key: four, covers: {from: 4, to: 4}, fee: 1,"),
            line: "key: four",
            code: "ruling-overlap",
            message: "the ruling 'four' of ports covers a value that a band covers, on line 81.",
            remedy: overlapRemedy
        ),
        Mistake(
            name: "ruling without an end over a band without one",
            change: added("{key: all, covers: {from: 100}, fee: 1,"),
            line: "key: all",
            code: "ruling-overlap",
            message: "the ruling 'all' of ports covers a value that a band covers, on line 82.",
            remedy: overlapRemedy
        ),
        Mistake(
            name: "ruling on what cannot be",
            change: added("{key: no-quay, covers: {from: 0, to: 0}, fee: 1,"),
            line: "key: no-quay",
            code: "ruling-idle",
            message: "the ruling 'no-quay' of ports settles nothing.",
            remedy: idleRemedy
        ),
        Mistake(
            name: "fractions of what is counted",
            change: added("{key: halves, fractions: dropped,"),
            line: "key: halves",
            code: "ruling-idle",
            message: "the ruling 'halves' of ports settles nothing.",
            remedy: idleRemedy
        ),
        Mistake(
            name: "ruling without a fee",
            change: added("{key: free, covers: {from: 0, to: 0},"),
            line: "key: free",
            code: "missing-key",
            message: "a ruling either covers values, with a fee, or drops fractions.",
            remedy: "Write 'covers' and 'fee', or 'fractions: dropped'."
        ),
        Mistake(
            name: "fractions that are neither dropped nor kept",
            change: added("{key: halves, fractions: droped,"),
            line: "key: halves",
            code: "not-an-option",
            message: "'droped' is no value of 'fractions' in versions.fees.rulings.",
            remedy: "Did you mean 'dropped'?"
        ),
        Mistake(
            name: "ruling without a day",
            change: ("article: \"12\"\n", "article: \"12\"\n        rulings: [{key: x, fractions: dropped, \(ended)"),
            line: "key: x",
            code: "missing-key",
            message: "versions.fees.rulings lacks 'day'.",
            remedy: "Add 'day: …'."
        ),
        Mistake(
            name: "statement of which nobody knows whether it is in force",
            change: ("article: \"12\"\n", "article: \"12\"\n        statements: [{text: A., why: B., source: DEED}]\n"),
            line: "statements:",
            code: "missing-key",
            message: "versions.fees.statements lacks 'in_force'.",
            remedy: "Add 'in_force: …'."
        ),
    ]

    private static let ended = "made_by: Bosun, grounds: Fair., source: DEED}]\n"

    /// A ruling of the schedule `ports`, whose source stands behind its kinds.
    private static func added(_ ruling: String) -> (from: String, to: String) {
        (
            "{key: canal, name: Canal ports}]\n",
            "{key: canal, name: Canal ports}]\n        rulings: [\(ruling) day: 2001-02-03, \(ended)"
        )
    }

    private static let overlapRemedy =
        "A value has one fee: cover only what the bands leave out, and that once."
    private static let idleRemedy =
        "Remove it, or correct what it covers: a ruling is for values that no band covers."
}
