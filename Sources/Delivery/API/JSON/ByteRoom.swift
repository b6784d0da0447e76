/// Bytes that grow at their end, for the writer of JSON.
///
/// A list of a hundred members is some thousand appends of a few bytes each. An array checks, and calls, for every one of
/// them; here one check makes room for a whole value, and its bytes go where they belong eight at a time.
struct ByteRoom: @unchecked Sendable {
    // Nobody writes to memory that another value of this type can see: see `room`.
    private var memory: Memory
    private(set) var count = 0

    init(capacity: Int) { memory = Memory(capacity: max(capacity, 64)) }

    var isEmpty: Bool { count == 0 }

    var bytes: [UInt8] { Array(UnsafeBufferPointer(start: memory.start, count: count)) }

    /// Where the next `needed` bytes may be written; `take` says how many were. Valid until the next call.
    @inline(__always)
    mutating func room(_ needed: Int) -> UnsafeMutablePointer<UInt8> {
        if !isKnownUniquelyReferenced(&memory) || memory.capacity - count < needed { grow(needed) }
        return memory.start + count
    }

    @inline(__always)
    mutating func take(_ written: Int) { count += written }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        room(1).pointee = byte
        take(1)
    }

    mutating func append(_ source: UnsafeBufferPointer<UInt8>) {
        guard let start = source.baseAddress else { return }
        room(source.count).update(from: start, count: source.count)
        take(source.count)
    }

    @inline(never)
    private mutating func grow(_ needed: Int) {
        let larger = Memory(capacity: max(memory.capacity * 2, count + needed))
        larger.start.update(from: memory.start, count: count)
        memory = larger
    }

    private final class Memory {
        let start: UnsafeMutablePointer<UInt8>
        let capacity: Int

        init(capacity: Int) {
            start = .allocate(capacity: capacity)
            self.capacity = capacity
        }

        deinit { start.deallocate() }
    }
}

/// Eight bytes of UTF-8 at once.
enum EightBytes {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let high: UInt64 = 0x8080_8080_8080_8080

    /// Whether JSON writes each of them as it is: none is a control, a quotation mark, a backslash or DEL.
    @inline(__always)
    static func arePlain(_ word: UInt64) -> Bool {
        // A byte below 0x20 borrows from its high bit, as does one that is zero after the exclusive or; bytes that have
        // the high bit themselves are parts of letters beyond ASCII, and plain.
        let control = word &- ones &* 0x20
        let quotes = (word ^ ones &* 0x22) &- ones
        let backslashes = (word ^ ones &* 0x5c) &- ones
        let deletes = (word ^ ones &* 0x7f) &- ones
        return (control | quotes | backslashes | deletes) & ~word & high == 0
    }
}
