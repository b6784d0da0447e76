public import Access
import Charter
public import Database
public import Foundation
import Journal
public import Languages

/// Another name that a new member comes with.
public struct FurtherName: Sendable, Equatable {
    public let name: String
    /// BCP 47.
    public let language: String
    public let kind: AddMemberName.Kind

    public init(_ name: String, language: String, kind: AddMemberName.Kind) {
        self.name = name.trimmed
        self.language = language.trimmed
        self.kind = kind
    }
}

/// Adds one member by hand, through the same draft by which a spreadsheet's row becomes one.
///
/// Throws `LikelyDoubles`, and `InvalidInput` with the names of `MemberInput`, `language`, `other_name`,
/// `other_language`, `joined`, `status`, `decision` and `grounds`.
public struct AddMember: Command {
    public static let action = Action.editMember

    let entered: MemberDraft
    let language: String
    let furtherName: FurtherName?
    let joined: String
    let status: String
    let decision: String
    let grounds: String
    let despite: Set<String>
    let rules: UploadRules

    /// - Parameters:
    ///   - entered: name, category, country, region, website, coordinates and population; the rest is left out.
    ///   - language: of the name, BCP 47.
    ///   - joined: the day as exactly as it is known: `2026-03-01`, `2026-03`, `2026` or two with a slash between.
    ///   - status: the key of the status with which the membership begins; empty for the charter's first.
    ///   - decision: the key of a recorded decision, or empty.
    ///   - despite: the keys of records that may be the same member and were looked at: they are not.
    public init(
        _ entered: MemberDraft,
        language: String,
        furtherName: FurtherName? = nil,
        joined: String,
        status: String = "",
        decision: String = "",
        grounds: String,
        despite: Set<String> = [],
        rules: UploadRules
    ) {
        self.entered = entered
        self.language = language.trimmed
        self.furtherName = furtherName.flatMap { $0.name.isEmpty && $0.language.isEmpty ? nil : $0 }
        self.joined = joined.trimmed
        self.status = status.trimmed
        self.decision = decision.trimmed
        self.grounds = grounds.trimmed
        self.despite = despite
        self.rules = rules
    }

    public struct Outcome: Sendable, Equatable {
        public let key: String
        public let name: String
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Outcome {
        var form = NewMemberForm(self, today: FormCheck.today(now))
        let facts = try form.facts(transaction)
        let index = try NameIndex(transaction)
        let doubles = RowMatch.candidates(facts, index)
        guard doubles.allSatisfy({ despite.contains($0.key) }) else { throw LikelyDoubles(candidates: doubles) }

        let key = MemberKey.make(name: entered[.name], country: facts.country) { key in
            index.idsByKey[key] != nil || index.merged[key] != nil
        }
        let id = Identifier.make(at: now)
        var draft = RowDraft(
            facts,
            of: nil,
            memberID: id,
            citing: .init(
                source: try EntrySource.code(transaction, now),
                locator: EntrySource.locator("secretariat", now)
            ),
            today: FormCheck.today(now).description,
            UploadVocabulary(rules, printed: [])
        )
        draft.create(key: key)
        if let problem = draft.problems.first {
            throw InvalidInput("name", say("The member cannot be added: \(problem.message)."))
        }
        try RecordStep.write(draft.steps, transaction)
        try RollProjection(charter: rules.charter).rebuild([id], transaction)
        try Journal.append(transaction, entry(id, draft, doubles, actor, now))
        return Outcome(key: key, name: entered[.name])
    }

    private func entry(
        _ id: String,
        _ draft: RowDraft,
        _ doubles: [RowPlan.Candidate],
        _ actor: Actor,
        _ now: Date
    ) -> JournalEntry {
        var fields: [String: JournalValue] = [:]
        for change in draft.changes { fields[change.field.rawValue] = .text(change.new.recorded) }
        fields["language"] = .text(language)
        if draft.facts.coordinates != nil { fields["coordinates"] = .text(entered[.coordinates]) }
        if !decision.isEmpty { fields["decision"] = .text(decision) }
        if !doubles.isEmpty { fields["not_the_same_as"] = .text(doubles.map(\.key).joined(separator: " ")) }
        return JournalEntry(
            at: now,
            actor: actor.key,
            action: "member.added",
            subject: .init("member", id),
            rule: "membership.admission",
            reason: grounds,
            after: .object(fields)
        )
    }
}

extension AddMember {
    /// What keeps the member from being added, as it stands now; nothing is added.
    package func problems(_ transaction: Transaction, now: Date) throws -> [InvalidInput.Field] {
        var form = NewMemberForm(self, today: FormCheck.today(now))
        do {
            _ = try form.facts(transaction)
            return []
        } catch let input as InvalidInput { return input.fields }
    }

    /// The records that may be this member under any of its names, whatever else is wrong with it.
    package func candidates(_ transaction: Transaction) throws -> [RowPlan.Candidate] {
        var facts = RowFacts()
        facts.name = entered[.name].isEmpty ? nil : entered[.name]
        facts.country = entered[.country].isEmpty ? nil : entered[.country]
        facts.category = entered[.category].isEmpty ? nil : entered[.category]
        facts.furtherName = furtherName
        let names = [facts.name, facts.furtherName?.name].compactMap(\.self)
        return RowMatch.candidates(facts, try NameIndex(transaction, near: names))
    }
}

/// Records that may be the member that was to be added. Somebody looks at them first.
public struct LikelyDoubles: Refusal, Equatable {
    public let candidates: [RowPlan.Candidate]

    public var code: String { "likely-doubles" }
    public var kind: RefusalKind { .conflict }

    public var sentence: Phrase {
        let names = Phrase.list(candidates.map { say("\($0.name) (\($0.key): \($0.because))") })
        return say(
            "Nothing was added yet. The records have what may be the same member: \(names). Look at it; if it is another one, "
                + "add the member all the same."
        )
    }
}
