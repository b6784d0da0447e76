import Languages
import Membership

/// How a published figure and the records stand to each other.
enum Agreement: Sendable, Hashable, CaseIterable {
    case agrees
    /// They differ, and the records or the reports tell why.
    case explained
    /// They differ, and nothing tells why, or not all of it.
    case unexplained
    /// The records cannot give such a figure.
    case underivable
}

extension Finding {
    var agreement: Agreement {
        if derived == nil { return .underivable }
        if agrees { return .agrees }
        let isOpen = explanations.isEmpty || explanations.contains { $0.kind == "unexplained" }
        return isOpen ? .unexplained : .explained
    }

    /// The code of the currency of an amount.
    private var currency: String? { subject == Subject.feesApproved.rawValue ? unit : nil }

    /// The figure as a page shows it: "1,234", "26 %", "USD 330,090".
    func figure(_ value: Double) -> Phrase {
        if let currency, let whole = Int(exactly: value) { return .money(minor: whole, places: 0, code: currency) }
        let number = Phrase.decimal(value)
        return unit == "percent" ? say("\(number) %", context: "a percentage") : number
    }

    /// The published figure with what it counts: "50 members". A unit that no page knows is left out.
    var measured: Phrase {
        guard let number = Int(exactly: published) else { return figure(published) }
        return switch unit {
        case "members": say(number, one: "\(number) member", other: "\(number) members")
        case "cities": say(number, one: "\(number) city", other: "\(number) cities")
        case "countries": say(number, one: "\(number) country", other: "\(number) countries")
        case "people": say(number, one: "\(number) person", other: "\(number) people")
        case "views": say(number, one: "\(number) view", other: "\(number) views")
        case "votes": say(number, one: "\(number) vote", other: "\(number) votes")
        default: figure(published)
        }
    }

    /// The same in a narrow column: "131M" from ten millions on.
    func shortFigure(_ value: Double) -> Phrase {
        guard value >= 1e7, value < 1e15 else { return figure(value) }
        let short = Phrase.compact(Int(value))
        return currency.map { Phrase.joined([.verbatim($0), short], by: " ") } ?? short
    }

    /// The difference with its sign; `nil` where nothing could be derived.
    var signedDifference: Phrase? {
        guard let difference else { return nil }
        let size = Phrase.decimal(abs(difference))
        if difference == 0 { return size }
        return Phrase.verbatim(difference > 0 ? "+" : "−") + size
    }

    /// Published and counted in one sentence.
    var sentence: Phrase {
        let published = figure(self.published)
        guard let derived, let difference else {
            return say("Published: \(published). The records cannot give this figure: \(derivation.words).")
        }
        if difference == 0 { return say("Published: \(published). The records give the same.") }
        let counted = figure(derived)
        let size = Phrase.decimal(abs(difference))
        return switch (unit == "percent", difference < 0) {
        case (true, true):
            say("Published: \(published). The records give \(counted), \(size) percentage points less.")
        case (true, false):
            say("Published: \(published). The records give \(counted), \(size) percentage points more.")
        case (false, true): say("Published: \(published). The records give \(counted), \(size) less.")
        case (false, false): say("Published: \(published). The records give \(counted), \(size) more.")
        }
    }

    /// Whether the figure is a number of members, each of whom could be named.
    var countsMembers: Bool {
        switch Subject(rawValue: subject) {
        case .members, .localGovernments, .institutions, .corporations, .membersInRegion, .founders, .joins,
            .withdrawals,
            .suspensions, .terminations, .membersPresent:
            true
        default: false
        }
    }

    /// "34 corporations are published, 31 are named here: 3 not named." `nil` where no one is missing.
    func notNamed(_ words: Words) -> Phrase? {
        guard countsMembers, let derived, let difference, difference < 0 else { return nil }
        let count = Int(published.rounded())
        let counted =
            category.map { words.counted(count, category: $0) }
            ?? say(count, one: "\(count) member", other: "\(count) members")
        guard count != 1 else { return say("\(counted) is published and not named here.") }
        let named = Int(derived.rounded())
        let missing = Phrase.decimal(-difference)
        return say(
            named,
            one: "\(counted) are published, \(named) is named here: \(missing) not named.",
            other: "\(counted) are published, \(named) are named here: \(missing) not named."
        )
    }

    /// What is counted, with the category or region where the statement's own words leave it open.
    func title(_ words: Words) -> Phrase {
        var parts: [Phrase] = []
        if let region { parts.append(.verbatim(words.region(region))) }
        if let category, subject != Subject.membersInRegion.rawValue {
            let name = words.inEnglish.categories(category)
            let says = text.lowercased()
            if !says.contains(name.lowercased()), !says.contains("cities") {
                parts.append(.verbatim(words.category(category, of: 2)))
            }
        }
        let statement = Phrase.record(text)
        return parts.isEmpty ? statement : say("\(statement): \(Phrase.joined(parts, by: ", "))")
    }

    /// The day or period that the figure is about.
    var range: DayRange { DayRange(from, through) }
}

/// How many published figures stand how to the records.
struct AgreementCounts: Sendable, Equatable {
    private let counts: [Agreement: Int]
    let all: Int

    init(_ findings: [Finding]) {
        counts = findings.reduce(into: [:]) { $0[$1.agreement, default: 0] += 1 }
        all = findings.count
    }

    /// "76 published figures: 40 agree with the records, 20 differ for a known reason, 3 differ …".
    var sentence: Phrase {
        guard all > 0 else { return say("The records hold no published figure.") }
        let parts = Phrase.list(
            Agreement.allCases.compactMap { kind in counts[kind].map { AgreementCounts.part(kind, $0) } }
        )
        return say(all, one: "\(all) published figure: \(parts).", other: "\(all) published figures: \(parts).")
    }

    private static func part(_ kind: Agreement, _ count: Int) -> Phrase {
        switch kind {
        case .agrees: say(count, one: "\(count) agrees with the records", other: "\(count) agree with the records")
        case .explained:
            say(
                count,
                one: "\(count) differs for a reason that is known",
                other: "\(count) differ for a reason that is known"
            )
        case .unexplained:
            say(
                count,
                one: "\(count) differs and not all of it is explained",
                other: "\(count) differ and not all of it is explained"
            )
        case .underivable:
            say(
                count,
                one: "\(count) cannot be counted from records of members",
                other: "\(count) cannot be counted from records of members"
            )
        }
    }
}
