public import Access
import Charter
public import Database
public import Languages

/// Something in a member's room that its people should know: open to them, due from them, or coming.
public struct PortalItem: Sendable, Equatable {
    public enum Section: String, Sendable, CaseIterable {
        /// What they may do if they like.
        case open
        /// What is expected of them.
        case due
        /// What will happen.
        case coming
    }

    public let section: Section
    /// What it is, as a key that the doors know an address for: `proposal`, `profile`, `event`, `role`.
    public let kind: String
    /// Its key within the kind.
    public let id: String
    public let title: Phrase
    public let detail: Phrase
    /// The ISO day by which or on which it is; the items of a section are in this order, those without one last.
    public let day: String?

    public init(_ section: Section, kind: String, id: String, title: Phrase, detail: Phrase, day: String? = nil) {
        self.section = section
        self.kind = kind
        self.id = id
        self.title = title
        self.detail = detail
        self.day = day
    }
}

/// One capability's part of a member's room.
public struct PortalSource: Sendable {
    /// The right that reading its items needs: whoever has it not in the member is told nothing of them.
    let reads: Action
    let list: @Sendable (Transaction, _ memberID: String, _ today: String) throws -> [PortalItem]

    /// - Parameter reads: the right that reading its items needs; that to enter the room where it is no other.
    public init(
        reads: Action = .readPortal,
        list: @escaping @Sendable (Transaction, _ memberID: String, _ today: String) throws -> [PortalItem]
    ) {
        self.reads = reads
        self.list = list
    }

    /// What Membership itself knows.
    public static let membership: [PortalSource] = [proposals, events, endingRoles]

    private static let proposals = PortalSource { transaction, member, _ in
        try Proposal.list(transaction, member: member, limit: 100).filter { $0.state == .waiting }.map { proposal in
            PortalItem(
                .coming,
                kind: "proposal",
                id: proposal.id,
                title: say("\(proposal.fact.title): \(proposal.value.words)"),
                detail: say("Proposed by \(proposal.proposedBy.name); the secretariat decides.")
            )
        }
    }

    private static let events = PortalSource { transaction, _, today in
        try transaction.query(
            "SELECT key, name, date_from, date_to, place FROM event WHERE date_to >= ? ORDER BY date_from, key LIMIT 20",
            [.text(today)]
        ) { row in
            let (first, last) = (try row.text(2), try row.text(3))
            // Planned for some day of a year: the outer bounds stand for a day that nobody knows yet.
            let isYear = first.hasSuffix("-01-01") && last.hasSuffix("-12-31")
            let place = row.optionalText(4)
            return PortalItem(
                .coming,
                kind: "event",
                id: try row.text(0),
                title: .verbatim(try row.text(1)),
                detail: .joined(
                    (place.map { [Phrase.verbatim($0)] } ?? []) + (isYear ? [say("the day is not set yet")] : []),
                    by: "; "
                ),
                day: isYear ? last : first
            )
        }
    }

    /// How many days ahead the end of a role is told.
    static let noticeDays = 60

    private static let endingRoles = PortalSource { transaction, member, today in
        try PortalPerson.load(transaction, member: member, day: today).flatMap { person in
            person.roles.compactMap { role in
                guard let end = role.endsOn, end <= PortalPerson.day(today, plus: noticeDays) else { return nil }
                return PortalItem(
                    .due,
                    kind: "role",
                    id: role.grantID,
                    title: say(
                        "\(person.name): \(role.role.name) until \(Day(end).map { .day($0) } ?? .verbatim(end))"
                    ),
                    detail: say("Give the role anew if it shall go on."),
                    day: end
                )
            }
        }
    }
}
