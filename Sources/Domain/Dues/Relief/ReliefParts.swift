import Access
import Database
import Decisions
import Identity
import Journal
import Languages
import Membership

/// Every command and question of relief.
enum ReliefCatalogue {
    static let all: [ServiceDescription] = [
        .command(AskRelief.self), .command(TakeBackRelief.self),
        .question(ReliefByID.self), .question(ReliefList.self), .question(ReliefOfMember.self),
    ]
}

/// Requests for relief that wait to be put before the body that decides, for the page Today.
enum WaitingRelief {
    static let source = WaitingSource(
        kind: ReliefRequest.subjectKind,
        title: say("Requests for relief from dues"),
        reads: .readDues
    ) { try list($0) }

    private static func list(_ transaction: Transaction) throws -> [WaitingItem] {
        try ReliefRequest.all(transaction, [.received], limit: 1000).map { request in
            WaitingItem(
                kind: ReliefRequest.subjectKind,
                id: request.id,
                title: say("\(request.memberName): \(request.kind.words)"),
                detail: say("Put it before the body that decides."),
                needs: .openDecision,
                since: request.recordedAt,
                memberID: request.memberID
            )
        }
    }
}

/// What a member's people see in their room: requests for relief under way.
enum ReliefPortal {
    static let source = PortalSource(reads: .readMemberDues) { transaction, member, _ in
        try ReliefRequest.all(transaction, member: member).filter(\.state.isLive).map { request in
            PortalItem(
                .coming,
                kind: ReliefRequest.subjectKind,
                id: request.id,
                title: say("\(request.kind.words), \(request.reference)"),
                detail: request.state == .put
                    ? say("The body that decides has it before it.")
                    : say("The secretariat has it and puts it before the body that decides.")
            )
        }
    }
}

/// What requests for relief hold on people: who made or signed, recorded and dealt with them.
enum ReliefPersonalData {
    // What a member asks is the member's; whose name it bears, and the grounds in their words, go with the person.
    static let requests = PersonalDataSource("relief-requests") { transaction, person in
        let key = Value.text("person:\(person.id)")
        return .list(
            try transaction.query(
                """
                SELECT r.year, r.number, r.kind, r.state, r.letter_day, r.words, r.recorded_at,
                    CASE WHEN \(isTheirs) THEN 1 ELSE 0 END
                FROM relief_request r WHERE \(isTheirs) OR r.recorded_by = ? OR r.settled_by = ?
                ORDER BY r.recorded_at, r.id
                """,
                theirs(person) + theirs(person) + [key, key]
            ) { row in
                let isOwn = try row.flag(7)
                return [
                    "reference": .text("\(try row.integer(0))-\(try row.integer(1))"),
                    "kind": .text(try row.text(2)), "state": .text(try row.text(3)),
                    "letter-day": .text(try row.text(4)),
                    // The words of a letter that they recorded are somebody else's.
                    "words": .optional(try isOwn ? row.text(5) : nil), "recorded-at": .text(try row.text(6)),
                ]
            }
        )
    } erase: { transaction, person, _ in
        let found = try transaction.query(
            "SELECT r.id, r.words FROM relief_request r WHERE \(isTheirs)",
            theirs(person)
        ) { (id: try $0.text(0), words: try $0.text(1)) }
        for request in found {
            // What a body had before it repeats the grounds.
            let subject = MatterSubject(ReliefRequest.subjectKind, request.id)
            try CircularItem.forget(request.words, about: subject, transaction)
            try transaction.execute(
                """
                UPDATE relief_request SET words = '', signed_by = CASE WHEN signed_by IS NULL THEN NULL ELSE '' END
                WHERE id = ?
                """,
                [.text(request.id)]
            )
            try Journal.erasePersonal(transaction, subject: .init(ReliefRequest.subjectKind, request.id))
        }
    }

    /// Of a request `r`: that the person made it, or that it is a letter with their name, of a member for which they
    /// have or had a role. Another of that name may have signed what came from elsewhere.
    private static let isTheirs = """
        (r.made_by = ? OR (r.signed_by = ? AND EXISTS (SELECT 1 FROM role_grant g
            WHERE g.person_id = ? AND g.place_kind = 'member' AND g.place_id = r.member_id)))
        """

    private static func theirs(_ person: Person) -> [Value] {
        [.text(person.id), .text(person.name), .text(person.id)]
    }
}
