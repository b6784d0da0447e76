/// A picture's size as its header tells it, read without decoding anything.
struct PictureHeader: Equatable {
    let type: FileType
    let width: Int
    let height: Int
    /// How the picture is to be turned, 1 to 8 as in EXIF; 1 is as it is.
    var orientation = 1
    /// Where what follows the header begins.
    var bodyOffset = 0

    /// Which kind of picture the bytes begin like.
    static func kind(_ bytes: [UInt8]) -> FileType? {
        if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) { return .png }
        if bytes.starts(with: [0xff, 0xd8, 0xff]) { return .jpeg }
        if bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) { return .gif }
        if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) { return .webp }
        return nil
    }

    /// `nil` for what is no picture, and for one whose header contradicts itself.
    static func read(_ bytes: [UInt8]) -> PictureHeader? {
        let reader = HeaderBytes(bytes: bytes)
        let header: PictureHeader? =
            switch kind(bytes) {
            case .png: png(reader)
            case .jpeg: jpeg(reader)
            case .gif: gif(reader)
            case .webp: webp(reader)
            default: nil
            }
        guard let header, header.width > 0, header.height > 0 else { return nil }
        return header
    }

    private static func png(_ bytes: HeaderBytes) -> PictureHeader? {
        guard bytes.big32(8) == 13, bytes.isText("IHDR", at: 12), let width = bytes.big32(16),
            let height = bytes.big32(20)
        else { return nil }
        return PictureHeader(type: .png, width: width, height: height)
    }

    /// Walks from marker to marker (ITU-T T.81, annex B) up to the frame's header.
    private static func jpeg(_ bytes: HeaderBytes) -> PictureHeader? {
        var at = 2
        var orientation = 1
        while bytes.byte(at) == 0xff, let marker = bytes.byte(at + 1) {
            if marker == 0xff {
                at += 1
                continue
            }
            guard marker != 0x01, !(0xd0...0xda).contains(marker), let length = bytes.big16(at + 2), length >= 2 else {
                return nil
            }
            if (0xc0...0xcf).contains(marker), ![0xc4, 0xc8, 0xcc].contains(marker) {
                guard let height = bytes.big16(at + 5), let width = bytes.big16(at + 7) else { return nil }
                return PictureHeader(
                    type: .jpeg,
                    width: width,
                    height: height,
                    orientation: orientation,
                    bodyOffset: at + 2 + length
                )
            }
            if marker == 0xe1, bytes.isText("Exif\0\0", at: at + 4), at + 2 + length <= bytes.count {
                orientation = Exif.orientation(bytes.bytes[(at + 10)..<(at + 2 + length)]) ?? orientation
            }
            at += 2 + length
        }
        return nil
    }

    /// The larger of the whole and of the first frame in it, because decoders differ.
    private static func gif(_ bytes: HeaderBytes) -> PictureHeader? {
        guard let screenWidth = bytes.little16(6), let screenHeight = bytes.little16(8), let flags = bytes.byte(10)
        else {
            return nil
        }
        var at = 13 + (flags & 0x80 != 0 ? 3 << (Int(flags & 7) + 1) : 0)
        while let block = bytes.byte(at) {
            if block == 0x2c {
                guard let width = bytes.little16(at + 5), let height = bytes.little16(at + 7) else { return nil }
                return PictureHeader(type: .gif, width: max(width, screenWidth), height: max(height, screenHeight))
            }
            guard block == 0x21 else { return nil }
            at += 2
            while let length = bytes.byte(at), length > 0 { at += 1 + Int(length) }
            at += 1
        }
        return nil
    }

    /// The three forms of RFC 9649. An animation has no one picture and is none here.
    private static func webp(_ bytes: HeaderBytes) -> PictureHeader? {
        guard let size = bytes.little32(4), size + 8 == bytes.count || size + 9 == bytes.count else { return nil }
        if bytes.isText("VP8 ", at: 12) {
            guard bytes.byte(23) == 0x9d, bytes.byte(24) == 0x01, bytes.byte(25) == 0x2a,
                let width = bytes.little16(26),
                let height = bytes.little16(28)
            else { return nil }
            return PictureHeader(type: .webp, width: width & 0x3fff, height: height & 0x3fff)
        }
        if bytes.isText("VP8L", at: 12) {
            guard bytes.byte(20) == 0x2f, let bits = bytes.little32(21) else { return nil }
            return PictureHeader(type: .webp, width: bits & 0x3fff + 1, height: bits >> 14 & 0x3fff + 1)
        }
        guard bytes.isText("VP8X", at: 12), let flags = bytes.byte(20), flags & 0x02 == 0,
            let width = bytes.little32(24), let height = bytes.little32(26)
        else { return nil }
        return PictureHeader(type: .webp, width: width & 0xff_ffff + 1, height: height >> 8 + 1)
    }
}

/// Numbers at places that may lie beyond the end.
struct HeaderBytes {
    let bytes: [UInt8]

    var count: Int { bytes.count }

    func byte(_ at: Int) -> UInt8? { bytes.indices.contains(at) ? bytes[at] : nil }

    func big16(_ at: Int) -> Int? {
        guard at >= 0, at + 2 <= bytes.count else { return nil }
        return Int(bytes[at]) << 8 | Int(bytes[at + 1])
    }

    func big32(_ at: Int) -> Int? {
        guard let high = big16(at), let low = big16(at + 2) else { return nil }
        return high << 16 | low
    }

    func little16(_ at: Int) -> Int? { big16(at).map { $0 >> 8 | ($0 & 0xff) << 8 } }

    func little32(_ at: Int) -> Int? {
        guard let low = little16(at), let high = little16(at + 2) else { return nil }
        return high << 16 | low
    }

    func isText(_ text: String, at: Int) -> Bool {
        at >= 0 && at <= bytes.count && bytes[at...].starts(with: text.utf8)
    }
}

/// The one thing that is taken from a photo's EXIF data; all else is dropped, above all where it was taken.
enum Exif {
    /// The tag Orientation (0x0112) of the first directory in these TIFF bytes: 1 to 8.
    static func orientation(_ slice: ArraySlice<UInt8>) -> Int? {
        let bytes = HeaderBytes(bytes: Array(slice))
        let isLittle = bytes.isText("II*\0", at: 0)
        guard isLittle || bytes.isText("MM\0*", at: 0) else { return nil }
        func half(_ at: Int) -> Int? { isLittle ? bytes.little16(at) : bytes.big16(at) }
        guard let start = isLittle ? bytes.little32(4) : bytes.big32(4), let count = half(start) else { return nil }
        for entry in 0..<count {
            let at = start + 2 + entry * 12
            guard let tag = half(at), let type = half(at + 2) else { return nil }
            guard tag == 0x0112, type == 3 else { continue }
            return half(at + 8).flatMap { (1...8).contains($0) ? $0 : nil }
        }
        return nil
    }
}
