import Charter
import Languages
import Standing

/// A proposal of the rule, with the words for what it found.
struct StandingEntry: Sendable {
    let proposal: StandingProposal
    let words: StandingWords
}

/// What the rule finds of a member and a ground, with the words for it.
struct FoundStanding: Sendable {
    let finding: StandingFinding
    let words: StandingWords
}

/// How many members were found alike, with the words for it.
struct CountedStanding: Sendable {
    let summary: StandingSummary
    let words: StandingWords
}

extension Shapes {
    static let standingEvidence = Shape<StandingEvidence>(
        "StandingEvidence",
        [
            .day("day", "The day for which it was found.") { $0.day.description },
            .text("basis", "`records`, or `statement` of a source.") { $0.basis == .records ? "records" : "statement" },
            .optionalText("last_event", "The key of the last event in which it is recorded.") {
                $0.lastParticipation?.event
            },
            .optionalDay("last_event_earliest", "The earliest day on which that can have been.") {
                $0.lastParticipation?.when.earliest.description
            },
            .optionalDay("last_event_latest", "The latest such day.") { $0.lastParticipation?.when.latest.description },
            .optionalDay("last_payment", "The last payment on record.") { $0.lastPayment?.description },
            .optionalDay("inactive_since", "Of a lapse of time: the last day on which it can have been active.") {
                $0.inactiveSince?.description
            },
        ]
    )

    static let standingProposal = Shape<StandingEntry>(
        "StandingProposal",
        always: ["id"],
        [
            .text("id", "The proposal's id.") { $0.proposal.id },
            .text("member", "The member's key.") { $0.proposal.memberKey },
            .text("member_name", "The member's name.") { $0.proposal.memberName },
            .text("ground", "The key of the charter's ground.") { $0.proposal.ground },
            .text("leads_to", "The key of the status that it leads to.") { $0.proposal.leadsTo },
            .text("state", "`open`, `put`, `decided`, `dropped` or `gone`.") { $0.proposal.state.rawValue },
            .text("sentence", "On what it rests, in a sentence.") { entry in
                entry.words.sentence(entry.proposal.evidence).english
            },
            .object("evidence", "The same in parts.", Shapes.standingEvidence) { $0.proposal.evidence },
            .instant("proposed_at", "When the rule made it.") { $0.proposal.proposedAt },
            .optionalText("unmet", "What the rule found instead, once the ground was no longer met.") { entry in
                entry.proposal.unmet.map { entry.words.sentence($0).english }
            },
            .optionalInstant("put_at", "When it was put forward.") { $0.proposal.putAt },
            .optionalInstant("settled_at", "When it was decided, dropped or gone.") { $0.proposal.settledAt },
            .optionalText("reason", "Why it was dropped.") { found in
                found.proposal.reason.map { Phrase.record($0).english }
            },
            .optionalFlag("was_adopted", "What a body decided; null for nothing.") { $0.proposal.wasAdopted },
            .optionalText("decision", "The key of the decision on record.") { $0.proposal.decision },
        ]
    )

    static let standingFinding = Shape<FoundStanding>(
        "StandingFinding",
        always: ["member", "ground"],
        [
            .text("member", "The member's key.") { $0.finding.member.key },
            .text("member_name", "The member's name.") { $0.finding.member.name },
            .text("category", "The key of its category.") { $0.finding.member.category },
            .text("status", "The key of its status.") { $0.finding.member.status },
            .text("ground", "The key of the charter's ground.") { $0.finding.ground },
            .text("outcome", "`proposed`, `not-met` or `cannot-tell`.") { $0.finding.outcome.kind.rawValue },
            .text("code", "The reason without its particulars; stable.") { $0.finding.outcome.code },
            .text("sentence", "The reason in a sentence.") { found in
                found.words.sentence(found.finding.outcome).english
            },
        ]
    )

    static let standingSummary = Shape<CountedStanding>(
        "StandingSummary",
        [
            .text("ground", "The key of the charter's ground.") { $0.summary.ground },
            .text("outcome", "`proposed`, `not-met` or `cannot-tell`.") { $0.summary.kind.rawValue },
            .text("code", "The reason without its particulars; stable.") { $0.summary.code },
            .integer("members", "How many were found so.") { $0.summary.members },
            .day("found_on", "The day for which they were.") { $0.summary.foundOn.description },
            .text("example", "The reason of one of them, in a sentence.") { counted in
                counted.words.sentence(counted.summary.example).english
            },
        ]
    )
}
