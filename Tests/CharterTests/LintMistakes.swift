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

    static let all: [Mistake] = [
        shapes, references, bands, rulings, dates, translations, circulation, membership, dues, standing, points,
        entitlements,
    ].flatMap { $0 }
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
            remedy: "Rename one of the two; the other is on line 95."
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
}
