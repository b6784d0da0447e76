/// Finds bands that overlap (errors: two fees would be due) or stand out of order (errors: likely a misprint), and
/// values that no band covers (warnings: published schedules really have such holes, and the charter repeats them).
func checkBands(_ bands: [Charter.Band], of schedule: String, measure: Charter.Measure, _ log: ProblemLog) {
    for (lower, upper) in zip(bands, bands.dropFirst()) {
        checkPair(lower, upper, of: schedule, measure: measure, log)
    }
    if let last = bands.last, let end = last.to {
        log.warning(
            "band-hole",
            last.line,
            "\(schedule) has no band above \(end) \(measure.name).",
            "Leave out 'to' in the last band if it has no upper end; keep it if the published schedule ends here."
        )
    }
}

private func checkPair(
    _ lower: Charter.Band,
    _ upper: Charter.Band,
    of schedule: String,
    measure: Charter.Measure,
    _ log: ProblemLog
) {
    if upper.from < lower.from {
        log.error(
            "band-order",
            upper.line,
            "the band from \(upper.from) in \(schedule) stands after the one from \(lower.from).",
            "Put the bands in ascending order."
        )
        return
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
        return
    }
    let remedy =
        "If the published schedule has this hole, keep it: the warning is the record of it. Else correct a bound."
    if measure.isWholeNumbers {
        guard end + 1 < upper.from else { return }
        let hole = end + 2 == upper.from ? "\(end + 1)" : "\(end + 1) to \(upper.from - 1)"
        log.warning("band-hole", upper.line, "\(schedule) has no band for \(hole) \(measure.name).", remedy)
    } else {
        log.warning(
            "band-hole",
            upper.line,
            "\(schedule) has no band between \(end) and \(upper.from) \(measure.name).",
            remedy
        )
    }
}
