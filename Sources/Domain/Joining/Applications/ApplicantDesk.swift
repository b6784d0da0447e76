import Access
import Charter
public import Database
public import Foundation
public import Identity
import Languages

/// What applicants do. They have no account: the secret of a mailed link is the right to one application and to nothing
/// else, so these are no commands. What can be tried without a link is counted before anything is looked at.
public struct ApplicantDesk: Sendable {
    let database: Database
    let services: JoiningServices

    public init(database: Database, services: JoiningServices) {
        self.database = database
        self.services = services
    }

    /// How many documents an application takes.
    public static let mostDocuments = 20
    /// How many tries one address of mail has in a day, and how many letters with new links it gets; how many tries a
    /// network has in an hour.
    static let dailyByMail = 5
    static let hourlyByNetwork = 20

    /// The application behind a link. Throws `JoiningRefusal.worthlessLink`.
    public func open(_ secret: Secret, now: Date) async throws -> ApplicationRecord {
        try await database.read { transaction in
            let id = try ApplicationLink.application(transaction, secret, now: now)
            let application = try Application.load(transaction, id: id)
            return try reading(transaction, now).recordForApplicant(application)
        }
    }

    func reading(_ transaction: Transaction, _ now: Date) -> ApplicationReading {
        ApplicationReading(transaction: transaction, services: services, now: now)
    }

    /// The application behind a link, locked, with what writes its steps.
    func writer(_ transaction: Transaction, _ secret: Secret, _ now: Date) throws -> ApplicationWriter {
        let id = try ApplicationLink.application(transaction, secret, now: now)
        return ApplicationWriter(
            transaction: transaction,
            application: try Application.lock(transaction, id: id),
            author: .applicant,
            now: now
        )
    }

    /// The same, of an application that the applicant may change. Throws `JoiningRefusal.inAnotherState`.
    func editor(_ transaction: Transaction, _ secret: Secret, _ now: Date) throws -> ApplicationWriter {
        let writer = try writer(transaction, secret, now)
        guard writer.application.state.applicantMayEdit else {
            throw JoiningRefusal.inAnotherState(writer.application.state)
        }
        return writer
    }
}

extension ApplicantDesk {
    /// Keeps what is typed, box by box, each with the mark of what the page had. A box that another device changed
    /// meanwhile is not overwritten: it is told with what is there now.
    ///
    /// Throws `InvalidInput` for what cannot be kept at all, and `JoiningRefusal`.
    public func save(_ secret: Secret, _ typed: [ApplicationField: TypedField], now: Date) async throws -> SaveOutcome {
        let entry = try FieldEntry(typed)
        return try await database.write { transaction in
            let application = try editor(transaction, secret, now).application
            let outcome = try entry.write(application, transaction)
            if !outcome.changed.isEmpty { try application.touch(transaction, now: now) }
            return outcome.told
        }
    }

    /// Throws `InvalidInput` (`category`) and `JoiningRefusal`.
    public func setCategory(_ secret: Secret, _ category: String, now: Date) async throws {
        try await database.write { transaction in
            let application = try editor(transaction, secret, now).application
            let check = ApplicationCheck(transaction: transaction, services: services, now: now)
            guard check.version?.category(category) != nil else {
                throw InvalidInput("category", say("The charter has no such category. Choose one of the list."))
            }
            guard category != application.category else { return }
            try transaction.execute(
                "UPDATE application SET category = ? WHERE id = ?",
                [.text(category), .text(application.id)]
            )
            try application.touch(transaction, now: now)
        }
    }

    /// Says which member of the records the applicant was; `nil`: none of those that bear its name.
    ///
    /// Throws `MemberRefusal.noSuchMember`, and `JoiningRefusal.memberAlready` for one that is on the roll.
    public func sameAs(_ secret: Secret, memberKey: String?, now: Date) async throws {
        try await database.write { transaction in
            let writer = try editor(transaction, secret, now)
            try Matching(writer: writer, services: services).settle(memberKey)
            try writer.application.touch(transaction, now: now)
        }
    }
}
