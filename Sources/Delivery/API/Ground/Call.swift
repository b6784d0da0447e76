import Access
import Database
import Foundation
import HTTPTypes
import Hummingbird
import Languages
import Web

/// One request of an operation, checked by its declaration.
struct Call: Sendable {
    let request: Request
    let context: APIContext
    /// Who asks, where they showed a token.
    let caller: Caller?
    /// The network address from which it came.
    let address: String
    let now: Date
    /// What was read of the declared parameters, by place and name.
    let values: [String: any Sendable]
    /// The body, where the operation declares one.
    let body: JSONValue
    /// The bytes of the file, where the operation declares one.
    let file: [UInt8]

    /// The value of a parameter; `nil` where it was not given. Throws `UndeclaredParameter` for one that the operation does
    /// not declare: what is not in the document is not read.
    func value<Value>(_ parameter: Parameter<Value>) throws -> Value? {
        guard declared.contains(Self.key(parameter)) else { throw UndeclaredParameter(name: parameter.name) }
        return values[Self.key(parameter)] as? Value
    }

    /// The value of a parameter that is always given.
    func required<Value>(_ parameter: Parameter<Value>) throws -> Value {
        guard let value = try value(parameter) else { throw UndeclaredParameter(name: parameter.name) }
        return value
    }

    let declared: Set<String>

    static func key(_ parameter: any AnyParameter) -> String { "\(parameter.place.rawValue):\(parameter.name)" }

    /// Who asks. Only in operations that need a token.
    var actor: Actor {
        get throws {
            guard let caller else { throw RequestProblem.noToken }
            return caller.actor
        }
    }

    func ask<Q: Question>(_ question: Q) async throws -> Q.Answer {
        try await context.database.ask(question, as: actor, now: now)
    }
}

/// A mistake of the program itself: an operation read what it does not declare. A test calls every operation.
struct UndeclaredParameter: Error {
    let name: String
}

/// What an operation answers, before the door adds what all answers have.
struct Answer: Sendable {
    var status: HTTPResponse.Status
    var headers: HTTPFields
    var body: [UInt8]
    var contentType: ContentType
    /// A strong tag of the state that was answered, quotes included; made of the body where there is none.
    var entityTag: String?

    init(
        _ body: [UInt8],
        status: HTTPResponse.Status = .ok,
        contentType: ContentType = .json,
        entityTag: String? = nil,
        headers: HTTPFields = [:]
    ) {
        self.status = status
        self.body = body
        self.contentType = contentType
        self.entityTag = entityTag
        self.headers = headers
    }
}
