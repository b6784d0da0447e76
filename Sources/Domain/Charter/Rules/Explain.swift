import Languages

/// A rule as a person reads it: what it says, whence, since when, and what it said before.
public struct Explanation: Sendable, Codable, Equatable, CustomStringConvertible {
    /// What a rule said earlier.
    public struct Earlier: Sendable, Codable, Equatable {
        public let statement: String
        public let since: Day
        public let sincePrecision: DatePrecision
        public let citation: Citation
    }

    public let rule: String
    public let day: Day
    public let statement: String
    public let citation: Citation
    /// The title of the cited source.
    public let sourceTitle: String
    /// The effective date of the first version from which the rule has said this without change.
    public let since: Day
    public let sincePrecision: DatePrecision
    /// Nil when the rule was new then.
    public let before: Earlier?
    public let note: String?

    /// Some lines of plain text.
    public var description: String {
        var lines = [
            rule, "  \(statement)", "  Source: \(citation) (\(sourceTitle))",
            "  Since: \(Explanation.date(since, sincePrecision))",
        ]
        if let before {
            let date = Explanation.date(before.since, before.sincePrecision)
            lines.append("  Before, since \(date): \(before.statement) [\(before.citation)]")
        } else {
            lines.append("  Before: not stated")
        }
        if let note { lines.append("  Note: \(note)") }
        return lines.joined(separator: "\n")
    }

    private static func date(_ day: Day, _ precision: DatePrecision) -> String {
        switch precision {
        case .day: "\(day)"
        case .month: "\(String("\(day)".prefix(7))) (month known, day not)"
        case .year: "\(day.year) (year known, day not)"
        }
    }
}

extension Charter {
    /// The ids of every rule that the version of a day states; empty before the first version.
    public func ruleIDs(on day: Day) -> [String] {
        version(on: day)?.rules.map(\.id) ?? []
    }

    /// Tells what a rule says on a day, where it comes from, since when, and what it said before.
    /// - Parameter id: the rule's path, such as `bodies.general-assembly.quorum`.
    /// - Throws: `CharterRefusal`, with the nearest id where the charter has no rule of this one.
    public func explain(_ id: String, on day: Day) throws(CharterRefusal) -> Explanation {
        let current = try inForce(on: day)
        guard let rule = current.rule(id) else { throw missing(id, on: day) }
        let statement = rule.statement.english
        var since = current
        var before: Explanation.Earlier?
        for version in versions.reversed() where version.effective < current.effective {
            guard let earlier = version.rule(id) else { break }
            let said = earlier.statement.english
            if said == statement, before == nil {
                since = version
            } else if before == nil || before?.statement == said {
                before = Explanation.Earlier(
                    statement: said,
                    since: version.effective,
                    sincePrecision: version.precision,
                    citation: earlier.citation
                )
            } else {
                break
            }
        }
        return Explanation(
            rule: id,
            day: day,
            statement: statement,
            citation: rule.citation,
            sourceTitle: source(rule.citation.source)?.title ?? rule.citation.source,
            since: since.effective,
            sincePrecision: since.precision,
            before: before,
            note: rule.note?.english
        )
    }

    /// Why there is no such rule on a day.
    func missing(_ id: String, on day: Day) -> CharterRefusal {
        let stated = versions.filter { $0.rule(id) != nil }.map(\.effective)
        if !stated.isEmpty { return .notStated(id: id, day: day, stated: stated) }
        var known: Set<String> = []
        for version in versions { known.formUnion(version.rules.map(\.id)) }
        return .unknownRule(id: id, nearest: nearestWord(to: id, in: known.sorted()))
    }
}
