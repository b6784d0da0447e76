import Charter
public import Languages

/// What relief in force does to an invoice that is written.
public struct AppliedRelief: Sendable, Hashable {
    let relief: ReliefRequest
    /// Nothing for a plan, which lowers nothing.
    public let lowersBy: Money

    /// As `2026-3`.
    public var reference: String { relief.reference }

    /// For whoever reads the invoice: what was granted, by whom it is on record, and what it comes to.
    public var words: Phrase {
        let granted =
            relief.decidedOn.map { say("By relief \(reference), granted on \($0): \(relief.termsWords).") }
            ?? say("By relief \(reference): \(relief.termsWords).")
        return lowersBy.isPositive ? .joined([granted, say("That is \(lowersBy) less.")], by: " ") : granted
    }

    /// - Parameter amount: what the invoice would ask for without it.
    ///
    /// `nil` for relief that does nothing to it. Throws `ReliefRefusal.otherCurrency`: whoever was granted relief is
    /// not asked for the whole because a currency changed.
    private init?(_ relief: ReliefRequest, _ amount: Money, year: Int) throws {
        try relief.requireCurrency(amount.currency, of: year)
        let less = try relief.terms.lowering(amount)
        guard less.isPositive || relief.kind == .plan else { return nil }
        self.relief = relief
        lowersBy = less
    }

    /// What of the relief in force for its year an invoice has: what lowers it most, and a plan.
    static func of(_ reliefs: [ReliefRequest], to amount: Money, year: Int) throws -> [AppliedRelief] {
        let found = try reliefs.compactMap { try AppliedRelief($0, amount, year: year) }
        let lowering = found.filter { $0.relief.kind != .plan }.max { $0.lowersBy.minor < $1.lowersBy.minor }
        let plan = found.last { $0.relief.kind == .plan }
        return [lowering, plan].compactMap(\.self)
    }
}
