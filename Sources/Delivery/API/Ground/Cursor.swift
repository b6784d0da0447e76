import Hummingbird
import Identity
import Languages
import Web

/// Where the next page of a list begins, as a text that means something to this program alone.
enum Cursor {
    static let parameter = Parameter.text(
        "cursor",
        "Where to begin: `next` of the page before. From the beginning without it.",
        .opaque(1, 600)
    )

    static let limit = Parameter.integer("limit", "How many on a page, at most. 50 without it.", 1...200)
    static let usualLimit = 50

    static func text(_ value: JSONValue) -> String {
        Base64URL.encode(value.bytes)
    }

    /// The texts and nulls of a cursor of that kind. Throws 404 for any other.
    static func parts(_ text: String, kind: String, count: Int) throws(RequestProblem) -> [String?] {
        guard let bytes = Base64URL.decode(text), let value = try? JSONReader.read(bytes),
            case .list(let values) = value, values.count == count + 1, values.first == .text(kind)
        else { throw .oldCursor }
        var parts: [String?] = []
        for value in values.dropFirst() {
            switch value {
            case .null: parts.append(nil)
            case .text(let text): parts.append(text)
            default: throw .oldCursor
            }
        }
        return parts
    }

    static func text(kind: String, _ parts: [String?]) -> String {
        text(.list([.text(kind)] + parts.map { $0.map(JSONValue.text) ?? .null }))
    }
}

extension Call {
    var limit: Int { get throws { try value(Cursor.limit) ?? Cursor.usualLimit } }

    /// The address of this very list with another cursor, for the field Link (RFC 8288).
    func linkToNext(_ cursor: String?) -> String? {
        guard let cursor else { return nil }
        let others = (request.uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("cursor=") }
        let query = (others.map(String.init) + ["cursor=\(cursor)"]).joined(separator: "&")
        return "<\(request.uri.path)?\(query)>; rel=\"next\""
    }
}
