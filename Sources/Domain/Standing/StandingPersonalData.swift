public import Access
import Database
import Identity

/// What this capability holds on people: who recorded what members took part in and did, and who dealt with proposals.
public enum StandingPersonalData {
    public static let all: [PersonalDataSource] = [steps, activities, lists, proposals]

    // That a colleague recorded something is part of the story of the records; their name goes with the person.
    private static let steps = PersonalDataSource("participation-steps") { transaction, person in
        .list(
            try transaction.query(
                "SELECT id, event, kind, made_at FROM participation_step WHERE made_by = ? ORDER BY id",
                [.text("person:\(person.id)")]
            ) { row in
                [
                    "id": .text(try row.text(0)), "event": .text(try row.text(1)), "kind": .text(try row.text(2)),
                    "made-at": .text(try row.text(3)),
                ]
            }
        )
    } erase: { _, _, _ in
    }

    private static let activities = PersonalDataSource("activities") { transaction, person in
        let key = Value.text("person:\(person.id)")
        return .list(
            try transaction.query(
                """
                SELECT id, kind, added_at, withdrawn_at FROM activity WHERE added_by = ? OR withdrawn_by = ? ORDER BY id
                """,
                [key, key]
            ) { row in
                [
                    "id": .text(try row.text(0)), "kind": .text(try row.text(1)), "added-at": .text(try row.text(2)),
                    "withdrawn-at": .optional(row.optionalText(3)),
                ]
            }
        )
    } erase: { _, _, _ in
    }

    private static let lists = PersonalDataSource("participant-lists") { transaction, person in
        let key = Value.text("person:\(person.id)")
        return .list(
            try transaction.query(
                """
                SELECT id, event, file, read_at FROM participant_list WHERE read_by = ? OR applied_by = ? ORDER BY id
                """,
                [key, key]
            ) { row in
                [
                    "id": .text(try row.text(0)), "event": .text(try row.text(1)), "file": .text(try row.text(2)),
                    "read-at": .text(try row.text(3)),
                ]
            }
        )
    } erase: { _, _, _ in
    }

    private static let proposals = PersonalDataSource("standing-proposals") { transaction, person in
        let key = Value.text("person:\(person.id)")
        return .list(
            try transaction.query(
                """
                SELECT id, ground, state, COALESCE(settled_at, put_at) FROM standing_proposal
                WHERE put_by = ? OR settled_by = ? ORDER BY id
                """,
                [key, key]
            ) { row in
                [
                    "id": .text(try row.text(0)), "ground": .text(try row.text(1)), "state": .text(try row.text(2)),
                    "at": .optional(row.optionalText(3)),
                ]
            }
        )
    } erase: { _, _, _ in
    }
}
