import Charter
import Database
import Foundation
import Identity
import Languages
import Mail

/// Writes to an applicant, in its language. Every letter brings a link of its own, so that none has to be looked for.
struct ApplicationMail {
    let transaction: Transaction
    let services: JoiningServices
    let now: Date

    enum Key: String, CaseIterable {
        case link = "application-link"
        case submitted = "application-submitted"
        case asked = "application-asked"
        case put = "application-put"
        case admitted = "application-admitted"
        case declined = "application-declined"
        case closed = "application-closed"
        case withdrawn = "application-withdrawn"
    }

    /// The link alone. It goes to an address that nobody has shown to be theirs, so it repeats nothing that was typed.
    func link(_ application: Application, language: String? = nil) throws {
        try send(.link, application, step: nil, language: language ?? application.language)
    }

    /// - Parameter step: the number of the step that the letter is about; it is written once for each.
    func send(_ key: Key, _ application: Application, step: Int, _ more: [String: String] = [:]) throws {
        try send(key, application, step: step, language: application.language, more)
    }

    /// What a phrase says in the applicant's language.
    func said(_ phrase: Phrase, _ application: Application) -> String {
        services.letters.correspondence.text(phrase, for: application.language)
    }

    /// The name of the body that admits, as the charter of the day has it.
    func body(_ application: Application) -> String {
        let day = Day(String(InstantText.text(now).prefix(10))) ?? .first
        let version = services.charter.version(on: day) ?? services.charter.versions.first
        let key = version?.membership.admission.approvedBy ?? ""
        return services.letters.name(version?.body(key)?.name ?? key, for: application.language)
    }

    private func send(
        _ key: Key,
        _ application: Application,
        step: Int?,
        language: String,
        _ more: [String: String] = [:]
    ) throws {
        // Somebody whose data was erased is not written to any more.
        guard !application.email.isEmpty else { return }
        let letters = services.letters
        let secret = try ApplicationLink.make(transaction, application: application.id, now: now)
        let contact = application.values[.contactName]
        var values = more
        values["association"] = letters.association
        values["reference"] = application.reference
        values["applicant"] = application.title
        values["name"] = contact.isEmpty ? application.title : contact
        values["link"] = letters.link(secret, for: language)
        // With the application's id, by which its letters are found when its contact is erased.
        let cause = "\(application.id):\(step.map(String.init) ?? Base64URL.encode(secret.hash))"
        let mail = OutgoingMail(
            cause: "\(key.rawValue):\(cause)",
            to: application.email,
            toName: step == nil || contact.isEmpty ? nil : contact,
            content: try letters.templates.render(key.rawValue, language: language, values: values),
            isConfidential: true
        )
        _ = try Outbox.queue(transaction, mail, now: now)
    }
}

extension JoiningLetters {
    /// The address of the page that a secret opens.
    func link(_ secret: Secret, for reader: String) -> String {
        "\(correspondence.address(Path.application, for: reader))?\(Path.key)=\(secret.text)"
    }
}
