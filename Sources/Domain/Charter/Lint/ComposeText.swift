import Yams

/// Turns a charter's text into YAML nodes, refusing what the language leaves out before the parser sees it.
func compose(_ text: String, _ log: ProblemLog) -> Node? {
    guard text.utf8.count <= Charter.maximumBytes else {
        log.tooLarge()
        return nil
    }
    refuseUnsupported(text, log)
    if log.hasErrors { return nil }
    do {
        guard let root = try Parser(yaml: text).singleRoot() else {
            log.error("empty-file", 1, "the file holds nothing.", "Write a charter; see Documentation/charter.md.")
            return nil
        }
        return root
    } catch let error as YamlError {
        log.report(error, in: text)
    } catch {
        log.error("syntax", 1, "this is not YAML: \(error).", "Correct the YAML.")
    }
    return nil
}

/// Aliases let a small file unfold into a huge one, and the parser follows them silently; keys that are lists or
/// mappings (`? [a, b]`) cost it minutes when nested; tags name foreign types. None has a use here, so any word that
/// begins like one is refused, without asking whether it stands in quotes: a scan that knew quotes could be deceived.
private func refuseUnsupported(_ text: String, _ log: ProblemLog) {
    var line = 1
    var previous = UInt8(ascii: "\n")
    var sign: UInt8?
    var depth = 0
    for byte in text.utf8 {
        depth = depthOfBrackets(after: byte, depth)
        if depth > maximumDepth {
            log.error(
                "too-deep",
                line,
                "brackets stand \(depth) deep.",
                "No rule nests so deeply; close the brackets, or check that this is the right file."
            )
            return
        }
        if let begun = sign, isWordByte(byte) || (begun == UInt8(ascii: "!") && byte == begun) {
            log.unsupported(begun, line, "Write the value out in full; in a text, put a space after the sign.")
        }
        sign = nil
        if !isWordByte(previous) {
            switch byte {
            case UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"): sign = byte
            case UInt8(ascii: "?"):
                log.unsupported(byte, line, "Write 'key: value'; in a text, put the sign after a letter.")
            default: break
            }
        }
        if byte == UInt8(ascii: "\n") { line += 1 }
        previous = byte
    }
}

/// Far more than any rule needs; nested keys in brackets cost the parser time by the square of their depth.
private let maximumDepth = 32

private func depthOfBrackets(after byte: UInt8, _ depth: Int) -> Int {
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "{"): depth + 1
    case UInt8(ascii: "]"), UInt8(ascii: "}"): max(0, depth - 1)
    default: depth
    }
}

/// The bytes that an anchor's name can have.
private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
    default:
        false
    }
}

extension ProblemLog {
    fileprivate func unsupported(_ sign: UInt8, _ line: Int, _ remedy: String) {
        let shown = Character(UnicodeScalar(sign))
        error(
            "unsupported-yaml",
            line,
            "a word begins with '\(shown)': anchors, aliases, tags and complex keys are not part of the language.",
            remedy
        )
    }

    fileprivate func report(_ error: YamlError, in text: String) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let remedy =
                problem.contains("nesting")
                ? "No rule nests so deeply; check that this is the right file."
                : "Correct the YAML here or just above: indentation by spaces, ': ' after a key, quotes that close."
            self.error("syntax", mark.line, "this is not YAML: \(problem).", remedy)
        case .duplicatedKeysInMapping(let keys, let context):
            let key = keys.first ?? ""
            let first = context.mark.line
            let second = lineOfSecond(key, after: context.mark, in: text)
            self.error(
                "duplicate-key",
                second ?? first,
                "key '\(key)' is written twice; first on line \(first).",
                "Keep one of the two."
            )
        case .reader(let problem, _, _, _):
            self.error("syntax", 1, "this is not YAML: \(problem).", "Remove the characters that text cannot have.")
        default:
            self.error("syntax", 1, "this is not YAML: \(error).", "Correct the YAML.")
        }
    }

    /// The parser tells only where a key stands first. In block style the second stands below at the same column.
    private func lineOfSecond(_ key: String, after mark: Mark, in text: String) -> Int? {
        let indentation = mark.column - 1
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for index in lines.indices.dropFirst(mark.line) {
            let line = lines[index]
            let content = line.drop { $0 == " " }
            if content.isEmpty || content.hasPrefix("#") { continue }
            let column = line.count - content.count
            if column < indentation { return nil }
            if column == indentation, content.hasPrefix("\(key):") { return index + 1 }
        }
        return nil
    }
}
