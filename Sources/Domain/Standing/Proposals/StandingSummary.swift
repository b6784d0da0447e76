public import Charter
import Database
import Membership

/// How many members the last night found alike under one ground, and why.
public struct StandingSummary: Sendable, Equatable {
    public let ground: String
    public let kind: StandingOutcome.Kind
    /// The reason without its particulars.
    public let code: String
    /// One of them, whose particulars stand for all.
    public let example: StandingOutcome
    public let members: Int
    public let foundOn: Day

    static func all(_ transaction: Transaction) throws -> [StandingSummary] {
        try transaction.query(
            """
            SELECT ground, kind, code, example, members, found_on FROM standing_summary
            ORDER BY kind, members DESC, ground, code
            """
        ) { row in
            StandingSummary(
                ground: try row.text(0),
                kind: StandingOutcome.Kind(rawValue: try row.text(1)) ?? .cannotTell,
                code: try row.text(2),
                example: try StoredJSON.value(StandingOutcome.self, row.text(3)),
                members: try row.integer(4),
                foundOn: Day(try row.text(5)) ?? .first
            )
        }
    }
}
