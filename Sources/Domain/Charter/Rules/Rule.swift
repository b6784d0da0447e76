import Languages

/// One rule of a version as a person reads it.
public struct Rule: Sendable, Hashable {
    /// The path in the charter, such as `fees.corporations`.
    public let id: String
    /// What the rule says, as sentences.
    public let statement: String
    public let citation: Citation
    /// What the author of the charter wants known: a doubt, a contradiction, a conclusion.
    public let note: String?
}

extension CharterVersion {
    /// Every rule of this version, in the order of the charter's sections.
    public var rules: [Rule] {
        [
            categories.flatMap(\.rules), regions.map(\.rule), statuses.map(\.rule), membershipRules,
            bodies.flatMap(\.rules), offices.map(officeRule), feeSchedules.map(feeRule),
            remission.map { [remissionRule($0)] } ?? [], fiscalYear.map { [$0.rule] } ?? [], retention.map(\.rule),
        ].flatMap { $0 }
    }

    /// The rule with this id.
    public func rule(_ id: String) -> Rule? {
        rules.first { $0.id == id }
    }

    func bodyName(_ key: String) -> String {
        body(key)?.name ?? key
    }

    private func officeRule(_ office: Charter.Office) -> Rule {
        var sentences = [office.name + ": " + office.how]
        if let seats = office.seats { sentences.append("Seats: \(seats).") }
        if let body = office.nominatedBy { sentences.append("Nominated by the \(bodyName(body)).") }
        if let body = office.body { sentences.append("Filled or confirmed by the \(bodyName(body)).") }
        switch office.term {
        case .years(let years): sentences.append("Term: \(years) \(years == 1 ? "year" : "years").")
        case .untilNextMeeting(let body): sentences.append("Term: until the next meeting of the \(bodyName(body)).")
        case nil: break
        }
        if !office.regions.isEmpty {
            let names = office.regions.map { region($0)?.name ?? $0 }
            sentences.append("For \(names.joined(separator: ", ")).")
        }
        return Rule(
            id: "offices.\(office.key)",
            statement: sentences.joined(separator: " "),
            citation: office.citation,
            note: office.note
        )
    }

    private func feeRule(_ schedule: Charter.FeeSchedule) -> Rule {
        var statement = schedule.name
        if !schedule.kinds.isEmpty { statement += " (\(schedule.kinds.joined(separator: ", ")))" }
        if let reason = schedule.unpublished {
            statement += ": \(reason)"
        } else {
            let bands = schedule.bands.map { band in
                "\(band.range)\(band.label.map { " (\($0))" } ?? "") \(schedule.currency) \(band.fee)"
            }
            let measure = schedule.measure.map { " by \($0.name)" } ?? ""
            statement += ", a year\(measure): \(bands.joined(separator: "; "))."
        }
        return Rule(
            id: "fees.\(schedule.key)",
            statement: statement,
            citation: schedule.citation,
            note: schedule.note
        )
    }

    private func remissionRule(_ remission: Charter.Remission) -> Rule {
        Rule(
            id: "remission",
            statement:
                "The \(bodyName(remission.decidedBy)) may \(remission.powers.joined(separator: ", ")) a member's fee: "
                + remission.purpose,
            citation: remission.citation,
            note: remission.note
        )
    }
}

extension Charter.Category {
    fileprivate var rules: [Rule] {
        let vote = mayVote ? "has a vote" : "has no vote"
        let full = isFullMember ? "is a full member" : "is not a full member"
        let own = Rule(
            id: "categories.\(key)",
            statement: "\(name), in the statutes \"\(title)\": \(full) and \(vote).",
            citation: citation,
            note: note
        )
        guard let first = brings.first else { return [own] }
        let listed = brings.map { "\($0.text) (\($0.citation.short))" }.joined(separator: "; ")
        let benefits = Rule(
            id: "categories.\(key).brings",
            statement: "\(plural), what membership brings: \(listed).",
            citation: first.citation,
            note: joinedNotes(brings.map(\.note))
        )
        return [own, benefits]
    }
}

extension Charter.Region {
    fileprivate var rule: Rule {
        let shown = countries.filter { !assumedCountries.contains($0) }
        let parts = [
            shown.isEmpty ? nil : "shown by the sources: \(shown.joined(separator: " "))",
            assumedCountries.isEmpty ? nil : "assumed: \(assumedCountries.joined(separator: " "))",
        ]
        return Rule(
            id: "regions.\(key)",
            statement: "\(name), \(parts.compactMap { $0 }.joined(separator: "; ")).",
            citation: citation,
            note: note
        )
    }
}

extension Charter.Status {
    fileprivate var rule: Rule {
        let roll = isOnRoll ? "on the roll" : "not on the roll"
        let quorum = countsForQuorum ? "counted for the quorum" : "not counted for the quorum"
        return Rule(
            id: "statuses.\(key)",
            statement: "\(name): \(roll), \(quorum)\(isAssumed ? " (assumed)" : "").",
            citation: citation,
            note: note
        )
    }
}

extension Charter.Body {
    fileprivate var rules: [Rule] {
        let id = "bodies.\(key)"
        var sentences = ["\(name): \(composition)"]
        if let seats = seatsMaximum { sentences.append("Up to \(seats) members.") }
        if let years = meetsEveryYears {
            sentences.append(years == 1 ? "Meets every year." : "Meets every \(years) years.")
        }
        var rules = [Rule(id: id, statement: sentences.joined(separator: " "), citation: citation, note: note)]
        if let quorum {
            rules.append(
                Rule(
                    id: "\(id).quorum",
                    statement: "\(name): \(quorum.share.words.english) of the \(quorum.of), rounded up, must be "
                        + "present.",
                    citation: quorum.citation,
                    note: quorum.note
                )
            )
        }
        if let circulation { rules.append(circulation.rule(of: self)) }
        if let first = powers.first {
            let listed = powers.map { "\($0.power) (\($0.citation.short))" }.joined(separator: "; ")
            rules.append(
                Rule(
                    id: "\(id).powers",
                    statement: "\(name) decides: \(listed).",
                    citation: first.citation,
                    note: nil
                )
            )
        }
        return rules
    }
}

extension Charter.Retention {
    fileprivate var rule: Rule {
        Rule(
            id: "retention.\(kept.rawValue)",
            statement: "\(kept.sentence): \(days) \(days == 1 ? "day" : "days").",
            citation: citation,
            note: note
        )
    }
}

extension Charter.FiscalYear {
    fileprivate var rule: Rule {
        let year = "The fiscal year begins on \(begins) and ends on \(ends) (month-day)."
        return Rule(
            id: "fiscal-year",
            statement: surplus.map { "\(year) \($0)" } ?? year,
            citation: citation,
            note: note
        )
    }
}

/// The notes of what one rule tells together, each once; nil where there is none.
func joinedNotes(_ notes: [String?]) -> String? {
    var told: [String] = []
    for note in notes.compactMap(\.self) where !told.contains(note) { told.append(note) }
    return told.isEmpty ? nil : told.joined(separator: " ")
}
