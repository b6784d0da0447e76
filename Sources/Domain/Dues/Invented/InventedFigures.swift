import Charter
import Database
import Membership

/// Figures and kinds of members that nobody knows, made up so that their fees can be told.
struct InventedFigures: Sendable {
    /// The earlier first.
    let years: [FeeYear]
    let seed: UInt64

    /// What the fees of these years need beside what is on record.
    func missing(_ transaction: Transaction, of members: InventedDues.Members) throws -> [CheckedFeeInput] {
        guard let first = years.first else { return [] }
        // Of the end of the year before the first, so that it counts for each of them.
        let asOf = AsOf(try Day(year: first.year - 1, month: 1, day: 1), .year)
        var made: [String: [CheckedFeeInput]] = [:]
        for year in years {
            let (start, end) =
                (try Day(year: year.year, month: 1, day: 1), try Day(year: year.year, month: 12, day: 31))
            try FeeReading(year, transaction).forEach(.onRollBetween(start, end), transaction) { member, facts in
                guard members.hold(member) else { return }
                var facts = facts
                for input in made[member.id] ?? [] { facts.add(input) }
                while case .missing(let missing) = year.version.fee(facts),
                    let new = input(missing, of: member, facts, year.version, asOf)
                {
                    facts.add(new)
                    made[member.id, default: []].append(new)
                }
            }
        }
        return made.sorted { $0.key < $1.key }.flatMap(\.value)
    }

    /// The first of what is missing; `nil` where nothing that is made up would help.
    private func input(
        _ missing: [FeeMissing],
        of member: FeeMember,
        _ facts: FeeFacts,
        _ version: CharterVersion,
        _ asOf: AsOf
    ) -> CheckedFeeInput? {
        switch missing.first {
        case .kind(let choices):
            var chance = SampleChance(seed, "\(member.key) kind")
            // One that the rules do not know would be missing for ever.
            guard !choices.isEmpty, facts.kind == nil else { return nil }
            let kind = choices[chance.number(below: choices.count)].kind.key
            return input(FeeInput.kindMeasure, .kind(kind), of: member, asOf)
        case .figure(let measure):
            let value = figure(measure, of: member, facts, version)
            return value.map { input(measure.key, .figure(Double($0)), of: member, asOf) }
        case .noBand, .unpublished, nil: return nil
        }
    }

    /// In one of the rows of the member's schedule.
    private func figure(
        _ measure: Charter.Measure,
        of member: FeeMember,
        _ facts: FeeFacts,
        _ version: CharterVersion
    ) -> Int? {
        let schedules = version.feeSchedules.filter { schedule in
            schedule.category == facts.category && schedule.measure?.key == measure.key
                && (schedule.kinds.isEmpty || schedule.kinds.contains { $0.key == facts.kind?.value })
        }
        let bands = schedules.flatMap(\.bands)
        guard !bands.isEmpty else { return nil }
        var chance = SampleChance(seed, "\(member.key) \(measure.key)")
        let band = bands[chance.number(below: bands.count)]
        let least = max(band.from, measure.atLeast)
        let most = max(least, band.to ?? 2 * least + 1000)
        return least + chance.number(below: most - least + 1)
    }

    private func input(
        _ measure: String,
        _ content: FeeInput.Content,
        of member: FeeMember,
        _ asOf: AsOf
    ) -> CheckedFeeInput {
        CheckedFeeInput(
            subject: .member(member.id),
            measure: measure,
            content: content,
            asOf: asOf,
            source: Sample.source,
            locator: nil,
            note: "Made up to try the program",
            isInvented: true
        )
    }
}

extension FeeFacts {
    fileprivate mutating func add(_ input: CheckedFeeInput) {
        let (day, precision) = (input.asOf.day, input.asOf.precision)
        switch input.content {
        case .figure(let value):
            figures[input.measure] = FeeFact(
                value,
                asOf: day,
                precision: precision,
                source: input.source,
                isInvented: true
            )
        case .kind(let key):
            kind = FeeFact(key, asOf: day, precision: precision, source: input.source, isInvented: true)
        }
    }
}
