public import Access
public import Charter
public import Database
public import Files
public import Foundation
import Identity
import Journal
import Languages

/// Asks the secretariat to change an official fact. A newer proposal takes the place of one that waits.
public struct ProposeFact: Command {
    public static let action = Action.proposeFact

    public struct Outcome: Sendable, Equatable {
        public let id: String
        /// The waiting proposal that it took the place of.
        public let replaced: String?
    }

    /// A file that shows the fact, stored already, with the name that it had.
    public struct Document: Sendable, Equatable {
        let file: StoredFile
        let name: String

        public init(_ file: StoredFile, name: String) {
            self.file = file
            self.name = name
        }
    }

    let memberID: String
    let value: FactValue
    let effectiveOn: Day
    let grounds: String
    let document: Document?

    /// - Parameters:
    ///   - effectiveOn: the day from which the fact holds.
    ///   - grounds: where it can be checked, or why; required.
    public init(member: String, value: FactValue, effectiveOn: Day, grounds: String, document: Document? = nil) {
        memberID = member
        self.value = value
        self.effectiveOn = effectiveOn
        self.grounds = grounds
        self.document = document
    }

    public func place(_ transaction: Transaction) throws -> Place { .member(memberID) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Outcome {
        var typed = TypedText()
        let grounds = typed.lines(grounds, "grounds", atMost: 1000)
        if grounds.unicodeScalars.count < 3 {
            typed.refuse("grounds", say("Say where this can be checked, or why it is so."))
        }
        let name = document.map { typed.line($0.name, "document", atMost: 200) }
        EffectiveDay.check(effectiveOn, today: FormCheck.today(now), &typed)
        guard let member = try EditableMember.load(transaction, id: memberID) else { throw MemberRefusal.noSuchMember }
        let current = member.value(value.fact)
        if current == value { typed.refuse("value", say("The records say this already.")) }
        try typed.throwProblems()
        let waiting = try Proposal.waiting(transaction, member: memberID, fact: value.fact)
        let id = Identifier.make()
        if let waiting { try Proposals.replace(transaction, waiting, by: id, actor: actor, now: now) }
        try insert(transaction, id, current, grounds, name, actor, now)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "proposal.made",
                subject: .init("proposal", id),
                reason: grounds,
                before: Proposals.journal(current),
                after: [
                    "member": .text(memberID), "fact": .text(value.fact.rawValue),
                    "value": Proposals.journal(value) ?? .null, "effective": .text(effectiveOn.description),
                    "document": .optional(document?.file.hash), "replaces": .optional(waiting?.id),
                ]
            )
        )
        return Outcome(id: id, replaced: waiting?.id)
    }

    private func insert(
        _ transaction: Transaction,
        _ id: String,
        _ current: FactValue?,
        _ grounds: String,
        _ documentName: String?,
        _ actor: Actor,
        _ now: Date
    ) throws {
        try transaction.execute(
            """
            INSERT INTO proposal (id, member_id, fact, value, detail, seen_value, seen_detail, effective_on, grounds,
                state, proposed_by, proposed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?)
            """,
            [
                .text(id), .text(memberID), .text(value.fact.rawValue), .text(value.value), .text(value.detail),
                .optional(current?.value), .optional(current?.detail), .text(effectiveOn.description), .text(grounds),
                .optional(actor.isPerson ? actor.person.id : nil),
                .text(InstantText.text(now)),
            ]
        )
        guard let document, let documentName else { return }
        try FileUse.attach(
            transaction,
            document.file,
            to: Proposal.owner(id),
            label: "document",
            name: documentName,
            now: now
        )
    }
}

/// Takes a waiting proposal back.
public struct WithdrawProposal: Command {
    public static let action = Action.proposeFact

    let id: String

    public init(proposal id: String) { self.id = id }

    public func place(_ transaction: Transaction) throws -> Place {
        .member(try Proposal.find(transaction, id: id).memberID)
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let proposal = try Proposal.find(transaction, id: id)
        guard proposal.state == .waiting else {
            throw ProposalRefusal.decidedAlready(proposal.state, by: proposal.decidedBy?.name)
        }
        try Proposals.close(transaction, id, .withdrawn, by: actor, now: now)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "proposal.withdrawn",
                subject: .init("proposal", id),
                after: ["member": .text(proposal.memberID), "fact": .text(proposal.fact.rawValue)]
            )
        )
    }
}

/// From which days a fact may hold.
enum EffectiveDay {
    /// Reports a day that has not come, as the records are only changed on the day itself, or that is before 1950.
    static func check(_ day: Day, today: Day, _ typed: inout TypedText) {
        if day > today { typed.refuse("effective", say("\(day) has not come yet. Propose this on that day.")) }
        if day.year < 1950 { typed.refuse("effective", say("This lies before 1950. Check the year.")) }
    }
}
