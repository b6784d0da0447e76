import Languages

/// A ZIP archive in memory (PKWARE's APPNOTE 6.3.3, without ZIP64, encryption and several disks).
///
/// The archive is what its central directory says, and the two places that describe an entry must agree: a file that two
/// programs would read differently is not read at all. Nothing is ever written to disk.
public struct ZipArchive: Sendable {
    /// One file of the archive.
    public struct Entry: Sendable, Equatable {
        public let name: String
        /// How large it says that it is when unpacked; it is not unpacked to anything else.
        public let size: Int
        let packedSize: Int
        let isDeflated: Bool
        let checksum: UInt32
        let headerOffset: Int
        var dataOffset = 0
    }

    public let entries: [Entry]
    private let bytes: [UInt8]
    private let places: [String: Int]

    /// Reads the directory and checks it whole against `limits`.
    public init(_ bytes: [UInt8], limits: ArchiveLimits = .document) throws(ArchiveError) {
        guard bytes.starts(with: [0x50, 0x4b, 0x03, 0x04]) else { throw .damaged(say("it does not begin like one")) }
        let reader = ZipDirectory(bytes: bytes)
        var entries = try reader.entries(atMost: limits.entries)
        try ZipArchive.check(entries, limits)
        for place in entries.indices { entries[place].dataOffset = try reader.dataOffset(of: entries[place]) }
        try ZipArchive.refuseOverlaps(entries, end: reader.start)
        var places: [String: Int] = [:]
        for (place, entry) in entries.enumerated() {
            // Programs differ on which of two they take, and on case.
            guard places.updateValue(place, forKey: entry.name.lowercased()) == nil else {
                throw .damaged(say("two entries are named \(entry.name)"))
            }
        }
        self.entries = entries
        self.bytes = bytes
        self.places = places
    }

    /// The entry of that name, case aside.
    public func entry(_ name: String) -> Entry? {
        places[name.lowercased()].map { entries[$0] }
    }

    /// An entry's content, checked by its checksum. Throws `missing` or `damaged`.
    public func read(_ name: String) throws(ArchiveError) -> [UInt8] {
        guard let entry = entry(name) else { throw .missing(name) }
        let packed = bytes[entry.dataOffset..<entry.dataOffset + entry.packedSize]
        let content: [UInt8]
        if entry.isDeflated {
            guard let unpacked = Deflate.unpack(packed, size: entry.size) else {
                throw .damaged(say("\(entry.name) does not unpack to the size that it declares"))
            }
            content = unpacked
        } else {
            content = Array(packed)
        }
        guard Deflate.checksum(content) == entry.checksum else { throw .damaged(say("\(entry.name) was altered")) }
        return content
    }

    private static func check(_ entries: [Entry], _ limits: ArchiveLimits) throws(ArchiveError) {
        var total = 0
        for entry in entries {
            guard entry.size <= limits.entryBytes else {
                throw .tooLarge(say("\(entry.name) unpacks to \(entry.size) bytes; \(limits.entryBytes) are allowed"))
            }
            total += entry.size
            guard total <= limits.totalBytes else {
                throw .tooLarge(say("it unpacks to more than \(limits.totalBytes) bytes"))
            }
            let isExpanded = entry.size > limits.ratioFromBytes && entry.size / limits.ratio >= max(entry.packedSize, 1)
            guard !isExpanded else {
                throw .tooLarge(
                    say("\(entry.name) unpacks to more than \(limits.ratio) times its size, as only a trap does")
                )
            }
            guard entry.isDeflated || entry.size == entry.packedSize else {
                throw .damaged(say("\(entry.name) has two sizes"))
            }
            try refuseUnsafe(entry.name)
        }
    }

    private static func refuseUnsafe(_ name: String) throws(ArchiveError) {
        let steps = name.split(separator: "/", omittingEmptySubsequences: false)
        let isSafe =
            !name.isEmpty && !name.hasPrefix("/") && !steps.contains("..")
            && !name.unicodeScalars.contains { $0.value < 0x20 || $0 == "\\" || $0 == ":" || $0 == "\u{fffd}" }
        guard isSafe else { throw .unsafeName(String(name.filter { $0.isASCII && $0 >= " " }.prefix(60))) }
    }

    /// Entries that share bytes are how one small file unpacks to petabytes.
    private static func refuseOverlaps(_ entries: [Entry], end: Int) throws(ArchiveError) {
        var last = 0
        for entry in entries.sorted(by: { $0.headerOffset < $1.headerOffset }) {
            guard entry.headerOffset >= last else { throw .damaged(say("\(entry.name) overlaps another entry")) }
            last = entry.dataOffset + entry.packedSize
            guard last <= end else { throw .damaged(say("\(entry.name) is cut short")) }
        }
    }
}
