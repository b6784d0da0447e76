import CZlib
import NIOCore
import Testing

/// What `packed` was before it was compressed.
func gunzip(_ packed: ByteBuffer) throws -> ByteBuffer {
    var stream = z_stream()
    try #require(inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
    defer { inflateEnd(&stream) }
    var input = packed
    var output = ByteBuffer()
    var status = Z_OK
    input.readWithUnsafeMutableReadableBytes { source in
        output.writeWithUnsafeMutableBytes(minimumWritableBytes: 1_000_000) { target in
            stream.next_in = source.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.avail_in = UInt32(source.count)
            stream.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.avail_out = UInt32(target.count)
            status = inflate(&stream, Z_FINISH)
            return target.count - Int(stream.avail_out)
        }
        return source.count
    }
    try #require(status == Z_STREAM_END)
    return output
}
