public import Access
public import Charter
public import Database
public import Foundation

/// The standing of one member at the end of a day: for whoever may enter its room.
public struct MemberStandingOnDay: Question {
    public static let action = Action.readPortal
    let member: String
    let day: Day
    let charter: Charter
    let dues: any DuesRecord

    /// - Parameter member: its key or its id.
    public init(_ member: String, on day: Day, charter: Charter, dues: any DuesRecord) {
        self.member = member
        self.day = day
        self.charter = charter
        self.dues = dues
    }

    public struct Answer: Sendable, Equatable {
        public let memberKey: String
        public let memberName: String
        public let day: Day
        public let found: StandingFound
    }

    public func place(_ transaction: Transaction) throws -> Place { try NamedMember.place(transaction, member) }

    /// Throws `ParticipationRefusal.noSuchMember`, and `StandingRefusal.noVersion` for a day before the charter.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let named = try NamedMember.find(transaction, member)
        let reader = StandingReader(charter: charter, dues: dues)
        return Answer(
            memberKey: named.key,
            memberName: named.name,
            day: day,
            found: try reader.standing(transaction, member: named.id, on: day)
        )
    }
}

/// How a member's standing changed over time, with why it began to be what it was.
public struct StandingHistory: Question {
    public static let action = Action.readPortal
    let member: String
    let first: Day
    let last: Day
    let charter: Charter
    let dues: any DuesRecord

    /// - Parameters:
    ///   - member: its key or its id.
    ///   - first: its first day on the roll where that is later.
    public init(
        _ member: String,
        from first: Day = .first,
        to last: Day,
        charter: Charter,
        dues: any DuesRecord
    ) {
        self.member = member
        self.first = first
        self.last = last
        self.charter = charter
        self.dues = dues
    }

    /// A time in which the standing was the same.
    public struct Span: Sendable, Equatable {
        public let from: Day
        /// Its last day.
        public let to: Day
        /// As it was found on the first day.
        public let found: StandingFound
    }

    public struct Answer: Sendable, Equatable {
        public let memberKey: String
        public let memberName: String
        /// One after the other without a gap, the earliest first.
        public let spans: [Span]
    }

    public func place(_ transaction: Transaction) throws -> Place { try NamedMember.place(transaction, member) }

    /// Throws `ParticipationRefusal.noSuchMember`.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let named = try NamedMember.find(transaction, member)
        let reader = StandingReader(charter: charter, dues: dues)
        return Answer(
            memberKey: named.key,
            memberName: named.name,
            spans: try reader.spans(transaction, member: named.id, from: first, to: last)
        )
    }
}

/// Reads what one member's standing goes by and asks the charter.
struct StandingReader {
    let charter: Charter
    let dues: any DuesRecord

    /// Throws `StandingRefusal.noVersion` for a day before the charter.
    func standing(_ transaction: Transaction, member id: String, on day: Day) throws -> StandingFound {
        guard charter.version(on: day) != nil else { throw StandingRefusal.noVersion }
        let times = try RollTime.all(transaction, member: id)
        return find(times, try dues.dues(transaction, ofMember: id), on: day)
    }

    func spans(
        _ transaction: Transaction,
        member id: String,
        from first: Day,
        to last: Day
    ) throws -> [StandingHistory.Span] {
        let times = try RollTime.all(transaction, member: id)
        guard let begin = times.first.map({ max(first, $0.from) }), begin <= last else { return [] }
        let account = try dues.dues(transaction, ofMember: id)
        let days = Set(changes(times, account) + [begin]).filter { begin <= $0 && $0 <= last }.sorted()
        var starts: [(day: Day, found: StandingFound)] = []
        for day in days {
            let found = find(times, account, on: day)
            if let before = starts.last, before.found.goesOn(with: found) { continue }
            starts.append((day, found))
        }
        return starts.indices.map { index in
            let next = index + 1 < starts.count ? starts[index + 1].day.adding(days: -1) : last
            return StandingHistory.Span(from: starts[index].day, to: next, found: starts[index].found)
        }
    }

    private func find(_ times: [RollTime], _ account: any DuesOfOne, on day: Day) -> StandingFound {
        guard let time = times.first(where: { $0.holds(on: day) }), time.isOnRoll else {
            return .notOnRoll(status: times.first { $0.holds(on: day) }?.member.status)
        }
        guard let version = charter.version(on: day),
            let found = StandingOfMember(time.member, on: day, dues: account.facts(on: day), version: version)
        else { return .notStated }
        return .standing(found)
    }

    /// Every day on which the standing can be another than the day before: a step of the member, a version of the
    /// charter, a change of its account, and the days from which on time alone changes what holds.
    private func changes(_ times: [RollTime], _ account: any DuesOfOne) -> [Day] {
        var days = times.flatMap { [$0.from, $0.end] } + charter.versions.map(\.effective) + account.changes
        let conditions = Set(charter.versions.flatMap(\.standings).flatMap(\.conditions))
        for facts in account.changes.map({ account.facts(on: $0) }) {
            for condition in conditions {
                switch condition {
                case .pastDue(let count):
                    if let due = facts.firstPastDue?.due { days.append(due.adding(days: count)) }
                case .paidWithin(let years):
                    if let paid = facts.lastPayment { days.append(paid.adding(years: years).adding(days: 1)) }
                case .status, .nothingPastDue, .paid, .nothingOnRecord, .otherwise: break
                }
            }
        }
        return days
    }
}
