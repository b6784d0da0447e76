/// The bytes of an entry that its hash is taken over, as Documentation/journal.md lays them down.
///
/// The format's name, then ten fields in a fixed order; each is its length in bytes (4 bytes, big-endian) and its UTF-8
/// text, an absent one only the length FF FF FF FF. Lengths come first, so that no two entries share their bytes.
struct EntryEncoding {
    static let format = "hansa-journal-entry-v1"
    static let columns =
        "id, recorded_at, actor, action, subject_kind, subject_id, rule, reason, before, after"
    static let columnCount = 10

    private(set) var bytes: [UInt8] = []
    /// Whether a text held a zero byte, which one of the engines cannot keep.
    private(set) var holdsZero = false

    mutating func start() {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: Self.format.utf8)
        holdsZero = false
    }

    mutating func field(_ text: String?) {
        guard var text else { return absent() }
        text.withUTF8 { field($0) }
    }

    mutating func field(_ text: UnsafeBufferPointer<UInt8>) {
        length(UInt32(text.count))
        if text.contains(0) { holdsZero = true }
        bytes.append(contentsOf: text)
    }

    mutating func absent() { length(.max) }

    private mutating func length(_ count: UInt32) {
        for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
    }

    /// Encodes a whole entry anew.
    mutating func encode(_ entry: JournalEntry) {
        start()
        field(entry.id)
        field(entry.recordedAt)
        field(entry.actor)
        field(entry.action)
        field(entry.subject.kind)
        field(entry.subject.id)
        field(entry.rule)
        field(entry.reason)
        field(entry.before)
        field(entry.after)
    }
}

extension JournalEntry {
    /// The bytes that the entry's leaf hash is taken over (after RFC 9162's byte 0x00).
    public var canonicalBytes: [UInt8] {
        var encoding = EntryEncoding()
        encoding.encode(self)
        return encoding.bytes
    }

    /// The hash that stands for the entry in the tree.
    public var leafHash: MerkleHash { .leaf(canonicalBytes) }
}
