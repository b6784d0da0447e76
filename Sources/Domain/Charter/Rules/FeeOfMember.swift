extension CharterVersion {
    /// The annual fee of a member, or what has to be known before it can be told.
    public func fee(_ facts: FeeFacts) -> FeeOutcome {
        let schedules = feeSchedules.filter { $0.category == facts.category }
        guard let first = schedules.first else { return .noSchedule }
        if schedules.count == 1, first.kinds.isEmpty { return first.fee(facts, kind: nil) }
        if let kind = facts.kind,
            let schedule = schedules.first(where: { $0.kinds.contains { $0.key == kind.value } })
        {
            return schedule.fee(facts, kind: kind)
        }
        let choices = schedules.flatMap { schedule in
            schedule.kinds.map { FeeMissing.KindChoice(kind: $0, schedule: schedule.key) }
        }
        var missing: [FeeMissing] = [.kind(choices)]
        // Whatever its kind, this figure is needed too, so that it need not be asked for later.
        if let measure = first.measure, facts.figures[measure.key] == nil,
            schedules.allSatisfy({ $0.measure?.key == measure.key })
        {
            missing.append(.figure(measure))
        }
        return .missing(missing)
    }
}

extension Charter {
    /// Where a value stands in a schedule.
    public struct FeeRow: Sendable, Hashable {
        /// Nil where a ruling gives the fee.
        public let band: Band?
        /// The rulings that were needed, in the order in which they were.
        public let rulings: [Ruling]
        /// Whole units of the schedule's currency for a year.
        public let fee: Int
        /// The value as the schedule reads it.
        public let value: Double

        /// The ruling that decided, if any did.
        public var ruling: Ruling? { rulings.last }
    }
}

extension Charter.FeeSchedule {
    /// The row or the ruling for a value of the measure; nil where neither the bands nor a ruling have it.
    public func row(for value: Double) -> Charter.FeeRow? {
        guard value.isFinite, value >= Double(measure?.atLeast ?? 0) else { return nil }
        if let row = wholeRow(for: value, after: []) { return row }
        let whole = value.rounded(.down)
        guard whole != value, let dropped = rulings.first(where: { $0.settles == .fractions }) else { return nil }
        return wholeRow(for: whole, after: [dropped])
    }

    private func wholeRow(for value: Double, after rulings: [Charter.Ruling]) -> Charter.FeeRow? {
        if let band = band(for: value) {
            return Charter.FeeRow(band: band, rulings: rulings, fee: band.fee, value: value)
        }
        for ruling in self.rulings {
            if let fee = ruling.fee(for: value) {
                return Charter.FeeRow(band: nil, rulings: rulings + [ruling], fee: fee, value: value)
            }
        }
        return nil
    }

    fileprivate func fee(_ facts: FeeFacts, kind: FeeFact<String>?) -> FeeOutcome {
        guard let measure, !bands.isEmpty else { return .missing([.unpublished(self)]) }
        guard let figure = facts.figures[measure.key] else { return .missing([.figure(measure)]) }
        guard let row = row(for: figure.value) else {
            return .missing([.noBand(value: figure.value, schedule: self)])
        }
        return .fee(
            FeeAnswer(
                schedule: self,
                band: row.band,
                rulings: row.rulings,
                fee: row.fee,
                measure: measure,
                figure: figure,
                value: row.value,
                kind: kind
            )
        )
    }
}
