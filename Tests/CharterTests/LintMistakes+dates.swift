extension Mistake {
    static let dates: [Mistake] = [
        Mistake(
            name: "day that is none",
            change: ("effective: 2005-05-20", "effective: 2005-02-30"),
            line: "2005-02-30",
            code: "not-a-date",
            message: "'2005-02-30' is no calendar day.",
            remedy: "Write YYYY-MM-DD, a day that there is, from 1900 to 2199."
        ),
        Mistake(
            name: "version before the one above",
            change: ("effective: 2005-05-20", "effective: 1999-05-31"),
            line: "effective: 1999-05-31",
            code: "dates-out-of-order",
            message: "1999-05-31 does not come after 1999-06-01.",
            remedy: "Put the versions in ascending order of date, each date once."
        ),
        Mistake(
            name: "two versions of one day",
            change: ("effective: 2005-05-20", "effective: \"1999-06-01\""),
            line: "effective: \"1999-06-01\"",
            code: "dates-out-of-order",
            message: "1999-06-01 does not come after 1999-06-01.",
            remedy: "Put the versions in ascending order of date, each date once."
        ),
        Mistake(
            name: "version within a month that is not known closer",
            change: ("effective: 1999-06-01", "precision: month\n    effective: 2005-05-01"),
            line: "2005-05-20",
            code: "dates-overlap",
            message: "2005-05-20 lies within the month of 2005-05-01, which is not known closer.",
            remedy: "Find the earlier date more exactly, or write this one into a later period."
        ),
        Mistake(
            name: "year that does not begin on its first day",
            change: ("effective: 2005-05-20", "precision: year\n    effective: 2005-05-01"),
            line: "2005-05-01",
            code: "not-first-of-period",
            message: "2005-05-01 is known to the year only.",
            remedy: "Write the first day of that year."
        ),
        Mistake(
            name: "publication date that is none",
            change: ("published: 2005-05}", "published: 2005-13}"),
            line: "2005-13",
            code: "not-a-date",
            message: "'2005-13' is no date.",
            remedy: "Write YYYY, YYYY-MM or YYYY-MM-DD, as exactly as it is known."
        ),
    ]
}
