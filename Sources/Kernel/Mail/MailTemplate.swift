/// One template, read: `Subject: …`, an empty line, paragraphs.
///
/// A paragraph is text, a list (every line begins with `- `), or a button (`[Words]({link})` alone). `{name}` stands for a
/// value. Values are put in after reading, so that a value never becomes a list, a button or a placeholder.
struct MailTemplate: Sendable, Equatable {
    enum Piece: Sendable, Equatable {
        case words(String)
        case placeholder(String)
    }

    enum Block: Sendable, Equatable {
        case text([Piece])
        case list([[Piece]])
        /// Words, and the placeholder of the address.
        case button([Piece], link: String)
    }

    let subject: [Piece]
    let blocks: [Block]

    /// Every placeholder in it.
    var placeholders: Set<String> {
        let pieces = blocks.flatMap { block in
            switch block {
            case .text(let pieces): pieces
            case .list(let items): items.flatMap { $0 }
            case .button(let words, let link): words + [.placeholder(link)]
            }
        }
        return Set(
            (subject + pieces).compactMap { piece in
                if case .placeholder(let name) = piece { name } else { nil }
            }
        )
    }

    /// Throws `Fault`: what is wrong, and in which line.
    init(_ text: String) throws(Fault) {
        let lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        let mark = "Subject: "
        guard let first = lines.first, first.hasPrefix(mark), first.count > mark.count else {
            throw Fault(line: 1, what: "the first line must be \"Subject: …\"")
        }
        guard lines.count > 1, lines[1].isEmpty else {
            throw Fault(line: 2, what: "an empty line must follow the subject")
        }
        subject = try Self.pieces(first.dropFirst(mark.count), line: 1)
        var blocks: [Block] = []
        var paragraph: [Substring] = []
        for (place, line) in (lines.dropFirst(2) + [""]).enumerated() {
            if line.allSatisfy(\.isWhitespace) {
                if !paragraph.isEmpty {
                    blocks.append(try Self.block(paragraph, firstLine: place + 3 - paragraph.count))
                }
                paragraph = []
            } else {
                paragraph.append(line)
            }
        }
        guard !blocks.isEmpty else { throw Fault(line: 3, what: "there is no text") }
        self.blocks = blocks
    }

    struct Fault: Error, Equatable {
        let line: Int
        let what: String
    }

    private static func block(_ lines: [Substring], firstLine: Int) throws(Fault) -> Block {
        if lines.count == 1, lines[0].hasPrefix("["), lines[0].hasSuffix(")") {
            guard let middle = lines[0].firstRange(of: "]({"), lines[0].hasSuffix("})") else {
                throw Fault(line: firstLine, what: "a button must be [Words of the button]({link})")
            }
            let words = lines[0][lines[0].index(after: lines[0].startIndex)..<middle.lowerBound]
            let link = String(lines[0][middle.upperBound...].dropLast(2))
            guard isName(link), !words.isEmpty else {
                throw Fault(line: firstLine, what: "a button must be [Words of the button]({link})")
            }
            return .button(try pieces(words, line: firstLine), link: link)
        }
        if lines.allSatisfy({ $0.hasPrefix("- ") }) {
            var items: [[Piece]] = []
            for (place, line) in lines.enumerated() {
                items.append(try pieces(line.dropFirst(2), line: firstLine + place))
            }
            return .list(items)
        }
        var text: [Piece] = []
        for (place, line) in lines.enumerated() {
            // Lines of one paragraph are one line for the reader's program to break.
            if place > 0 { text.append(.words(" ")) }
            text += try pieces(line, line: firstLine + place)
        }
        return .text(text)
    }

    private static func pieces(_ text: Substring, line: Int) throws(Fault) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            if open > rest.startIndex { pieces.append(.words(String(rest[..<open]))) }
            guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}"),
                isName(rest[rest.index(after: open)..<close])
            else { throw Fault(line: line, what: "a brace must be part of a placeholder, as {name}") }
            pieces.append(.placeholder(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.words(String(rest))) }
        return pieces
    }

    private static func isName(_ text: some StringProtocol) -> Bool {
        text.first?.isLetter == true
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "_"): true
                default: false
                }
            }
    }
}
