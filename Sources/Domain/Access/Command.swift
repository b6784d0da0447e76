public import Database
public import Foundation
import Identity

/// One change that somebody may make: its input, the right that it needs and where, and what it does.
///
/// There is no other way to run one than `Database.run`, which asks for the right first in the same transaction, so a
/// command without a check cannot be written.
public protocol Command: Sendable {
    associatedtype Outcome: Sendable = Void
    /// The right that is needed; where the input decides which, the mildest of `actions`.
    static var action: Action { get }
    /// Every right that it may ask for.
    static var actions: [Action] { get }
    /// The right that this one needs: which role is given decides who may give it.
    func action(_ transaction: Transaction) throws -> Action
    /// Where the right must be held. May look into the records: a proposal's place is its member.
    func place(_ transaction: Transaction) throws -> Place
    /// Writes, and appends to the journal, in the transaction. May run again from its beginning: no effects but through it.
    func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Outcome
}

/// One question that somebody may ask.
public protocol Question: Sendable {
    associatedtype Answer: Sendable
    static var action: Action { get }
    func place(_ transaction: Transaction) throws -> Place
    func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer
}

extension Command {
    public static var actions: [Action] { [action] }
    public func action(_ transaction: Transaction) throws -> Action { Self.action }
    public func place(_ transaction: Transaction) throws -> Place { .association }
}

extension Question {
    public func place(_ transaction: Transaction) throws -> Place { .association }
}

extension Database {
    /// Carries out a command in one transaction. Throws `AccessRefusal` and whatever the command refuses with.
    public func run<C: Command>(_ command: C, as actor: Actor, now: Date) async throws -> C.Outcome {
        try await write { transaction in
            // The roles as they stand now, not as they stood when the page was asked for.
            let current = try actor.reloaded(transaction, now: now)
            // Whoever may it nowhere learns nothing of what there is, not even that an id is unknown.
            try current.requireSomewhere(C.actions)
            try current.require(command.action(transaction), at: command.place(transaction))
            return try command.perform(transaction, by: current, now: now)
        }
    }

    /// Answers a question from one consistent view. Throws `AccessRefusal` and whatever the question refuses with.
    public func ask<Q: Question>(_ question: Q, as actor: Actor, now: Date) async throws -> Q.Answer {
        try await read { try question.asked($0, by: actor, now: now) }
    }

    /// Answers two questions from one consistent view.
    public func ask<Q: Question, R: Question>(
        _ first: Q,
        _ second: R,
        as actor: Actor,
        now: Date
    ) async throws -> (Q.Answer, R.Answer) {
        try await read { transaction in
            (
                try first.asked(transaction, by: actor, now: now),
                try second.asked(transaction, by: actor, now: now)
            )
        }
    }
}

extension Question {
    fileprivate func asked(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Answer {
        try actor.requireSomewhere(Self.action)
        try actor.require(Self.action, at: place(transaction))
        return try answer(transaction, for: actor, now: now)
    }
}

extension Actor {
    fileprivate func reloaded(_ transaction: Transaction, now: Date) throws -> Actor {
        if let token {
            guard let current = try APIToken.find(transaction, id: token.tokenID),
                let actor = try Actor.load(transaction, token: current, now: now)
            else { throw TokenRefusal.noSuchToken }
            return actor
        }
        guard isPerson else { return self }
        guard let current = try Actor.load(transaction, person: person.id, secondFactor: hasSecondFactor, now: now)
        else {
            throw AccessRefusal.notAllowed(.ownAccount)
        }
        return current
    }
}
