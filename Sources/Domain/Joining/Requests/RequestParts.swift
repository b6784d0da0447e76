import Access
import Charter
import Database
import Identity
import Languages
import Membership

/// Requests that wait to be put before the body that decides, for the page Today.
enum WaitingRequests {
    static let source = WaitingSource(
        kind: MembershipRequest.subjectKind,
        title: say("Requests of members"),
        reads: .readApplications
    ) { try list($0) }

    private static func list(_ transaction: Transaction) throws -> [WaitingItem] {
        try MembershipRequest.list(transaction, [.received], limit: 1000, offset: 0).map { request in
            WaitingItem(
                kind: MembershipRequest.subjectKind,
                id: request.id,
                title: say("\(request.memberName): \(request.kind.words)"),
                detail: say("Put it before the body that decides."),
                needs: .handleApplications,
                since: request.recordedAt,
                memberID: request.memberID
            )
        }
    }
}

/// What a member's people see in their room: requests under way, and a right to appeal as long as there is one.
enum RequestPortal {
    static func source(_ charter: Charter) -> PortalSource {
        PortalSource { transaction, member, today in
            let live = try MembershipRequest.list(transaction, member: member).filter(\.state.isLive)
            let right = try appeal(transaction, member, live, charter, today)
            return live.map(item) + (right.map { [$0] } ?? [])
        }
    }

    private static func item(_ request: MembershipRequest) -> PortalItem {
        PortalItem(
            .coming,
            kind: MembershipRequest.subjectKind,
            id: request.id,
            title: say("\(request.kind.words), \(request.reference)"),
            detail: request.state == .put
                ? say("The body that decides has it before it.")
                : say("The secretariat has it and puts it before the body that decides.")
        )
    }

    private static func appeal(
        _ transaction: Transaction,
        _ member: String,
        _ live: [MembershipRequest],
        _ charter: Charter,
        _ today: String
    ) throws -> PortalItem? {
        guard let day = Day(today), let rules = RequestRules(charter: charter, today: day),
            let standing = try MemberStanding.load(transaction, member: member),
            !live.contains(where: { $0.kind == .appeal }),
            case .possible(let terms) = rules.answer(.appeal, standing, letter: day), let lastDay = terms.lastDay
        else { return nil }
        let status = rules.version.status(standing.status)?.name ?? standing.status
        return PortalItem(
            .open,
            kind: "appeal",
            id: member,
            title: say("You can appeal against the status \(Phrase.name(status))"),
            detail: say("It holds since \(standing.day). The last day to appeal is \(lastDay)."),
            day: lastDay.description
        )
    }
}

/// What members' requests hold on people: who made, recorded and dealt with them.
enum RequestPersonalData {
    // What a member asks is the member's; whose name it bears goes with the person.
    static let all: [PersonalDataSource] = [
        PersonalDataSource("membership-requests") { transaction, person in
            let key = Value.text("person:\(person.id)")
            return .list(
                try transaction.query(
                    """
                    SELECT year, number, kind, state, letter_day, words, recorded_at, made_by FROM membership_request
                    WHERE made_by = ? OR recorded_by = ? OR settled_by = ? ORDER BY recorded_at, id
                    """,
                    [.text(person.id), key, key]
                ) { row in
                    let isTheirs = row.optionalText(7) == person.id
                    return [
                        "reference": .text("\(try row.integer(0))-\(try row.integer(1))"),
                        "kind": .text(try row.text(2)), "state": .text(try row.text(3)),
                        "letter-day": .text(try row.text(4)),
                        // The words of a letter that they recorded are somebody else's.
                        "words": .optional(try isTheirs ? row.text(5) : nil), "recorded-at": .text(try row.text(6)),
                    ]
                }
            )
        } erase: { _, _, _ in
        }
    ]
}
