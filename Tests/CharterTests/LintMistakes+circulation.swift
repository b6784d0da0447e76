extension Mistake {
    static let circulation: [Mistake] = [
        Mistake(
            name: "a majority that nobody can reach",
            change: ("majority: 3/4\n          comparison: at-least", "majority: 3/3\n          comparison: more-than"),
            line: "majority: 3/3",
            code: "out-of-range",
            message: "more than all can never approve.",
            remedy: "Write 'comparison: at-least', or a smaller share."
        ),
        Mistake(
            name: "a reminder on the day of opening",
            change: ("reminder_days: [1, 5]", "reminder_days: [1, 10]"),
            line: "reminder_days",
            code: "out-of-range",
            message: "a reminder 10 days before the end of 10 days comes too early or too late.",
            remedy: "Write a number from 1 to 9."
        ),
        Mistake(
            name: "a reminder that is no number",
            change: ("reminder_days: [1, 5]", "reminder_days: [1, soon]"),
            line: "reminder_days",
            code: "wrong-type",
            message: "'soon' in versions.bodies.circulation.reminder_days is no whole number.",
            remedy: "Write so many days before the end, such as 2."
        ),
        Mistake(
            name: "a reminder twice",
            change: ("reminder_days: [1, 5]", "reminder_days: [5, 5]"),
            line: "reminder_days",
            code: "duplicate-entry",
            message: "the reminder of 5 days stands twice.",
            remedy: "Remove one."
        ),
        Mistake(
            name: "a silence that means nothing known",
            change: ("silence: counts-for-nothing", "silence: aproves"),
            line: "silence:",
            code: "not-an-option",
            message: "'aproves' is no value of 'silence' in versions.bodies.circulation.",
            remedy: "Did you mean 'approves'?"
        ),
        Mistake(
            name: "a quorum of nobody",
            change: ("quorum: 2/3", "quorum: 0/3"),
            line: "quorum: 0/3",
            code: "not-a-share",
            message: "'0/3' is no share.",
            remedy: "Write a fraction above 0 and up to 1, such as 1/4, with a denominator up to 1000."
        ),
    ]
}
