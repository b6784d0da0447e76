public import Access
import Database
import Identity

/// What fees, invoices and payments hold on people.
public enum DuesPersonalData {
    public static let all: [PersonalDataSource] =
        [FeePersonalData.inputs, runs, creditNotes] + PaymentPersonalData.all
        + [ReliefPersonalData.requests, DisputePersonalData.disputes]

    // That a colleague wrote invoices is part of the story of the accounts; their name goes with the person.
    private static let runs = PersonalDataSource("dues-runs") { transaction, person in
        .list(
            try transaction.query(
                "SELECT year, issued_on, started_at FROM dues_run WHERE started_by = ? ORDER BY started_at, id",
                [.text("person:\(person.id)")]
            ) { row in
                [
                    "year": .integer(try row.integer(0)), "issued-on": .text(try row.text(1)),
                    "started-at": .text(try row.text(2)),
                ]
            }
        )
    } erase: { _, _, _ in
    }

    private static let creditNotes = PersonalDataSource("credit-notes") { transaction, person in
        .list(
            try transaction.query(
                "SELECT number, issued_at, grounds FROM credit_note WHERE issued_by = ? ORDER BY issued_at, id",
                [.text("person:\(person.id)")]
            ) { row in
                [
                    "number": .text(try row.text(0)), "issued-at": .text(try row.text(1)),
                    "grounds": .text(try row.text(2)),
                ]
            }
        )
    } erase: { _, _, _ in
    }
}
