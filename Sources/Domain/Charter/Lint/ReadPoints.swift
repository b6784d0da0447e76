extension SectionReader {
    /// What earns points, as the charter says it.
    private enum Earning: String, CaseIterable {
        case participation
        case activity
        case payment
    }

    func points(_ version: Table) -> Section<[Charter.PointRule]>? {
        section {
            let keys = ["name", "points", "earned_by", "capacities", "note"] + Self.citationKeys
            var owners: [String: String] = [:]
            return entries(version, "points", keys: keys) { table, key in
                let name = table.text("name")
                let points = tenths(table, "points")
                let earnedBy = earnedBy(table)
                let citation = citation(table)
                if let earnedBy { checkEarnedOnce(earnedBy, key, table, &owners) }
                guard let name, let points, let earnedBy, let citation else { return nil }
                return Charter.PointRule(
                    key: key,
                    name: name,
                    points: points,
                    earnedBy: earnedBy,
                    citation: citation,
                    note: table.optionalText("note")
                )
            }
        }
    }

    private func earnedBy(_ table: Table) -> Charter.EarnedBy? {
        let earning: Earning? = table.option("earned_by")
        let capacities: [Charter.Capacity] = table.options("capacities")
        guard let earning else { return nil }
        if table.has("capacities") != (earning == .participation) {
            log.error(
                "missing-key",
                table.line,
                "'capacities' in \(table.path) belong to what is earned by participation, and to nothing else.",
                "Write them there, and only there."
            )
            return nil
        }
        switch earning {
        case .participation: return .participation(capacities)
        case .activity: return .activity
        case .payment: return .payment
        }
    }

    /// A record that two rules count would earn twice.
    private func checkEarnedOnce(
        _ earnedBy: Charter.EarnedBy,
        _ key: String,
        _ table: Table,
        _ owners: inout [String: String]
    ) {
        let records: [String] =
            switch earnedBy {
            case .participation(let capacities): capacities.map { "participation as \($0.rawValue)" }
            case .activity: []
            case .payment: ["payment"]
            }
        for record in records {
            if let owner = owners[record] {
                log.error(
                    "duplicate-entry",
                    table.line,
                    "'\(owner)' and '\(key)' both give points for \(record).",
                    "Keep it in one of the two."
                )
            }
            owners[record] = owners[record] ?? key
        }
    }

    /// A number with at most one decimal, above 0.
    private func tenths(_ table: Table, _ key: String) -> Charter.Points? {
        guard let text = table.text(key) else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let digits = parts.joined()
        let isPlain = digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let hasDecimal = parts.count == 2 && !parts[0].isEmpty && parts[1].utf8.count == 1
        // Five digits at most, so that nothing can overflow.
        let number = isPlain && digits.utf8.count <= 5 ? Int(digits) : nil
        let tenths = number.map { hasDecimal ? $0 : $0 * 10 }
        guard parts.count == 1 || hasDecimal, let tenths, (1...10_000).contains(tenths) else {
            log.error(
                "out-of-range",
                table.line(of: key),
                "'\(text)' is no number of points.",
                "Write a number from 0.1 to 1000 with at most one decimal."
            )
            return nil
        }
        return Charter.Points(tenths: tenths)
    }
}
