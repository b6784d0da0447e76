import Charter

extension Mistake {
    static let bands: [Mistake] = [
        Mistake(
            name: "bands that share a value",
            change: ("to: 4,", "to: 5,"),
            line: "{from: 5,",
            code: "band-overlap",
            message: "two bands of ports cover 5; the other is on line 81.",
            remedy: "End the lower band below 5, or begin this one above it."
        ),
        Mistake(
            name: "band without an end before another",
            change: ("to: 4, ", ""),
            line: "{from: 5,",
            code: "band-overlap",
            message: "two bands of ports cover 5 and more; the other is on line 81.",
            remedy: "End the lower band below 5, or begin this one above it."
        ),
        Mistake(
            name: "hole of one",
            change: ("to: 4,", "to: 3,"),
            line: "{from: 5,",
            code: "band-hole",
            message: "ports has no band for 4 quays.",
            remedy: holeRemedy,
            severity: .warning
        ),
        Mistake(
            name: "hole of many",
            change: ("{from: 5,", "{from: 10,"),
            line: "{from: 10,",
            code: "band-hole",
            message: "ports has no band for 5 to 9 quays.",
            remedy: holeRemedy,
            severity: .warning
        ),
        Mistake(
            name: "hole in what is measured",
            change: ("whole_numbers: true", "whole_numbers: false"),
            line: "{from: 5,",
            code: "band-hole",
            message: "ports has no band between 4 and 5 quays.",
            remedy: holeRemedy,
            severity: .warning
        ),
        Mistake(
            name: "no band above",
            change: ("{from: 5,", "{from: 5, to: 9,"),
            line: "{from: 5,",
            code: "band-hole",
            message: "ports has no band above 9 quays.",
            remedy:
                "Leave out 'to' in the last band if it has no upper end; keep it if the published schedule ends here.",
            severity: .warning
        ),
        Mistake(
            name: "bands out of order",
            change: ("{from: 5,", "{from: 0, to: 0,"),
            line: "{from: 0,",
            code: "band-order",
            message: "the band from 0 in ports stands after the one from 1.",
            remedy: "Put the bands in ascending order.",
            alsoWarns: true
        ),
        Mistake(
            name: "band that ends below its beginning",
            change: ("from: 1, to: 4", "from: 4, to: 1"),
            line: "from: 4, to: 1",
            code: "band-order",
            message: "the band ends at 1, below its beginning 4.",
            remedy: "Swap the two, or correct one.",
            alsoWarns: true
        ),
        Mistake(
            name: "fee that is no whole number",
            change: ("fee: 300", "fee: 300.50"),
            line: "300.50",
            code: "wrong-type",
            message: "'fee' in versions.fees.bands must be a whole number in plain digits.",
            remedy: "Write a whole number in plain digits."
        ),
        Mistake(
            name: "negative bound",
            change: ("from: 1,", "from: -1,"),
            line: "from: -1",
            code: "out-of-range",
            message: "'from' in versions.fees.bands is -1.",
            remedy: "Write a number from 0 to 1000000000000."
        ),
        Mistake(
            name: "values that can be, below the first band",
            change: (", at_least: 1}", "}"),
            line: "{from: 1,",
            code: "band-hole",
            message: "ports has no band for 0 quays.",
            remedy: holeRemedy,
            severity: .warning
        ),
        Mistake(
            name: "many values below the first band",
            change: ("{from: 1,", "{from: 4,"),
            line: "{from: 4,",
            code: "band-hole",
            message: "ports has no band for 1 to 3 quays.",
            remedy: holeRemedy,
            severity: .warning
        ),
        Mistake(
            name: "measured values below the first band",
            change: ("[{from: 0, fee: 7000}]", "[{from: 3, fee: 7000}]"),
            line: "[{from: 3,",
            code: "band-hole",
            message: "sea-ports has no band below 3 metres of depth.",
            remedy: holeRemedy,
            severity: .warning
        ),
        Mistake(
            name: "stand-in without a measure",
            change: (
                "measure: {key: quays, name: quays, whole_numbers: true, at_least: 1}", "unpublished: Burnt in 1998."
            ),
            line: "- key: ports",
            code: "missing-key",
            message: "versions.fees lacks 'measure'.",
            remedy: "Add 'measure: …'."
        ),
        Mistake(
            name: "one of several schedules that is for no kind",
            change: ("        kinds: [{key: sea, name: Sea ports}]\n", ""),
            line: "- key: sea-ports",
            code: "missing-key",
            message: "schedule 'sea-ports' is one of several for 'port' and has no 'kinds'.",
            remedy: "Add the kinds of member that it is for."
        ),
        Mistake(
            name: "two schedules for one kind",
            change: ("{key: sea, name: Sea ports}", "{key: canal, name: Canal ports}"),
            line: "kinds: [{key: canal",
            code: "duplicate-entry",
            message: "schedules 'ports' and 'sea-ports' are both for the kind 'canal'.",
            remedy: "Keep it in one of the two."
        ),
    ]

    static let holeRemedy =
        "If the published schedule has this hole, keep it, and settle it by a ruling. Else correct a bound."
}
