import Charter
import Database
import Languages
import Membership

/// Finds the members, present and former, that an applicant may be.
struct KnownApplicants {
    let transaction: Transaction
    let services: JoiningServices
    /// By whose charter they stand on the roll or not.
    let day: Day

    private var version: CharterVersion? { services.charter.version(on: day) ?? services.charter.versions.first }

    /// Those that bear one of its names, and the one that it was found to be. None once the application is over: the
    /// member that it became bears its name.
    func all(_ application: Application) throws -> [KnownApplicant] {
        guard !application.state.isOver, application.emptiedAt == nil else { return [] }
        let candidates = try application.addition(joined: day, grounds: "", version, services).candidates(transaction)
        var known = try candidates.compactMap { candidate in
            try one(candidate.id, candidate.because, isAnother: application.lookedAt.contains(candidate.id))
        }
        if let chosen = application.memberID, !known.contains(where: { $0.memberID == chosen }),
            let found = try one(chosen, Self.byHand, isAnother: false)
        {
            known.insert(found, at: 0)
        }
        return known
    }

    /// The member with a key, also that of a record that was merged with another. Throws `MemberRefusal.noSuchMember`.
    func named(_ key: String) throws -> KnownApplicant {
        let id = try transaction.first(
            """
            SELECT id FROM member WHERE key = ?
            UNION ALL SELECT kept_id FROM member_merge WHERE merged_key = ?
            """,
            [.text(key), .text(key)]
        ) { try $0.text(0) }
        guard let id, let found = try one(id, Self.byHand, isAnother: false) else { throw MemberRefusal.noSuchMember }
        return found
    }

    private static let byHand = say("found by hand", context: "why a member may be the applicant")

    /// Throws `JoiningRefusal.memberAlready` for a member that is on the roll.
    func requireFormer(_ known: KnownApplicant) throws {
        if known.isOnRoll { throw JoiningRefusal.memberAlready(known.name) }
    }

    /// The member with an id, as it stands; `nil` when there is none.
    func one(_ id: String, _ because: Phrase, isAnother: Bool) throws -> KnownApplicant? {
        let last = try transaction.first(
            "SELECT status, latest FROM member_status WHERE member_id = ? ORDER BY latest DESC, earliest DESC LIMIT 1",
            [.text(id)]
        ) { (status: try $0.text(0), day: try $0.text(1)) }
        let version = version
        return try transaction.first(
            "SELECT key, name, country, category FROM member WHERE id = ?",
            [.text(id)]
        ) { row in
            KnownApplicant(
                memberID: id,
                key: try row.text(0),
                name: try row.text(1),
                country: row.optionalText(2),
                category: try row.text(3),
                isOnRoll: last.flatMap { version?.status($0.status) }?.isOnRoll ?? false,
                standing: last?.status ?? "",
                since: last?.day ?? "",
                because: because,
                isAnother: isAnother
            )
        }
    }
}
