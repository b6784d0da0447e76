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

    /// The figure as a page shows it: "1,234", "26 %".
    func figure(_ value: Double) -> String { unit == "percent" ? "\(measured(value)) %" : measured(value) }

    /// The same in a narrow column: "131 m" from ten millions on.
    func shortFigure(_ value: Double) -> String {
        value < 1e7 || value >= 1e15 ? figure(value) : inMillions(Int(value))
    }

    /// The difference with its sign; `nil` where nothing could be derived.
    var signedDifference: String? {
        difference.map { $0 > 0 ? "+\(measured($0))" : measured($0).replacing("-", with: "−") }
    }

    /// Published and counted in one sentence.
    var sentence: String {
        guard let derived, let difference else {
            return "Published: \(figure(published)). The records cannot give this figure: \(derivation)."
        }
        if difference == 0 { return "Published: \(figure(published)). The records give the same." }
        let size = unit == "percent" ? "\(measured(abs(difference))) percentage points" : measured(abs(difference))
        let side = difference < 0 ? "less" : "more"
        return "Published: \(figure(published)). The records give \(figure(derived)), \(size) \(side)."
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
    func notNamed(_ words: Words) -> String? {
        guard countsMembers, let derived, let difference, difference < 0 else { return nil }
        let count = Int(published.rounded())
        let counted = category.map { words.counted(count, category: $0) } ?? "\(grouped(count)) members"
        return "\(counted) \(count == 1 ? "is" : "are") published, \(figure(derived)) \(derived == 1 ? "is" : "are") "
            + "named here: \(measured(-difference)) not named."
    }

    /// What is counted, with the category or region where the statement's own words leave it open.
    func title(_ words: Words) -> String {
        var parts: [String] = []
        if let region { parts.append(words.region(region)) }
        if let category, subject != Subject.membersInRegion.rawValue {
            let name = words.categories(category)
            let says = text.lowercased()
            if !says.contains(name.lowercased()), !says.contains("cities") { parts.append(lowercasedFirst(name)) }
        }
        return parts.isEmpty ? text : "\(text): \(parts.joined(separator: ", "))"
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
    var sentence: String {
        guard all > 0 else { return "The records hold no published figure." }
        let parts = Agreement.allCases.compactMap { kind in
            counts[kind].map { count in
                switch kind {
                case .agrees: "\(grouped(count)) \(count == 1 ? "agrees" : "agree") with the records"
                case .explained: "\(grouped(count)) \(count == 1 ? "differs" : "differ") for a reason that is known"
                case .unexplained:
                    "\(grouped(count)) \(count == 1 ? "differs" : "differ") and not all of it is explained"
                case .underivable: "\(grouped(count)) cannot be counted from records of members"
                }
            }
        }
        return "\(grouped(all)) published \(all == 1 ? "figure" : "figures"): \(enumerated(parts))."
    }
}
