import Charter
import Testing

/// One mistake made in the sound charter of the League of River Ports, and all that the lint must say of it.
struct Mistake: CustomTestStringConvertible, Sendable {
    let name: String
    /// Text of the sound charter, and what it is changed to (its first occurrence).
    let change: (from: String, to: String)
    /// Text on the line that the lint must name, in the changed charter.
    let line: String
    let code: String
    let message: String
    let remedy: String
    var severity: CharterProblem.Severity = .error
    /// Whether warnings that follow from the mistake come with it.
    var alsoWarns = false

    var testDescription: String { name }

    static let all = shapes + references + bands + dates
}

extension Mistake {
    private static let shapes: [Mistake] = [
        Mistake(
            name: "unknown key near a known one",
            change: ("may_vote: false", "may_vot: false, may_vote: false"),
            line: "may_vot:",
            code: "unknown-key",
            message: "unknown key 'may_vot' in versions.categories.",
            remedy: "Did you mean 'may_vote'?"
        ),
        Mistake(
            name: "unknown key near none",
            change: ("short_name: LRP", "short_name: LRP\n  anthem: Song"),
            line: "anthem",
            code: "unknown-key",
            message: "unknown key 'anthem' in association.",
            remedy: "Known here: key, short_name, names, mark, website, languages."
        ),
        Mistake(
            name: "missing key",
            change: (", may_vote: true", ""),
            line: "{key: port,",
            code: "missing-key",
            message: "versions.categories lacks 'may_vote'.",
            remedy: "Add 'may_vote: …'."
        ),
        Mistake(
            name: "key twice",
            change: ("short_name: LRP", "short_name: LRP\n  key: again"),
            line: "key: again",
            code: "duplicate-key",
            message: "key 'key' is written twice; first on line 5.",
            remedy: "Keep one of the two."
        ),
        Mistake(
            name: "text for a number",
            change: ("order: 2", "order: \"2\""),
            line: "order: \"2\"",
            code: "wrong-type",
            message: "'order' in versions.regions must be a whole number in plain digits.",
            remedy: "Write a whole number in plain digits."
        ),
        Mistake(
            name: "yes for true",
            change: ("full_member: true", "full_member: yes"),
            line: "full_member: yes",
            code: "wrong-type",
            message: "'full_member' in versions.categories must be true or false.",
            remedy: "Write true or false."
        ),
        Mistake(
            name: "text for a list",
            change: ("languages: [de, fr]", "languages: de"),
            line: "languages",
            code: "wrong-type",
            message: "'languages' in association must be a list of texts.",
            remedy: "Write a list of texts."
        ),
        Mistake(
            name: "list for a text",
            change: ("mark: LRP", "mark: [L]"),
            line: "mark:",
            code: "wrong-type",
            message: "'mark' in association must be a text.",
            remedy: "Write a text."
        ),
        Mistake(
            name: "value left out",
            change: ("mark: LRP", "mark:"),
            line: "mark:",
            code: "empty-value",
            message: "'mark' in association is empty.",
            remedy: "Write the value or remove the key."
        ),
        Mistake(
            name: "number too large",
            change: ("years: 4", "years: 101"),
            line: "years: 101",
            code: "out-of-range",
            message: "'years' in versions.offices.term is 101.",
            remedy: "Write a number from 1 to 100."
        ),
        Mistake(
            name: "word that is no option",
            change: ("filled_by: election", "filled_by: electoin"),
            line: "electoin",
            code: "not-an-option",
            message: "'electoin' is no value of 'filled_by' in versions.offices.",
            remedy: "Did you mean 'election'?"
        ),
        Mistake(
            name: "empty list",
            change: ("categories: [port, shipyard]", "categories: []"),
            line: "categories: []",
            code: "empty-value",
            message: "'categories' in versions.membership.grounds has no entry.",
            remedy: "Add one or remove the key."
        ),
        Mistake(
            name: "key with a capital",
            change: ("key: friend", "key: Friend"),
            line: "key: Friend",
            code: "not-a-key",
            message: "'Friend' is no key.",
            remedy: "Use small letters, digits and hyphens, such as 'general-assembly'."
        ),
        Mistake(
            name: "entry twice",
            change: ("key: friend", "key: port"),
            line: "name: Friend",
            code: "duplicate-entry",
            message: "'port' stands twice in versions.categories.",
            remedy: "Rename one of the two; the other is on line 19."
        ),
        Mistake(
            name: "share above the whole",
            change: ("1/3", "4/3"),
            line: "4/3",
            code: "not-a-share",
            message: "'4/3' is no share.",
            remedy: "Write a fraction above 0 and up to 1, such as 1/4, with a denominator up to 1000."
        ),
        Mistake(
            name: "years of inactivity without a comparison",
            change: ("          comparison: at-least\n", ""),
            line: "- key: silent",
            code: "missing-key",
            message: "'inactive_years' and 'comparison' in versions.membership.grounds belong together.",
            remedy: "Write both, or neither."
        ),
        Mistake(
            name: "retention of what nobody keeps",
            change: ("{key: mail, days: 90", "{key: mial, days: 90"),
            line: "key: mial",
            code: "not-an-option",
            message: "'mial' is no value of 'key' in versions.retention.",
            remedy: "Did you mean 'mail'?"
        ),
        Mistake(
            name: "retention for no time",
            change: ("days: 90", "days: 0"),
            line: "days: 0",
            code: "out-of-range",
            message: "'days' in versions.retention is 0.",
            remedy: "Write a number from 1 to 36500."
        ),
        Mistake(
            name: "two rules for one kind of data",
            change: ("{key: sessions, days: 1,", "{key: mail, days: 1,"),
            line: "key: mail, days: 1,",
            code: "duplicate-entry",
            message: "'mail' stands twice in versions.retention.",
            remedy: "Rename one of the two; the other is on line 69."
        ),
        Mistake(
            name: "term of two kinds",
            change: ("{years: 4}", "{years: 4, until_next_meeting_of: diet}"),
            line: "years: 4",
            code: "missing-key",
            message: "a term is either so many years or until a meeting.",
            remedy: "Write one of 'years' and 'until_next_meeting_of'."
        ),
        Mistake(
            name: "language of another version",
            change: ("charter: 1", "charter: 2"),
            line: "charter: 2",
            code: "out-of-range",
            message: "'charter' in the charter is 2.",
            remedy: "Write a number from 1 to 1."
        ),
    ]

    private static let references: [Mistake] = [
        Mistake(
            name: "source that is none",
            change: ("adopted_by: The founding diet\n    source: DEED", "adopted_by: x\n    source: DEAD"),
            line: "source: DEAD",
            code: "unknown-reference",
            message: "there is no source 'DEAD'.",
            remedy: "Did you mean 'DEED'?"
        ),
        Mistake(
            name: "category that is none",
            change: ("category: port", "category: prot"),
            line: "category: prot",
            code: "unknown-reference",
            message: "versions.fees.category names 'prot', but there is no such category.",
            remedy: "Did you mean 'port'?"
        ),
        Mistake(
            name: "region that is none",
            change: ("regions: [rhine, danube]", "regions: [rhine, elbe]"),
            line: "elbe",
            code: "unknown-reference",
            message: "versions.offices.regions names 'elbe', but there is no such region.",
            remedy: "Known: rhine, danube."
        ),
        Mistake(
            name: "status that is none",
            change: ("leads_to: aground", "leads_to: agrond"),
            line: "agrond",
            code: "unknown-reference",
            message: "versions.membership.grounds.leads_to names 'agrond', but there is no such status.",
            remedy: "Did you mean 'aground'?"
        ),
        Mistake(
            name: "body that is none",
            change: ("approved_by: diet", "approved_by: senate"),
            line: "senate",
            code: "unknown-reference",
            message: "versions.membership.admission.approved_by names 'senate', but there is no such body.",
            remedy: "Known: diet."
        ),
        Mistake(
            name: "country in two regions",
            change: ("[AT, HU]", "[AT, HU, NL]"),
            line: "name: Danube",
            code: "country-twice",
            message: "country NL is in regions 'rhine' and 'danube'.",
            remedy: "Keep it in one place."
        ),
        Mistake(
            name: "country on a line of its own",
            change: ("[AT, HU]", "[AT,\n        HU,\n        DE]"),
            line: "        DE]",
            code: "country-twice",
            message: "country DE is in regions 'rhine' and 'danube'.",
            remedy: "Keep it in one place."
        ),
        Mistake(
            name: "country that is none",
            change: ("[AT, HU]", "[AT, UK]"),
            line: "[AT, UK]",
            code: "not-a-country",
            message: "'UK' is no ISO 3166 alpha-2 country code.",
            remedy: "Look the code up; the United Kingdom, for one, is GB."
        ),
    ]

    private static let bands: [Mistake] = [
        Mistake(
            name: "bands that share a value",
            change: ("to: 4,", "to: 5,"),
            line: "{from: 5,",
            code: "band-overlap",
            message: "two bands of ports cover 5; the other is on line 65.",
            remedy: "End the lower band below 5, or begin this one above it."
        ),
        Mistake(
            name: "band without an end before another",
            change: ("to: 4, ", ""),
            line: "{from: 5,",
            code: "band-overlap",
            message: "two bands of ports cover 5 and more; the other is on line 65.",
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
            name: "unpublished schedule with bands",
            change: ("currency: EUR", "currency: EUR\n        unpublished: Lost."),
            line: "- key: ports",
            code: "unknown-key",
            message: "schedule 'ports' is unpublished and yet has bands or a measure.",
            remedy: "Remove 'unpublished', or the bands and the measure."
        ),
    ]

    private static let holeRemedy =
        "If the published schedule has this hole, keep it: the warning is the record of it. Else correct a bound."

    private static let dates: [Mistake] = [
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
