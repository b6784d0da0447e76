import Languages

/// The records of a ZIP file, read with every place checked.
struct ZipDirectory {
    let bytes: [UInt8]

    /// Where the central directory begins; all entries lie before it. Valid after `entries` has returned.
    var start: Int { (try? place())?.start ?? 0 }

    func entries(atMost limit: Int) throws(ArchiveError) -> [ZipArchive.Entry] {
        let (count, start, end) = try place()
        guard count <= limit else { throw .tooLarge(say("it has \(count) entries; \(limit) are allowed")) }
        var entries: [ZipArchive.Entry] = []
        var offset = start
        for _ in 0..<count {
            guard offset + 46 <= end, word(offset) == 0x0201_4b50 else {
                throw .damaged(say("its directory is cut short"))
            }
            let next = offset + 46 + half(offset + 28) + half(offset + 30) + half(offset + 32)
            guard next <= end else { throw .damaged(say("its directory is cut short")) }
            entries.append(try entry(at: offset))
            offset = next
        }
        guard offset == end else { throw .damaged(say("its directory is longer than its entries")) }
        return entries
    }

    /// Where an entry's packed bytes begin. Its own header must tell the same name and way of packing.
    func dataOffset(of entry: ZipArchive.Entry) throws(ArchiveError) -> Int {
        let offset = entry.headerOffset
        guard offset + 30 <= bytes.count, word(offset) == 0x0403_4b50 else {
            throw .damaged(say("\(entry.name) is not where the directory says"))
        }
        let nameEnd = offset + 30 + half(offset + 26)
        let dataOffset = nameEnd + half(offset + 28)
        guard dataOffset <= bytes.count else { throw .damaged(say("\(entry.name) is cut short")) }
        guard String(decoding: bytes[offset + 30..<nameEnd], as: UTF8.self) == entry.name,
            (half(offset + 8) == 8) == entry.isDeflated
        else { throw .damaged(say("\(entry.name) is described in two ways")) }
        return dataOffset
    }

    private func entry(at offset: Int) throws(ArchiveError) -> ZipArchive.Entry {
        let name = String(decoding: bytes[offset + 46..<offset + 46 + half(offset + 28)], as: UTF8.self)
        let flags = half(offset + 8)
        guard flags & 0x2041 == 0 else { throw .encrypted }
        let method = half(offset + 10)
        guard method == 0 || method == 8 else { throw .unsupported(say("packing method \(method)")) }
        let (packedSize, size, headerOffset) = (word(offset + 20), word(offset + 24), word(offset + 42))
        guard packedSize != 0xffff_ffff, size != 0xffff_ffff, headerOffset != 0xffff_ffff else {
            throw .unsupported(say("ZIP64, for files beyond 4 GB"))
        }
        guard half(offset + 34) == 0 else { throw .unsupported(say("several disks")) }
        return ZipArchive.Entry(
            name: name,
            size: size,
            packedSize: packedSize,
            isDeflated: method == 8,
            checksum: UInt32(word(offset + 16)),
            headerOffset: headerOffset
        )
    }

    /// Reads the record at the archive's end. It must reach exactly to the last byte: nothing hides behind it.
    private func place() throws(ArchiveError) -> (count: Int, start: Int, end: Int) {
        guard let record = ZipDirectory.endRecord(bytes) else { throw .damaged(say("its end is missing")) }
        if record >= 20, word(record - 20) == 0x0706_4b50 { throw .unsupported(say("ZIP64, for files beyond 4 GB")) }
        let (count, size, start) = (half(record + 10), word(record + 12), word(record + 16))
        guard count != 0xffff, size != 0xffff_ffff, start != 0xffff_ffff else {
            throw .unsupported(say("ZIP64, for files beyond 4 GB"))
        }
        guard half(record + 4) == 0, half(record + 6) == 0, half(record + 8) == count else {
            throw .unsupported(say("several disks"))
        }
        guard start + size == record else { throw .damaged(say("its directory is not where its end says")) }
        return (count, start, record)
    }

    /// Where the end record stands whose comment reaches exactly to the last byte.
    static func endRecord(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 22 else { return nil }
        let earliest = max(0, bytes.count - 22 - 0xffff)
        var place = bytes.count - 22
        while place >= earliest {
            if bytes[place] == 0x50, bytes[place + 1] == 0x4b, bytes[place + 2] == 5, bytes[place + 3] == 6,
                place + 22 + Int(bytes[place + 20]) + Int(bytes[place + 21]) << 8 == bytes.count
            {
                return place
            }
            place -= 1
        }
        return nil
    }

    private func half(_ offset: Int) -> Int { Int(bytes[offset]) | Int(bytes[offset + 1]) << 8 }

    private func word(_ offset: Int) -> Int { half(offset) | half(offset + 2) << 16 }
}

extension ZipArchive {
    /// Whether a ZIP archive ends where these bytes end, whatever they begin with.
    public static func ends(_ bytes: [UInt8]) -> Bool { ZipDirectory.endRecord(bytes) != nil }
}
