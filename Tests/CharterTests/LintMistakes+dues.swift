import Charter

extension Mistake {
    static let dues: [Mistake] = [
        Mistake(
            name: "a day that most years do not have",
            change: ("billed_on: \"06-01\"", "billed_on: \"02-29\""),
            line: "billed_on",
            code: "not-a-date",
            message: "'02-29' is no day of every year.",
            remedy: "Write MM-DD in quotes, such as \"01-31\"."
        ),
        Mistake(
            name: "a reminder before the invoice",
            change: ("reminders: [30, -3]", "reminders: [30, -14]"),
            line: "reminders",
            code: "out-of-range",
            message: "a reminder -14 days from the due day comes before the invoice, or years too late.",
            remedy: "Write a number from -13 to 3650."
        ),
        Mistake(
            name: "a reminder of dues twice",
            change: ("reminders: [30, -3]", "reminders: [-3, -3]"),
            line: "reminders",
            code: "duplicate-entry",
            message: "-3 stands twice in versions.dues.reminders.",
            remedy: "Remove one."
        ),
        Mistake(
            name: "a reminder of dues that is no number",
            change: ("reminders: [30, -3]", "reminders: [never]"),
            line: "reminders",
            code: "wrong-type",
            message: "'never' in versions.dues.reminders is no whole number.",
            remedy: "Write so many days after the due day, or below 0 for before it."
        ),
        Mistake(
            name: "a share of a year that nobody counts",
            change: ("{share: by-month}", "{share: by-week}"),
            line: "by-week",
            code: "not-an-option",
            message: "'by-week' is no value of 'share' in versions.dues.joining_year.",
            remedy: "Write one of: full, by-quarter, by-month, none."
        ),
        Mistake(
            name: "a match that leaves a choice and is booked by itself",
            change: (
                "      facts_as_of: billed-on\n",
                "      facts_as_of: billed-on\n      payments: {books_from: 79, rate_difference: 1/10}\n"
            ),
            line: "books_from",
            code: "out-of-range",
            message: "'books_from' in versions.dues.payments is 79.",
            remedy: "Write a number from 80 to 100."
        ),
        Mistake(
            name: "a difference of rates that is more than all",
            change: (
                "      facts_as_of: billed-on\n",
                "      facts_as_of: billed-on\n      payments: {books_from: 80, rate_difference: 11/10}\n"
            ),
            line: "rate_difference",
            code: "not-a-share",
            message: "'11/10' is no share.",
            remedy: "Write a fraction above 0 and up to 1, such as 1/4, with a denominator up to 1000."
        ),
        Mistake(
            name: "an account with a wrong check digit",
            change: ("      facts_as_of: billed-on\n", bank("DE88370400440532013000", "COBADEFFXXX")),
            line: "iban:",
            code: "not-an-account",
            message: "'DE88370400440532013000' is no IBAN.",
            remedy: "Write capitals and digits without spaces, and compare the check digits."
        ),
        Mistake(
            name: "a bank that is none",
            change: ("      facts_as_of: billed-on\n", bank("DE89370400440532013000", "COBA")),
            line: "iban:",
            code: "not-an-account",
            message: "'COBA' is no BIC.",
            remedy: "Write 8 or 11 capitals and digits."
        ),
        Mistake(
            name: "a relief that there is not",
            change: ("powers: [plan, remit]", "powers: [plan, remitt]"),
            line: "remitt]",
            code: "not-an-option",
            message: "'remitt' is no value of 'powers' in versions.remission.",
            remedy: "Did you mean 'remit'?"
        ),
        Mistake(
            name: "a relief twice",
            change: ("powers: [plan, remit]", "powers: [plan, plan]"),
            line: "[plan, plan]",
            code: "duplicate-entry",
            message: "'plan' stands twice in versions.remission.powers.",
            remedy: "Remove one."
        ),
    ]

    private static func bank(_ iban: String, _ bic: String) -> String {
        "      facts_as_of: billed-on\n      bank: {holder: The League, iban: \(iban), bic: \(bic)}\n"
    }
}
