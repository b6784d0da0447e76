/// Which texts are taken: by their length in characters (Unicode scalars, as JSON Schema counts) and by the characters
/// that may stand in them. The pattern of the document and the check are both made from this, so they are one.
struct TextRule: Sendable, Equatable {
    /// Which scalars may stand between prefix and suffix.
    private enum Characters: Sendable, Equatable {
        case all
        case only([ClosedRange<UInt32>])
        case allBut([ClosedRange<UInt32>])

        func contains(_ scalar: UInt32) -> Bool {
            switch self {
            case .all: true
            case .only(let ranges): ranges.contains { $0.contains(scalar) }
            case .allBut(let ranges): !ranges.contains { $0.contains(scalar) }
            }
        }
    }

    private let characters: Characters
    let shortest: Int
    let longest: Int?
    private let prefix: String
    private let suffix: String

    private init(
        _ characters: Characters,
        _ shortest: Int,
        _ longest: Int?,
        prefix: String = "",
        suffix: String = ""
    ) {
        self.characters = characters
        self.shortest = shortest
        self.longest = longest
        self.prefix = prefix
        self.suffix = suffix
    }

    /// Any text: of what the program answers.
    static let any = TextRule(.all, 0, nil)

    /// Control characters, and those that separate lines or turn the direction of writing.
    private static let hidden: [ClosedRange<UInt32>] = [0x7f...0x9f, 0x2028...0x202e, 0x2066...0x2069]

    /// A line that somebody typed.
    static func line(_ shortest: Int, _ longest: Int) -> TextRule {
        TextRule(.allBut([0x00...0x1f] + hidden), shortest, longest)
    }

    /// The same with line ends and tabs.
    static func lines(_ shortest: Int, _ longest: Int) -> TextRule {
        TextRule(.allBut([0x00...0x08, 0x0b...0x1f] + hidden), shortest, longest)
    }

    /// The name of a file: a line without slashes, so that it is no path.
    static func fileName(_ longest: Int = 120) -> TextRule {
        TextRule(.allBut([0x00...0x1f, 0x2f...0x2f, 0x5c...0x5c] + hidden), 1, longest)
    }

    /// Small letters, digits and hyphens, as keys are.
    static func key(_ longest: Int = 100) -> TextRule {
        TextRule(.only([0x2d...0x2d, 0x30...0x39, 0x61...0x7a]), 1, longest)
    }

    /// A key, and a number with at most a point, as `speaking=1.5`.
    static let weight = TextRule(
        .only([0x2d...0x2e, 0x30...0x39, 0x3d...0x3d, 0x61...0x7a]),
        1,
        60
    )

    /// The characters of URL-safe base 64.
    static func opaque(_ shortest: Int, _ longest: Int) -> TextRule {
        TextRule(.only([0x2d...0x2d, 0x30...0x39, 0x41...0x5a, 0x5f...0x5f, 0x61...0x7a]), shortest, longest)
    }

    /// Printed characters of ASCII.
    static func printed(_ shortest: Int, _ longest: Int) -> TextRule {
        TextRule(.only([0x21...0x7e]), shortest, longest)
    }

    /// One strong entity tag, quotes included.
    static let entityTag = TextRule(
        .only([0x2d...0x2d, 0x30...0x39, 0x61...0x7a]),
        1,
        64,
        prefix: "\"",
        suffix: "\""
    )

    /// The same as ECMA-262 writes it, anchored at both ends; `nil` where every text is taken.
    var pattern: String? {
        let (ranges, sign): ([ClosedRange<UInt32>], String)
        switch characters {
        case .all: return nil
        case .only(let only): (ranges, sign) = (only, "")
        case .allBut(let but): (ranges, sign) = (but, "^")
        }
        let written = ranges.map { range in
            range.lowerBound == range.upperBound
                ? Self.written(range.lowerBound) : Self.written(range.lowerBound) + "-" + Self.written(range.upperBound)
        }
        let count = longest.map { "{\(shortest),\($0)}" } ?? "{\(shortest),}"
        return "^\(prefix)[\(sign)\(written.joined())]\(count)\(suffix)$"
    }

    /// The bounds of the whole text, where the pattern does not say them already.
    var lengths: (least: Int?, most: Int?) {
        let around = prefix.unicodeScalars.count + suffix.unicodeScalars.count
        return (shortest + around > 0 ? shortest + around : nil, longest.map { $0 + around })
    }

    func accepts(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        let around = prefix.unicodeScalars.count + suffix.unicodeScalars.count
        guard scalars.count >= shortest + around, scalars.count <= longest.map({ $0 + around }) ?? .max else {
            return false
        }
        guard text.hasPrefix(prefix), text.hasSuffix(suffix) else { return false }
        let middle = scalars.dropFirst(prefix.unicodeScalars.count).dropLast(suffix.unicodeScalars.count)
        return middle.allSatisfy { characters.contains($0.value) }
    }

    /// A scalar within the brackets of a pattern.
    private static func written(_ scalar: UInt32) -> String {
        switch scalar {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: return String(Character(Unicode.Scalar(UInt8(scalar))))
        default:
            let digits = String(scalar, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }
}
