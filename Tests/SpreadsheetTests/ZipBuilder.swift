import CZlib

/// Makes ZIP archives for tests, sound ones and such as no program makes.
struct ZipBuilder {
    struct Entry {
        var name: String
        var content: [UInt8]
        var isDeflated = true
        /// What the directory says instead of the truth.
        var declaredSize: Int?
        var localName: String?
        var flags = 0
        /// Where the directory says that the entry is, if not where it is.
        var offset: Int?
    }

    var entries: [Entry] = []
    var isZIP64 = false

    mutating func add(_ name: String, _ text: String) {
        entries.append(Entry(name: name, content: Array(text.utf8)))
    }

    func bytes() -> [UInt8] {
        var body: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let packed = entry.isDeflated ? deflated(entry.content) : entry.content
            let checksum = crc32_z(0, entry.content, entry.content.count)
            let offset = entry.offset ?? body.count
            let local = Array((entry.localName ?? entry.name).utf8)
            let name = Array(entry.name.utf8)
            let size = entry.declaredSize ?? entry.content.count
            let common =
                half(20) + half(entry.flags) + half(entry.isDeflated ? 8 : 0) + half(0) + half(0x21)
                + word(Int(checksum))
                + word(packed.count) + word(size)
            body += word(0x0403_4b50) + common + half(local.count) + half(0) + local + packed
            directory +=
                word(0x0201_4b50) + half(20) + common + half(name.count) + half(0) + half(0) + half(0) + half(0)
            directory += word(0) + word(offset) + name
        }
        let start = body.count
        var end: [UInt8] = []
        if isZIP64 { end += word(0x0706_4b50) + [UInt8](repeating: 0, count: 16) }
        end += word(0x0605_4b50) + half(0) + half(0) + half(entries.count) + half(entries.count)
        end += word(directory.count) + word(start) + half(0)
        return body + directory + end
    }

    private func half(_ number: Int) -> [UInt8] { [UInt8(number & 0xff), UInt8(number >> 8 & 0xff)] }
    private func word(_ number: Int) -> [UInt8] { half(number & 0xffff) + half(number >> 16 & 0xffff) }

    private func deflated(_ content: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        deflateInit2_(
            &stream,
            9,
            Z_DEFLATED,
            -15,
            9,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        defer { deflateEnd(&stream) }
        return [UInt8](unsafeUninitializedCapacity: content.count + 1000) { target, count in
            content.withUnsafeBufferPointer { source in
                stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                _ = deflate(&stream, Z_FINISH)
                count = target.count - Int(stream.avail_out)
            }
        }
    }
}

extension ZipBuilder {
    /// A workbook with one sheet whose rows are this XML, and these parts besides.
    static func workbook(
        rows: String,
        strings: String? = nil,
        styles: String? = nil,
        date1904: Bool = false
    ) -> ZipBuilder {
        var builder = ZipBuilder()
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        builder.add(
            "_rels/.rels",
            #"<Relationships><Relationship Id="r" Type="\#(office)/officeDocument" Target="/xl/workbook.xml"/></Relationships>"#
        )
        builder.add(
            "xl/workbook.xml",
            """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <workbook xmlns:r="\(office)"><workbookPr date1904="\(date1904)"/><sheets>
            <sheet name="Members &amp; friends" sheetId="1" r:id="rId1"/></sheets></workbook>
            """
        )
        builder.add(
            "xl/_rels/workbook.xml.rels",
            """
            <Relationships><Relationship Id="rId1" Type="\(office)/worksheet" Target="worksheets/sheet1.xml"/>
            \(strings == nil ? "" : #"<Relationship Id="rId2" Type="\#(office)/sharedStrings" Target="sharedStrings.xml"/>"#)
            \(styles == nil ? "" : #"<Relationship Id="rId3" Type="\#(office)/styles" Target="styles.xml"/>"#)
            </Relationships>
            """
        )
        builder.add("xl/worksheets/sheet1.xml", "<worksheet><sheetData>\(rows)</sheetData></worksheet>")
        if let strings { builder.add("xl/sharedStrings.xml", strings) }
        if let styles { builder.add("xl/styles.xml", styles) }
        return builder
    }
}
