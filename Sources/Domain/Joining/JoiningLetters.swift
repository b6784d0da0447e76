public import Charter
import Foundation
import Languages
public import Mail

/// The letters that applicants and members get, and where their links lead.
public struct JoiningLetters: Sendable {
    let templates: MailTemplates
    let correspondence: Correspondence
    let charter: Charter
    var association: String { charter.association.shortName }

    /// The addresses of the site to which the letters lead.
    public enum Path {
        /// How to become a member.
        public static let join = "/join"
        /// What a secret opens; the secret stands in the query, which is in no log.
        public static let application = "/join/application"
        public static let key = "key"
    }

    /// The folder of the templates that come with the program.
    public static var folder: String { Bundle.module.bundleURL.appendingPathComponent("MailTemplates").path }

    /// - Parameter charter: Names the association, its bodies, categories and statuses.
    public init(templates: MailTemplates, correspondence: Correspondence, charter: Charter) {
        self.templates = templates
        self.correspondence = correspondence
        self.charter = charter
    }

    /// A name of the charter as a reader's language has it.
    func name(_ name: String, for reader: String) -> String {
        charter.name(name, in: Language(rawValue: reader) ?? .source)
    }
}
