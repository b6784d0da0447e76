import Charter
import Database
import Foundation
import Journal
import Languages

/// The invoices of some members, with their numbers, entries, proofs and letters, in one transaction.
struct IssueBatch: Sendable {
    struct Issued: Sendable {
        var written = 0
        /// The keys of members that nobody represents.
        var withoutLetter: [String] = []
    }

    let run: DuesRun
    let plan: DuesPlan
    let services: DuesServices
    let now: Date

    /// Writes an invoice for each who has none. Of two who do so at once, the second waits and finds what the first wrote.
    func issue(_ lines: [DuesPlan.Line], _ transaction: Transaction) throws -> Issued {
        try Numbering.invoice.hold(transaction, run.year)
        let ids = lines.map(\.member.id)
        let billed = try BilledMembers(transaction, year: run.year, members: ids)
        // Whose record was merged with another meanwhile is gone.
        let members = try Self.members(transaction, ids)
        let open = lines.filter { billed.number($0.member.id) == nil && members[$0.member.id] != nil }
        guard !open.isEmpty else { return Issued() }
        let numbers = try Numbering.invoice.take(transaction, run.year, count: open.count)
        let readers = try DuesReader.firstRepresentatives(transaction, members: ids, now: now)
        // A body may have granted or ended relief since the plan was made.
        let reliefs = try ReliefRequest.inForce(transaction, year: run.year, members: ids)
        let drafts = try zip(numbers, open).compactMap { number, line -> Draft? in
            guard case .invoice(let planned) = line.outcome, let member = members[line.member.id] else { return nil }
            return try draft(
                number,
                planned.relieved(by: reliefs[line.member.id] ?? []),
                of: (line.member.id, member.key, member.name),
                readers[line.member.id],
                billed.nextIssue(line.member.id)
            )
        }
        try write(drafts, transaction)
        var issued = Issued(written: drafts.count)
        // Nobody is asked for money by what is made up to try the program.
        if run.isInvented { return issued }
        let mail = DuesMail(transaction: transaction, services: services, now: now)
        for draft in drafts {
            guard let reader = readers[draft.invoice.memberID] else {
                issued.withoutLetter.append(draft.invoice.memberKey)
                continue
            }
            try mail.tellInvoice(draft.invoice, to: reader)
        }
        return issued
    }

    /// An invoice before it is written, with what its row has beside it.
    private struct Draft {
        let invoice: Invoice
        let issue: Int
        let proof: DocumentProof
        let reliefs: [AppliedRelief]
    }

    private func draft(
        _ number: Int,
        _ planned: PlannedInvoice,
        of member: (id: String, key: String, name: String),
        _ reader: DuesReader?,
        _ issue: Int
    ) -> Draft {
        let text = Numbering.invoice.text(run.year, number)
        guard let reference = CreditorReference(making: text) else {
            preconditionFailure("\(text) makes no reference")
        }
        let invoice = Invoice(
            id: Identifier.make(at: now),
            number: text,
            year: run.year,
            memberID: member.id,
            memberKey: member.key,
            memberName: member.name,
            runID: run.id,
            issuedOn: plan.issuedOn,
            dueOn: plan.dueOn,
            fee: planned.fee,
            amount: planned.amount,
            relief: planned.relief,
            language: reader?.language ?? services.letters.ownLanguage,
            reference: reference.text,
            explanation: planned.explanation,
            rule: planned.answer.rule,
            charterDay: plan.charterDay,
            isInvented: planned.isInvented || run.isInvented,
            issuedAt: InstantText.text(now)
        )
        let proof = DocumentProof(
            .invoice,
            subject: invoice.id,
            member: invoice.memberID,
            memberName: invoice.memberName,
            number: invoice.number,
            day: invoice.issuedOn,
            amount: invoice.toPay,
            isInvented: invoice.isInvented,
            now: now
        )
        return Draft(invoice: invoice, issue: issue, proof: proof, reliefs: planned.reliefs)
    }

    private func write(_ drafts: [Draft], _ transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO invoice (id, number, year, member_id, issue, run_id, issued_on, due_on, currency, fee_minor,
                amount_minor, relief_minor, language, member_name, reference, explanation, rule, charter_day, invented,
                issued_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            each: drafts.map { $0.invoice.values(issue: $0.issue) }
        )
        try AccountEntry.book(transaction, drafts.map(\.invoice.entry), now: now)
        try ReliefBooking(transaction: transaction, now: now).apply(drafts.map { ($0.invoice, $0.reliefs) })
        try DocumentProof.insert(transaction, drafts.map(\.proof))
        try Journal.append(transaction, drafts.map { $0.invoice.issued(by: run.startedBy, $0.proof, now) })
    }

    private static func members(
        _ transaction: Transaction,
        _ ids: [String]
    ) throws -> [String: (key: String, name: String)] {
        var found: [String: (key: String, name: String)] = [:]
        try transaction.forEach(
            "SELECT id, key, name FROM member WHERE id IN (\(ids.map { _ in "?" }.joined(separator: ", ")))",
            ids.map(Value.text)
        ) { found[try $0.text(0)] = (try $0.text(1), try $0.text(2)) }
        return found
    }
}

extension Invoice {
    fileprivate func values(issue: Int) -> [Value] {
        [
            .text(id), .text(number), .int(year), .text(memberID), .int(issue), .text(runID),
            .text(issuedOn.description), .text(dueOn.description), .text(amount.currency.code), .int(fee.minor),
            .int(amount.minor), .int(relief.minor), .text(language), .text(memberName), .text(reference),
            .text(explanation.stored), .text(rule), .text(charterDay.description), .flag(isInvented), .text(issuedAt),
        ]
    }

    /// What it puts on the member's account.
    fileprivate var entry: AccountEntry.Draft {
        AccountEntry.Draft(
            .invoice,
            member: memberID,
            day: issuedOn,
            amount: amount,
            words: say("Invoice \(number): dues of \(plain: year)"),
            rule: rule,
            invoice: id,
            isInvented: isInvented
        )
    }

    fileprivate func issued(by actor: String, _ proof: DocumentProof, _ now: Date) -> JournalEntry {
        JournalEntry(
            at: now,
            actor: actor,
            action: "invoice.issued",
            subject: .init(Self.subjectKind, id),
            rule: rule,
            after: [
                "reference": .text(number), "year": .integer(year), "member": .text(memberID),
                "amount": .text(amount.journal), "relief": .optional(relief.isZero ? nil : relief.journal),
                "due_on": .text(dueOn.description), "invented": .flag(isInvented), "content": .text(proof.hash),
            ]
        )
    }
}

extension Money {
    /// As the journal has it: `2000.00 USD`.
    var journal: String { "\(plain) \(currency.code)" }
}
