import Charter
import Database
import Files
import Foundation
import Languages

/// An application for membership.
public struct Application: Sendable, Equatable {
    public let id: String
    let year: Int
    let number: Int
    public let state: ApplicationState
    /// The key of a category of the charter.
    public let category: String
    /// Where the applicant is written to; empty once it was erased.
    public let email: String
    /// The person with an account who is its contact, whatever their address became; `nil` while the address alone tells.
    let contactID: String?
    /// Of the letters to the applicant.
    public let language: String
    public internal(set) var values: ApplicationValues
    public let startedAt: String
    public let changedAt: String
    /// From when it counts: when it was sent, or the day on which it came on paper.
    public let submittedAt: String?
    /// When it came to its end.
    public let endedAt: String?
    /// The day on which it came on paper; `nil` for one that came through the site.
    public let receivedOn: String?
    /// The member of the records that the applicant was: admission is then a reinstatement of it. Or the member that it
    /// became.
    public let memberID: String?
    /// The ids of members that were looked at: the applicant is none of them.
    let lookedAt: Set<String>
    /// When what the applicant said of itself was removed, by the charter's rule on retention.
    public let emptiedAt: String?

    /// What people call it: the year in which it was started and its number in it, `2026-3`.
    public var reference: String { "\(year)-\(number)" }

    /// The applicant's name, or its e-mail's domain while it has none.
    public var title: String {
        if !values[.name].isEmpty { return values[.name] }
        let domain = email.split(separator: "@").last.map(String.init)
        return domain ?? reference
    }

    /// Within a sentence: "Visby (application 2026-3)".
    var words: Phrase { say("\(title) (application \(reference))") }

    /// As the journal names what an entry is about.
    public static let subjectKind = "application"

    /// What its documents belong to.
    var fileOwner: FileOwner { FileOwner(Self.subjectKind, id) }

    /// The day from which it counts.
    var submittedDay: Day? { submittedAt.flatMap { Day(String($0.prefix(10))) } }

    var receivedDay: Day? { receivedOn.flatMap { Day($0) } }
}

extension Application {
    /// One that begins; its number is given when it is written.
    init(startedAt now: Date, category: String, email: String, language: String, _ values: ApplicationValues) {
        id = Identifier.make(at: now)
        startedAt = InstantText.text(now)
        year = Int(startedAt.prefix(4)) ?? 0
        number = 0
        state = .draft
        self.category = category
        self.email = email
        contactID = nil
        self.language = language
        self.values = values
        changedAt = startedAt
        submittedAt = nil
        endedAt = nil
        receivedOn = nil
        memberID = nil
        lookedAt = []
        emptiedAt = nil
    }
}
