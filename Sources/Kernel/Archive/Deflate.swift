import CZlib

/// Raw DEFLATE (RFC 1951) into a size that is known beforehand.
enum Deflate {
    /// What `packed` unpacks to, or `nil` unless that is exactly `size` bytes. Never holds more than `size`.
    static func unpack(_ packed: ArraySlice<UInt8>, size: Int) -> [UInt8]? {
        guard packed.count <= Int(UInt32.max), size < Int(UInt32.max) else { return nil }
        var stream = z_stream()
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var isWhole = false
        // One byte more than it may give: a stream that goes on is told from one that ends.
        let content = [UInt8](unsafeUninitializedCapacity: size + 1) { target, count in
            packed.withUnsafeBufferPointer { source in
                stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                let status = inflate(&stream, Z_FINISH)
                count = target.count - Int(stream.avail_out)
                isWhole = status == Z_STREAM_END && stream.avail_in == 0
            }
        }
        return isWhole && content.count == size ? content : nil
    }

    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count)) }
    }
}
