public import Charter
public import Database
public import Languages

/// What members may use by their standing: the one place where every capability asks.
///
/// ```swift
/// try Entitlements(charter: charter, dues: dues).require("feasibility-study", member: id, on: day, transaction)
/// ```
public struct Entitlements: Sendable {
    let charter: Charter
    let dues: any DuesRecord

    public init(charter: Charter, dues: any DuesRecord) {
        self.charter = charter
        self.dues = dues
    }

    /// How far a member may use something on a day, why, and what would give it more. Nil where the charter in force
    /// on the day says nothing of it: then no rule holds anybody back.
    /// - Parameters:
    ///   - key: of an entitlement of the charter.
    ///   - member: its id.
    public func access(
        _ key: String,
        member: String,
        on day: Day,
        _ transaction: Transaction
    ) throws -> EntitlementAnswer? {
        guard let version = charter.version(on: day), let entitlement = version.entitlement(key) else { return nil }
        let found = try look(member, on: day, transaction)
        return answer(entitlement, found, version)
    }

    /// Lets through whoever has the access that is asked for, and everybody where the charter says nothing of it.
    ///
    /// Throws `EntitlementRefusal`, which names the rule and says what would fulfil it.
    public func require(
        _ key: String,
        atLeast level: Charter.AccessLevel = .full,
        member: String,
        on day: Day,
        _ transaction: Transaction
    ) throws {
        guard let answer = try access(key, member: member, on: day, transaction), answer.access < level else { return }
        let name = try transaction.first("SELECT name FROM member WHERE id = ?", [.text(member)]) { try $0.text(0) }
        throw EntitlementRefusal(memberName: name ?? member, answer: answer)
    }

    /// Everything that the charter of a day opens by standing, in its order, as it is for a member.
    public func all(member: String, on day: Day, _ transaction: Transaction) throws -> [EntitlementAnswer] {
        guard let version = charter.version(on: day), !version.entitlements.isEmpty else { return [] }
        let found = try look(member, on: day, transaction)
        return version.entitlements.map { answer($0, found, version) }
    }

    /// What the charter of a day says of holding an office, as it is for a member; empty where it says nothing.
    public func office(
        _ office: String,
        member: String,
        on day: Day,
        _ transaction: Transaction
    ) throws -> [EntitlementAnswer] {
        try all(member: member, on: day, transaction).filter { $0.entitlement.offices.contains(office) }
    }

    /// A member as it stands, also where it has no standing.
    private struct Looked {
        let category: String
        let standing: StandingFound
    }

    private func look(_ member: String, on day: Day, _ transaction: Transaction) throws -> Looked {
        let category = try transaction.first("SELECT category FROM member WHERE id = ?", [.text(member)]) {
            try $0.text(0)
        }
        guard let category else { throw ParticipationRefusal.noSuchMember }
        let reader = StandingReader(charter: charter, dues: dues)
        return Looked(category: category, standing: try reader.standing(transaction, member: member, on: day))
    }

    private func answer(
        _ entitlement: Charter.Entitlement,
        _ looked: Looked,
        _ version: CharterVersion
    ) -> EntitlementAnswer {
        guard case .standing(let found) = looked.standing,
            let answer = version.access(
                to: entitlement.key,
                category: looked.category,
                standing: found.standing.key
            )
        else {
            return EntitlementAnswer(
                entitlement: entitlement,
                access: .no,
                reason: looked.standing.reason,
                remedy: nil,
                standing: looked.standing
            )
        }
        // What would change the standing helps only whoever lacks something for the standing's sake.
        let steps = answer.remedy.map { [$0] + (found.standing.change.map { [$0] } ?? []) } ?? []
        return EntitlementAnswer(
            entitlement: entitlement,
            access: answer.access,
            reason: Phrase.joined([answer.reason, found.standing.reason], by: " "),
            remedy: steps.isEmpty ? nil : Phrase.joined(steps, by: " "),
            standing: looked.standing
        )
    }
}

/// How far a member may use something, by which rule, why, and what would give it more.
public struct EntitlementAnswer: Sendable, Equatable {
    public let entitlement: Charter.Entitlement
    public let access: Charter.AccessLevel
    /// What the rule gives to its standing, and why it has that standing, as sentences.
    public let reason: Phrase
    /// Which standing gives more, and how to come into it; nil for full access and where nothing would.
    public let remedy: Phrase?
    public let standing: StandingFound

    /// The id of the charter's rule.
    public var rule: String { entitlement.id }
    public var citation: Citation { entitlement.citation }

    /// The rule, and what the standing rests on.
    public var records: [RecordLink] {
        guard case .standing(let found) = standing else { return [.rule(rule)] }
        return [.rule(rule)] + found.records
    }
}
