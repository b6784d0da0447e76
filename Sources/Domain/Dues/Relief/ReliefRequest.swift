public import Charter
import Database
public import Languages

/// What a member asks about its dues: made in the member's room, or by a letter that came. Once it is adopted it is the
/// relief itself.
public struct ReliefRequest: Sendable, Hashable {
    public let id: String
    /// What people call it: the year and its number in it, `2026-3`.
    public let reference: String
    public let kind: ReliefKind
    public let state: ReliefState
    public let memberID: String
    public let memberKey: String
    public let memberName: String
    /// The years of dues that it is about; of an early end, those for which relief holds no more.
    public let years: ClosedRange<Int>
    public internal(set) var terms: ReliefTerms
    /// The date of the letter, or the day on which it was made in the member's room.
    public let letterDay: Day
    /// The grounds, as the member put them; may be empty where a document says them, and once whoever wrote them was
    /// erased.
    public let words: String
    /// Who made it in the member's room; `nil` for a letter.
    public let byPersonID: String?
    /// Who made it, or signed the letter; empty once who signed it was erased.
    public let byName: String
    public let recordedAt: String
    /// The key of the body that decides.
    public let body: String
    /// Since when the body has it before it.
    public let putAt: String?
    public let decidedOn: Day?
    /// What the record says of the decision.
    public let minutes: String?
    /// Why it was taken back.
    public let reason: String?
    /// The first year for which it holds no more, though it was granted.
    public let endedFrom: Int?
    /// The day on which it was decided that it ends.
    public let endedOn: Day?
    /// Whether it is made up, to try the program.
    public let isInvented: Bool

    /// The years for which it holds; `nil` where it was not granted, or ended for all of them.
    public var covered: ClosedRange<Int>? {
        guard state == .adopted, kind != .ending else { return nil }
        let last = min(years.upperBound, endedFrom.map { $0 - 1 } ?? years.upperBound)
        return last < years.lowerBound ? nil : years.lowerBound...last
    }
}

extension ReliefRequest {
    /// As the journal and the questions to bodies call it.
    public static let subjectKind = "relief-request"

    private static let selection = """
        SELECT r.id, r.year, r.number, r.kind, r.state, r.member_id, m.key, m.name, r.from_year, r.to_year, r.percent,
            r.currency, r.amount_minor, r.letter_day, r.words, r.made_by, COALESCE(p.name, r.signed_by), r.recorded_at,
            r.body, r.put_at, r.decided_on, r.minutes, r.reason, o.id, o.year, o.number, o.kind,
            (SELECT MIN(e.from_year) FROM relief_request e WHERE e.ends = r.id AND e.state = 'adopted'),
            (SELECT MIN(e.decided_on) FROM relief_request e WHERE e.ends = r.id AND e.state = 'adopted'), r.invented
        FROM relief_request r JOIN member m ON m.id = r.member_id LEFT JOIN person p ON p.id = r.made_by
            LEFT JOIN relief_request o ON o.id = r.ends
        """

    private init(row: Row) throws {
        guard let kind = ReliefKind(rawValue: try row.text(3)),
            let state = ReliefState(rawValue: try row.text(4))
        else { throw DatabaseError.decoding(column: 3, expected: "a kind and a state of a request for relief") }
        let (from, to) = (try row.integer(8), try row.integer(9))
        self.init(
            id: try row.text(0),
            reference: "\(try row.integer(1))-\(try row.integer(2))",
            kind: kind,
            state: state,
            memberID: try row.text(5),
            memberKey: try row.text(6),
            memberName: try row.text(7),
            years: from...max(from, to),
            terms: try Self.terms(kind, row),
            letterDay: Day(try row.text(13)) ?? .first,
            words: try row.text(14),
            byPersonID: row.optionalText(15),
            byName: row.optionalText(16) ?? "",
            recordedAt: try row.text(17),
            body: try row.text(18),
            putAt: row.optionalText(19),
            decidedOn: row.optionalText(20).flatMap { Day($0) },
            minutes: row.optionalText(21),
            reason: row.optionalText(22),
            endedFrom: try row.optionalInteger(27),
            endedOn: row.optionalText(28).flatMap { Day($0) },
            isInvented: try row.flag(29)
        )
    }

    /// Without the instalments of a plan, which stand in a table of their own.
    private static func terms(_ kind: ReliefKind, _ row: Row) throws -> ReliefTerms {
        let percent = try row.optionalInteger(10)
        var amount: Money?
        if let code = row.optionalText(11), let minor = try row.optionalInteger(12) {
            amount = Money(minor: minor, try Currency(code))
        }
        switch (kind, percent, amount) {
        case (.remission, _, _): return .remission
        case (.reduction, let percent?, _): return .percent(percent)
        case (.reduction, _, let amount?): return .amount(amount)
        case (.commutation, _, let amount?): return .commutation(amount)
        case (.plan, _, _): return .plan([])
        case (.ending, _, _):
            guard let ended = ReliefKind(rawValue: try row.text(26)) else { break }
            let reference = "\(try row.integer(24))-\(try row.integer(25))"
            return .ending(.init(id: try row.text(23), reference: reference, kind: ended))
        default: break
        }
        throw DatabaseError.decoding(column: 10, expected: "the terms of a request for relief")
    }

    /// Those that a condition on `r` chooses, in its order.
    static func all(_ transaction: Transaction, _ rest: String, _ values: [Value] = []) throws -> [ReliefRequest] {
        var found = try transaction.query("\(selection) \(rest)", values) { try ReliefRequest(row: $0) }
        // A row of one query is not kept while another runs, so instalments are read afterwards.
        for place in found.indices where found[place].kind == .plan {
            found[place].terms = .plan(try instalments(transaction, of: found[place].id))
        }
        return found
    }

    private static func instalments(_ transaction: Transaction, of id: String) throws -> [Instalment] {
        try transaction.query(
            "SELECT due_on, currency, amount_minor FROM relief_instalment WHERE relief_id = ? ORDER BY position",
            [.text(id)]
        ) { row in
            Instalment(
                dueOn: Day(try row.text(0)) ?? .first,
                amount: Money(minor: try row.integer(2), try Currency(try row.text(1)))
            )
        }
    }

    /// By its id, or by its number as `2026-3`.
    static func find(_ transaction: Transaction, named name: String) throws -> ReliefRequest? {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        if parts.count == 2, let year = Int(parts[0]), let number = Int(parts[1]) {
            return try all(transaction, "WHERE r.year = ? AND r.number = ?", [.int(year), .int(number)]).first
        }
        return try all(transaction, "WHERE r.id = ?", [.text(name)]).first
    }

    /// Throws `ReliefRefusal.noSuchRelief`, also for one of another member.
    ///
    /// - Parameter member: the id of the only member whose it may be; whoever's it is for `nil`.
    static func load(
        _ transaction: Transaction,
        named name: String,
        of member: String? = nil
    ) throws -> ReliefRequest {
        guard let found = try find(transaction, named: name), member.map({ $0 == found.memberID }) ?? true else {
            throw ReliefRefusal.noSuchRelief
        }
        return found
    }

    /// A member's, the latest first: at most 200, and what waits or was granted before what came to nothing.
    static func all(_ transaction: Transaction, member: String) throws -> [ReliefRequest] {
        let found = try all(
            transaction,
            """
            WHERE r.member_id = ? ORDER BY CASE WHEN r.state IN ('rejected', 'taken-back') THEN 1 ELSE 0 END,
                r.recorded_at DESC, r.id DESC LIMIT 200
            """,
            [.text(member)]
        )
        return found.sorted { ($0.recordedAt, $0.id) > ($1.recordedAt, $1.id) }
    }

    /// Every one of a member that is of some kinds, in some states and about any of these years, the latest first.
    static func all(
        _ transaction: Transaction,
        member: String,
        _ kinds: [ReliefKind],
        _ states: [ReliefState],
        about years: ClosedRange<Int>
    ) throws -> [ReliefRequest] {
        func places(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
        let chosen = kinds.map { Value.text($0.rawValue) } + states.map { Value.text($0.rawValue) }
        return try all(
            transaction,
            """
            WHERE r.member_id = ? AND r.kind IN (\(places(kinds.count))) AND r.state IN (\(places(states.count)))
                AND r.from_year <= ? AND r.to_year >= ? ORDER BY r.recorded_at DESC, r.id DESC
            """,
            [.text(member)] + chosen + [.int(years.upperBound), .int(years.lowerBound)]
        )
    }

    /// Those in some states: those that wait oldest first, others latest first.
    static func all(
        _ transaction: Transaction,
        _ states: [ReliefState],
        limit: Int,
        offset: Int = 0
    ) throws -> [ReliefRequest] {
        guard !states.isEmpty else { return [] }
        let places = states.map { _ in "?" }.joined(separator: ", ")
        let order = states.allSatisfy(\.isLive) ? "r.recorded_at, r.id" : "r.recorded_at DESC, r.id DESC"
        return try all(
            transaction,
            "WHERE r.state IN (\(places)) ORDER BY \(order) LIMIT ? OFFSET ?",
            states.map { .text($0.rawValue) } + [.int(limit), .int(offset)]
        )
    }

    /// What holds for a year, by member; of one that was granted first comes first.
    ///
    /// - Parameter members: of these alone; `nil` for everybody.
    static func inForce(
        _ transaction: Transaction,
        year: Int,
        members: [String]? = nil
    ) throws -> [String: [ReliefRequest]] {
        let only = members.map { " AND r.member_id IN (\($0.map { _ in "?" }.joined(separator: ", ")))" } ?? ""
        let found = try all(
            transaction,
            """
            WHERE r.state = 'adopted' AND r.kind <> 'relief-ending' AND r.from_year <= ? AND r.to_year >= ?\(only)
            ORDER BY r.decided_on, r.id
            """,
            [.int(year), .int(year)] + (members ?? []).map(Value.text)
        )
        return Dictionary(grouping: found.filter { $0.covered?.contains(year) == true }, by: \.memberID)
    }

    /// What is asked or granted, as a part of a sentence: "the fee of 2024 is lowered by 50%".
    public var termsWords: Phrase { terms.words(years) }

    /// "Visby: Reduction, 2026-3".
    var subjectWords: Phrase { say("\(memberName): \(kind.words), \(reference)") }

    /// What stands in an account and on an invoice.
    var accountWords: Phrase { say("Relief \(reference): \(termsWords)") }
}
