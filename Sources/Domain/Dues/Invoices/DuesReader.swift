import Charter
import Database
import Foundation
import Membership

/// Who gets a member's letters about its dues.
struct DuesReader: Sendable {
    let personID: String
    let name: String
    let email: String
    let language: String

    /// Of each of these members, who has represented it the longest of those that do today and can be written to.
    static func firstRepresentatives(
        _ transaction: Transaction,
        members ids: [String],
        now: Date
    ) throws -> [String: DuesReader] {
        guard !ids.isEmpty else { return [:] }
        let day = Value.text(FormCheck.today(now).description)
        var found: [String: DuesReader] = [:]
        try transaction.forEach(
            """
            SELECT g.place_id, p.id, p.name, p.email, p.language FROM role_grant g JOIN person p ON p.id = g.person_id
            WHERE g.place_kind = 'member' AND g.place_id IN (\(ids.map { _ in "?" }.joined(separator: ", ")))
                AND g.role = 'representative' AND g.starts_on <= ? AND (g.ends_on IS NULL OR g.ends_on >= ?)
                AND g.ended_at IS NULL AND p.email IS NOT NULL AND p.closed_at IS NULL AND p.erased_at IS NULL
            ORDER BY g.place_id, g.starts_on, g.given_at, g.id
            """,
            ids.map(Value.text) + [day, day]
        ) { row in
            let member = try row.text(0)
            guard found[member] == nil else { return }
            found[member] = DuesReader(
                personID: try row.text(1),
                name: try row.text(2),
                email: try row.text(3),
                language: try row.text(4)
            )
        }
        return found
    }
}
