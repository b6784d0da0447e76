import CGD
public import Languages

/// A picture made anew from the pixels of another: nothing of the sent file but what is seen is in it.
public struct Picture: Sendable, Equatable {
    public let bytes: [UInt8]
    /// JPEG, or PNG when something shines through.
    public let type: FileType
    public let width: Int
    public let height: Int

    /// Decodes `bytes`, turns the picture upright, makes it at most `largestSide` wide and high, and encodes it. Place,
    /// camera, and all other data about it are gone. Works on threads of its own, two pictures at a time.
    public static func reencode(
        _ bytes: [UInt8],
        largestSide: Int,
        limits: PictureLimits = .standard
    ) async throws(PictureError) -> Picture {
        let header = try admit(bytes, limits)
        return try await threads.run { () -> Result<Picture, PictureError> in
            do throws(PictureError) {
                return .success(try make(bytes, header, largestSide: max(1, largestSide)))
            } catch { return .failure(error) }
        }.get()
    }

    private static let threads = WorkThreads(count: 2, name: "pictures")

    /// Everything that can be refused before a pixel is decoded.
    private static func admit(_ bytes: [UInt8], _ limits: PictureLimits) throws(PictureError) -> PictureHeader {
        guard bytes.count <= limits.bytes else { throw .tooManyBytes(bytes.count, limit: limits.bytes) }
        guard PictureHeader.kind(bytes) != nil else { throw .notAPicture }
        guard let header = PictureHeader.read(bytes) else { throw .damaged }
        guard header.width <= limits.side, header.height <= limits.side, header.width * header.height <= limits.pixels
        else { throw .tooManyPixels(width: header.width, height: header.height, limit: limits.pixels) }
        if header.type == .jpeg { try admitScans(bytes, from: header.bodyOffset, atMost: limits.scans) }
        return header
    }

    /// Each scan of a progressive JPEG decodes all pixels again; and what ends without the marker for it was cut short,
    /// which libgd would fill up with grey.
    private static func admitScans(_ bytes: [UInt8], from start: Int, atMost limit: Int) throws(PictureError) {
        var scans = 0
        var isEnded = false
        // Within a scan, 0xff is followed by a zero unless a marker begins.
        for place in bytes[min(start, bytes.count)...].indices.dropLast() where bytes[place] == 0xff {
            if bytes[place + 1] == 0xda { scans += 1 }
            if bytes[place + 1] == 0xd9, scans > 0 { isEnded = true }
        }
        guard scans <= limit, isEnded else { throw .damaged }
    }

    private static func make(
        _ bytes: [UInt8],
        _ header: PictureHeader,
        largestSide: Int
    ) throws(PictureError) -> Picture {
        let source = try Canvas(decoding: bytes, header.type)
        let isLarge = max(source.width, source.height) > largestSide
        let scaled = isLarge ? try source.scaled(to: largestSide) : source
        let upright = header.orientation == 1 ? scaled : try scaled.turned(header.orientation)
        let isOpaque = upright.isOpaque
        return Picture(
            bytes: try upright.encoded(as: isOpaque ? .jpeg : .png),
            type: isOpaque ? .jpeg : .png,
            width: upright.width,
            height: upright.height
        )
    }
}

/// How large a picture is taken.
public struct PictureLimits: Sendable {
    public var bytes: Int
    public var pixels: Int
    /// The longest side.
    public var side: Int
    /// Scans of a progressive JPEG.
    public var scans: Int

    public init(bytes: Int = 20 << 20, pixels: Int = 40_000_000, side: Int = 30_000, scans: Int = 100) {
        self.bytes = bytes
        self.pixels = pixels
        self.side = side
        self.scans = scans
    }

    /// What cameras and scanners make.
    public static let standard = PictureLimits()
}

/// Why a picture is not taken.
public enum PictureError: Error, Sendable, Equatable {
    case notAPicture
    /// Cut short, contradicting itself, or an animation.
    case damaged
    case tooManyBytes(Int, limit: Int)
    case tooManyPixels(width: Int, height: Int, limit: Int)
}

extension PictureError: CustomStringConvertible {
    public var description: String { sentence.english }

    public var sentence: Phrase {
        switch self {
        case .notAPicture: say("This is no picture. Send one in the format JPEG, PNG, WebP or GIF.")
        case .damaged:
            say("The picture cannot be read: it is damaged or animated. Save it anew as JPEG or PNG and send that.")
        case .tooManyBytes(let count, let limit):
            say("The picture has \(count >> 20) MB; at most \(limit >> 20) MB are taken. Send a smaller one.")
        case .tooManyPixels(let width, let height, let limit):
            say(
                "The picture is \(plain: width) × \(plain: height) pixels; at most \(limit / 1_000_000) million are taken. "
                    + "Send a smaller one."
            )
        }
    }
}
