package import Database
package import Foundation

/// How many people a member employs, as it stated it when it joined.
package enum EmployeesFigure {
    package static func write(
        _ transaction: Transaction,
        member id: String,
        employees: Double,
        year: Int,
        now: Date
    ) throws {
        try transaction.execute(
            """
            INSERT INTO member_figure (member_id, kind, value, unit, year_earliest, year_latest, source, locator, note, origin)
            VALUES (?, 'employees', ?, 'people', ?, ?, ?, ?, NULL, 'entry')
            """,
            [
                .text(id), .real(employees), .int(year), .int(year), .text(try EntrySource.code(transaction, now)),
                .text("\(EntrySource.locator("secretariat", now)), for \(year)"),
            ]
        )
    }
}
