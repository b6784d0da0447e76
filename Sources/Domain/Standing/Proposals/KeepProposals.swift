public import Charter
public import Database
public import Foundation
import Journal
import Membership

/// The night's work: puts the charter's grounds to everybody on the roll and keeps the proposals true.
///
/// A proposal is made once for a member and a ground, and its evidence kept up to date; when the ground is no longer met
/// it is gone, with what the rule found instead. One that a body has before it stays, marked.
public struct KeepProposals: Sendable {
    let database: Database
    let charter: Charter
    let payments: any PaymentSource

    public init(database: Database, charter: Charter, payments: any PaymentSource) {
        self.database = database
        self.charter = charter
        self.payments = payments
    }

    public struct Outcome: Sendable, Equatable {
        public var made = 0
        public var kept = 0
        public var gone = 0
        public var cannotTell = 0
    }

    /// As the journal names the program at this work.
    static let actor = "standing-rule"

    /// The roll is read as the day ends, so that a step of today is seen.
    public func run(on day: Day, now: Date) async throws -> Outcome {
        let (charter, payments) = (charter, payments)
        // Read apart from the writing: others need not wait while a large roll is gone through.
        let night = try await database.read { transaction in
            let facts = try StandingDay(day, roll: .asTheDayEnded, charter: charter, payments: payments, transaction)
            return Night(day: day, charter: charter, findings: try facts.findings(transaction))
        }
        return try await database.write { try night.write($0, now: now) }
    }
}

/// What one night found, and how the proposals are brought in line with it.
struct Night: Sendable {
    let day: Day
    let charter: Charter
    let findings: [StandingFinding]

    private struct Subject: Hashable {
        let member: String
        let ground: String

        init(_ member: String, _ ground: String) {
            self.member = member
            self.ground = ground
        }
    }

    func write(_ transaction: Transaction, now: Date) throws -> KeepProposals.Outcome {
        var outcome = KeepProposals.Outcome()
        var live: [Subject: StandingProposal] = [:]
        for proposal in try Self.live(transaction) { live[Subject(proposal.memberID, proposal.ground)] = proposal }
        let settled = try Self.settled(transaction)
        var fresh: [(StandingFinding, StandingEvidence)] = []
        var unmet: [(StandingProposal, StandingOutcome)] = []
        var still: [(StandingProposal, StandingEvidence)] = []
        for finding in findings {
            let subject = Subject(finding.member.id, finding.ground)
            let proposal = live.removeValue(forKey: subject)
            guard case .proposed(let evidence) = finding.outcome else {
                if case .cannotTell = finding.outcome { outcome.cannotTell += 1 }
                if let proposal { unmet.append((proposal, finding.outcome)) }
                continue
            }
            if let proposal {
                still.append((proposal, evidence))
            } else if try settled[subject]?.isAnotherMatter(evidence, transaction) ?? true {
                fresh.append((finding, evidence))
            }
        }
        unmet += live.values.map { ($0, .notMet(.doesNotApply)) }
        try keep(still, transaction)
        try end(unmet, transaction, now)
        outcome.made = try propose(fresh, transaction, now)
        outcome.kept = still.count
        outcome.gone = unmet.count { $0.0.state == .open }
        try summarise(transaction)
        return outcome
    }

    private static func live(_ transaction: Transaction) throws -> [StandingProposal] {
        try transaction.query(
            "SELECT \(StandingProposal.columns) FROM \(StandingProposal.tables) WHERE p.state IN ('open', 'put')"
        ) { try StandingProposal(row: $0) }
    }

    /// The last proposal that people settled for each member and ground.
    private static func settled(_ transaction: Transaction) throws -> [Subject: SettledProposal] {
        var found: [Subject: SettledProposal] = [:]
        try transaction.forEach(
            """
            SELECT member_id, ground, spell, settled_at FROM standing_proposal WHERE state IN ('dropped', 'decided')
            ORDER BY settled_at
            """
        ) { row in
            let member = try row.text(0)
            found[Subject(member, try row.text(1))] = SettledProposal(
                memberID: member,
                spell: try row.text(2),
                at: row.optionalText(3) ?? ""
            )
        }
        return found
    }

    private func keep(_ still: [(StandingProposal, StandingEvidence)], _ transaction: Transaction) throws {
        try transaction.execute(
            """
            UPDATE standing_proposal SET evidence = ?, spell = ?, evaluated_on = ?, unmet = NULL
            WHERE id = ? AND state IN ('open', 'put')
            """,
            each: still.map { proposal, evidence in
                [
                    .text(try StoredJSON.text(evidence)), .text(evidence.spell), .text(day.description),
                    .text(proposal.id),
                ]
            }
        )
    }

    private func end(_ unmet: [(StandingProposal, StandingOutcome)], _ transaction: Transaction, _ now: Date) throws {
        let instant = Value.text(InstantText.text(now))
        for (proposal, found) in unmet {
            let outcome = Value.text(try StoredJSON.text(found))
            try transaction.execute(
                "UPDATE standing_proposal SET unmet = ?, evaluated_on = ? WHERE id = ? AND state = 'put'",
                [outcome, .text(day.description), .text(proposal.id)]
            )
            let gone = try transaction.execute(
                """
                UPDATE standing_proposal SET state = 'gone', unmet = ?, evaluated_on = ?, settled_at = ?
                WHERE id = ? AND state = 'open'
                """,
                [outcome, .text(day.description), instant, .text(proposal.id)]
            )
            guard gone > 0 else { continue }
            try Journal.append(
                transaction,
                entry("standing.no_longer_met", proposal.memberID, proposal.ground, now, ["found": .text(found.code)])
            )
        }
    }

    private func propose(
        _ fresh: [(StandingFinding, StandingEvidence)],
        _ transaction: Transaction,
        _ now: Date
    ) throws -> Int {
        let words = StandingWords(charter: charter, events: [:])
        let leadsTo = { (ground: String) in words.ground(ground, on: day)?.leadsTo ?? "" }
        try transaction.execute(
            """
            INSERT INTO standing_proposal (id, member_id, ground, leads_to, state, spell, evidence, evaluated_on,
                proposed_at)
            VALUES (?, ?, ?, ?, 'open', ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            each: fresh.map { finding, evidence in
                [
                    .text(Identifier.make(at: now)), .text(finding.member.id), .text(finding.ground),
                    .text(leadsTo(finding.ground)), .text(evidence.spell), .text(try StoredJSON.text(evidence)),
                    .text(day.description), .text(InstantText.text(now)),
                ]
            }
        )
        try Journal.append(
            transaction,
            fresh.map { finding, evidence in
                entry(
                    "standing.proposed",
                    finding.member.id,
                    finding.ground,
                    now,
                    ["leads_to": .text(leadsTo(finding.ground)), "basis": .text(finding.outcome.code)]
                )
            }
        )
        return fresh.count
    }

    private func entry(
        _ action: String,
        _ member: String,
        _ ground: String,
        _ now: Date,
        _ after: [String: JournalValue]
    ) -> JournalEntry {
        JournalEntry(
            at: now,
            actor: KeepProposals.actor,
            action: action,
            subject: .init("member", member),
            rule: StandingWords.rule(ground),
            after: .object(after)
        )
    }

    private func summarise(_ transaction: Transaction) throws {
        struct Group: Hashable {
            let ground: String
            let kind: StandingOutcome.Kind
            let code: String
        }
        var groups: [Group: (example: StandingOutcome, count: Int)] = [:]
        for finding in findings {
            let group = Group(ground: finding.ground, kind: finding.outcome.kind, code: finding.outcome.code)
            groups[group, default: (finding.outcome, 0)].count += 1
        }
        try transaction.execute("DELETE FROM standing_summary")
        try transaction.execute(
            """
            INSERT INTO standing_summary (ground, kind, code, example, members, found_on) VALUES (?, ?, ?, ?, ?, ?)
            """,
            each: groups.map { group, found in
                [
                    .text(group.ground), .text(group.kind.rawValue), .text(group.code),
                    .text(try StoredJSON.text(found.example)), .int(found.count), .text(day.description),
                ]
            }
        )
    }
}

/// A proposal that was dropped or decided on: the same inactivity is not proposed again.
private struct SettledProposal {
    let memberID: String
    let spell: String
    let at: String

    /// Whether what is proposed now is another matter: another inactivity, or the member's standing changed since.
    func isAnotherMatter(_ evidence: StandingEvidence, _ transaction: Transaction) throws -> Bool {
        if evidence.spell != spell { return true }
        return try transaction.first(
            "SELECT 1 FROM member_status WHERE member_id = ? AND latest > ? AND latest <= ?",
            [.text(memberID), .text(String(at.prefix(10))), .text(evidence.day.description)]
        ) { _ in true } ?? false
    }
}
