import Access
import Database
import Foundation
import HTTPTypes
import Hummingbird
import Languages
import NIOCore
import Web

/// The state that a change changes, and the key by which it is known when it comes again.
enum WriteHeaders {
    static let ifMatch = Parameter.text(
        "If-Match",
        in: .header,
        "The ETag of what is changed, as it was read. Nothing is written when it has changed since (412).",
        .entityTag,
        isRequired: true
    )

    static let idempotencyKey = Parameter.text(
        "Idempotency-Key",
        in: .header,
        "Any text of yours, another one for each request. Sent again within a day with the same request, it gets the same "
            + "answer and does nothing twice.",
        .printed(1, 100)
    )
}

extension Call {
    /// Carries out a command as whoever asks: once for the key that came with it, and only in the state that If-Match
    /// names.
    ///
    /// - Parameters:
    ///   - record: the key of what is changed; empty for what is new.
    ///   - tag: the entity tag of what is changed, as it is now; `nil` for what is new.
    ///   - answer: what is told of the outcome, read in the same transaction.
    func run<C: Command>(
        _ command: C,
        on record: String = "",
        tag: (@Sendable (Transaction) throws -> String)?,
        answer: @escaping @Sendable (Transaction, C.Outcome) throws -> KeptAnswer
    ) async throws -> Answer {
        let seen = tag == nil ? nil : try required(WriteHeaders.ifMatch)
        let once = Once(
            command,
            request: try value(WriteHeaders.idempotencyKey).map { repeatable($0) },
            condition: { transaction in
                guard let tag, let seen else { return }
                let now = try tag(transaction)
                if StateTag.state(seen) == StateTag.state(now) { return }
                throw StateTag.isOne(seen, of: record) ? RequestProblem.changedSince(now) : .noState(now)
            },
            answer: answer
        )
        return Answer(try await context.database.run(once, as: actor, now: now))
    }

    /// The answer that this request has had, where it comes again with its key; `nil` otherwise. `run` looks once more, in
    /// the transaction of the change.
    func keptAnswer() async throws -> Answer? {
        guard declared.contains(Self.key(WriteHeaders.idempotencyKey)),
            let key = try value(WriteHeaders.idempotencyKey)
        else { return nil }
        let wanted = repeatable(key)
        let kept = try await context.database.read { try KeptAnswer.find($0, wanted, now: now) }
        return kept.map { Answer($0) }
    }

    private func repeatable(_ key: String) -> RepeatableRequest {
        RepeatableRequest(caller: caller?.key ?? "", key: key, fingerprint: fingerprint)
    }

    /// Everything that makes two requests the same.
    private var fingerprint: String {
        let seen = values[Self.key(WriteHeaders.ifMatch)] as? String
        var bytes = ByteBuffer(string: "\(request.method.rawValue) \(request.uri.string) \(seen ?? "")\n")
        bytes.writeBytes(body.bytes)
        bytes.writeBytes(file)
        return Page.tag(of: bytes)
    }
}

extension Answer {
    fileprivate init(_ kept: KeptAnswer) {
        var headers: HTTPFields = [:]
        if let location = kept.location { headers[.location] = location }
        self.init(kept.body, status: .init(code: kept.status), entityTag: kept.entityTag, headers: headers)
    }
}

extension RequestProblem {
    static func noState(_ now: String) -> RequestProblem {
        RequestProblem(
            .conflict,
            code: "if-match-unknown",
            title: say("If-Match names no state of this record"),
            detail: say("Nothing was written. Read the record and send the ETag of that answer, as it is."),
            headers: [.eTag: now]
        )
    }

    static func changedSince(_ now: String) -> RequestProblem {
        RequestProblem(
            .preconditionFailed,
            code: "changed-since",
            title: say("It has changed since you read it"),
            detail: say("Nothing was written. Read it again, look at what is different, and send the change anew."),
            headers: [.eTag: now]
        )
    }
}

extension JSONValue {
    /// The text of a property; `nil` where it was not sent. A null is the empty text, which takes a value away.
    func text(_ name: String) -> String? {
        switch self[name] {
        case .text(let text): text
        case .null: ""
        case .integer(let number): String(number)
        case .number(let number): "\(number)"
        default: nil
        }
    }

    func flag(_ name: String) -> Bool? {
        if case .flag(let flag) = self[name] { flag } else { nil }
    }

    /// The elements of a list; none where it was not sent.
    func elements(_ name: String) -> [JSONValue] {
        if case .list(let values) = self[name] { values } else { [] }
    }

    func texts(_ name: String) -> [String]? {
        guard case .list(let values) = self[name] else { return nil }
        return values.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }
}
