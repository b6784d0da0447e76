import NIOCore

/// The bytes of a page while it is written: memory that grows, and nothing between it and the writer.
///
/// A page is thousands of pieces of some bytes each. A `ByteBuffer` asks at each whether somebody else holds it; that was
/// a tenth of a page's time.
struct Output: ~Copyable {
    private var memory: UnsafeMutableRawPointer
    private var capacity: Int
    private var count = 0

    init(capacityBytes: Int) {
        capacity = max(capacityBytes, 64)
        memory = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit { memory.deallocate() }

    /// All that was written.
    var bytes: ByteBuffer {
        ByteBuffer(bytes: UnsafeRawBufferPointer(start: memory, count: count))
    }

    @inline(__always)
    mutating func writeBytes(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        if count + bytes.count > capacity { grow(toHold: count + bytes.count) }
        (memory + count).copyMemory(from: start, byteCount: bytes.count)
        count += bytes.count
    }

    @inline(__always)
    mutating func writeStaticString(_ text: StaticString) {
        writeBytes(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inline(__always)
    mutating func writeInteger(_ byte: UInt8) {
        if count == capacity { grow(toHold: count + 1) }
        memory.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    mutating func writeBytes(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { writeInteger(byte) }
    }

    mutating func writeString(_ text: String) {
        var text = text
        text.withUTF8 { writeBytes(UnsafeRawBufferPointer($0)) }
    }

    mutating func writeImmutableBuffer(_ buffer: ByteBuffer) {
        buffer.withUnsafeReadableBytes { writeBytes($0) }
    }

    @inline(never)
    private mutating func grow(toHold needed: Int) {
        let larger = max(needed, capacity * 2)
        let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
        moved.copyMemory(from: memory, byteCount: count)
        memory.deallocate()
        (memory, capacity) = (moved, larger)
    }
}
