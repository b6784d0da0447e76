import Access
import HTTPTypes
import Languages

/// The OpenAPI 3.1 document of all operations.
struct OpenAPIDocument {
    let operations: [Operation]
    let title: String
    let baseURL: String

    var json: JSONValue {
        let info: JSONValue = [
            "title": .text(title), "version": "1.0.0", "description": .text(Self.introduction),
            "license": ["name": "Apache 2.0", "identifier": "Apache-2.0"],
        ]
        let server: JSONValue = ["url": .text(API.path)]
        let page: JSONValue = ["url": .text("\(baseURL)\(ReferencePage.path)"), "description": "The same for people."]
        let tags: [JSONValue] = topics.map { ["name": .text($0.rawValue), "description": .text($0.detail)] }
        let components: JSONValue = ["schemas": .object(schemas), "securitySchemes": ["token": Self.tokens]]
        return [
            "openapi": "3.1.0", "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema", "info": info,
            "servers": .list([server]), "externalDocs": page, "tags": .list(tags), "paths": .object(paths),
            "components": components,
        ]
    }

    private var topics: [Topic] { Topic.allCases.filter { topic in operations.contains { $0.topic == topic } } }

    private var paths: [JSONValue.Member] {
        var order: [String] = []
        for operation in operations where !order.contains(operation.path) { order.append(operation.path) }
        return order.map { path in
            let here = operations.filter { $0.path == path }
            let methods = here.map { operation in
                JSONValue.Member(name: operation.method.rawValue.lowercased(), value: operation.document)
            }
            return JSONValue.Member(name: path, value: .object(methods))
        }
    }

    private var schemas: [JSONValue.Member] {
        var found: [String: ObjectSchema] = [:]
        for operation in operations {
            let bodies = operation.body.map { [Schema(.object($0), "")] } ?? []
            for schema in bodies + operation.allAnswers.compactMap(\.schema) {
                for object in schema.components {
                    if let name = object.name { found[name] = object }
                }
            }
        }
        return found.sorted { $0.key < $1.key }.map { JSONValue.Member(name: $0.key, value: $0.value.document()) }
    }

    private static let tokens: JSONValue = [
        "type": "http", "scheme": "bearer", "bearerFormat": "hansa_…",
        "description": .text(
            "A token that you make in your account, or in a member's room. Its scopes narrow what you may do: "
                + Scope.allCases.map { "`\($0.rawValue)` (\($0.words.english.lowercased()))" }.joined(separator: ", ")
                + "."
        ),
    ]

    /// What holds for every operation. The reference page says it too.
    static let introduction = """
        What the site can read and do, for programs. Reading the network needs no token, and pages of any site may do it. \
        Lists come in pages: give `next` of one as `cursor` of the following. Days are ISO 8601, instants RFC 3339 in \
        UTC, and `as_of` asks for any day. Answers have an ETag: send it back in If-None-Match to learn whether anything has \
        changed. A file is the whole body of its request, under its media type. Every no is a problem document (RFC 9457) \
        with a stable `code`. Parameters and properties that this document does not name are refused.
        """
}
