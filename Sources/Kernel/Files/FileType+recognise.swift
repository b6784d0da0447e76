import Archive

extension FileType {
    /// What the bytes are. `name` only tells CSV from other text; nothing else about it is believed.
    public static func recognise(_ bytes: [UInt8], name: String = "") throws(FileRefusal) -> FileType {
        guard !bytes.isEmpty else { throw .empty }
        if isProgram(bytes) { throw .program }
        if bytes.starts(with: [0x50, 0x4b, 0x03, 0x04]) { return try document(bytes) }
        if let kind = PictureHeader.kind(bytes) {
            guard PictureHeader.read(bytes) != nil else { throw .damaged(kind) }
            try refuseMixed(bytes)
            return kind
        }
        if bytes.starts(with: "%PDF-1.".utf8) || bytes.starts(with: "%PDF-2.".utf8) {
            guard bytes.suffix(1024).firstRange(of: Array("%%EOF".utf8)) != nil else { throw .damaged(.pdf) }
            try refuseMixed(bytes)
            return .pdf
        }
        return try text(bytes, name: name)
    }

    private static func isProgram(_ bytes: [UInt8]) -> Bool {
        let marks: [[UInt8]] = [
            [0x7f, 0x45, 0x4c, 0x46], [0x4d, 0x5a], [0xca, 0xfe, 0xba, 0xbe], [0xfe, 0xed, 0xfa],
            [0xcf, 0xfa, 0xed, 0xfe],
            [0x00, 0x61, 0x73, 0x6d], Array("#!".utf8), Array("dex\n".utf8),
        ]
        return marks.contains { bytes.starts(with: $0) }
            // Two letters are a poor mark: a text may begin with them, a program has zeros besides.
            && (!bytes.starts(with: [0x4d, 0x5a]) || bytes.prefix(64).contains(0))
    }

    /// A picture or PDF that would also be read as a page, or that ends as an archive.
    private static func refuseMixed(_ bytes: [UInt8]) throws(FileRefusal) {
        // A browser that guesses looks at the first 1,445 bytes (WHATWG MIME Sniffing).
        guard !Markup.isIn(bytes.prefix(1500)), !ZipArchive.ends(bytes) else { throw .mixed }
    }

    /// An office document: a ZIP archive with certain parts and without macros.
    private static func document(_ bytes: [UInt8]) throws(FileRefusal) -> FileType {
        let archive: ZipArchive
        do { archive = try ZipArchive(bytes) } catch { throw .damaged(nil) }
        let names = archive.entries.map { $0.name.lowercased() }
        let bringsMacros = names.contains {
            $0.hasSuffix("vbaproject.bin") || $0.hasPrefix("xl/macrosheets/") || $0.hasPrefix("basic/")
                || $0.hasPrefix("scripts/")
        }
        guard !bringsMacros else { throw .macros }
        if let types = try? archive.read("[Content_Types].xml") {
            guard !String(decoding: types, as: UTF8.self).contains("macroEnabled") else { throw .macros }
            if names.contains("xl/workbook.xml") { return .xlsx }
            if names.contains("word/document.xml") { return .docx }
            if names.contains("ppt/presentation.xml") { return .pptx }
        }
        guard names.first == "mimetype", let type = try? archive.read("mimetype") else { throw .unknown }
        switch String(decoding: type, as: UTF8.self) {
        case FileType.ods.mediaType: return .ods
        case FileType.odt.mediaType: return .odt
        case FileType.odp.mediaType: return .odp
        default: throw .unknown
        }
    }

    private static func text(_ bytes: [UInt8], name: String) throws(FileRefusal) -> FileType {
        let hasControls = bytes.contains {
            $0 < 0x20 && $0 != 0x09 && $0 != 0x0a && $0 != 0x0c && $0 != 0x0d || $0 == 0x7f
        }
        if Markup.isIn(bytes[...]) || Markup.begins(bytes) { throw .markup }
        guard !hasControls, String(validating: bytes, as: UTF8.self) != nil else { throw .unknown }
        return name.lowercased().hasSuffix(".csv") ? .csv : .text
    }
}

/// What browsers take for a page, a drawing or a script.
private enum Markup {
    private static let words: [[UInt8]] = [
        "!doctype", "html", "head", "script", "iframe", "svg", "body", "style", "title", "object", "embed", "meta",
        "?xml",
        "?php", "img", "link", "form", "math", "base", "frameset",
    ].map { Array($0.utf8) }

    /// Whether one of the tags stands anywhere in the bytes.
    static func isIn(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[(open + 1)...]
            if words.contains(where: { word in isWord(word, at: rest) }) { return true }
        }
        return false
    }

    /// Whether the first sign that is no space opens a tag of any kind.
    static func begins(_ bytes: [UInt8]) -> Bool {
        let start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
        let text = bytes[start...].drop { $0 == 0x20 || (0x09...0x0d).contains($0) }
        guard text.first == UInt8(ascii: "<"), let next = text.dropFirst().first else { return false }
        return next == UInt8(ascii: "!") || next == UInt8(ascii: "?") || next == UInt8(ascii: "/") || isLetter(next)
    }

    private static func isWord(_ word: [UInt8], at bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count >= word.count, zip(bytes, word).allSatisfy({ lower($0) == $1 }) else { return false }
        // "<headline" is no "<head".
        return bytes.count == word.count || !isLetter(bytes[bytes.startIndex + word.count])
    }

    private static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5a).contains(byte) ? byte | 0x20 : byte }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(lower(byte)) }
}
