import Charter

extension Mistake {
    static let membership: [Mistake] = applying + leaving + bringing

    private static let applying: [Mistake] = [
        Mistake(
            name: "document of a category that is none",
            change: ("seal, categories: [shipyard, port]", "seal, categories: [shipyrd, port]"),
            line: "shipyrd",
            code: "unknown-reference",
            message:
                "versions.membership.admission.documents.categories names 'shipyrd', but there is no such category.",
            remedy: "Did you mean 'shipyard'?"
        ),
        Mistake(
            name: "document twice",
            change: ("key: chart", "key: seal"),
            line: "name: Chart of the river",
            code: "duplicate-entry",
            message: "'seal' stands twice in versions.membership.admission.documents.",
            remedy: "Rename one of the two; the other is on line 36."
        ),
        Mistake(
            name: "document that takes the key of what was not asked for",
            change: ("key: chart", "key: other"),
            line: "key: other",
            code: "not-a-key",
            message: "'other' stands for what applicants enclose without being asked for it.",
            remedy: "Rename the document."
        ),
        Mistake(
            name: "document of which nobody knows whether it must be there",
            change: ("[shipyard, port], required: true,", "[shipyard, port],"),
            line: "key: seal",
            code: "missing-key",
            message: "versions.membership.admission.documents lacks 'required'.",
            remedy: "Add 'required: …'."
        ),
        Mistake(
            name: "fact that nobody can state",
            change: ("fact: employees", "fact: employes"),
            line: "fact: employes,",
            code: "not-an-option",
            message: "'employes' is no value of 'fact' in versions.membership.admission.asks.",
            remedy: "Did you mean 'employees'?"
        ),
        Mistake(
            name: "fact asked of a category twice",
            change: ("fact: head, categories: [shipyard]", "fact: head, categories: [shipyard, port]"),
            line: "categories: [shipyard, port], required: false",
            code: "duplicate-entry",
            message: "'head' is asked of 'port' twice.",
            remedy: "Keep one of the two; the other is on line 39."
        ),
        Mistake(
            name: "fact asked of nobody",
            change: ("fact: employees, categories: [shipyard],", "fact: employees,"),
            line: "fact: employees",
            code: "missing-key",
            message: "versions.membership.admission.asks lacks 'categories'.",
            remedy: "Add 'categories: …'."
        ),
    ]

    private static let leaving: [Mistake] = [
        Mistake(
            name: "withdrawal that leads to no status",
            change: ("flag down., leads_to: sunk,", "flag down.,"),
            line: "flag down.",
            code: "missing-key",
            message: "versions.membership.withdrawal lacks 'leads_to'.",
            remedy: "Add 'leads_to: …'."
        ),
        Mistake(
            name: "appeal on no day",
            change: ("within_days: 30", "within_days: 0"),
            line: "within_days: 0",
            code: "out-of-range",
            message: "'within_days' in versions.membership.appeal is 0.",
            remedy: "Write a number from 1 to 3650."
        ),
        Mistake(
            name: "appeal with a mistyped key",
            change: ("within_days: 30", "within_day: 3, within_days: 30"),
            line: "within_day: 3",
            code: "unknown-key",
            message: "unknown key 'within_day' in versions.membership.appeal.",
            remedy: "Did you mean 'within_days'?"
        ),
        Mistake(
            name: "appeal against a status that is none",
            change: ("against: [aground, sunk]", "against: [aground, sank]"),
            line: "sank]",
            code: "unknown-reference",
            message: "versions.membership.appeal.against names 'sank', but there is no such status.",
            remedy: "Did you mean 'sunk'?"
        ),
        Mistake(
            name: "appeal that changes nothing",
            change: ("against: [aground, sunk], leads_to: afloat", "against: [aground, sunk], leads_to: sunk"),
            line: "within_days",
            code: "duplicate-entry",
            message: "'sunk' stands in 'against' and in 'leads_to' of versions.membership.appeal.",
            remedy: "Remove it from 'against', or name the status that follows."
        ),
        Mistake(
            name: "reinstatement of who is a member",
            change: ("from: [sunk]", "from: [sunk, afloat]"),
            line: "from: [sunk, afloat]",
            code: "duplicate-entry",
            message: "'afloat' stands in 'from' and in 'leads_to' of versions.membership.reinstatement.",
            remedy: "Remove it from 'from', or name the status that follows."
        ),
        Mistake(
            name: "reinstatement by a body that is none",
            change: ("decided_by: diet, source: DEED, note", "decided_by: deit, source: DEED, note"),
            line: "deit",
            code: "unknown-reference",
            message: "versions.membership.reinstatement.decided_by names 'deit', but there is no such body.",
            remedy: "Did you mean 'diet'?"
        ),
    ]

    private static let bringing: [Mistake] = [
        Mistake(
            name: "benefit that no source tells of",
            change: ("A pilot on the first voyage, source: DEED,", "A pilot on the first voyage,"),
            line: "A pilot on the first voyage",
            code: "missing-key",
            message: "versions.categories.brings lacks 'source'.",
            remedy: "Add 'source: …'."
        ),
        Mistake(
            name: "benefit translated under another name",
            change: ("    A berth in every other port: Ein", "    A berth in every other prot: Ein"),
            line: "other prot:",
            code: "unknown-name",
            message: "translations.de has 'A berth in every other prot', which is no name of the charter.",
            remedy: "Did you mean 'A berth in every other port'?",
            alsoWarns: true
        ),
        Mistake(
            name: "document without a translation",
            change: ("    Imprint of the seal: Siegelabdruck\n", ""),
            line: "  de:",
            code: "missing-translation",
            message: "translations.de lacks 'Imprint of the seal'.",
            remedy: "Add a line for it; until then it is shown as it stands.",
            severity: .warning
        ),
    ]
}
