public import Languages

extension Charter {
    /// Values that neither a row of a schedule nor a ruling has: for them no fee can be told.
    public struct FeeGap: Sendable, Hashable {
        /// `230–299`, or `between 1999 and 2000` where what lies between whole numbers is left out.
        public let range: Phrase
    }
}

extension Charter.FeeSchedule {
    /// What the schedule leaves out and no ruling settles, ascending.
    public var openGaps: [Charter.FeeGap] {
        guard let measure, !bands.isEmpty else { return [] }
        return BandHole.all(bands, measure).flatMap { hole in
            hole.parts(rulings).filter { $0.ruling == nil }.map { part in
                Charter.FeeGap(range: part.isBetween ? hole.between(measure) : Charter.Band.range(part.from, part.to))
            }
        }
    }
}

/// Values that no band of a schedule covers.
struct BandHole {
    /// Whole numbers, both inclusive; none where `to` lies below `from`, without an end for nil.
    let from: Int
    let to: Int?
    /// Whether values between two whole numbers are left out with them.
    let hasFractions: Bool
    /// The line of the band that stands behind the hole, or of the last one.
    let line: Int

    /// Between neighbours, below the first and above the last.
    static func all(_ bands: [Charter.Band], _ measure: Charter.Measure) -> [BandHole] {
        let isMeasured = !measure.isWholeNumbers
        var holes: [BandHole] = []
        if let first = bands.first, first.from > measure.atLeast {
            holes.append(
                BandHole(from: measure.atLeast, to: first.from - 1, hasFractions: isMeasured, line: first.line)
            )
        }
        for (lower, upper) in zip(bands, bands.dropFirst()) {
            guard let end = lower.to, end < upper.from, isMeasured || end + 1 < upper.from else { continue }
            holes.append(BandHole(from: end + 1, to: upper.from - 1, hasFractions: isMeasured, line: upper.line))
        }
        if let last = bands.last, let end = last.to {
            holes.append(BandHole(from: end + 1, to: nil, hasFractions: isMeasured, line: last.line))
        }
        return holes
    }

    /// The part of the hole's whole numbers that a ruling covers.
    func overlap(_ ruling: Charter.Ruling) -> (from: Int, to: Int)? {
        guard case .values(let first, let last, _) = ruling.settles else { return nil }
        let (lowest, highest) = (max(from, first), min(to ?? Int.max, last ?? Int.max))
        return lowest <= highest ? (lowest, highest) : nil
    }

    /// A part of the hole: what one ruling settles, or what is open.
    struct Part {
        let from: Int
        /// Without an end for nil.
        let to: Int?
        /// Whether it is all that lies between the bands on both sides, fractions with it.
        let isBetween: Bool
        /// The ruling that settles it.
        let ruling: Charter.Ruling?
    }

    /// The hole part by part, ascending.
    func parts(_ rulings: [Charter.Ruling]) -> [Part] {
        let fractions = rulings.first { $0.settles == .fractions }
        if hasFractions, fractions == nil { return [Part(from: from, to: to, isBetween: true, ruling: nil)] }
        if let to, to < from { return [Part(from: from, to: to, isBetween: true, ruling: fractions)] }
        let settled = rulings.compactMap { ruling in overlap(ruling).map { (ruling, $0) } }
            .sorted { $0.1.from < $1.1.from }
        var parts: [Part] = []
        var next = from
        for (ruling, part) in settled where part.from >= next {
            if part.from > next { parts.append(Part(from: next, to: part.from - 1, isBetween: false, ruling: nil)) }
            let end = part.to == Int.max ? nil : part.to
            parts.append(Part(from: part.from, to: end, isBetween: false, ruling: ruling))
            if part.to == Int.max { return parts }
            next = part.to + 1
        }
        if next <= to ?? Int.max { parts.append(Part(from: next, to: to, isBetween: false, ruling: nil)) }
        return parts
    }

    /// All of it, fractions with it, by the bands on both sides.
    fileprivate func between(_ measure: Charter.Measure) -> Phrase {
        guard let to else { return say("more than \(plain: from - 1)") }
        return from == measure.atLeast
            ? say("less than \(plain: to + 1)") : say("between \(plain: from - 1) and \(plain: to + 1)")
    }
}
