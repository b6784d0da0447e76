public import Charter
import Database
public import Languages

/// What a seat says to an item.
public enum SeatAnswer: String, Sendable, CaseIterable {
    case approve, object, abstain

    public var name: Phrase {
        switch self {
        case .approve: say("Approve")
        case .object: say("Object")
        case .abstain: say("Abstain")
        }
    }
}

/// One answer of a seat to an item. A later one replaces it and both are kept.
public struct CircularAnswer: Sendable, Equatable {
    public let itemID: String
    public let seatID: String
    /// The number of the circular's change that brought it: later answers have higher ones, whatever the clock says.
    public let number: Int
    public let answer: SeatAnswer
    public let comment: String
    /// Who gave it, or entered it; `nil` for the program's operator.
    public let givenBy: String?
    public let givenByName: String?
    /// Where an answer came from that the secretariat entered: "Letter of 3 May".
    public let grounds: String?
    public let answeredAt: String
    /// Whether it is the one that counts.
    public let isCurrent: Bool

    /// Every answer to a circular, the latest first.
    static func all(_ transaction: Transaction, circular id: String) throws -> [CircularAnswer] {
        try transaction.query(
            """
            SELECT a.item_id, a.seat_id, a.number, a.answer, a.comment, a.given_by, p.name, a.grounds, a.answered_at,
                a.is_current
            FROM circular_answer a JOIN circular_item i ON i.id = a.item_id LEFT JOIN person p ON p.id = a.given_by
            WHERE i.circular_id = ? ORDER BY a.number DESC, i.position
            """,
            [.text(id)]
        ) { row in
            guard let answer = SeatAnswer(rawValue: try row.text(3)) else {
                throw DatabaseError.decoding(column: 3, expected: "an answer")
            }
            return CircularAnswer(
                itemID: try row.text(0),
                seatID: try row.text(1),
                number: try row.integer(2),
                answer: answer,
                comment: try row.text(4),
                givenBy: row.optionalText(5),
                givenByName: row.optionalText(6),
                grounds: row.optionalText(7),
                answeredAt: try row.text(8),
                isCurrent: try row.flag(9)
            )
        }
    }
}

/// How far the answers to a circular have come.
public struct CircularCount: Sendable, Equatable {
    /// By item.
    public let tallies: [String: Charter.Tally]
    public let seats: Int
    /// The seats that have answered every item.
    public let answeredSeats: Int

    public var isComplete: Bool { seats > 0 && answeredSeats == seats }

    static func load(_ transaction: Transaction, circular id: String) throws -> CircularCount {
        let seats =
            try transaction.first("SELECT COUNT(*) FROM circular_seat WHERE circular_id = ?", [.text(id)]) {
                try $0.integer(0)
            } ?? 0
        var counts: [String: [String: Int]] = [:]
        var items = 0
        try transaction.forEach(
            """
            SELECT i.id, a.answer, COUNT(a.id) FROM circular_item i
            LEFT JOIN circular_answer a ON a.item_id = i.id AND a.is_current = 1
            WHERE i.circular_id = ? GROUP BY i.id, a.answer
            """,
            [.text(id)]
        ) { row in
            let item = try row.text(0)
            if counts[item] == nil { items += 1 }
            counts[item, default: [:]][row.optionalText(1) ?? ""] = try row.integer(2)
        }
        let full = try transaction.query(
            """
            SELECT a.seat_id FROM circular_answer a JOIN circular_item i ON i.id = a.item_id
            WHERE i.circular_id = ? AND a.is_current = 1 GROUP BY a.seat_id HAVING COUNT(*) = ?
            """,
            [.text(id), .int(items)]
        ) { try $0.text(0) }
        return CircularCount(
            tallies: counts.mapValues { of in
                Charter.Tally(
                    seats: seats,
                    approve: of[SeatAnswer.approve.rawValue] ?? 0,
                    object: of[SeatAnswer.object.rawValue] ?? 0,
                    abstain: of[SeatAnswer.abstain.rawValue] ?? 0
                )
            },
            seats: seats,
            answeredSeats: full.count
        )
    }
}

/// Writes the answers of one seat.
struct AnswerWriter {
    let transaction: Transaction
    let number: Int
    let seat: CircularSeat
    let givenBy: String?
    let grounds: String?
    let comment: String
    let instant: String

    /// Returns the items whose answer is another one now. What is said again as it stands already is not written twice.
    func write(_ answers: [(item: CircularItem, answer: SeatAnswer)]) throws -> [CircularItem] {
        var changed: [CircularItem] = []
        for (item, answer) in answers where try !stands(item, answer) {
            try transaction.execute(
                "UPDATE circular_answer SET is_current = 0 WHERE item_id = ? AND seat_id = ? AND is_current = 1",
                [.text(item.id), .text(seat.id)]
            )
            try transaction.execute(
                """
                INSERT INTO circular_answer (id, item_id, seat_id, number, answer, comment, given_by, grounds, answered_at,
                    is_current)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
                """,
                [
                    .text(Identifier.make()), .text(item.id), .text(seat.id), .int(number), .text(answer.rawValue),
                    .text(comment), .optional(givenBy), .optional(grounds), .text(instant),
                ]
            )
            changed.append(item)
        }
        return changed
    }

    private func stands(_ item: CircularItem, _ answer: SeatAnswer) throws -> Bool {
        let found = try transaction.first(
            """
            SELECT answer, comment, given_by, grounds FROM circular_answer
            WHERE item_id = ? AND seat_id = ? AND is_current = 1
            """,
            [.text(item.id), .text(seat.id)]
        ) { row in
            try row.text(0) == answer.rawValue && row.text(1) == comment && row.optionalText(2) == givenBy
                && row.optionalText(3) == grounds
        }
        return found ?? false
    }
}
