import Access
import Charter
import Foundation
import Journal

extension ReliefRequest {
    /// What the journal has of a step.
    func entry(
        _ action: String,
        _ actor: Actor,
        _ now: Date,
        reason: String? = nil,
        after: [String: JournalValue] = [:]
    ) -> JournalEntry {
        let own: [String: JournalValue] = [
            "reference": .text(reference), "kind": .text(kind.rawValue), "member": .text(memberID),
        ]
        return JournalEntry(
            at: now,
            actor: actor.key,
            action: action,
            subject: .init(Self.subjectKind, id),
            rule: ReliefRules.rule,
            reason: reason,
            after: .object(own.merging(after) { _, new in new })
        )
    }

    /// What was asked, as the journal has it.
    var asked: [String: JournalValue] {
        var fields: [String: JournalValue] = [
            "from_year": .integer(years.lowerBound), "to_year": .integer(years.upperBound),
            "letter_day": .text(letterDay.description), "words": .personal("words", words),
            "signed_by": .personal("signed_by", ifAny: byPersonID == nil ? byName : nil), "body": .text(body),
        ]
        switch terms {
        case .remission: break
        case .percent(let percent): fields["percent"] = .integer(percent)
        case .amount(let amount), .commutation(let amount): fields["amount"] = .text(amount.journal)
        case .plan(let instalments):
            fields["instalments"] = .list(
                instalments.map { instalment -> JournalValue in
                    ["due_on": .text(instalment.dueOn.description), "amount": .text(instalment.amount.journal)]
                }
            )
        case .ending(let relief): fields["ends"] = .text(relief.reference)
        }
        return fields
    }
}
