public import Languages

/// One rule of a version as a person reads it.
public struct Rule: Sendable, Hashable {
    /// The path in the charter, such as `fees.corporations`.
    public let id: String
    /// What the rule says, as sentences.
    public let statement: Phrase
    public let citation: Citation
    /// What the author of the charter wants known: a doubt, a contradiction, a conclusion.
    public let note: Phrase?

    /// - Parameter notes: of all that the rule tells together; each is told once.
    init(id: String, statement: Phrase, citation: Citation, notes: [String?]) {
        var told: [String] = []
        for note in notes.compactMap(\.self) where !told.contains(note) { told.append(note) }
        self.id = id
        self.statement = statement
        self.citation = citation
        self.note = told.isEmpty ? nil : Phrase.sentences(told.map { .name($0) })
    }
}

extension CharterVersion {
    /// Every rule of this version, in the order of the charter's sections.
    public var rules: [Rule] {
        let sections: [[Rule]] = [
            categories.flatMap(\.rules), regions.map(\.rule), statuses.map(\.rule), membershipRules,
            bodies.flatMap(\.rules), offices.map(officeRule), feeSchedules.flatMap(\.rules),
            remission.map { [remissionRule($0)] } ?? [], dues?.rules ?? [], standingRules, points.map(\.rule),
            entitlements.map(entitlementRule), fiscalYear.map { [$0.rule] } ?? [], retention.map(\.rule),
        ]
        return sections.flatMap { $0 }
    }

    /// The rule with this id.
    public func rule(_ id: String) -> Rule? {
        rules.first { $0.id == id }
    }

    func bodyName(_ key: String) -> Phrase {
        .name(body(key)?.name ?? key)
    }

    private func officeRule(_ office: Charter.Office) -> Rule {
        var sentences = [say("\(Phrase.name(office.name)): \(Phrase.name(office.how))")]
        if let seats = office.seats { sentences.append(say("Seats: \(seats).")) }
        if let body = office.nominatedBy { sentences.append(say("Nominated by the \(bodyName(body)).")) }
        if let body = office.body { sentences.append(say("Filled or confirmed by the \(bodyName(body)).")) }
        switch office.term {
        case .years(let years):
            sentences.append(say(years, one: "Term: \(years) year.", other: "Term: \(years) years."))
        case .untilNextMeeting(let body):
            sentences.append(say("Term: until the next meeting of the \(bodyName(body))."))
        case nil: break
        }
        if !office.regions.isEmpty {
            let names = Phrase.names(office.regions.map { region($0)?.name ?? $0 })
            sentences.append(say("For \(names).", context: "the regions of an office"))
        }
        return Rule(
            id: "offices.\(office.key)",
            statement: .sentences(sentences),
            citation: office.citation,
            notes: [office.note]
        )
    }

    private func remissionRule(_ remission: Charter.Remission) -> Rule {
        let (body, powers) = (bodyName(remission.decidedBy), Phrase.list(remission.powers.map(\.words)))
        return Rule(
            id: "remission",
            statement: say("The \(body) may grant \(powers) of a member's fee: \(Phrase.name(remission.purpose))"),
            citation: remission.citation,
            notes: [remission.note]
        )
    }
}

extension Charter.Category {
    fileprivate var rules: [Rule] {
        let own = Rule(id: "categories.\(key)", statement: standing, citation: citation, notes: [note])
        guard let first = brings.first else { return [own] }
        let listed = brings.map { say("\(Phrase.name($0.text)) (\($0.citation.words))") }
        let benefits = Rule(
            id: "categories.\(key).brings",
            statement: say("\(Phrase.name(plural)), what membership brings: \(Phrase.joined(listed, by: "; "))."),
            citation: first.citation,
            notes: brings.map(\.note)
        )
        return [own, benefits]
    }

    private var standing: Phrase {
        let (name, title) = (Phrase.name(self.name), Phrase.name(self.title))
        return switch (isFullMember, mayVote) {
        case (true, true): say("\(name), in the statutes \"\(title)\": is a full member and has a vote.")
        case (true, false): say("\(name), in the statutes \"\(title)\": is a full member and has no vote.")
        case (false, true): say("\(name), in the statutes \"\(title)\": is not a full member and has a vote.")
        case (false, false): say("\(name), in the statutes \"\(title)\": is not a full member and has no vote.")
        }
    }
}

extension Charter.Region {
    fileprivate var rule: Rule {
        let shown = countries.filter { !assumedCountries.contains($0) }.joined(separator: " ")
        let assumed = assumedCountries.joined(separator: " ")
        let name = Phrase.name(self.name)
        let statement =
            if assumed.isEmpty {
                say("\(name), shown by the sources: \(shown).")
            } else if shown.isEmpty {
                say("\(name), assumed: \(assumed).")
            } else {
                say("\(name), shown by the sources: \(shown); assumed: \(assumed).")
            }
        return Rule(id: "regions.\(key)", statement: statement, citation: citation, notes: [note])
    }
}

extension Charter.Status {
    fileprivate var rule: Rule {
        let counted =
            switch (isOnRoll, countsForQuorum) {
            case (true, true): say("on the roll, counted for the quorum")
            case (true, false): say("on the roll, not counted for the quorum")
            case (false, true): say("not on the roll, counted for the quorum")
            case (false, false): say("not on the roll, not counted for the quorum")
            }
        let name = Phrase.name(self.name)
        return Rule(
            id: "statuses.\(key)",
            statement: isAssumed ? say("\(name): \(counted) (assumed).") : say("\(name): \(counted)."),
            citation: citation,
            notes: [note]
        )
    }
}

extension Charter.Body {
    fileprivate var rules: [Rule] {
        let id = "bodies.\(key)"
        let name = Phrase.name(self.name)
        var sentences = [say("\(name): \(Phrase.name(composition))")]
        if let seats = seatsMaximum {
            sentences.append(say(seats, one: "Up to \(seats) member.", other: "Up to \(seats) members."))
        }
        if let years = meetsEveryYears {
            sentences.append(say(years, one: "Meets every year.", other: "Meets every \(years) years."))
        }
        var rules = [Rule(id: id, statement: .sentences(sentences), citation: citation, notes: [note])]
        if let quorum {
            let (share, whole) = (quorum.share.words, Phrase.name(quorum.of))
            rules.append(
                Rule(
                    id: "\(id).quorum",
                    statement: say("\(name): \(share) of the \(whole), rounded up, must be present."),
                    citation: quorum.citation,
                    notes: [quorum.note]
                )
            )
        }
        if let circulation { rules.append(circulation.rule(of: self)) }
        if let first = powers.first {
            let listed = powers.map { say("\(Phrase.name($0.power)) (\($0.citation.words))") }
            rules.append(
                Rule(
                    id: "\(id).powers",
                    statement: say("\(name) decides: \(Phrase.joined(listed, by: "; "))."),
                    citation: first.citation,
                    notes: []
                )
            )
        }
        return rules
    }
}

extension Charter.Retention {
    fileprivate var rule: Rule {
        let sentence = kept.sentence
        return Rule(
            id: "retention.\(kept.rawValue)",
            statement: say(days, one: "\(sentence): \(days) day.", other: "\(sentence): \(days) days."),
            citation: citation,
            notes: [note]
        )
    }
}

extension Charter.FiscalYear {
    fileprivate var rule: Rule {
        let year = say("The fiscal year begins on \(begins) and ends on \(ends) (month-day).")
        return Rule(
            id: "fiscal-year",
            statement: surplus.map { Phrase.sentences([year, .name($0)]) } ?? year,
            citation: citation,
            notes: [note]
        )
    }
}

extension Phrase {
    /// One sentence after the other.
    static func sentences(_ all: [Phrase]) -> Phrase { .joined(all, by: " ") }

    /// Names of the charter, side by side.
    static func names(_ names: [String]) -> Phrase { .joined(names.map { .name($0) }, by: ", ") }
}
