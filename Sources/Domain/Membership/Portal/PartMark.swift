import Crypto
import Identity

/// What a part of a profile or record looked like to whoever is changing it: a form carries the mark, and a change whose
/// mark is no longer that of the part would overwrite what nobody saw.
///
/// A mark for each part, and not the member's revision alone, so that two people who work on different parts of one
/// member are not in each other's way.
public struct PartMark: Sendable, Hashable {
    public let text: String

    /// As a form carries it.
    public init(_ text: String) { self.text = text }

    /// The mark of these contents.
    package init(of contents: [String]) {
        var hash = SHA256()
        for content in contents {
            hash.update(data: Array("\(content.utf8.count):".utf8))
            hash.update(data: Array(content.utf8))
        }
        text = Base64URL.encode(Array(hash.finalize().prefix(12)))
    }
}
