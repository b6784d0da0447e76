/// Where a piece of text stands, which decides what must be escaped in it.
enum EscapeContext {
    /// Between tags.
    case text
    /// Inside a double-quoted attribute value.
    case attribute

    /// The one byte that only this context escapes; between tags it repeats `&`, so that the scan needs no branch.
    var quote: UInt8 {
        switch self {
        case .text: UInt8(ascii: "&")
        case .attribute: UInt8(ascii: "\"")
        }
    }
}

extension Output {
    /// Writes `string` so that no part of it can be read as markup.
    ///
    /// Characters that neither HTML nor XML may contain (NUL and other controls, noncharacters) become U+FFFD.
    mutating func writeEscaped(_ string: String, for context: EscapeContext) {
        var string = string
        string.withUTF8 { writeEscaped(bytes: UnsafeRawBufferPointer($0), quote: context.quote) }
    }

    private mutating func writeEscaped(bytes: UnsafeRawBufferPointer, quote: UInt8) {
        // No early exit: this way the compiler turns the scan into vector instructions, and almost all text is clean.
        var found = false
        for byte in bytes {
            found = found || isNotable(byte, quote: quote)
        }
        if found {
            writeEscapedSlowly(bytes, quote: quote)
        } else {
            writeBytes(bytes)
        }
    }

    private mutating func writeEscapedSlowly(_ bytes: UnsafeRawBufferPointer, quote: UInt8) {
        var runStart = 0
        var index = 0
        while index < bytes.count {
            guard isNotable(bytes[index], quote: quote),
                let replaced = replacement(in: bytes, at: index)
            else {
                index += 1
                continue
            }
            writeBytes(UnsafeRawBufferPointer(rebasing: bytes[runStart..<index]))
            writeStaticString(replaced.text)
            index += replaced.length
            runStart = index
        }
        writeBytes(UnsafeRawBufferPointer(rebasing: bytes[runStart...]))
    }
}

/// Whether `byte` must be looked at: markup, a control, or the first byte of a sequence that may be forbidden.
@inline(__always)
private func isNotable(_ byte: UInt8, quote: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "&")
        || byte == quote || byte == 0x7F || byte == 0xC2 || byte >= 0xEF
}

/// What stands for the notable character at `index`, and how many bytes it takes the place of; nil when it may stay.
private func replacement(in bytes: UnsafeRawBufferPointer, at index: Int) -> (text: StaticString, length: Int)? {
    switch bytes[index] {
    case UInt8(ascii: "<"): ("&lt;", 1)
    case UInt8(ascii: ">"): ("&gt;", 1)
    case UInt8(ascii: "&"): ("&amp;", 1)
    case UInt8(ascii: "\""): ("&quot;", 1)
    case UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): nil
    case 0x00..<0x20, 0x7F: ("\u{FFFD}", 1)
    case 0xC2: bytes[index + 1] < 0xA0 ? ("\u{FFFD}", 2) : nil
    case 0xEF: isNoncharacter(bytes[index + 1], bytes[index + 2]) ? ("\u{FFFD}", 3) : nil
    case 0xF0...: endsPlane(bytes[index + 1], bytes[index + 2], bytes[index + 3]) ? ("\u{FFFD}", 4) : nil
    default: nil
    }
}

/// U+FDD0 to U+FDEF, U+FFFE and U+FFFF, given what follows the byte EF. A Swift string is valid UTF-8: both are there.
private func isNoncharacter(_ second: UInt8, _ third: UInt8) -> Bool {
    (second == 0xB7 && (0x90...0xAF).contains(third)) || (second == 0xBF && third >= 0xBE)
}

/// The last two code points of planes 1 to 16, given the second to fourth byte.
private func endsPlane(_ second: UInt8, _ third: UInt8, _ fourth: UInt8) -> Bool {
    second & 0x0F == 0x0F && third == 0xBF && fourth >= 0xBE
}
