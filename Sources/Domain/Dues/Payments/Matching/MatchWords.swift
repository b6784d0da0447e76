import Database

/// What of a line's text can tell an invoice or a member.
enum MatchWords {
    /// Folded words, each once. Most texts of payments are ASCII, which needs no look at what each sign is.
    static func words(_ text: String) -> Set<String> {
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return Set(Folding.words(text)) }
        var words: Set<String> = []
        var word: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): word.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): word.append(byte | 0x20)
            default:
                if !word.isEmpty { words.insert(String(decoding: word, as: UTF8.self)) }
                word.removeAll(keepingCapacity: true)
            }
        }
        if !word.isEmpty { words.insert(String(decoding: word, as: UTF8.self)) }
        return words
    }

    /// References of ISO 11649 in a text, with or without the spaces between their groups, in their order. Text may
    /// follow without a space, so every length with right check digits is given; one of them at most is an invoice's.
    static func references(_ text: String) -> [String] {
        let signs = text.utf8.compactMap { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): byte & 0xdf
            case UInt8(ascii: " "), UInt8(ascii: "-"): nil
            default: byte
            }
        }
        guard signs.count >= 5 else { return [] }
        var found: [String] = []
        for start in 0...(signs.count - 5) where signs[start...].starts(with: [UInt8(ascii: "R"), UInt8(ascii: "F")]) {
            guard CheckDigits.isDigit(signs[start + 2]), CheckDigits.isDigit(signs[start + 3]) else { continue }
            let whole = signs[start...].prefix(25).prefix(while: CheckDigits.isLetterOrDigit)
            guard whole.count >= 5 else { continue }
            for length in (5...whole.count).reversed() {
                if let reference = CreditorReference(String(decoding: whole.prefix(length), as: UTF8.self)) {
                    found.append(reference.text)
                }
            }
        }
        return found
    }

    /// Numbers of invoices in a text: `2024-0001`, with nothing that belongs to them before or behind.
    static func numbers(_ text: String) -> [String] {
        let signs = Array(text.utf8)
        guard signs.count >= 9, signs.contains(UInt8(ascii: "-")) else { return [] }
        func isDigit(_ place: Int) -> Bool { signs.indices.contains(place) && CheckDigits.isDigit(signs[place]) }
        var found: [String] = []
        for mark in 4..<signs.count where signs[mark] == UInt8(ascii: "-") {
            guard (mark - 4..<mark).allSatisfy(isDigit), (mark + 1...mark + 4).allSatisfy(isDigit) else { continue }
            let before = mark > 4 ? signs[mark - 5] : UInt8(ascii: " ")
            // `C2024-0001` is a credit note's, and `12024-0001` nobody's.
            guard before < 0x80, !CheckDigits.isLetterOrDigit(before & 0xdf), !CheckDigits.isDigit(before) else {
                continue
            }
            var end = mark + 5
            while isDigit(end) { end += 1 }
            found.append(String(decoding: signs[(mark - 4)..<end], as: UTF8.self))
        }
        return found
    }
}
