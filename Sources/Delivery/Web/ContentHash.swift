import NIOCore

/// A fast 64-bit hash of bytes that is the same in every process, for entity tags and the names of assets.
///
/// Eight bytes a step, folded by a 128-bit product as wyhash does. It tells versions of the same page apart; it is no
/// defence against somebody who builds a collision, and nothing here needs that.
enum ContentHash {
    private static let first: UInt64 = 0xA076_1D64_78BD_642F
    private static let second: UInt64 = 0xE703_7ED1_A0B4_28DB

    static func hash(_ buffer: ByteBuffer) -> UInt64 {
        buffer.withUnsafeReadableBytes { bytes in
            var state = first ^ UInt64(bytes.count)
            var offset = 0
            while offset + 8 <= bytes.count {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                state = fold(state ^ word, second)
                offset += 8
            }
            var tail: UInt64 = 0
            for byte in bytes[offset...] {
                tail = tail << 8 | UInt64(byte)
            }
            return fold(fold(state ^ tail, second), first)
        }
    }

    /// Sixteen hexadecimal digits.
    static func hex(_ buffer: ByteBuffer) -> String {
        let digits = String(hash(buffer), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
