package import Access
import Foundation
package import Languages

/// What somebody typed, made fit to be kept, with everything that is wrong in it collected by field.
///
/// Lengths are counted in Unicode scalars, so that no pile of combining signs passes for one letter.
package struct TypedText {
    package private(set) var problems: [InvalidInput.Field] = []

    package init() {}

    /// Text of one line: trimmed, with single spaces.
    package mutating func line(_ given: String, _ field: String, atMost limit: Int, required: Bool = false) -> String {
        check(given.split(whereSeparator: \.isWhitespace).joined(separator: " "), field, limit, required)
    }

    /// Text of several lines: trimmed, line ends as `\n`, no more than one empty line in a row.
    package mutating func lines(_ given: String, _ field: String, atMost limit: Int, required: Bool = false) -> String {
        var kept: [String] = []
        for line in given.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let trimmed = line.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
            if trimmed.isEmpty, kept.last?.isEmpty ?? true { continue }
            kept.append(trimmed)
        }
        if kept.last?.isEmpty == true { kept.removeLast() }
        return check(kept.joined(separator: "\n"), field, limit, required)
    }

    private mutating func check(_ text: String, _ field: String, _ limit: Int, _ required: Bool) -> String {
        let text = text.precomposedStringWithCanonicalMapping
        if required, text.isEmpty { refuse(field, say("This is missing.")) }
        let length = text.unicodeScalars.count
        if length > limit { refuse(field, say("This has \(length) signs; \(limit) are allowed. Shorten it.")) }
        if text.unicodeScalars.contains(where: Self.isHidden) {
            refuse(field, say("This holds a control character, which nobody sees. Type it again."))
        }
        return text
    }

    /// Control characters, and those that turn the direction of the text that follows them.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0a: false
        case 0..<0x20, 0x7f..<0xa0, 0x202a...0x202e, 0xfff9...0xfffb, 0xfffe, 0xffff: true
        default: false
        }
    }

    /// A web address as a link may hold it, or the empty text.
    package mutating func webAddress(_ given: String, _ field: String, required: Bool = false) -> String {
        var text = line(given, field, atMost: 300, required: required)
        guard !text.isEmpty else { return text }
        if !text.contains(":"), text.contains(".") { text = "https://" + text }
        if !Self.isWebAddress(text) {
            refuse(field, say("This is no web address. It begins with https://, as in https://www.example.org."))
        }
        return text
    }

    /// http or https, with the name of a host that has a dot, and without a user before it.
    package static func isWebAddress(_ text: String) -> Bool {
        guard text.utf8.count <= 1000, !text.contains(where: { $0.isWhitespace || "\\\"<>^`{|}".contains($0) }),
            let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == "https" || scheme == "http", parts.user == nil, parts.password == nil,
            let host = parts.host, host.contains("."), !host.hasPrefix("."), !host.hasSuffix(".")
        else { return false }
        return true
    }

    package mutating func refuse(_ field: String, _ message: Phrase) { problems.append(.init(field, message)) }

    /// Throws what was collected.
    package func throwProblems() throws(InvalidInput) {
        if !problems.isEmpty { throw InvalidInput(problems) }
    }
}
