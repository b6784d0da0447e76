/// Finds bands that overlap (errors: two fees would be due) or stand out of order (errors: likely a misprint), and
/// values that no band covers: published schedules really have such holes, and the charter repeats them. Each hole is
/// warned of, with the ruling that settles it; a ruling that settles no hole is an error.
func checkBands(
    _ bands: [Charter.Band],
    _ rulings: [Charter.Ruling],
    of schedule: String,
    measure: Charter.Measure,
    _ log: ProblemLog
) {
    var isSound = true
    for (lower, upper) in zip(bands, bands.dropFirst()) {
        if !checkPair(lower, upper, of: schedule, log) { isSound = false }
    }
    let holes = BandHole.all(bands, measure)
    let check = RulingCheck(schedule: schedule, measure: measure, bands: bands, rulings: rulings, log: log)
    for hole in holes { check.tell(hole) }
    // What stands in disorder has holes by mistake, and rulings would be refused for it.
    if isSound { check.refuseMistakes(holes) }
}

private func checkPair(
    _ lower: Charter.Band,
    _ upper: Charter.Band,
    of schedule: String,
    _ log: ProblemLog
) -> Bool {
    if upper.from < lower.from {
        log.error(
            "band-order",
            upper.line,
            "the band from \(upper.from) in \(schedule) stands after the one from \(lower.from).",
            "Put the bands in ascending order."
        )
        return false
    }
    guard let end = lower.to, end < upper.from else {
        let end = min(lower.to ?? Int.max, upper.to ?? Int.max)
        let open = end == Int.max ? "\(upper.from) and more" : "\(upper.from) to \(end)"
        let shared = end == upper.from ? "\(end)" : open
        log.error(
            "band-overlap",
            upper.line,
            "two bands of \(schedule) cover \(shared); the other is on line \(lower.line).",
            "End the lower band below \(upper.from), or begin this one above it."
        )
        return false
    }
    return true
}

/// Compares the rulings of one schedule with its bands and holes.
private struct RulingCheck {
    let schedule: String
    let measure: Charter.Measure
    let bands: [Charter.Band]
    let rulings: [Charter.Ruling]
    let log: ProblemLog

    /// Tells a hole part by part: what a ruling settles, and what is open.
    func tell(_ hole: BandHole) {
        for part in hole.parts(rulings) {
            tell(part.isBetween ? bounds(hole) : values(part.from, part.to), hole, part.ruling)
        }
    }

    /// The bands on both sides of a hole.
    private func bounds(_ hole: BandHole) -> String {
        guard let to = hole.to else { return "above \(hole.from - 1)" }
        return hole.from == measure.atLeast ? "below \(to + 1)" : "between \(hole.from - 1) and \(to + 1)"
    }

    private func values(_ from: Int, _ to: Int?) -> String {
        guard let to else { return "above \(from - 1)" }
        return from == to ? "for \(from)" : "for \(from) to \(to)"
    }

    private func tell(_ values: String, _ hole: BandHole, _ ruling: Charter.Ruling?) {
        let message = "\(schedule) has no band \(values) \(measure.name)"
        if let ruling {
            log.warning(
                "settled-hole",
                hole.line,
                "\(message); the ruling '\(ruling.key)' settles it.",
                "Nothing is to be done: the hole is the published schedule's, and the ruling is the answer to it."
            )
        } else if hole.to == nil {
            log.warning(
                "band-hole",
                hole.line,
                "\(message).",
                "Leave out 'to' in the last band if it has no upper end; keep it if the published schedule ends here."
            )
        } else {
            log.warning(
                "band-hole",
                hole.line,
                "\(message).",
                "If the published schedule has this hole, keep it, and settle it by a ruling. Else correct a bound."
            )
        }
    }

    /// A ruling that gives a value a second fee, or no value any.
    func refuseMistakes(_ holes: [BandHole]) {
        var before: [Charter.Ruling] = []
        for ruling in rulings {
            if let band = bands.first(where: { ruling.meets($0.from, $0.to) }) {
                refuseOverlap(ruling, "a band", line: band.line)
            } else if let other = before.first(where: { ruling.meets($0) }) {
                refuseOverlap(ruling, "the ruling '\(other.key)'", line: other.line)
            } else if !settlesSomething(ruling, holes, before) {
                refuseIdle(ruling, of: schedule, log)
            }
            before.append(ruling)
        }
    }

    private func settlesSomething(
        _ ruling: Charter.Ruling,
        _ holes: [BandHole],
        _ before: [Charter.Ruling]
    ) -> Bool {
        guard ruling.settles == .fractions else { return holes.contains { $0.overlap(ruling) != nil } }
        return holes.contains(where: \.hasFractions) && !before.contains { $0.settles == .fractions }
    }

    private func refuseOverlap(_ ruling: Charter.Ruling, _ other: String, line: Int) {
        log.error(
            "ruling-overlap",
            ruling.line,
            "the ruling '\(ruling.key)' of \(schedule) covers a value that \(other) covers, on line \(line).",
            "A value has one fee: cover only what the bands leave out, and that once."
        )
    }
}

func refuseIdle(_ ruling: Charter.Ruling, of schedule: String, _ log: ProblemLog) {
    log.error(
        "ruling-idle",
        ruling.line,
        "the ruling '\(ruling.key)' of \(schedule) settles nothing.",
        "Remove it, or correct what it covers: a ruling is for values that no band covers."
    )
}

extension Charter.Ruling {
    /// Whether it covers one of the values between two, both inclusive; without an upper end for nil.
    fileprivate func meets(_ from: Int, _ to: Int?) -> Bool {
        guard case .values(let first, let last, _) = settles else { return false }
        return first <= to ?? Int.max && from <= last ?? Int.max
    }

    fileprivate func meets(_ other: Charter.Ruling) -> Bool {
        guard case .values(let first, let last, _) = other.settles else { return false }
        return meets(first, last)
    }
}
