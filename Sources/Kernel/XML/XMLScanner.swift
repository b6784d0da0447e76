import Languages

/// XML as a stream of tags and texts, in UTF-8 alone.
///
/// Written here and not taken from FoundationXML, because what is not in it cannot be attacked: it knows no document type,
/// hence no entity but XML's five, and no file or address outside. FoundationXML's parser besides reported failure for a
/// sound sheet of 38 MB, and is slower.
public struct XMLScanner: Sendable {
    public enum Event: Sendable {
        case start(Tag)
        case end(String)
        /// The bytes of a text, for `text(_:)`.
        case text(Range<Int>)
    }

    /// A tag that opens. Names are without their namespace's prefix.
    public struct Tag: Sendable {
        public let name: String
        fileprivate let qualifiedName: Range<Int>
        fileprivate let attributes: Range<Int>
    }

    private let bytes: [UInt8]
    /// What is read, for messages.
    public let part: String
    private let limits: XMLLimits
    private var place = 0
    private var open: [String] = []
    private var pendingEnd: String?
    private var hasRoot = false

    /// - Parameter part: what is read, as messages name it.
    public init(_ bytes: [UInt8], part: String, limits: XMLLimits = XMLLimits()) throws(XMLError) {
        self.bytes = bytes
        self.part = part
        self.limits = limits
        guard bytes.count <= limits.bytes else {
            throw .tooLarge(say("\(part) has more than \(limits.bytes) bytes"))
        }
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { place = 3 }
        // UTF-16 has zeros in its first tag.
        guard place < bytes.count, bytes[place] == UInt8(ascii: "<"), !bytes[place...].prefix(64).contains(0) else {
            throw .damaged(say("\(part) is no XML in UTF-8"))
        }
    }

    /// The next tag or text, `nil` after the end. Throws when the XML is not well formed.
    public mutating func next() throws(XMLError) -> Event? {
        if let name = pendingEnd {
            pendingEnd = nil
            return .end(name)
        }
        while place < bytes.count {
            if bytes[place] != UInt8(ascii: "<") { return .text(takeText()) }
            switch place + 1 < bytes.count ? bytes[place + 1] : 0 {
            case UInt8(ascii: "?"): try skipInstruction()
            case UInt8(ascii: "!"): if let range = try takeDeclaration() { return .text(range) }
            case UInt8(ascii: "/"): return try takeEnd()
            default: return try takeStart()
            }
        }
        guard open.isEmpty, hasRoot else { throw .damaged(say("\(part) ends early")) }
        return nil
    }

    /// The attribute of that name, namespace prefix aside.
    public func attribute(_ name: String, of tag: Tag) throws(XMLError) -> String? {
        var at = tag.attributes.lowerBound
        while let found = attribute(from: at, to: tag.attributes.upperBound) {
            if localName(found.name) == name { return try text(found.value) }
            at = found.value.upperBound + 1
        }
        return nil
    }

    /// All attributes by their names, namespace prefixes aside.
    public func attributes(of tag: Tag) throws(XMLError) -> [String: String] {
        var all: [String: String] = [:]
        var at = tag.attributes.lowerBound
        while let found = attribute(from: at, to: tag.attributes.upperBound) {
            all[localName(found.name)] = try text(found.value)
            at = found.value.upperBound + 1
        }
        return all
    }

    /// The namespace of a tag's name as the tag itself declares it; `nil` where it leaves that to one around it.
    public func namespace(declaredBy tag: Tag) throws(XMLError) -> String? {
        let name = bytes[tag.qualifiedName]
        let prefix = name.lastIndex(of: UInt8(ascii: ":")).map { name[..<$0] }
        let declaration = Array("xmlns".utf8) + (prefix.map { [UInt8(ascii: ":")] + $0 } ?? [])
        var at = tag.attributes.lowerBound
        while let found = attribute(from: at, to: tag.attributes.upperBound) {
            if bytes[found.name].elementsEqual(declaration) { return try text(found.value) }
            at = found.value.upperBound + 1
        }
        return nil
    }

    private func attribute(from start: Int, to end: Int) -> (name: Range<Int>, value: Range<Int>)? {
        var at = start
        while at < end, isSpace(bytes[at]) { at += 1 }
        let nameStart = at
        while at < end, bytes[at] != UInt8(ascii: "="), !isSpace(bytes[at]) { at += 1 }
        let nameEnd = at
        while at < end, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "'") { at += 1 }
        guard at < end else { return nil }
        let quote = bytes[at]
        let valueStart = at + 1
        at = valueStart
        while at < end, bytes[at] != quote { at += 1 }
        return (nameStart..<nameEnd, valueStart..<at)
    }

    /// The text of a range that `next` gave, with references resolved and line ends as XML has them.
    public func text(_ range: Range<Int>) throws(XMLError) -> String {
        // The range of a CDATA section lies behind its "[": references are no references there.
        let isLiteral = range.lowerBound > 0 && bytes[range.lowerBound - 1] == UInt8(ascii: "[")
        let slice = bytes[range]
        if slice.contains(where: { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "\r") }), !isLiteral {
            return try resolved(range)
        }
        guard !slice.contains(0), let text = String(validating: slice, as: UTF8.self) else {
            throw .damaged(say("\(part) is not UTF-8"))
        }
        return text
    }

    private func resolved(_ range: Range<Int>) throws(XMLError) -> String {
        var plain: [UInt8] = []
        plain.reserveCapacity(range.count)
        var at = range.lowerBound
        while at < range.upperBound {
            switch bytes[at] {
            case UInt8(ascii: "&"):
                let limit = min(at + 12, range.upperBound)
                guard let end = bytes[at..<limit].firstIndex(of: UInt8(ascii: ";")),
                    let sign = reference(bytes[(at + 1)..<end])
                else { throw .damaged(say("\(part) uses a reference that is not known")) }
                plain.append(contentsOf: String(sign).utf8)
                at = end + 1
            case UInt8(ascii: "\r"):
                plain.append(UInt8(ascii: "\n"))
                at += at + 1 < range.upperBound && bytes[at + 1] == UInt8(ascii: "\n") ? 2 : 1
            default:
                plain.append(bytes[at])
                at += 1
            }
        }
        guard !plain.contains(0), let text = String(validating: plain, as: UTF8.self) else {
            throw .damaged(say("\(part) is not UTF-8"))
        }
        return text
    }

    private func reference(_ name: ArraySlice<UInt8>) -> Unicode.Scalar? {
        switch String(decoding: name, as: UTF8.self) {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        case let number where number.hasPrefix("#x"):
            return UInt32(number.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        case let number where number.hasPrefix("#"):
            return UInt32(number.dropFirst()).flatMap(Unicode.Scalar.init)
        default: return nil
        }
    }
}

// MARK: - Taking tags

extension XMLScanner {
    private mutating func takeText() -> Range<Int> {
        let start = place
        place = bytes[place...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        return start..<place
    }

    private mutating func takeStart() throws(XMLError) -> Event {
        let start = place + 1
        var at = start
        while at < bytes.count, !isSpace(bytes[at]), bytes[at] != UInt8(ascii: ">"), bytes[at] != UInt8(ascii: "/") {
            at += 1
        }
        let qualifiedName = start..<at
        let name = localName(qualifiedName)
        let attributesStart = at
        var quote: UInt8 = 0
        while at < bytes.count, quote != 0 || bytes[at] != UInt8(ascii: ">") {
            if quote == 0, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") {
                quote = bytes[at]
            } else if bytes[at] == quote {
                quote = 0
            }
            at += 1
        }
        guard at < bytes.count, !name.isEmpty, !(open.isEmpty && hasRoot) else {
            throw .damaged(say("\(part) ends early"))
        }
        hasRoot = true
        place = at + 1
        let isEmpty = bytes[at - 1] == UInt8(ascii: "/")
        if isEmpty {
            pendingEnd = name
        } else {
            guard open.count < limits.depth else { throw .damaged(say("\(part) is nested too deeply")) }
            open.append(name)
        }
        let attributes = attributesStart..<max(attributesStart, isEmpty ? at - 1 : at)
        return .start(Tag(name: name, qualifiedName: qualifiedName, attributes: attributes))
    }

    private mutating func takeEnd() throws(XMLError) -> Event {
        guard let end = bytes[place...].firstIndex(of: UInt8(ascii: ">")) else {
            throw .damaged(say("\(part) ends early"))
        }
        var last = end
        while last > place + 2, isSpace(bytes[last - 1]) { last -= 1 }
        let name = localName(place + 2..<last)
        guard open.popLast() == name else { throw .damaged(say("\(part) closes a tag that is not open")) }
        place = end + 1
        return .end(name)
    }

    private mutating func skipInstruction() throws(XMLError) {
        let end = try find([UInt8(ascii: "?"), UInt8(ascii: ">")])
        let words = String(decoding: bytes[place..<end], as: UTF8.self).lowercased()
        if words.hasPrefix("<?xml "), words.contains("encoding"), !words.contains("utf-8"), !words.contains("ascii") {
            throw .damaged(say("\(part) is not UTF-8"))
        }
        place = end + 2
    }

    /// Skips a comment, takes a CDATA section, refuses everything else that begins with `<!`.
    private mutating func takeDeclaration() throws(XMLError) -> Range<Int>? {
        if bytes[place...].starts(with: "<!--".utf8) {
            place = try find(Array("-->".utf8)) + 3
            return nil
        }
        guard bytes[place...].starts(with: "<![CDATA[".utf8) else { throw .hasDocumentType(part) }
        let start = place + 9
        let end = try find(Array("]]>".utf8))
        place = end + 3
        return start..<max(start, end)
    }

    private func find(_ mark: [UInt8]) throws(XMLError) -> Int {
        var at = place
        while let next = bytes[at...].firstIndex(of: mark[0]) {
            if bytes[next...].starts(with: mark) { return next }
            at = next + 1
        }
        throw .damaged(say("\(part) ends early"))
    }

    private func localName(_ range: Range<Int>) -> String {
        let name = bytes[range]
        let start = name.lastIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? range.lowerBound
        return String(decoding: name[start...], as: UTF8.self)
    }

    private func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09
    }
}
