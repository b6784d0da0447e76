import Foundation

/// Text as it is searched: lower case, without accents, one spelling for letters that have several.
///
/// The program folds, not the engine: SQLite folds ASCII only, and neither engine finds Łódź for "lodz".
public enum Folding {
    /// "Łódź" → "lodz", "São Paulo" → "sao paulo", "İstanbul" → "istanbul"; Hangul and Han stay as they are.
    public static func fold(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        var scalars = String.UnicodeScalarView()
        for scalar in text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .format: continue
            default: break
            }
            if let replacement = letters[scalar] {
                scalars.append(contentsOf: replacement.unicodeScalars)
            } else {
                scalars.append(scalar)
            }
        }
        // Decomposition took Hangul syllables apart; this puts them together again.
        return String(scalars).precomposedStringWithCanonicalMapping
    }

    /// The words of a text, folded: runs of letters and digits.
    public static func words(_ text: String) -> [String] {
        fold(text).split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }

    /// Whether a word is written without spaces between words, so that it must be found from within as well.
    public static func isUnspaced(_ word: String) -> Bool {
        word.unicodeScalars.contains { (0x1100...0x11ff).contains($0.value) || $0.value >= 0x2e80 && $0.value < 0xfb00 }
    }

    // Letters that Unicode does not decompose.
    private static let letters: [Unicode.Scalar: String] = [
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŋ": "n", "ß": "ss", "æ": "ae", "œ": "oe",
        "þ": "th", "ŧ": "t", "ə": "e", "ʻ": "", "ʼ": "", "’": "", "'": "", "‘": "",
    ]
}

/// Words that differ by one slip of the finger.
public enum Typing {
    /// Whether `a` becomes `b` by at most one letter inserted, left out, replaced, or swapped with its neighbour.
    public static func isWithinOneSlip(_ a: [Character], _ b: [Character]) -> Bool {
        guard abs(a.count - b.count) <= 1 else { return false }
        var start = 0
        while start < min(a.count, b.count), a[start] == b[start] { start += 1 }
        var end = 0
        while end < min(a.count, b.count) - start, a[a.count - 1 - end] == b[b.count - 1 - end] { end += 1 }
        let restA = a[start..<(a.count - end)]
        let restB = b[start..<(b.count - end)]
        if restA.count <= 1, restB.count <= 1 { return true }
        return restA.count == 2 && restB.count == 2 && Array(restA) == restB.reversed()
    }
}
