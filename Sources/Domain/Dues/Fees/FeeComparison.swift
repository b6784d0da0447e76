public import Access
public import Charter
public import Database
public import Foundation
public import Languages

/// What the rules of two years ask of the same members, by the same facts: who would pay more, who less, and of whom it
/// cannot be told.
///
/// Throws `FeeRefusal.noRules`.
public struct FeeComparison: Question {
    public static let action = Action.readDues
    let from: Int
    let to: Int
    let day: Day?
    let charter: Charter

    /// - Parameters:
    ///   - from: the year whose rules are left.
    ///   - to: the year whose rules are looked at; its facts count for both.
    ///   - day: of the roll; the day on which the fees of `to` are decided when nil.
    public init(from: Int, to: Int, on day: Day? = nil, charter: Charter) {
        self.from = from
        self.to = to
        self.day = day
        self.charter = charter
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> ComparedFees {
        let before = try FeeYear(from, charter: charter)
        let after = try FeeYear(to, charter: charter)
        let day = day ?? after.billedOn
        var rows: [ComparedFee] = []
        try FeeReading(after, transaction).forEach(.onRoll(day), transaction) { member, facts in
            rows.append(
                ComparedFee(member: member, before: before.version.fee(facts), after: after.version.fee(facts))
            )
        }
        return ComparedFees(from: before, to: after, day: day, rows: rows)
    }
}

/// What two sets of rules ask of one member.
public struct ComparedFee: Sendable, Hashable {
    /// How the second fee differs from the first.
    public enum Change: String, Sendable, CaseIterable {
        case more, less, same
        /// The two are in different currencies.
        case otherCurrency = "other-currency"
        /// One of the two, or neither, can be told.
        case cannotTell = "cannot-tell"

        public var words: Phrase {
            switch self {
            case .more: say("pays more", context: "fees compared")
            case .less: say("pays less", context: "fees compared")
            case .same: say("pays the same", context: "fees compared")
            case .otherCurrency: say("pays in another currency", context: "fees compared")
            case .cannotTell: say("cannot be told", context: "fees compared")
            }
        }
    }

    public let member: FeeMember
    public let before: FeeOutcome
    public let after: FeeOutcome

    public var change: Change {
        guard let before = before.answer, let after = after.answer else { return .cannotTell }
        guard before.currency == after.currency else { return .otherCurrency }
        return before.fee == after.fee ? .same : before.fee < after.fee ? .more : .less
    }

    /// By how much the second is more than the first, in whole units; nil where they cannot be compared.
    public var difference: Int? {
        guard change != .cannotTell, change != .otherCurrency else { return nil }
        return (after.answer?.fee ?? 0) - (before.answer?.fee ?? 0)
    }
}

/// What two sets of rules ask of everybody.
public struct ComparedFees: Sendable {
    public let from: FeeYear
    public let to: FeeYear
    /// The day of the roll.
    public let day: Day
    /// By name.
    public let rows: [ComparedFee]

    /// All of them, or those of a category.
    public struct Summary: Sendable, Hashable {
        public let members: Int
        public let counts: [ComparedFee.Change: Int]
        /// Of those whose two fees can be told: what they pay together by either.
        public let before: [FeeTotal]
        public let after: [FeeTotal]

        init(_ rows: some Collection<ComparedFee>) {
            members = rows.count
            counts = Dictionary(rows.map { ($0.change, 1) }, uniquingKeysWith: +)
            let told = rows.filter { $0.change != .cannotTell }
            before = FeeTotal.of(told.map(\.before))
            after = FeeTotal.of(told.map(\.after))
        }
    }

    public var summary: Summary { Summary(rows) }

    /// The members of one category.
    public struct Part: Sendable, Hashable {
        public let category: String
        public let summary: Summary
    }

    /// By category, in the order of the charter; a category that nobody is in is left out.
    public var byCategory: [Part] {
        let groups = Dictionary(grouping: rows, by: \.member.category)
        let known = to.version.categories.map(\.key)
        let others = groups.keys.filter { !known.contains($0) }.sorted()
        return (known + others).compactMap { key in groups[key].map { Part(category: key, summary: Summary($0)) } }
    }

    /// Why a fee cannot be told, and of how many members.
    public struct Reason: Sendable, Hashable {
        public let words: Phrase
        public let members: Int
    }

    /// Why fees cannot be told, the commonest reason first.
    public var reasons: [Reason] {
        var counts: [Phrase: Int] = [:]
        for row in rows where row.change == .cannotTell {
            // A member that lacks the same for both is counted once.
            let words = Set([row.before, row.after].filter { $0.answer == nil }.map(\.words))
            for each in words { counts[each, default: 0] += 1 }
        }
        return counts.map { Reason(words: $0.key, members: $0.value) }.sorted {
            ($1.members, $0.words.english) < ($0.members, $1.words.english)
        }
    }
}
