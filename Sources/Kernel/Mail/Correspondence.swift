public import Languages

/// What letters need beside their templates: where the site is, and how the program's own words are said to whoever reads.
public struct Correspondence: Sendable {
    private let siteAddress: String
    private let speeches: Speeches
    private let offered: [Language]

    /// - Parameters:
    ///   - siteAddress: where the site is reached from outside, without a slash at its end.
    ///   - speeches: of every language that letters are written in.
    ///   - offered: the languages in which the site has pages.
    public init(siteAddress: String, speeches: Speeches = Speeches([]), offered: [Language] = [.source]) {
        self.siteAddress = siteAddress
        self.speeches = speeches
        self.offered = offered
    }

    /// The whole address of a page in a reader's language; in English where the site does not have that language.
    public func address(_ path: String, for reader: String) -> String {
        let language = Language(rawValue: reader).flatMap { offered.contains($0) ? $0 : nil } ?? .source
        return siteAddress + language.addressPrefix + path
    }

    /// What a phrase says to a reader of a language; in English where nothing is said in that language.
    public func text(_ phrase: Phrase, for reader: String) -> String { speech(for: reader).text(phrase) }

    /// What says phrases to a reader of a language; English where nothing is said in that language.
    public func speech(for reader: String) -> Speech { speeches[Language(rawValue: reader) ?? .source] }
}
