public import Charter
import Foundation
import Identity
public import Mail

/// The letters that a body's people get, and where their links lead.
public struct DecisionLetters: Sendable {
    let templates: MailTemplates
    let correspondence: Correspondence
    private let charter: Charter
    var association: String { charter.association.shortName }

    /// The addresses of the site to which the letters lead.
    public enum Path {
        /// What somebody is asked, and what became of it.
        public static let own = "/decisions"
        /// What a secret opens; the secret stands in the query, which is in no log.
        public static let link = "/decisions/answer"
        public static let key = "key"
    }

    /// The folder of the templates that come with the program.
    public static var folder: String { Bundle.module.bundleURL.appendingPathComponent("MailTemplates").path }

    /// - Parameter charter: Names the association.
    public init(templates: MailTemplates, correspondence: Correspondence, charter: Charter) {
        self.templates = templates
        self.correspondence = correspondence
        self.charter = charter
    }

    enum Key: String, CaseIterable {
        case asked = "decision-asked"
        case reminder = "decision-reminder"
        case result = "decision-result"
        case withdrawn = "decision-withdrawn"
    }

    /// The address of the page that a secret opens.
    func link(_ secret: Secret, for person: Person) -> String {
        "\(correspondence.address(Path.link, for: person.language))?\(Path.key)=\(secret.text)"
    }
}
