/// The language of a text, as BCP 47 writes it: `en`, `ko`, `zh-Hant`, `pt-BR`.
public struct LanguageTag: Sendable, Hashable {
    /// In the usual capitals: `zh-Hant-TW`.
    public let text: String

    /// `nil` for what is no language with, at most, a script, a region and variants (RFC 5646, section 2.1).
    public init?(_ given: String) {
        let parts = given.split(separator: "-", omittingEmptySubsequences: false)
        guard given.utf8.count <= 35, let language = parts.first, (2...3).contains(language.utf8.count),
            language.utf8.allSatisfy(Self.isLetter)
        else { return nil }
        var written = [language.lowercased()]
        var rest = parts.dropFirst()
        if let script = rest.first, script.utf8.count == 4, script.utf8.allSatisfy(Self.isLetter) {
            written.append(script.prefix(1).uppercased() + script.dropFirst().lowercased())
            rest = rest.dropFirst()
        }
        if let region = rest.first, Self.isRegion(region) {
            written.append(region.uppercased())
            rest = rest.dropFirst()
        }
        for variant in rest {
            guard Self.isVariant(variant) else { return nil }
            written.append(variant.lowercased())
        }
        text = written.joined(separator: "-")
    }

    private static func isRegion(_ part: Substring) -> Bool {
        part.utf8.count == 2 && part.utf8.allSatisfy(isLetter) || part.utf8.count == 3 && part.utf8.allSatisfy(isDigit)
    }

    private static func isVariant(_ part: Substring) -> Bool {
        let fits = part.utf8.allSatisfy { isLetter($0) || isDigit($0) }
        let beginsWithDigit = part.utf8.first.map(isDigit) ?? false
        return fits && ((5...8).contains(part.utf8.count) || part.utf8.count == 4 && beginsWithDigit)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
