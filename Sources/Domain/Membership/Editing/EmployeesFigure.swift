package import Database
package import Foundation

/// How many people a member employs, as it stated it.
package enum EmployeesFigure {
    /// A second entry for the same year corrects the first; what reports printed stays beside it.
    package static func write(
        _ transaction: Transaction,
        member id: String,
        employees: Double,
        year: Int,
        now: Date
    ) throws {
        let source = try EntrySource.code(transaction, now)
        let locator = "\(EntrySource.locator("secretariat", now)), for \(year)"
        try transaction.execute(
            "DELETE FROM member_figure WHERE member_id = ? AND kind = 'employees' AND source = ? AND year_latest = ?",
            [.text(id), .text(source), .int(year)]
        )
        try transaction.execute(
            """
            INSERT INTO member_figure (member_id, kind, value, unit, year_earliest, year_latest, source, locator, note, origin)
            VALUES (?, 'employees', ?, 'people', ?, ?, ?, ?, NULL, 'entry')
            """,
            [.text(id), .real(employees), .int(year), .int(year), .text(source), .text(locator)]
        )
    }

    /// The one that counts; `nil` where none is on record.
    static func latest(_ transaction: Transaction, member id: String) throws -> FactValue? {
        try transaction.first(
            """
            SELECT value, year_latest FROM member_figure WHERE member_id = ? AND kind = 'employees'
            ORDER BY \(FactOrder.population(newestFirst: true)) LIMIT 1
            """,
            [.text(id)]
        ) { row in
            let value = NumberText.plain(try row.optionalReal(0) ?? 0)
            return FactValue(.employees, value: value, detail: String(try row.integer(1)))
        }
    }
}
