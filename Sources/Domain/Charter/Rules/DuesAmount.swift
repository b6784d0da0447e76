import Languages

extension Charter {
    /// The version that decides the fee of a calendar year: the one in force on the day of it on which fees are billed.
    /// Nil before the first version.
    public func feeVersion(year: Int) -> CharterVersion? {
        billingDay(year: year).flatMap { version(on: $0) }
    }

    /// The day of a calendar year on which its fees are decided: 1 January where the charter does not say. Nil for a
    /// year outside 1900 to 2199.
    public func billingDay(year: Int) -> Day? {
        guard let start = try? Day(year: year, month: 1, day: 1) else { return nil }
        return (version(on: start) ?? versions.first)?.dues.flatMap { Day("\(year)-\($0.billedOn)") } ?? start
    }
}

extension Charter.Dues {
    /// What of a year's fee a member owes that joined or left in the year.
    /// - Parameters:
    ///   - fee: whole units of the currency for the year, 0 or more.
    ///   - minorUnits: how many minor units make a whole one: 100 for USD, 1 for KRW.
    ///   - memberFrom: the day from which it was a member; nil where that was before the year.
    ///   - memberTo: the last day on which it was one; nil where it still is.
    public func amount(fee: Int, minorUnits: Int, memberFrom: Day?, memberTo: Day?, year: Int) -> DuesShare {
        if let memberFrom, memberFrom.year > year { return .nothing(year) }
        if let memberTo, memberTo.year < year { return .nothing(year) }
        let joined = memberFrom.flatMap { $0.year == year ? $0 : nil }
        let left = memberTo.flatMap { $0.year == year ? $0 : nil }
        let first = joined.map(joiningYear.firstMonth) ?? 1
        let last = left.map(leavingYear.lastMonth) ?? 12
        let months = max(0, last - first + 1)
        var sentences = [months == 12 ? say("The whole year.") : say("\(months) of 12 months.")]
        var rules: [String] = []
        if let joined {
            sentences += [say("It joined on \(joined)."), joiningYear.joiningWords]
            rules.append("dues.joining-year")
        }
        if let left {
            sentences += [say("It left on \(left)."), leavingYear.leavingWords]
            rules.append("dues.leaving-year")
        }
        return DuesShare(
            minor: DuesShare.twelfths(months, of: fee * minorUnits),
            months: months,
            sentence: .sentences(sentences),
            rules: rules
        )
    }
}

extension DuesShare {
    fileprivate static func nothing(_ year: Int) -> DuesShare {
        DuesShare(minor: 0, months: 0, sentence: say("It was no member in \(plain: year)."), rules: [])
    }

    /// To the nearest minor unit; half of one goes to the even neighbour.
    fileprivate static func twelfths(_ months: Int, of whole: Int) -> Int {
        let (quotient, rest) = (whole * months).quotientAndRemainder(dividingBy: 12)
        return rest > 6 || (rest == 6 && !quotient.isMultiple(of: 2)) ? quotient + 1 : quotient
    }
}

extension Charter.YearShare {
    /// The first month that is paid for by who joins on a day; 13 for none.
    fileprivate func firstMonth(_ day: Day) -> Int {
        switch self {
        case .full: 1
        case .byQuarter: (day.month - 1) / 3 * 3 + 1
        case .byMonth: day.month
        case .nothing: 13
        }
    }

    /// The last month that is paid for by who leaves on a day; 0 for none.
    fileprivate func lastMonth(_ day: Day) -> Int {
        switch self {
        case .full: 12
        case .byQuarter: (day.month - 1) / 3 * 3 + 3
        case .byMonth: day.month
        case .nothing: 0
        }
    }

    /// What is paid for the year of joining.
    var joiningWords: Phrase {
        switch self {
        case .full: say("The year of joining is paid whole.")
        case .byQuarter: say("The year of joining is paid from the quarter of joining on.")
        case .byMonth: say("The year of joining is paid from the month of joining on.")
        case .nothing: say("Nothing is paid for the year of joining.")
        }
    }

    /// What is paid for the year of leaving.
    var leavingWords: Phrase {
        switch self {
        case .full: say("The year of leaving is paid whole.")
        case .byQuarter: say("The year of leaving is paid up to the end of the quarter of leaving.")
        case .byMonth: say("The year of leaving is paid up to the end of the month of leaving.")
        case .nothing: say("Nothing is paid for the year of leaving.")
        }
    }
}
