public import Charter
import Foundation
public import Languages
public import Mail

/// The letters and documents that members get about their dues, and where their links lead.
public struct DuesLetters: Sendable {
    let templates: MailTemplates
    let correspondence: Correspondence
    let charter: Charter
    var association: String { charter.association.shortName }

    /// The addresses of the site to which letters and documents lead.
    public enum Path {
        /// A member's dues in its own room.
        public static func portal(_ memberKey: String) -> String { "/portal/\(memberKey)/dues" }
        /// The page that shows whether a document is genuine.
        public static func proof(_ code: String) -> String { "/proof/\(code)" }
    }

    /// The folder of the templates that come with the program.
    public static var folder: String { Bundle.module.bundleURL.appendingPathComponent("MailTemplates").path }

    /// - Parameter charter: Names the association and the bank account to which dues are paid.
    public init(templates: MailTemplates, correspondence: Correspondence, charter: Charter) {
        self.templates = templates
        self.correspondence = correspondence
        self.charter = charter
    }

    /// What a phrase says in a language, given by its code.
    public func text(_ phrase: Phrase, in language: String) -> String { correspondence.text(phrase, for: language) }

    /// The association's own language, for whoever has none on record.
    var ownLanguage: String {
        charter.association.languages.first { Language(rawValue: $0) != nil } ?? Language.source.rawValue
    }
}
