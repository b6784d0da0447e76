public import Languages

extension CharterVersion {
    /// The rule by which taking part in a capacity earns points; nil where it earns none.
    public func pointRule(capacity: String) -> Charter.PointRule? {
        points.first { rule in
            guard case .participation(let capacities) = rule.earnedBy else { return false }
            return capacities.contains { $0.rawValue == capacity }
        }
    }

    /// The rule by which the fee of a year earns points; nil where it earns none.
    public var paymentPointRule: Charter.PointRule? { points.first { $0.earnedBy == .payment } }

    /// What records come to in points.
    /// - Parameters:
    ///   - counts: how many records were earned by each rule, by its key.
    ///   - weights: points that a record earns instead of those of the charter, by the rule's key.
    public func pointSum(_ counts: [String: Int], weights: [String: Charter.Points] = [:]) -> PointSum {
        PointSum(
            lines: points.map { rule in
                PointSum.Line(rule: rule, weight: weights[rule.key] ?? rule.points, count: counts[rule.key] ?? 0)
            }
        )
    }

    /// How far a member may use something; nil where the charter has no such entitlement.
    /// - Parameters:
    ///   - entitlement: key of an entitlement.
    ///   - category: the member's.
    ///   - standing: key of the member's standing.
    public func access(to entitlement: String, category: String, standing: String) -> Charter.AccessAnswer? {
        guard let entitlement = self.entitlement(entitlement) else { return nil }
        let name = Phrase.name(entitlement.name)
        guard entitlement.isFor(category: category) else {
            let plurals = Phrase.names(entitlement.categories.map { self.category($0)?.plural ?? $0 })
            return Charter.AccessAnswer(
                entitlement: entitlement,
                access: .no,
                reason: say("“\(name)” is for: \(plurals)."),
                remedy: nil
            )
        }
        let access = entitlement.access[standing] ?? .no
        var reasons = [say("“\(name)”, with the standing “\(standingName(standing))”: \(access.words).")]
        if access == .limited, let limited = entitlement.limited { reasons.append(.name(limited)) }
        let better = standings.filter { entitlement.access[$0.key] ?? .no > access }
        let names = Phrase.list(better.map { .name($0.name) }, .or)
        return Charter.AccessAnswer(
            entitlement: entitlement,
            access: access,
            reason: .sentences(reasons),
            remedy: better.isEmpty ? nil : say("More is open with the standing: \(names).")
        )
    }

    func standingName(_ key: String) -> Phrase { .name(standingRule(key)?.name ?? key) }
}

extension Charter.Capacity {
    /// As a list of participants says it.
    public var words: Phrase {
        switch self {
        case .delegate: say("delegate", context: "took part as")
        case .voter: say("voter", context: "took part as")
        case .observer: say("observer", context: "took part as")
        case .participant: say("participant", context: "took part as")
        case .speaker: say("speaker", context: "took part as")
        }
    }
}
