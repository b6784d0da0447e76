import Languages

extension Charter.FeeSchedule {
    /// The schedule, each ruling on what it leaves out, and what sources say against each other.
    var rules: [Rule] {
        let own = Rule(id: "fees.\(key)", statement: statement, citation: citation, notes: [note])
        var rules = [own] + rulings.map(rule)
        if let first = statements.first {
            rules.append(
                Rule(
                    id: "fees.\(key).statements",
                    statement: .sentences(statements.map { say("\($0.words) (\($0.citation.words))") }),
                    citation: first.citation,
                    notes: []
                )
            )
        }
        return rules
    }

    private var statement: Phrase {
        let own = Phrase.name(name)
        let named = kindNames.isEmpty ? own : say("\(own) (\(Phrase.names(kindNames)))")
        let scale = Phrase.joined(bands.map { fee(of: $0) }, by: "; ")
        guard let unpublished else {
            guard let measure else { return say("\(named), a year: \(scale).") }
            return say("\(named), a year by \(Phrase.name(measure.name)): \(scale).")
        }
        let reason = say("\(named): \(Phrase.name(unpublished))")
        guard let measure else { return reason }
        return .sentences([reason, say("In its stead, a year by \(Phrase.name(measure.name)): \(scale).")])
    }

    /// "2000 and more (multinational) USD 8000"
    private func fee(of band: Charter.Band) -> Phrase {
        let range = band.label.map { say("\(band.range) (\(Phrase.name($0)))") } ?? band.range
        return .joined([range, .verbatim(currency), .verbatim(String(band.fee))], by: " ")
    }

    private func rule(_ ruling: Charter.Ruling) -> Rule {
        let own = Phrase.name(name)
        let settled: Phrase =
            switch ruling.settles {
            case .values(let from, let to, let fee):
                say("\(own), \(Charter.Band.range(from, to)): \(currency) \(plain: fee).")
            case .fractions:
                say("\(own): what lies between two whole numbers is read as the lower of the two.")
            }
        return Rule(
            id: "fees.\(key).rulings.\(ruling.key)",
            statement: .sentences([settled, ruling.words]),
            citation: ruling.citation,
            notes: [ruling.note]
        )
    }
}
