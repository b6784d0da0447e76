public import Access
public import Charter
public import Database
public import Foundation

/// The fee of one member for a year.
///
/// Throws `FeeRefusal.noSuchMember` and `noRules`.
public struct FeeOfMember: Question {
    public static let action = Action.readDues
    let key: String
    let year: Int
    let assumptions: FeeAssumptions
    let charter: Charter

    /// - Parameter key: of the member.
    public init(_ key: String, year: Int, assuming assumptions: FeeAssumptions = .none, charter: Charter) {
        self.key = key
        self.year = year
        self.assumptions = assumptions
        self.charter = charter
    }

    public struct Answer: Sendable {
        public let year: FeeYear
        public let fee: MemberFee
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let id = try transaction.first("SELECT id FROM member WHERE key = ?", [.text(key)]) { try $0.text(0) }
        guard let id else { throw FeeRefusal.noSuchMember }
        return try Answer(id, FeeYear(year, charter: charter), assumptions, transaction)
    }
}

extension FeeOfMember.Answer {
    fileprivate init(
        _ id: String,
        _ year: FeeYear,
        _ assumptions: FeeAssumptions,
        _ transaction: Transaction
    ) throws {
        guard let (member, facts) = try FeeReading(year, transaction).one(id, transaction) else {
            throw FeeRefusal.noSuchMember
        }
        self.year = year
        fee = MemberFee(member, assumptions.applied(to: facts, on: year.billedOn), by: year.version)
    }
}

/// The fee of one's own member for a year, for its people: it tells figures that only whoever reads its dues may see.
///
/// Throws `FeeRefusal.noSuchMember` and `noRules`.
public struct OwnFee: Question {
    public static let action = Action.readMemberDues
    let memberID: String
    let year: Int
    let assumptions: FeeAssumptions
    let charter: Charter

    /// - Parameter memberID: its id, not its key.
    public init(
        memberID: String,
        year: Int,
        assuming assumptions: FeeAssumptions = .none,
        charter: Charter
    ) {
        self.memberID = memberID
        self.year = year
        self.assumptions = assumptions
        self.charter = charter
    }

    public func place(_ transaction: Transaction) throws -> Place { .member(memberID) }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> FeeOfMember.Answer {
        try FeeOfMember.Answer(memberID, FeeYear(year, charter: charter), assumptions, transaction)
    }
}

/// The fee for a year of everybody on the roll.
///
/// Throws `FeeRefusal.noRules`.
public struct FeesOfRoll: Question {
    public static let action = Action.readDues
    let year: Int
    let day: Day?
    let charter: Charter

    /// - Parameter day: of the roll; the day on which the year's fees are decided when nil.
    public init(year: Int, on day: Day? = nil, charter: Charter) {
        self.year = year
        self.day = day
        self.charter = charter
    }

    public struct Answer: Sendable {
        public let year: FeeYear
        /// The day of the roll.
        public let day: Day
        /// By name.
        public let fees: [MemberFee]

        /// What the fees that can be told make together.
        public var totals: [FeeTotal] { FeeTotal.of(fees.lazy.map(\.outcome)) }
        /// How many fees can be told.
        public var told: Int { fees.count { $0.outcome.answer != nil } }
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let year = try FeeYear(year, charter: charter)
        let day = day ?? year.billedOn
        var fees: [MemberFee] = []
        try FeeReading(year, transaction).forEach(.onRoll(day), transaction) { member, facts in
            fees.append(MemberFee(member, facts, by: year.version))
        }
        return Answer(year: year, day: day, fees: fees)
    }
}

/// What was entered for fees, the latest first.
public struct FeeInputs: Question {
    public static let action = Action.readDues
    public static let pageSize = 100
    let id: String?
    let member: String?
    let country: String?
    let isAll: Bool
    let page: Int

    /// - Parameters:
    ///   - member: the key of one member; nil for everybody's.
    ///   - country: the code of one country; nil for all.
    ///   - all: also what was corrected or withdrawn.
    ///   - page: from 1.
    public init(member: String? = nil, country: String? = nil, all: Bool = false, page: Int = 1) {
        id = nil
        self.member = member
        self.country = country
        isAll = all
        self.page = page
    }

    /// The one with this id, whether it is in force or not.
    public init(id: String) {
        self.id = id
        (member, country, isAll, page) = (nil, nil, true, 1)
    }

    public struct Answer: Sendable, Equatable {
        public let inputs: [FeeInput]
        public let total: Int
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        var conditions = isAll ? ["1 = 1"] : [FeeInput.inForce]
        var values: [Value] = []
        if let id {
            conditions.append("i.id = ?")
            values.append(.text(id))
        }
        if let member {
            conditions.append("m.key = ?")
            values.append(.text(member))
        }
        if let country {
            conditions.append("i.country = ?")
            values.append(.text(country))
        }
        let which = "\(FeeInput.from) WHERE \(conditions.joined(separator: " AND "))"
        return Answer(
            inputs: try transaction.query(
                "SELECT \(FeeInput.columns) \(which) ORDER BY i.entered_at DESC, i.id DESC LIMIT ? OFFSET ?",
                values + [.int(Self.pageSize), .int((max(1, page) - 1) * Self.pageSize)]
            ) { try FeeInput(row: $0) },
            total: try transaction.first("SELECT COUNT(*) \(which)", values) { try $0.integer(0) } ?? 0
        )
    }
}
