import CZlib
import NIOCore

/// Compression of pages and assets, which is done once and kept.
enum Gzip {
    /// What is smaller than this gains nothing by it.
    static let worthwhileBytes = 860

    /// `buffer` in the gzip format, or nil if it would not become smaller. `level` runs from 1 (fast) to 9 (small).
    static func compress(_ buffer: ByteBuffer, level: Int32) -> ByteBuffer? {
        guard buffer.readableBytes >= worthwhileBytes else { return nil }
        var stream = z_stream()
        // 15 bits of window, and 16 for the gzip header instead of zlib's own.
        let windowBits: Int32 = 15 + 16
        let opened = deflateInit2_(
            &stream,
            level,
            Z_DEFLATED,
            windowBits,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard opened == Z_OK else { return nil }
        defer { deflateEnd(&stream) }

        let bound = Int(deflateBound(&stream, UInt(buffer.readableBytes)))
        var output = ByteBufferAllocator().buffer(capacity: bound)
        var input = buffer
        var status: Int32 = Z_OK
        input.readWithUnsafeMutableReadableBytes { source in
            output.writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { target in
                stream.next_in = source.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.avail_out = UInt32(target.count)
                status = deflate(&stream, Z_FINISH)
                return target.count - Int(stream.avail_out)
            }
            return source.count
        }
        guard status == Z_STREAM_END, output.readableBytes < buffer.readableBytes else { return nil }
        return output
    }
}
