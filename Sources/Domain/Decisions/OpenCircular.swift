public import Access
import Charter
public import Database
public import Foundation
import Identity
import Journal
import Languages
import Membership

/// What a body shall be asked.
public struct CircularDraft: Sendable, Equatable {
    /// An item that somebody has typed.
    public struct Typed: Sendable, Equatable {
        public var words: String
        public var evidence: String

        public init(words: String, evidence: String = "") {
            self.words = words
            self.evidence = evidence
        }
    }

    /// The key of a body of the charter.
    public var body: String
    public var way: Circular.Way
    /// The kind of matter.
    public var matter: String
    public var title: String
    public var introduction: String
    /// The subjects of a matter whose capability describes its items: never taken from what a form says about them.
    public var subjects: [String]
    /// The items of a matter that takes typed ones.
    public var typed: [Typed]

    public init(
        body: String,
        way: Circular.Way = .circulation,
        matter: String = OtherMatter.kind,
        title: String,
        introduction: String = "",
        subjects: [String] = [],
        typed: [Typed] = []
    ) {
        self.body = body
        self.way = way
        self.matter = matter
        self.title = title
        self.introduction = introduction
        self.subjects = subjects
        self.typed = typed
    }
}

/// Asks a body: freezes its seats and the rule, and writes to everybody who answers for one. Or, for a meeting, notes what
/// it is to decide.
///
/// Throws `InvalidInput` (`body`, `way`, `matter`, `title`, `introduction`, `items`) and `DecisionRefusal`.
public struct OpenCircular: Command {
    public static let action = Action.openDecision
    /// How many items one circular takes.
    public static let mostItems = 100

    let id: String
    let draft: CircularDraft
    let services: DecisionServices

    /// - Parameter id: made when the form was made, so that a form that is sent twice asks once.
    public init(_ draft: CircularDraft, id: String = Identifier.make(), services: DecisionServices) {
        self.id = id
        self.draft = draft
        self.services = services
    }

    /// Returns the circular's id.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> String {
        let person = actor.isPerson ? actor.person.id : nil
        if let before = try Circular.find(transaction, id: id) {
            guard before.openedBy == person else { throw DecisionRefusal.noSuchDecision }
            var text = TypedText()
            guard text.line(draft.title, "title", atMost: 200) == before.title else {
                throw DecisionRefusal.openedAlready(before.reference)
            }
            return id
        }
        let day = Day(Grant.day(now)) ?? .first
        guard let version = services.charter.version(on: day) else { throw DecisionRefusal.noCharter }
        let checked = try DraftCheck(draft: draft, services: services, version: version, day: day).check(transaction)
        guard Self.isIdentifier(id) else { throw DecisionRefusal.noSuchDecision }
        return try CircularWriter(transaction: transaction, services: services, actor: actor, now: now, day: day)
            .open(id, checked)
    }

    /// Made by this program's forms, and nothing else is a key.
    static func isIdentifier(_ text: String) -> Bool {
        text.utf8.count == 36
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}

/// Asks the same body again about the items of a circular that were left undecided: too few had answered, or a meeting
/// was to decide.
public struct AskAgain: Command {
    public static let action = Action.openDecision

    let id: String
    let earlier: String
    let way: Circular.Way
    let services: DecisionServices

    public init(
        about earlier: String,
        _ way: Circular.Way = .circulation,
        id: String = Identifier.make(),
        services: DecisionServices
    ) {
        self.id = id
        self.earlier = earlier
        self.way = way
        self.services = services
    }

    /// Returns the new circular's id.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> String {
        if try Circular.find(transaction, id: id) != nil { return id }
        guard OpenCircular.isIdentifier(id) else { throw DecisionRefusal.noSuchDecision }
        let circular = try Circular.load(transaction, id: earlier)
        let day = Day(Grant.day(now)) ?? .first
        let undecided = try CircularItem.all(transaction, circular: earlier).filter(\.isUndecided)
        let items = try undecided.filter { try isStillAsked($0, of: circular.matter, transaction, on: day) }
        guard !items.isEmpty else { throw DecisionRefusal.decidedAlready }
        guard let body = services.charter.version(on: day)?.body(circular.body) else { throw DecisionRefusal.noCharter }
        let terms = way == .circulation ? body.circulation : nil
        guard way == .meeting || terms != nil else { throw DraftCheck.noRule(body) }
        let checked = CheckedDraft(
            body: body,
            way: way,
            terms: terms,
            matter: circular.matter,
            title: circular.title,
            introduction: circular.introduction,
            items: items.map {
                MatterItem(subject: $0.subject, words: $0.words, evidence: $0.evidence, rule: $0.rule, body: nil)
            }
        )
        _ = try CircularWriter(transaction: transaction, services: services, actor: actor, now: now, day: day)
            .open(id, checked)
        // What nobody asks any more waits no more either.
        for item in undecided {
            try transaction.execute(
                "UPDATE circular_item SET followed_by = ? WHERE id = ? AND followed_by IS NULL AND meeting_outcome IS NULL",
                [.text(id), .text(item.id)]
            )
        }
        return id
    }

    /// Whether its capability still has something to be decided about it: an applicant may have withdrawn meanwhile.
    private func isStillAsked(
        _ item: CircularItem,
        of matter: String,
        _ transaction: Transaction,
        on day: Day
    ) throws -> Bool {
        guard let subject = item.subject, let effect = services.matters.effect(matter), !effect.takesTypedItems else {
            return true
        }
        do {
            _ = try effect.item(transaction, subject: subject.id, on: day)
            return true
        } catch is any Refusal { return false }
    }
}
