import Charter
import Dues
import HTML
import Languages

/// The form that asks what a fee would be. It goes by GET, so that each answer is an address.
struct FeeForm {
    /// A category as the form offers it.
    struct Choice {
        let key: String
        let name: String
    }

    let h: HTMLWriter
    /// Stands before the ids of its boxes, which are not those of another form of the page.
    let id: String
    var question: FeeQuestion?

    /// With all that the rules of any year go by, and years to choose.
    func all(_ charter: Charter, years: [Int], categories: [Choice]) {
        let known = FeeMeasures(charter)
        form {
            choice(FeeQuestion.Name.year, say("Year"), years, chosen: question?.year)
            box(FeeQuestion.Name.category, label: { h.text(say("What you are")) }) { tied in
                h.select(tied) {
                    h.option(.value(""), text: say("Choose"))
                    for category in categories {
                        option(category.key, category.name, of: FeeQuestion.Name.category)
                    }
                }
            }
            kind {
                for category in categories where !known.kinds(of: category.key).isEmpty {
                    h.optgroup(.label(category.name)) { options(known.kinds(of: category.key)) }
                }
            }
            for measure in known.measures {
                figure(measure, of: categories.filter { uses($0.key, measure, charter) }.map(\.name))
            }
            choice(
                FeeQuestion.Name.other,
                say("Compare with"),
                years,
                chosen: question?.otherYear,
                none: say("No other year")
            )
        }
    }

    /// With what the fee of one category goes by in one version of the rules.
    func own(_ version: CharterVersion, _ category: String) {
        let schedules = version.feeSchedules.filter { $0.category == category }
        var measures: [Charter.Measure] = []
        for measure in schedules.compactMap(\.measure) where !measures.contains(where: { $0.key == measure.key }) {
            measures.append(measure)
        }
        guard !measures.isEmpty else { return }
        let kinds = schedules.flatMap(\.kinds)
        form {
            h.input(.type(.hidden), .name(FeeQuestion.Name.category), .value(category))
            if !kinds.isEmpty { kind { options(kinds) } }
            for measure in measures { figure(measure, of: []) }
        }
    }

    private func form(_ boxes: () -> Void) {
        h.form(.class("filters fee-form"), .action(DuesPlace.ask), .method(.get)) {
            h.div(.class("fee-boxes")) { boxes() }
            h.p { h.button(.class("button primary"), text: say("What would we pay?")) }
        }
    }

    /// A box with its label above and what is wrong with it below.
    private func box(_ name: String, label: () -> Void, control: ([Attribute]) -> Void) {
        let message = question?.problems.message(name)
        let own = "\(id)-\(name)"
        h.div(.when(message != nil, .class("wrong"))) {
            h.label(.for(own)) { label() }
            control([
                .id(own), .name(name), .when(message != nil, .aria(.invalid, true)),
                .when(message != nil, .aria(.describedby, "\(own)-error")),
            ])
            if let message { h.p(.class("error"), .id("\(own)-error"), text: message) }
        }
    }

    /// - Parameter none: said where no year need be chosen.
    private func choice(_ name: String, _ label: Phrase, _ offered: [Int], chosen: Int?, none: Phrase? = nil) {
        // A year that the address names and nobody offers stays in the box.
        let all = Set(offered + [chosen].compactMap(\.self)).sorted(by: >)
        func years(_ tied: [Attribute]) {
            h.select(tied) {
                if let none { h.option(.value(""), text: none) }
                for year in all { h.option(.value(String(year)), .selected(year == chosen), text: String(year)) }
            }
        }
        box(name, label: { h.text(label) }, control: years)
    }

    private func kind(_ choices: () -> Void) {
        func kinds(_ tied: [Attribute]) {
            h.select(tied) {
                h.option(.value(""), text: say("Choose"))
                choices()
            }
        }
        box(FeeQuestion.Name.kind, label: { h.text(say("Kind")) }, control: kinds)
    }

    private func options(_ kinds: [Charter.MemberKind]) {
        for kind in kinds {
            option(kind.key, capitalisedFirst(h.speech.text(.name(kind.name))), of: FeeQuestion.Name.kind)
        }
    }

    private func option(_ value: String, _ text: String, of name: String) {
        h.option(.value(value), .selected(question?.typed[name] == value), text: text)
    }

    private func figure(_ measure: Charter.Measure, of categories: [String]) {
        let keys: InputMode = measure.isWholeNumbers ? .numeric : .decimal
        let label = {
            h.measureName(measure)
            if !categories.isEmpty { h.span(.class("also"), text: categories.joined(separator: ", ")) }
        }
        box(measure.key, label: label) { tied in
            let typed = question?.typed[measure.key] ?? ""
            h.input(tied + [.type(.text), .inputmode(keys), .value(typed), .maxlength(20), .autocomplete("off")])
        }
    }

    /// Whether a fee of the category goes by the figure in any version.
    private func uses(_ category: String, _ measure: Charter.Measure, _ charter: Charter) -> Bool {
        charter.versions.flatMap(\.feeSchedules).contains {
            $0.category == category && $0.measure?.key == measure.key
        }
    }
}
