import Access
import Charter
import Database
import Foundation
import Languages

/// Writes a checked fact about one member into its table, with the source of what is entered by hand.
struct FactWriter {
    let transaction: Transaction
    let member: EditableMember
    let source: String
    let locator: String

    func write(_ fact: MemberFact) throws {
        switch fact {
        case .name(let name, .renamed, let day): try rename(name, from: day)
        case .name(let name, .corrected, _): try correct(name)
        case .column(let column, let text): try set([(column, .optional(text))])
        case .area(let area): try set([("area_km2", .optional(area))])
        case .coordinates(let place):
            try set([
                ("latitude", .optional(place?.latitude)), ("longitude", .optional(place?.longitude)),
                ("coordinates_source", .optional(place == nil ? nil : source)),
            ])
        case .population(let people, let year): try population(people, year)
        case .head(let person, let position, let day): try head(person, position, day)
        }
    }

    private func set(_ columns: [(name: String, value: Value)]) throws {
        let sets = columns.map { "\($0.name) = ?" }.joined(separator: ", ")
        try transaction.execute("UPDATE member SET \(sets) WHERE id = ?", columns.map(\.value) + [.text(member.id)])
        try MemberRevision.markEntered(transaction, member.id, columns.map(\.name))
    }

    /// The old name ends the day before, so that the roll of that day still shows it.
    private func rename(_ name: String, from day: Day) throws {
        let old = member.draft[.name]
        let dated = try transaction.first(
            """
            SELECT MAX(COALESCE(valid_to, valid_from)) FROM member_name
            WHERE member_id = ? AND kind = 'name' AND language = ? AND (valid_to IS NOT NULL OR valid_from <> '')
            """,
            [.text(member.id), .text(member.language)]
        ) { $0.optionalText(0) }
        if let last = dated ?? nil, last >= day.description {
            throw InvalidInput("effective", say("The name before it is recorded until \(last). Enter a later day."))
        }
        let before = day.adding(days: -1)
        let open = try OpenName.all(transaction, member: member.id).filter {
            $0.isMain(old) && $0.language == member.language
        }
        for row in open { try row.end(transaction, member: member.id, on: before) }
        if open.isEmpty { try insert(old, from: "", to: before) }
        try insert(name, from: day.description, to: nil)
        try set([("name", .text(name))])
    }

    /// The wrong spelling stays found, as a misprint.
    private func correct(_ name: String) throws {
        let old = member.draft[.name]
        let rows = try transaction.query(
            """
            SELECT valid_from, valid_to FROM member_name
            WHERE member_id = ? AND kind = 'name' AND language = ? AND name = ?
            """,
            [.text(member.id), .text(member.language), .text(old)]
        ) { (from: try $0.text(0), to: $0.optionalText(1)) }
        try transaction.execute(
            """
            UPDATE member_name SET kind = 'printed', note = ?,
                origin = CASE WHEN origin = 'sample' THEN origin ELSE 'entry' END
            WHERE member_id = ? AND kind = 'name' AND language = ? AND name = ?
            """,
            [.text(say("\(name) is meant.").recorded), .text(member.id), .text(member.language), .text(old)]
        )
        for from in Set(rows.map(\.from)) {
            try insert(name, from: from, to: rows.first { $0.from == from }?.to.flatMap(Day.init))
        }
        if rows.isEmpty { try insert(name, from: "", to: nil) }
        try set([("name", .text(name))])
    }

    private func insert(_ name: String, from: String, to: Day?) throws {
        try transaction.execute(
            """
            INSERT INTO member_name (member_id, name, language, kind, valid_from, valid_to, source, locator, note, origin)
            VALUES (?, ?, ?, 'name', ?, ?, ?, ?, NULL, 'entry')
            ON CONFLICT (member_id, name, language, kind, source, locator, valid_from)
            DO UPDATE SET valid_to = excluded.valid_to
            """,
            [
                .text(member.id), .text(name), .text(member.language), .text(from), .optional(to?.description),
                .text(source), .text(locator),
            ]
        )
    }

    /// A second entry for the same year corrects the first; what reports printed stays beside it.
    private func population(_ people: Double, _ year: Int) throws {
        try transaction.execute(
            "DELETE FROM member_figure WHERE member_id = ? AND kind = 'population' AND source = ? AND year_latest = ?",
            [.text(member.id), .text(source), .int(year)]
        )
        try transaction.execute(
            """
            INSERT INTO member_figure (member_id, kind, value, unit, year_earliest, year_latest, source, locator, note, origin)
            VALUES (?, 'population', ?, 'people', ?, ?, ?, ?, NULL, 'entry')
            """,
            [
                .text(member.id), .real(people), .int(year), .int(year), .text(source),
                .text("\(locator), for \(year)"),
            ]
        )
    }

    private func head(_ person: String, _ position: String, _ day: Day) throws {
        // The same day again, entered here: the entry is corrected.
        try transaction.execute(
            """
            DELETE FROM member_person
            WHERE member_id = ? AND role = 'head-of-government' AND shown_on = ? AND source = ?
            """,
            [.text(member.id), .text(day.description), .text(source)]
        )
        try transaction.execute(
            """
            INSERT INTO member_person (member_id, person, position, role, shown_on, source, locator, note, origin)
            VALUES (?, ?, ?, 'head-of-government', ?, ?, ?, NULL, 'entry')
            ON CONFLICT (member_id, person, role, shown_on)
            DO UPDATE SET position = excluded.position, source = excluded.source, locator = excluded.locator, origin = 'entry'
            """,
            [
                .text(member.id), .text(person), .text(position), .text(day.description), .text(source), .text(locator),
            ]
        )
    }
}
