package import Charter
package import Database
package import Foundation
import Journal
import Membership

/// Activities that nobody did, to show what points they would earn. Each is marked as made up.
package struct InventedActivities: Sendable {
    let charter: Charter
    let seed: UInt64

    /// - Parameter seed: with the same one each member did the same.
    package init(charter: Charter, seed: UInt64) {
        (self.charter, self.seed) = (charter, seed)
    }

    /// Adds activities of members on the roll that have none which is made up, and returns how many there are now more.
    ///
    /// - Parameter ofSamples: of invented members alone.
    package func add(ofSamples: Bool, on today: Day, to database: Database, now: Date) async throws -> Int {
        let members = try await database.read { try Self.members($0, ofSamples, on: today) }
        let made = members.flatMap { activities(of: $0, on: today, now: now) }
        for start in stride(from: 0, to: made.count, by: 1000) {
            let part = Array(made[start..<min(start + 1000, made.count)])
            try await database.write { transaction in
                try transaction.execute(
                    NewActivity.insertion,
                    each: part.map { $0.values(by: Sample.actor, now: now) }
                )
                try Journal.append(transaction, part.map { $0.entry(by: Sample.actor, now: now) })
            }
        }
        return made.count
    }

    /// One member in six did something in the last two years, and every other one of these two things.
    private func activities(of member: NamedMember, on today: Day, now: Date) -> [NewActivity] {
        var chance = SampleChance(seed, "\(member.key) activities")
        guard chance.number(below: 6) == 0 else { return [] }
        return (1...1 + chance.number(below: 2)).compactMap { number in
            let day = today.adding(days: -chance.number(below: 730))
            let kinds = AddActivity.kinds(charter, on: day)
            guard !kinds.isEmpty else { return nil }
            return NewActivity(
                id: Identifier.make(at: now),
                memberID: member.id,
                kind: kinds[chance.number(below: kinds.count)].key,
                when: DayBetween(day, day),
                words: "Made-up activity \(number)",
                source: Sample.source,
                locator: nil,
                isInvented: true,
                grounds: "Made up to try the program"
            )
        }
    }

    private static func members(
        _ transaction: Transaction,
        _ ofSamples: Bool,
        on day: Day
    ) throws -> [NamedMember] {
        try transaction.query(
            """
            SELECT s.member_id, s.key, s.name FROM roll_span s
            WHERE s.valid_from <= ? AND s.valid_to > ? AND s.on_roll = 1\(ofSamples ? " AND s.origin = 'sample'" : "")
                AND NOT EXISTS (SELECT 1 FROM activity a WHERE a.member_id = s.member_id AND a.invented = 1)
            ORDER BY s.key
            """,
            [.text(day.description), .text(day.description)]
        ) { NamedMember(id: try $0.text(0), key: try $0.text(1), name: try $0.text(2)) }
    }
}
