public import Access
import Charter
public import Languages

/// A member's standing does not give it what it asks for: which rule says so, why, and what would fulfil it.
public struct EntitlementRefusal: Refusal, Equatable {
    public let memberName: String
    public let answer: EntitlementAnswer

    public var code: String { "not-entitled.\(answer.entitlement.key)" }
    public var kind: RefusalKind { .invalid }

    public var sentence: Phrase {
        let why = say("\(memberName): \(answer.reason)", context: "a member and why")
        let rule = say("The rule is \(answer.rule) (\(answer.citation.words)).")
        return Phrase.joined([why] + (answer.remedy.map { [$0] } ?? []) + [rule], by: " ")
    }
}
