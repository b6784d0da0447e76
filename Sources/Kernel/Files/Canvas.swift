import CGD

/// Pixels in memory, by libgd.
final class Canvas {
    private let image: gdImagePtr

    var width: Int { Int(image.pointee.sx) }
    var height: Int { Int(image.pointee.sy) }

    // Once for the process, before the first picture.
    private static let isSilent: Bool = {
        hansa_gd_silence()
        return true
    }()

    init(decoding bytes: [UInt8], _ type: FileType) throws(PictureError) {
        _ = Canvas.isSilent
        var bytes = bytes
        if type == .png {
            guard let plain = PNGChunks.withoutData(bytes) else { throw .damaged }
            bytes = plain
        }
        let count = Int32(clamping: bytes.count)
        let decoded: gdImagePtr? = bytes.withUnsafeMutableBytes { buffer in
            switch type {
            case .png: gdImageCreateFromPngPtr(count, buffer.baseAddress)
            case .jpeg: gdImageCreateFromJpegPtr(count, buffer.baseAddress)
            case .gif: gdImageCreateFromGifPtr(count, buffer.baseAddress)
            case .webp: gdImageCreateFromWebpPtr(count, buffer.baseAddress)
            default: nil
            }
        }
        guard let decoded else { throw .damaged }
        image = decoded
        guard gdImagePaletteToTrueColor(decoded) != 0 else { throw .damaged }
    }

    private init(width: Int, height: Int) throws(PictureError) {
        guard let made = gdImageCreateTrueColor(Int32(width), Int32(height)) else { throw .damaged }
        image = made
        // Pixels are replaced with what shines through them, not painted over black.
        gdImageAlphaBlending(made, 0)
    }

    deinit { gdImageDestroy(image) }

    /// The same picture with `side` pixels on its longer side.
    func scaled(to side: Int) throws(PictureError) -> Canvas {
        let longer = max(width, height)
        let target = try Canvas(width: max(1, width * side / longer), height: max(1, height * side / longer))
        gdImageCopyResampled(
            target.image,
            image,
            0,
            0,
            0,
            0,
            Int32(target.width),
            Int32(target.height),
            Int32(width),
            Int32(height)
        )
        return target
    }

    /// The picture turned and mirrored so that it stands upright, by EXIF's number for how it lies.
    func turned(_ orientation: Int) throws(PictureError) -> Canvas {
        let (width, height) = (width, height)
        let isOnItsSide = orientation >= 5
        let target = try Canvas(width: isOnItsSide ? height : width, height: isOnItsSide ? width : height)
        for y in 0..<target.height {
            guard let row = target.image.pointee.tpixels[y] else { throw .damaged }
            for x in 0..<target.width {
                let (column, line) =
                    switch orientation {
                    case 2: (width - 1 - x, y)
                    case 3: (width - 1 - x, height - 1 - y)
                    case 4: (x, height - 1 - y)
                    case 5: (y, x)
                    case 6: (y, height - 1 - x)
                    case 7: (width - 1 - y, height - 1 - x)
                    case 8: (width - 1 - y, x)
                    default: (x, y)
                    }
                guard let source = image.pointee.tpixels[line] else { throw .damaged }
                row[x] = source[column]
            }
        }
        return target
    }

    /// Whether nothing shines through.
    var isOpaque: Bool {
        for y in 0..<height {
            guard let row = image.pointee.tpixels[y] else { return true }
            for x in 0..<width where row[x] & 0x7f00_0000 != 0 { return false }
        }
        return true
    }

    /// JPEG at quality 85, or PNG.
    func encoded(as type: FileType) throws(PictureError) -> [UInt8] {
        var count: Int32 = 0
        gdImageSaveAlpha(image, type == .png ? 1 : 0)
        let made = type == .png ? gdImagePngPtr(image, &count) : gdImageJpegPtr(image, &count, 85)
        guard let made else { throw .damaged }
        defer { gdFree(made) }
        return [UInt8](UnsafeRawBufferPointer(start: made, count: Int(count)))
    }
}

/// The parts of a PNG file.
enum PNGChunks {
    /// The same picture with the chunks that make the pixels only: texts, profiles and places are not even unpacked.
    static func withoutData(_ bytes: [UInt8]) -> [UInt8]? {
        let reader = HeaderBytes(bytes: bytes)
        var plain = Array(bytes.prefix(8))
        plain.reserveCapacity(bytes.count)
        var at = 8
        while let length = reader.big32(at), length <= bytes.count, at + 12 + length <= bytes.count {
            let type = String(decoding: bytes[(at + 4)..<(at + 8)], as: UTF8.self)
            if ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"].contains(type) { plain += bytes[at..<(at + 12 + length)] }
            if type == "IEND" { return plain }
            at += 12 + length
        }
        return nil
    }
}
