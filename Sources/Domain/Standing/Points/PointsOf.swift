public import Access
public import Charter
public import Database
public import Foundation
public import Languages
public import Membership

/// The points of one member in a time, each with the record that earned it, by the charter in force on its last day.
///
/// An event counts on its last day, an activity on the last on which it can have been, a fee on the day on which the
/// last of it was paid. Under one rule an event counts once, however many capacities of the rule the member had there.
public struct PointsOf: Question {
    public static let action = Action.readPortal
    let member: String
    let first: Day
    let last: Day
    let weights: PointWeights
    let charter: Charter
    let dues: any DuesRecord

    /// - Parameters:
    ///   - member: its key or its id.
    ///   - first: and `last`, both inclusive.
    public init(
        _ member: String,
        from first: Day,
        to last: Day,
        weights: PointWeights = .asStated,
        charter: Charter,
        dues: any DuesRecord
    ) {
        self.member = member
        self.first = first
        self.last = last
        self.weights = weights
        self.charter = charter
        self.dues = dues
    }

    public struct Answer: Sendable, Equatable {
        public let memberKey: String
        public let memberName: String
        /// The latest first.
        public let earned: [EarnedPoints]
        /// Rule by rule; with no line where the charter says nothing of points.
        public let sum: PointSum
        /// Everything on record beside events and payments, with what was withdrawn; the latest first.
        public let activities: [RecordedActivity]

        public var isStated: Bool { !sum.lines.isEmpty }
    }

    public func place(_ transaction: Transaction) throws -> Place { try NamedMember.place(transaction, member) }

    /// Throws `ParticipationRefusal.noSuchMember`, `StandingRefusal.noVersion` for a last day before the charter, and
    /// `InvalidInput` (`to`).
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let named = try NamedMember.find(transaction, member)
        let version = try PointsTime.version(charter, from: first, to: last)
        let activities = try RecordedActivity.all(transaction, member: named.id)
        let fees = try dues.feesPaid(transaction, ofMember: named.id, from: first, to: last)
        let earned =
            try took(transaction, named.id, version) + did(activities, version) + fees.flatMap { paid($0, version) }
        let counts = Dictionary(grouping: earned, by: \.rule.key).mapValues(\.count)
        return Answer(
            memberKey: named.key,
            memberName: named.name,
            earned: earned.sorted(by: EarnedPoints.isBefore),
            sum: version.pointSum(counts, weights: weights.byRule),
            activities: activities
        )
    }

    private func took(_ transaction: Transaction, _ id: String, _ version: CharterVersion) throws -> [EarnedPoints] {
        let rows = try transaction.query(
            """
            SELECT e.key, e.name, e.date_from, e.date_to, p.capacity, p.source, p.locator, p.origin
            FROM participation p JOIN event e ON e.key = p.event
            WHERE p.member_id = ? AND p.removed_at IS NULL AND e.date_to >= ? AND e.date_to <= ?
            ORDER BY e.date_to DESC, e.key, p.capacity
            """,
            [.text(id), .text(first.description), .text(last.description)]
        ) { try TakenPart(row: $0) }
        return version.points.flatMap { rule -> [EarnedPoints] in
            guard case .participation(let capacities) = rule.earnedBy else { return [] }
            let keys = capacities.map(\.rawValue)
            let counted = Dictionary(grouping: rows.filter { keys.contains($0.capacity) }, by: \.event)
            return counted.values.compactMap { taken in taken.first.map { earned(rule, $0, taken, capacities) } }
        }
    }

    private func earned(
        _ rule: Charter.PointRule,
        _ event: TakenPart,
        _ taken: [TakenPart],
        _ capacities: [Charter.Capacity]
    ) -> EarnedPoints {
        let words = capacities.filter { capacity in taken.contains { $0.capacity == capacity.rawValue } }.map(\.words)
        return EarnedPoints(
            rule: rule,
            points: weights.byRule[rule.key] ?? rule.points,
            when: event.when,
            words: say("\(Phrase.record(event.name)), as \(Phrase.list(words))", context: "an event and capacities"),
            record: .event(event.event),
            source: event.source,
            isInvented: taken.contains(where: \.isInvented)
        )
    }

    private func did(_ activities: [RecordedActivity], _ version: CharterVersion) -> [EarnedPoints] {
        activities.compactMap { activity in
            guard activity.withdrawal == nil, (first...last).contains(activity.when.latest),
                let rule = version.pointRule(activity.kind), rule.earnedBy == .activity
            else { return nil }
            return EarnedPoints(
                rule: rule,
                points: weights.byRule[rule.key] ?? rule.points,
                when: activity.when,
                words: .record(activity.words),
                record: .activity(activity.id),
                source: activity.source,
                isInvented: activity.isInvented
            )
        }
    }

    private func paid(_ fee: FeePaid, _ version: CharterVersion) -> [EarnedPoints] {
        guard let rule = version.paymentPointRule else { return [] }
        return [
            EarnedPoints(
                rule: rule,
                points: weights.byRule[rule.key] ?? rule.points,
                when: DayBetween(fee.day, fee.day),
                words: fee.isInvented
                    ? say("The fee of \(plain: fee.invoice.year); the payment is made up")
                    : say("The fee of \(plain: fee.invoice.year)"),
                record: .invoice(id: fee.invoice.id, number: fee.invoice.number),
                source: nil,
                isInvented: fee.isInvented
            )
        ]
    }
}

/// The points that one record earned.
public struct EarnedPoints: Sendable, Equatable {
    public let rule: Charter.PointRule
    public let points: Charter.Points
    /// It counts on the latest day.
    public let when: DayBetween
    /// What it was.
    public let words: Phrase
    /// What earned them.
    public let record: RecordLink
    /// Where the record is from; nil for a fee, which is on the member's account.
    public let source: MemberProfile.Source?
    /// Whether the record is made up.
    public let isInvented: Bool

    /// The latest first; of one day in an order that is always the same.
    static func isBefore(_ first: EarnedPoints, _ second: EarnedPoints) -> Bool {
        (second.when.latest, first.rule.key, first.record.order)
            < (first.when.latest, second.rule.key, second.record.order)
    }
}

extension RecordLink {
    fileprivate var order: String {
        switch self {
        case .rule(let key), .event(let key), .activity(let key): key
        case .invoice(_, let number): number
        case .statuses, .account: ""
        }
    }
}

/// The time of which points are counted.
enum PointsTime {
    /// The version in force on its last day. Throws `InvalidInput` (`to`) and `StandingRefusal.noVersion`.
    static func version(_ charter: Charter, from first: Day, to last: Day) throws -> CharterVersion {
        guard first <= last else {
            throw InvalidInput("to", say("The last day lies before the first. Correct one of the two."))
        }
        guard let version = charter.version(on: last) else { throw StandingRefusal.noVersion }
        return version
    }
}

/// A member at an event, as far as points go by it.
private struct TakenPart {
    let event: String
    let name: String
    let when: DayBetween
    let capacity: String
    let source: MemberProfile.Source
    let isInvented: Bool

    init(row: Row) throws {
        event = try row.text(0)
        name = try row.text(1)
        when = DayBetween(Day(try row.text(2)) ?? .first, Day(try row.text(3)) ?? .last)
        capacity = try row.text(4)
        source = MemberProfile.Source(code: try row.text(5), locator: row.optionalText(6))
        isInvented = try row.text(7) == "sample"
    }
}
