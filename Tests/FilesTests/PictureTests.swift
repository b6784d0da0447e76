import CGD
import CZlib
import Files
import Testing

@Suite struct PictureTests {
    /// The colours of the four quarters: top left, top right, bottom left, bottom right.
    private func quarters(_ picture: Picture) throws -> String {
        var bytes = picture.bytes
        let image = bytes.withUnsafeMutableBytes { buffer in
            picture.type == .jpeg
                ? gdImageCreateFromJpegPtr(Int32(buffer.count), buffer.baseAddress)
                : gdImageCreateFromPngPtr(Int32(buffer.count), buffer.baseAddress)
        }
        let decoded = try #require(image)
        defer { gdImageDestroy(decoded) }
        let (width, height) = (Int32(picture.width), Int32(picture.height))
        let centres: [(Int32, Int32)] = [(1, 1), (3, 1), (1, 3), (3, 3)]
        return centres.map { (x, y) -> String in
            let pixel = gdImageGetTrueColorPixel(decoded, width * x / 4, height * y / 4)
            if pixel >> 24 & 0x7f > 100 { return "-" }
            let (red, green, blue) = (pixel >> 16 & 255 > 128, pixel >> 8 & 255 > 128, pixel & 255 > 128)
            return red && green && blue ? "w" : red ? "r" : green ? "g" : blue ? "b" : "?"
        }.joined()
    }

    @Test(arguments: [
        (1, "rgbw", 24), (2, "grwb", 24), (3, "wbgr", 24), (4, "bwrg", 24), (5, "rbgw", 16), (6, "brwg", 16),
        (7, "wgbr", 16),
        (8, "gwrb", 16),
    ])
    func `a photo is turned upright`(_ orientation: Int, _ expected: String, _ width: Int) async throws {
        var bytes = try picture(PictureFixtures.jpegWithPlace)
        let place = try #require(bytes.firstRange(of: [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6])).upperBound - 1
        bytes[place] = UInt8(orientation)
        let made = try await Picture.reencode(bytes, largestSide: 100)
        #expect(try quarters(made) == expected)
        #expect((made.width, made.height) == (width, 40 - width))
        #expect(made.type == .jpeg)
    }

    @Test func `camera, comment and place are gone`() async throws {
        let bytes = try picture(PictureFixtures.jpegWithPlace)
        #expect(bytes.firstRange(of: Array("SecretCam".utf8)) != nil)
        #expect(bytes.firstRange(of: Array("SecretComment".utf8)) != nil)
        #expect(bytes.firstRange(of: Array("Exif".utf8)) != nil)
        let jpeg = try await Picture.reencode(bytes, largestSide: 100).bytes
        let png = try await Picture.reencode(picture(PictureFixtures.pngWithHole), largestSide: 100).bytes
        for mark in ["Secret", "Exif", "GPS"] {
            #expect(jpeg.firstRange(of: Array(mark.utf8)) == nil)
            #expect(png.firstRange(of: Array(mark.utf8)) == nil)
        }
    }

    @Test func `every kind is decoded; what shines through stays so as PNG`() async throws {
        for base64 in [PictureFixtures.png, PictureFixtures.gif, PictureFixtures.webp, PictureFixtures.webpLossy] {
            let made = try await Picture.reencode(picture(base64), largestSide: 100)
            #expect(try quarters(made) == "rgbw")
            #expect(made.type == .jpeg)
            #expect(FileType.detect(made.bytes) == .jpeg)
        }
        let hole = try await Picture.reencode(picture(PictureFixtures.pngWithHole), largestSide: 100)
        #expect(try quarters(hole) == "-gbw")
        #expect(hole.type == .png)
        #expect(FileType.detect(hole.bytes) == .png)
    }

    @Test func `a large picture is made smaller and keeps its shape, a small one is not made larger`() async throws {
        let bytes = try picture(PictureFixtures.png)
        let small = try await Picture.reencode(bytes, largestSide: 12)
        #expect((small.width, small.height) == (12, 8))
        #expect(try quarters(small) == "rgbw")
        let same = try await Picture.reencode(bytes, largestSide: 24)
        #expect((same.width, same.height) == (24, 16))
        let tiny = try await Picture.reencode(bytes, largestSide: 1)
        #expect((tiny.width, tiny.height) == (1, 1))
        let hole = try await Picture.reencode(picture(PictureFixtures.pngWithHole), largestSide: 12)
        #expect(try quarters(hole) == "-gbw")
    }

    @Test func `a picture of 50,000 by 50,000 pixels is refused before it is decoded`() async throws {
        let bomb = flatPNG(width: 50_000, height: 50_000, rows: 2000)
        #expect(bomb.count < 20_000)
        let clock = ContinuousClock()
        let start = clock.now
        await #expect(throws: PictureError.tooManyPixels(width: 50_000, height: 50_000, limit: 40_000_000)) {
            try await Picture.reencode(bomb, largestSide: 100)
        }
        #expect(clock.now - start < .seconds(1))
    }

    @Test func `the last size that is taken and the first that is not`() async throws {
        let bytes = try picture(PictureFixtures.png)
        await #expect(throws: Never.self) {
            try await Picture.reencode(
                bytes,
                largestSide: 9,
                limits: PictureLimits(bytes: bytes.count, pixels: 384, side: 24)
            )
        }
        for limits in [
            PictureLimits(bytes: bytes.count - 1), PictureLimits(pixels: 383), PictureLimits(side: 23),
        ] {
            await #expect(throws: PictureError.self) {
                try await Picture.reencode(bytes, largestSide: 9, limits: limits)
            }
        }
    }

    @Test func `a picture cut short is refused`() async throws {
        for base64 in [
            PictureFixtures.png, PictureFixtures.jpegWithPlace, PictureFixtures.webp, PictureFixtures.webpLossy,
        ] {
            let whole = try picture(base64)
            for length in stride(from: 0, through: whole.count - 2, by: 3) {
                let cut = Array(whole.prefix(length))
                await #expect(throws: PictureError.self, "\(length) of \(whole.count)") {
                    _ = try await Picture.reencode(cut, largestSide: 100)
                }
            }
        }
    }

    @Test func `changed bytes are refused or decoded, and never crash`() async throws {
        for base64 in [
            PictureFixtures.png, PictureFixtures.jpegWithPlace, PictureFixtures.gif, PictureFixtures.webp,
            PictureFixtures.webpLossy,
        ] {
            let whole = try picture(base64)
            for place in whole.indices {
                var bytes = whole
                bytes[place] ^= 0xa5
                _ = try? await Picture.reencode(bytes, largestSide: 100, limits: PictureLimits(pixels: 1_000_000))
            }
        }
    }

    @Test func `a page named as a picture and an animation are refused`() async throws {
        await #expect(throws: PictureError.notAPicture) {
            try await Picture.reencode(Array("<html><script>alert(1)</script>".utf8), largestSide: 100)
        }
        await #expect(throws: PictureError.damaged) {
            try await Picture.reencode(picture(PictureFixtures.webpAnimation), largestSide: 100)
        }
        await #expect(throws: PictureError.notAPicture) { try await Picture.reencode([], largestSide: 100) }
    }

    @Test func `a frame larger than the whole, and a photo of a thousand scans, are refused`() async throws {
        var gif = try picture(PictureFixtures.gif)
        let frame = try #require(gif.firstRange(of: [0x2c, 0, 0, 0, 0, 24, 0, 16, 0])).lowerBound
        gif.replaceSubrange(frame + 5..<frame + 9, with: [0xff, 0xff, 0xff, 0xff])
        await #expect(throws: PictureError.tooManyPixels(width: 65_535, height: 65_535, limit: 40_000_000)) {
            try await Picture.reencode(gif, largestSide: 100)
        }
        let scans = try picture(PictureFixtures.jpegWithPlace) + (0..<1000).flatMap { _ in [0xff, 0xda] as [UInt8] }
        await #expect(throws: PictureError.damaged) { try await Picture.reencode(scans, largestSide: 100) }
    }

    @Test func `many pictures at once wait for each other`() async throws {
        let bytes = try picture(PictureFixtures.png)
        let made = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<40 { group.addTask { try await Picture.reencode(bytes, largestSide: 12).width } }
            return try await group.reduce(0, +)
        }
        #expect(made == 40 * 12)
    }

    /// A PNG of one colour with one bit a pixel; only `rows` of its rows are in it.
    private func flatPNG(width: Int, height: Int, rows: Int) -> [UInt8] {
        func big(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(number >> (24 - 8 * $0) & 0xff) } }
        func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
            let body = Array(type.utf8) + data
            return big(data.count) + body + big(Int(crc32_z(0, body, body.count)))
        }
        let plain = [UInt8](repeating: 0, count: (width / 8 + 1) * rows)
        var count = compressBound(UInt(plain.count))
        var packed = [UInt8](repeating: 0, count: Int(count))
        compress2(&packed, &count, plain, UInt(plain.count), 9)
        return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
            + chunk("IHDR", big(width) + big(height) + [1, 0, 0, 0, 0])
            + chunk("IDAT", Array(packed.prefix(Int(count))))
            + chunk("IEND", [])
    }
}
