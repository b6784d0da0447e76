import Database

/// A password without its disguise: without case and accents, without what was put before and after it, and with digits
/// and signs read as the letters that they stand for.
struct PasswordReading {
    /// The whole password, read in each way.
    private let wholes: [String]
    /// The same without digits and signs at the end, and at both ends.
    private let stems: [String]

    init(_ password: String) {
        let folded = Folding.fold(password)
        let begun = folded.lastIndex(where: \.isLetter).map { String(folded[...$0]) } ?? ""
        wholes = Self.readings(folded)
        // Cut first, then read: the 1 in "p4ssw0rd1" is an ending and no letter.
        stems = Self.readings(begun) + Self.readings(String(begun.drop { !$0.isLetter }))
    }

    /// The first word of these names, or of the local parts of addresses, that the password holds.
    func held(of names: [String]) -> String? {
        let words = names.flatMap { name in
            let words = Folding.words(name.contains("@") ? String(name.prefix { $0 != "@" }) : name)
            return words + [words.joined()]
        }
        // Two syllables of Hangul or Han are a name; three Latin letters are in too many words.
        let telling = words.filter { Folding.isUnspaced($0) ? $0.count >= 2 : $0.count >= 4 }
        return telling.first { word in wholes.contains { $0.contains(word) } }
    }

    /// Whether it would be among the first that are tried.
    var isCommon: Bool {
        (wholes + stems).contains { CommonPasswords.standard.contains($0) }
            || wholes.contains { Self.isMonotonous($0) || Self.isRepetition($0) }
    }

    private static let letters: [Character: Character] = [
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "€": "e",
    ]
    private static let lettersWithL = letters.merging(["1": "l", "!": "l"]) { $1 }

    private static func readings(_ text: String) -> [String] {
        [[:], letters, lettersWithL].map { replaced in String(text.map { replaced[$0] ?? $0 }) }
    }

    /// "aaaaaaaaaaaa", "abcdefghijkl", "098765432109": fewer than five different characters, or nearly only neighbours.
    private static func isMonotonous(_ text: String) -> Bool {
        let codes = text.unicodeScalars.map { Int($0.value) }
        guard Set(codes).count >= 5 else { return true }
        let steps = zip(codes, codes.dropFirst()).map { $1 - $0 }
        // From 9 to 0 is a step too, so a few others are allowed.
        return [1, -1].contains { step in steps.filter { $0 == step }.count * 10 >= steps.count * 8 }
    }

    /// A common password, or a short one, said several times.
    private static func isRepetition(_ text: String) -> Bool {
        let characters = Array(text)
        guard characters.count >= 2 else { return true }
        for size in 1...(characters.count / 2) where characters.count % size == 0 {
            guard characters.indices.allSatisfy({ characters[$0] == characters[$0 % size] }) else { continue }
            return size <= 6 || CommonPasswords.standard.contains(String(characters.prefix(size)))
        }
        return false
    }
}
