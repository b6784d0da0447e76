import Access
import Database
import Foundation
import HTTPTypes
import Web

/// A question whose answer is put into what a program is told, in the same view of the records.
struct Reading<Q: Question, Value: Sendable>: Question {
    typealias Answer = Value

    private let question: Q
    private let take: @Sendable (Q.Answer, Transaction) throws -> Value

    init(_ question: Q, _ take: @escaping @Sendable (Q.Answer, Transaction) throws -> Value) {
        self.question = question
        self.take = take
    }

    static var action: Action { Q.action }

    func place(_ transaction: Transaction) throws -> Place { try question.place(transaction) }

    func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Value {
        try take(question.answer(transaction, for: actor, now: now), transaction)
    }
}

/// A record that is read and changed under one key. What is told of it, and so its entity tag, is made in one way for
/// both.
struct Record<Q: Question, Value: Sendable>: Sendable {
    /// Sets its tags apart from those of other records.
    let key: String
    let shape: Shape<Value>
    let reading: Reading<Q, Value>

    init(
        _ key: String,
        _ shape: Shape<Value>,
        _ question: Q,
        _ take: @escaping @Sendable (Q.Answer, Transaction) throws -> Value
    ) {
        self.key = key
        self.shape = shape
        reading = Reading(question, take)
    }

    func tag(_ value: Value) -> String { StateTag.make(shape.writer.bytes(value), of: key) }

    /// The record as it is in this transaction. No right is asked: whoever carries out a command on it was asked for
    /// theirs, and reads what they changed.
    func value(_ transaction: Transaction, _ call: Call) throws -> Value {
        try reading.answer(transaction, for: call.actor, now: call.now)
    }

    func kept(
        _ transaction: Transaction,
        _ call: Call,
        status: Int = 200,
        location: String? = nil
    ) throws -> KeptAnswer {
        let value = try value(transaction, call)
        return KeptAnswer(
            status: status,
            body: shape.writer.bytes(value),
            entityTag: tag(value),
            location: location
        )
    }
}

extension Record where Value == Q.Answer {
    init(_ key: String, _ shape: Shape<Value>, _ question: Q) {
        self.init(key, shape, question) { answer, _ in answer }
    }
}

extension Call {
    /// A record as it is now, whole or the fields that were asked for.
    func read<Q: Question, Value: Sendable>(
        _ record: Record<Q, Value>,
        fields: Parameter<[String]>? = nil
    ) async throws -> Answer {
        let value = try await ask(record.reading)
        let chosen = try fields.flatMap { try self.value($0) }
        return Answer(record.shape.writer(of: chosen).bytes(value), entityTag: record.tag(value))
    }

    /// Carries out a command on a record, in the state that If-Match names.
    func change<C: Command, Q: Question, Value: Sendable>(
        _ command: C,
        on record: Record<Q, Value>,
        answer: @escaping @Sendable (Transaction, C.Outcome) throws -> KeptAnswer
    ) async throws -> Answer {
        try await run(
            command,
            on: record.key,
            tag: { try record.tag(record.value($0, self)) },
            answer: answer
        )
    }

    /// The same, and answers with the record as it is then.
    func change<C: Command, Q: Question, Value: Sendable>(
        _ command: C,
        on record: Record<Q, Value>
    ) async throws -> Answer {
        try await change(command, on: record) { transaction, _ in try record.kept(transaction, self) }
    }

    /// Carries out a command that makes a record, and answers with it and where it is.
    func make<C: Command, Q: Question, Value: Sendable>(
        _ command: C,
        at path: @escaping @Sendable (C.Outcome) -> String,
        _ record: @escaping @Sendable (C.Outcome) -> Record<Q, Value>
    ) async throws -> Answer {
        try await run(command, tag: nil) { transaction, outcome in
            try record(outcome).kept(transaction, self, status: 201, location: API.path + path(outcome))
        }
    }
}

extension Operation {
    /// Reads one record.
    ///
    /// - Parameters:
    ///   - unseen: what is answered to who may read others of its kind and not this one; see `Operation`.
    ///   - problems: noes that do not follow from what every read checks.
    static func one<Q: Question, Value: Sendable>(
        _ path: String,
        id: String,
        topic: Topic,
        summary: String,
        detail: String,
        of shape: Shape<Value>,
        access: OperationAccess,
        unseen: (any Refusal)? = nil,
        parameters: [any AnyParameter],
        problems: [HTTPResponse.Status] = [],
        record: @escaping @Sendable (Call) async throws -> Record<Q, Value>
    ) -> Operation {
        let fields = shape.always == nil ? nil : Parameter<[String]>.fields(of: shape)
        var taken = parameters
        if let fields { taken.append(fields) }
        return Operation(
            .get,
            path,
            id: id,
            topic: topic,
            summary: summary,
            detail: detail,
            access: access,
            unseen: unseen,
            parameters: taken,
            answers: [AnswerDescription.one(shape, summary)] + problems.map(AnswerDescription.problem)
        ) { call in try await call.read(record(call), fields: fields) }
    }
}

extension AnswerDescription {
    /// One record with its tag.
    static func one<Value: Sendable>(_ shape: Shape<Value>, _ detail: String) -> AnswerDescription {
        AnswerDescription(.ok, detail, shape.schema(detail), headers: [.entityTag])
    }

    /// A record that was made, with its tag and its address.
    static func made<Value: Sendable>(_ shape: Shape<Value>, _ detail: String) -> AnswerDescription {
        AnswerDescription(.created, detail, shape.schema(detail), headers: [.entityTag, .location])
    }
}

/// What was taken away for good.
struct Removed: Sendable {
    let id: String
}

extension Shapes {
    static let removed = Shape<Removed>("Removed", [.text("id", "The id of what is no longer there.") { $0.id }])
}

extension AnswerDescription {
    static let removed = AnswerDescription(.ok, "It is no longer there.", Shapes.removed.schema("What was removed."))
}

extension KeptAnswer {
    static func removed(_ id: String) -> KeptAnswer {
        KeptAnswer(status: 200, body: Shapes.removed.writer.bytes(Removed(id: id)))
    }
}

extension Transaction {
    /// The key under which everybody knows the member with an id.
    func memberKey(_ id: String) throws -> String? {
        try first("SELECT key FROM member WHERE id = ?", [.text(id)]) { try $0.text(0) }
    }
}
