public import Charter
import Database
import Foundation
public import Identity
import Languages
public import Mail

/// The mail that this capability writes, each in the reader's language.
public struct Letters: Sendable {
    /// The languages in which it is written.
    public static let languages = ["en", "ko", "es", "zh"]

    /// The folder of the templates that come with the program.
    public static var folder: String { Bundle.module.bundleURL.appendingPathComponent("MailTemplates").path }

    /// The addresses of the site to which mail leads, each followed by a secret.
    ///
    /// Secrets stand in the query, which is in no log.
    public enum Path {
        public static let signIn = "/sign-in/link"
        public static let invitation = "/sign-in/invitation"
        public static let address = "/sign-in/address"
        public static let account = "/account"
        public static let key = "key"
    }

    /// A template each, in every language.
    enum Key: String, CaseIterable {
        case signInLink = "sign-in-link"
        case invitation
        case roleGiven = "role-given"
        case leaveAddress = "leave-address"
        case takeAddress = "take-address"
        case addressChanged = "address-changed"
        case passwordChanged = "password-changed"
        case secondFactorChanged = "second-factor-changed"
        case recoveryCodeUsed = "recovery-code-used"
        case erased
        case erasureDeclined = "erasure-declined"
    }

    private let templates: MailTemplates
    private let correspondence: Correspondence
    private let charter: Charter
    private var association: String { charter.association.shortName }

    /// - Parameter charter: Names the association and its bodies.
    public init(templates: MailTemplates, correspondence: Correspondence, charter: Charter) {
        self.templates = templates
        self.correspondence = correspondence
        self.charter = charter
    }

    /// The address of a page that a secret opens, in the language of whoever gets it.
    public func link(_ path: String, _ secret: Secret, for person: Person) -> String {
        "\(correspondence.address(path, for: person.language))?\(Path.key)=\(secret.text)"
    }

    func signInLink(_ transaction: Transaction, to person: Person, _ secret: Secret, now: Date) throws {
        try queue(
            transaction,
            .signInLink,
            to: person,
            cause: cause(secret),
            ["link": link(Path.signIn, secret, for: person)],
            isConfidential: true,
            now: now
        )
    }

    func invitation(
        _ transaction: Transaction,
        to person: Person,
        _ secret: Secret,
        _ giving: CheckedGiving,
        by actor: Actor,
        now: Date
    ) throws {
        var values = values(giving, for: person, by: actor)
        values["link"] = link(Path.invitation, secret, for: person)
        try queue(
            transaction,
            .invitation,
            to: person,
            cause: cause(secret),
            values,
            isConfidential: true,
            now: now
        )
    }

    func roleGiven(
        _ transaction: Transaction,
        to person: Person,
        grant: String,
        _ giving: CheckedGiving,
        by actor: Actor,
        now: Date
    ) throws {
        // A period that is over is written down for the record; nobody needs a mail about it.
        if let end = giving.endsOn, end < Grant.day(now) { return }
        var values = values(giving, for: person, by: actor)
        values["link"] = correspondence.address(Path.account, for: person.language)
        try queue(transaction, .roleGiven, to: person, cause: "role-given:\(grant)", values, now: now)
    }

    /// Asks for confirmation at the address that is left and at the one that is taken.
    func addressChange(
        _ transaction: Transaction,
        of person: Person,
        to address: EmailAddress,
        leave: Secret,
        take: Secret,
        now: Date
    ) throws {
        try queue(
            transaction,
            .leaveAddress,
            to: person,
            cause: cause(leave),
            ["link": link(Path.address, leave, for: person), "address": address.text],
            isConfidential: true,
            now: now
        )
        try queue(
            transaction,
            .takeAddress,
            to: person,
            at: address.text,
            cause: cause(take),
            ["link": link(Path.address, take, for: person), "address": address.text],
            isConfidential: true,
            now: now
        )
    }

    /// Tells the address that was left.
    func addressChanged(
        _ transaction: Transaction,
        of person: Person,
        from old: String,
        to new: String,
        now: Date
    ) throws {
        try queue(
            transaction,
            .addressChanged,
            to: person,
            at: old,
            cause: "address-changed:\(person.id):\(InstantText.text(now))",
            ["address": new],
            now: now
        )
    }

    /// Tells a person that something with which they sign in has changed.
    func warn(_ transaction: Transaction, _ key: Key, _ person: Person, now: Date) throws {
        try queue(
            transaction,
            key,
            to: person,
            cause: "\(key.rawValue):\(person.id):\(InstantText.text(now))",
            ["link": correspondence.address(Path.account, for: person.language)],
            now: now
        )
    }

    /// The last mail to somebody, queued after all others were wiped; `Retention` wipes it once it was sent.
    func erased(_ transaction: Transaction, _ person: Person, now: Date) throws {
        try queue(transaction, .erased, to: person, cause: "erased:\(person.id)", [:], isConfidential: true, now: now)
    }

    /// Tells somebody why their data is not erased.
    func erasureDeclined(_ transaction: Transaction, _ person: Person, reason: String, now: Date) throws {
        try queue(
            transaction,
            .erasureDeclined,
            to: person,
            cause: "erasure-declined:\(person.id):\(InstantText.text(now))",
            ["reason": reason, "link": correspondence.address(Path.account, for: person.language)],
            now: now
        )
    }

    private func values(_ giving: CheckedGiving, for person: Person, by actor: Actor) -> [String: String] {
        let language = Language(rawValue: person.language) ?? .source
        return [
            "role": correspondence.text(giving.role.name, for: person.language),
            // A member's name is in no charter, and stays.
            "place": charter.name(giving.placeName, in: language),
            "period": correspondence.text(giving.period, for: person.language),
            "by": actor.isPerson ? actor.person.name : association,
        ]
    }

    private func cause(_ secret: Secret) -> String { "link:" + Base64URL.encode(secret.hash) }

    private func queue(
        _ transaction: Transaction,
        _ key: Key,
        to person: Person,
        at address: String? = nil,
        cause: String,
        _ values: [String: String],
        isConfidential: Bool = false,
        now: Date
    ) throws {
        guard let address = address ?? person.email else { return }
        var values = values
        values["association"] = association
        values["name"] = person.name
        let content = try templates.render(key.rawValue, language: person.language, values: values)
        let mail = OutgoingMail(
            cause: cause,
            to: address,
            toName: person.name,
            content: content,
            person: person.id,
            isConfidential: isConfidential
        )
        _ = try Outbox.queue(transaction, mail, now: now)
    }
}
