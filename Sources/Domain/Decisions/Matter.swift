public import Access
public import Charter
public import Database
public import Foundation
public import Languages

/// What an item is about: a member, an application, whatever the capability that owns the matter knows.
public struct MatterSubject: Sendable, Hashable {
    /// As `member`.
    public let kind: String
    public let id: String

    public init(_ kind: String, _ id: String) {
        self.kind = kind
        self.id = id
    }
}

/// One thing that a body is to decide, as its people read it.
public struct MatterItem: Sendable, Equatable {
    public let subject: MatterSubject?
    /// What is adopted, in a few words: "Suspend Visby for one year". What somebody typed is `.verbatim`, a name of the
    /// charter `.name`: it is kept as a phrase and said in the language of whoever reads.
    public let words: Phrase
    /// On what it rests, in sentences; `.empty` for nothing.
    public let evidence: Phrase
    /// The id of the charter's rule that it cites.
    public let rule: String?
    /// The key of the body that alone may decide it; `nil` where any may.
    public let body: String?

    public init(subject: MatterSubject?, words: Phrase, evidence: Phrase, rule: String? = nil, body: String? = nil) {
        self.subject = subject
        self.words = words
        self.evidence = evidence
        self.rule = rule
        self.body = body
    }
}

/// What became of an item.
public enum MatterOutcome: String, Sendable, CaseIterable {
    case adopted, rejected
    case noQuorum = "no-quorum"
    /// A meeting decides.
    case referred
    /// The secretariat took the question back before it was decided.
    case withdrawn

    init(_ outcome: Charter.CirculationOutcome) {
        switch outcome {
        case .adopted: self = .adopted
        case .rejected: self = .rejected
        case .noQuorum: self = .noQuorum
        case .referred: self = .referred
        }
    }
}

/// An item with its outcome, for the capability that owns the matter.
public struct SettledItem: Sendable, Equatable {
    /// The circular's id and what people call it, as `2026-3`.
    public let circularID: String
    public let reference: String
    public let itemID: String
    public let subject: MatterSubject?
    public let words: Phrase
    public let outcome: MatterOutcome
    /// The key of the body.
    public let body: String
    /// The day on which it was decided.
    public let day: Day
    /// The key of the row of `decision` that a step in a standing can cite; of adopted items only.
    public let decision: String?
    /// One sentence with date, body, numbers and rule as the journal and other records keep it (`Phrase.recorded`).
    public let minutes: String
    /// The id of the rule that the item cites.
    public let rule: String?
}

/// What a kind of matter means: its capability describes the items and carries out what was decided.
public protocol MatterEffect: Sendable {
    /// The kind, as `admission`. Stored with each circular, so it never changes.
    var kind: String { get }
    /// What is decided, as a heading: "Admission of members".
    var name: Phrase { get }
    /// Whether its items are whatever somebody types. Else each item has a subject, and `item` describes it.
    var takesTypedItems: Bool { get }

    /// What the body reads of a subject. Throws a `Refusal` where there is none such, or nothing to be decided about it.
    func item(_ transaction: Transaction, subject: String, on day: Day) throws -> MatterItem

    /// Told when a body is asked about a subject, in the same transaction.
    func opened(_ transaction: Transaction, subject: String, by actor: Actor, now: Date) throws

    /// Carries out what became of an item, in the transaction that decides it. Called once for each outcome: when the time
    /// to answer is over, when the question is withdrawn, and when a meeting has decided what was referred to it.
    ///
    /// A `Refusal` or `InvalidInput` undoes what this call wrote and leaves the item, decided, to the secretariat, who can
    /// have it carried out again; any other error undoes the decision too.
    func settle(_ transaction: Transaction, _ item: SettledItem, by actor: Actor, now: Date) throws
}

extension MatterEffect {
    public var takesTypedItems: Bool { false }
    public func opened(_ transaction: Transaction, subject: String, by actor: Actor, now: Date) throws {}
}

/// The kinds of matter that bodies are asked about: every capability adds its own at the start of the program.
public struct Matters: Sendable {
    /// In the order in which they were added; `other` first.
    public let all: [any MatterEffect]

    public init(_ effects: [any MatterEffect] = []) {
        all = [OtherMatter()] + effects
        precondition(Set(all.map(\.kind)).count == all.count, "each kind of matter has one owner")
    }

    public func effect(_ kind: String) -> (any MatterEffect)? { all.first { $0.kind == kind } }
}

/// A text to be approved, such as the minutes of a meeting. Nothing follows from it but that it was decided.
public struct OtherMatter: MatterEffect {
    public static let kind = "other"

    public init() {}

    public var kind: String { Self.kind }
    public var name: Phrase { say("Other matter") }
    public var takesTypedItems: Bool { true }

    public func item(_ transaction: Transaction, subject: String, on day: Day) throws -> MatterItem {
        throw DecisionRefusal.noSuchSubject
    }

    public func settle(_ transaction: Transaction, _ item: SettledItem, by actor: Actor, now: Date) throws {}
}
