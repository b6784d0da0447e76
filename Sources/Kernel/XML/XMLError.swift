public import Languages

/// Why XML is not read.
public enum XMLError: Error, Equatable, Sendable {
    /// It is not well formed, no UTF-8 or nested too deeply; the words name what was read and say what is wrong.
    case damaged(Phrase)
    /// What was read declares a document type, which no file needs that a program wrote, and attacks use.
    case hasDocumentType(String)
    /// The words name what was read and say of what there is too much.
    case tooLarge(Phrase)
}

/// How much XML is read.
public struct XMLLimits: Sendable {
    public var bytes: Int
    /// How many elements may be open within each other.
    public var depth: Int

    public init(bytes: Int = 1 << 30, depth: Int = 64) {
        self.bytes = bytes
        self.depth = depth
    }
}
