import Access
import Database
import Identity

/// What fees hold on people: who entered figures and who withdrew them.
enum FeePersonalData {
    // That a colleague entered a figure is part of the story of the records; their name goes with the person.
    static let inputs = PersonalDataSource("fee-inputs") { transaction, person in
        let key = Value.text("person:\(person.id)")
        return .list(
            try transaction.query(
                """
                SELECT id, measure, as_of, entered_at, withdrawn_at FROM fee_input
                WHERE entered_by = ? OR withdrawn_by = ? ORDER BY id
                """,
                [key, key]
            ) { row in
                [
                    "id": .text(try row.text(0)), "measure": .text(try row.text(1)), "as-of": .text(try row.text(2)),
                    "entered-at": .text(try row.text(3)), "withdrawn-at": .optional(row.optionalText(4)),
                ]
            }
        )
    } erase: { _, _, _ in
    }
}
