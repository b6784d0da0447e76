public import Languages

/// A rule that says no. Each capability has small enums of these; the doors show them in one way.
public protocol Refusal: Error, Sendable {
    /// Stable, for programs: `not-allowed.member.edit`.
    var code: String { get }
    var kind: RefusalKind { get }
    /// What happened, what it means, what to do.
    var sentence: Phrase { get }
}

/// What sort of no it is; the doors turn it into a status.
public enum RefusalKind: Sendable {
    /// The actor may not (403).
    case forbidden
    /// There is no such thing, or none that the actor may know of (404).
    case notFound
    /// The record changed meanwhile, or is in another state (409).
    case conflict
    /// The input breaks a rule (422).
    case invalid
    /// Too often (429).
    case tooMany
}

/// Input that cannot be taken, field by field.
public struct InvalidInput: Error, Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        public let name: String
        /// What is wrong and what is expected, as a sentence.
        public let message: Phrase

        public init(_ name: String, _ message: Phrase) {
            self.name = name
            self.message = message
        }
    }

    public let fields: [Field]

    public init(_ fields: [Field]) { self.fields = fields }
    public init(_ name: String, _ message: Phrase) { fields = [Field(name, message)] }
}
