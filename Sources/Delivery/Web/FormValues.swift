public import Hummingbird
import Languages
import NIOCore

/// What a form sent: names with values, in the order of the page.
public struct FormValues: Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        public let name: String
        public let value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// More fields than any form of this site sends: a page of rows to choose from has some hundreds.
    public static let maximumFields = 20_000
    /// The largest body of a form without files.
    public static let maximumBytes = 1 << 20

    public let fields: [Field]

    public init(_ fields: [Field] = []) { self.fields = fields }

    /// Reads a body as `application/x-www-form-urlencoded`. Throws 400 if an escape is broken or the bytes are no UTF-8,
    /// 413 if there is too much of it.
    public init(urlEncoded body: String) throws(RequestProblem) {
        let parts = body.split(separator: "&")
        guard parts.count <= FormValues.maximumFields else {
            throw .badRequest(say("The form has \(parts.count) fields; at most \(FormValues.maximumFields) are read."))
        }
        var fields: [Field] = []
        fields.reserveCapacity(parts.count)
        for part in parts {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try QueryParameters.decoded(pair[0])
            fields.append(Field(name, pair.count > 1 ? try QueryParameters.decoded(pair[1]) : ""))
        }
        self.fields = fields
    }

    /// The first value of the field without space around it; empty if it is absent.
    public subscript(name: String) -> String {
        fields.first { $0.name == name }.map { trimmed($0.value) } ?? ""
    }

    /// The first value as it was sent: for passwords and long texts.
    public func exact(_ name: String) -> String { fields.first { $0.name == name }?.value ?? "" }

    /// The value, or `nil` if it is absent or empty.
    public func optional(_ name: String) -> String? {
        let value = self[name]
        return value.isEmpty ? nil : value
    }

    /// All values of the field that are not empty.
    public func all(_ name: String) -> [String] {
        fields.filter { $0.name == name && !$0.value.isEmpty }.map { trimmed($0.value) }
    }

    /// Whether the field was sent at all, as a checked box is.
    public func has(_ name: String) -> Bool { fields.contains { $0.name == name } }
}

extension Request {
    /// The body as bytes. Throws 413 when it is larger than `limit`.
    public func bytes(atMost limit: Int) async throws -> ByteBuffer {
        do { return try await body.collect(upTo: limit) } catch is NIOTooManyBytesError {
            throw RequestProblem.bodyTooLarge
        }
    }
}
