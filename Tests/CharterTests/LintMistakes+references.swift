extension Mistake {
    static let references: [Mistake] = [
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
}
