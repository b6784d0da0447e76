import Archive
import Languages
import Testing

@Suite struct ZipArchiveTests {
    private func archive(_ entries: [ZipBuilder.Entry]) -> [UInt8] { ZipBuilder(entries: entries).bytes() }

    private func text(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 5) } }

    @Test func `entries are read, packed or not, and found by name`() throws {
        let bytes = archive([
            .init(name: "a.txt", content: text(5000)),
            .init(name: "Folder/b.txt", content: [1, 2, 3], isDeflated: false),
            .init(name: "empty", content: []),
        ])
        let archive = try ZipArchive(bytes)
        #expect(archive.entries.map(\.name) == ["a.txt", "Folder/b.txt", "empty"])
        #expect(try archive.read("a.txt") == text(5000))
        #expect(try archive.read("folder/B.txt") == [1, 2, 3])
        #expect(try archive.read("empty") == [])
        #expect(throws: ArchiveError.missing("c")) { try archive.read("c") }
    }

    @Test func `every way of cutting an archive short is refused`() throws {
        let whole = archive([.init(name: "a.txt", content: text(200)), .init(name: "b.txt", content: text(90))])
        for length in 0..<whole.count {
            #expect(throws: ArchiveError.self) { try ZipArchive(Array(whole.prefix(length))) }
        }
    }

    @Test func `any changed byte is refused or gives the same content`() throws {
        let whole = archive([.init(name: "a.txt", content: text(120))])
        for place in whole.indices {
            var bytes = whole
            bytes[place] ^= 0x55
            guard let archive = try? ZipArchive(bytes), let name = archive.entries.first?.name,
                let content = try? archive.read(name)
            else { continue }
            #expect(content == text(120), "byte \(place)")
        }
    }

    @Test func `one entry that unpacks to a thousand times its size is refused before it is unpacked`() {
        let bomb = archive([.init(name: "bomb.xml", content: [UInt8](repeating: 0x20, count: 20 << 20))])
        #expect(bomb.count < 40_000)
        let trap = say("\("bomb.xml") unpacks to more than \(250) times its size, as only a trap does")
        #expect(throws: ArchiveError.tooLarge(trap)) { try ZipArchive(bomb) }
    }

    @Test func `an entry that unpacks to more than it declares is refused`() throws {
        let bytes = archive([.init(name: "a", content: [UInt8](repeating: 0x20, count: 1 << 20), declaredSize: 100)])
        let archive = try ZipArchive(bytes)
        #expect(throws: ArchiveError.damaged(say("\("a") does not unpack to the size that it declares"))) {
            try archive.read("a")
        }
    }

    @Test(arguments: [4_000_000_000, 0xffff_ffff])
    func `a declared size of gigabytes is refused`(_ size: Int) {
        let bytes = archive([.init(name: "a", content: text(2000), declaredSize: size)])
        #expect(throws: ArchiveError.self) { try ZipArchive(bytes) }
    }

    @Test func `many entries that together unpack to too much are refused`() {
        let limits = ArchiveLimits(entries: 10, entryBytes: 1000, totalBytes: 2500, ratio: 100)
        let three = (0..<3).map { ZipBuilder.Entry(name: "\($0)", content: text(900)) }
        #expect(throws: ArchiveError.tooLarge(say("it unpacks to more than \(2500) bytes"))) {
            try ZipArchive(archive(three), limits: limits)
        }
        #expect(throws: Never.self) { try ZipArchive(archive(Array(three.prefix(2))), limits: limits) }
    }

    @Test func `more entries than allowed are refused`() {
        let limits = ArchiveLimits(entries: 2, entryBytes: 1000, totalBytes: 1000, ratio: 100)
        let entries = (0..<3).map { ZipBuilder.Entry(name: "\($0)", content: []) }
        #expect(throws: ArchiveError.tooLarge(say("it has \(3) entries; \(2) are allowed"))) {
            try ZipArchive(archive(entries), limits: limits)
        }
    }

    @Test func `entries that share their bytes are refused`() {
        var second = ZipBuilder.Entry(name: "b", content: text(900), localName: "a")
        second.offset = 0
        #expect(throws: ArchiveError.self) { try ZipArchive(archive([.init(name: "a", content: text(900)), second])) }
        var twin = ZipBuilder.Entry(name: "a", content: text(900))
        twin.offset = 0
        #expect(throws: ArchiveError.damaged(say("\("a") overlaps another entry"))) {
            try ZipArchive(archive([.init(name: "a", content: text(900)), twin]))
        }
    }

    @Test func `two entries of one name, case aside, are refused`() {
        let entries = [ZipBuilder.Entry(name: "xl/a", content: [1]), .init(name: "XL/a", content: [2])]
        #expect(throws: ArchiveError.damaged(say("two entries are named \("XL/a")"))) {
            try ZipArchive(archive(entries))
        }
    }

    @Test func `an entry that its own header names otherwise is refused`() {
        let entry = ZipBuilder.Entry(name: "a", content: [1], localName: "b")
        #expect(throws: ArchiveError.damaged(say("\("a") is described in two ways"))) {
            try ZipArchive(archive([entry]))
        }
    }

    @Test(arguments: ["../../etc/passwd", "/etc/passwd", "a/../b", "..", "a\\b", "C:x", "a\u{0}b", ""])
    func `a name that leads out of the archive is refused`(_ name: String) {
        #expect(throws: ArchiveError.self) { try ZipArchive(archive([.init(name: name, content: [1])])) }
    }

    @Test(arguments: [1, 0x40, 0x2000])
    func `an encrypted entry is refused`(_ flag: Int) {
        #expect(throws: ArchiveError.encrypted) {
            try ZipArchive(archive([.init(name: "a", content: [1], flags: flag)]))
        }
    }

    @Test func `ZIP64 is refused in words`() {
        let builder = ZipBuilder(entries: [.init(name: "a", content: [1])], isZIP64: true)
        #expect(throws: ArchiveError.unsupported(say("ZIP64, for files beyond 4 GB"))) {
            try ZipArchive(builder.bytes())
        }
    }

    @Test func `bytes before or behind the archive are refused`() {
        let whole = archive([.init(name: "a", content: [1])])
        #expect(throws: ArchiveError.self) { try ZipArchive(Array("<html>".utf8) + whole) }
        #expect(throws: ArchiveError.self) { try ZipArchive(whole + Array("<html>".utf8)) }
        #expect(ZipArchive.ends(Array("%PDF-1.7".utf8) + whole))
    }
}
