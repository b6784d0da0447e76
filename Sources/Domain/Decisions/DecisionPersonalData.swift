public import Access
import Database
import Identity
import Languages

/// What decisions hold on people: the answers that they gave, and that they sat for themselves.
public enum DecisionPersonalData {
    public static let all: [PersonalDataSource] = [answers]

    // How a seat answered stays part of the body's record; whose name it bears goes with the person.
    private static let answers = PersonalDataSource("decisions") { transaction, person in
        .list(
            try transaction.query(
                """
                SELECT c.year, c.number, c.title, i.position, i.words, a.answer, a.comment, a.answered_at, a.is_current
                FROM circular_answer a JOIN circular_item i ON i.id = a.item_id JOIN circular c ON c.id = i.circular_id
                WHERE a.given_by = ? ORDER BY a.answered_at, a.id
                """,
                [.text(person.id)]
            ) { row in
                [
                    "decision": .text("\(try row.integer(0))-\(try row.integer(1))"), "title": .text(try row.text(2)),
                    "item": .integer(try row.integer(3)), "words": .text(Phrase(stored: try row.text(4)).english),
                    "answer": .text(try row.text(5)), "comment": .text(try row.text(6)),
                    "answered-at": .text(try row.text(7)), "replaced": .flag(try !row.flag(8)),
                ]
            }
        )
    } erase: { transaction, person, _ in
        // What somebody added in their own words is theirs; what they answered is the seat's.
        try transaction.execute("UPDATE circular_answer SET comment = '' WHERE given_by = ?", [.text(person.id)])
    }
}
