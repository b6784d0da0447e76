public import Languages

/// Why an archive is not read.
public enum ArchiveError: Error, Equatable, Sendable {
    /// The bytes are no ZIP archive, or one that is cut short or contradicts itself; the text says where.
    case damaged(Phrase)
    /// It needs a password.
    case encrypted
    /// It uses a part of the format that is not read, such as ZIP64 or several disks.
    case unsupported(Phrase)
    /// It holds, or would unpack to, more than is allowed.
    case tooLarge(Phrase)
    /// An entry's name leads out of the archive.
    case unsafeName(String)
    /// There is no entry of this name.
    case missing(String)
}

extension ArchiveError: CustomStringConvertible {
    public var description: String { sentence.english }

    public var sentence: Phrase {
        switch self {
        case .damaged(let text): say("The archive is damaged: \(text). Save the file again and send that one.")
        case .encrypted: say("The archive is protected with a password. Save it without one and send it again.")
        case .unsupported(let text):
            say("The archive is of a kind that is not read here: \(text). Save the file anew.")
        case .tooLarge(let text): say("The archive holds more than is allowed: \(text). Send a smaller file.")
        case .unsafeName(let name): say("The archive holds an entry that leads out of it: \(name). It is not read.")
        case .missing(let name): say("The archive has no entry \(name).")
        }
    }
}

/// How much of an archive is read. What it declares is checked before anything is unpacked, and what comes out again.
public struct ArchiveLimits: Sendable {
    public var entries: Int
    /// The most that one entry may unpack to.
    public var entryBytes: Int
    /// The most that all entries together may unpack to.
    public var totalBytes: Int
    /// The most bytes that may come out of one packed byte, for entries above `ratioFromBytes`.
    public var ratio: Int
    /// Small entries of one repeated sign pack beyond any ratio and harm nobody.
    public var ratioFromBytes: Int

    public init(entries: Int, entryBytes: Int, totalBytes: Int, ratio: Int, ratioFromBytes: Int = 1 << 20) {
        self.entries = entries
        self.entryBytes = entryBytes
        self.totalBytes = totalBytes
        self.ratio = ratio
        self.ratioFromBytes = ratioFromBytes
    }

    /// Enough for a document of an office program.
    public static let document = ArchiveLimits(
        entries: 2000,
        entryBytes: 256 << 20,
        totalBytes: 384 << 20,
        ratio: 250
    )
}
