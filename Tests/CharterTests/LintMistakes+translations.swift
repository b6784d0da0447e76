import Charter

extension Mistake {
    static let translations: [Mistake] = [
        Mistake(
            name: "translation of a name that there is not",
            change: ("    Danube: Donau", "    Danub: Donau"),
            line: "Danub:",
            code: "unknown-name",
            message: "translations.de has 'Danub', which is no name of the charter.",
            remedy: "Did you mean 'Danube'?",
            alsoWarns: true
        ),
        Mistake(
            name: "translation of a name that no version has any more",
            change: ("    Danube: Donau", "    Danube: Donau\n    Guild: Zunft"),
            line: "Guild:",
            code: "unknown-name",
            message: "translations.de has 'Guild', which is no name of the charter.",
            remedy: "Write the name exactly as it stands above, or remove it."
        ),
        Mistake(
            name: "translation of a text that no rule has",
            change: ("    A member hauls its flag down.: Ein", "    A member hauls its flags down.: Ein"),
            line: "its flags down",
            code: "unknown-name",
            message: "translations.de has 'A member hauls its flags down.', which is no name of the charter.",
            remedy: "Did you mean 'A member hauls its flag down.'?"
        ),
        Mistake(
            name: "name without a translation",
            change: ("    Danube: Donau\n", ""),
            line: "  de:",
            code: "missing-translation",
            message: "translations.de lacks 'Danube'.",
            remedy: "Add a line for it; until then it is shown as it stands.",
            severity: .warning
        ),
        Mistake(
            name: "language without translations",
            change: ("languages: [de, fr]", "languages: [de, fr, nl]"),
            line: "translations:",
            code: "missing-translation",
            message: "no name is translated into 'nl', one of the association's languages.",
            remedy: "Add 'nl:' to translations, with a line for each name.",
            severity: .warning
        ),
        Mistake(
            name: "language that is not the association's",
            change: ("\n  fr:\n", "\n  it:\n"),
            line: "  it:",
            code: "unknown-language",
            message: "'it' is none of the association's other languages.",
            remedy: "Add it to 'languages' in association, or remove it.",
            alsoWarns: true
        ),
        Mistake(
            name: "empty translation",
            change: ("    Danube: Donau", "    Danube:"),
            line: "    Danube:",
            code: "empty-value",
            message: "'Danube' in translations.de is empty.",
            remedy: "Write the value or remove the key."
        ),
        Mistake(
            name: "list for a translation",
            change: ("    Danube: Donau", "    Danube: [Donau]"),
            line: "Danube: [",
            code: "wrong-type",
            message: "'Danube' in translations.de must be a text.",
            remedy: "Write a text."
        ),
    ]
}
