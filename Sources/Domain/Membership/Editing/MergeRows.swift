import Access
import Database
import Languages

/// One of two records that are one member.
struct MergeSide {
    let member: EditableMember
    let source: String
    let locator: String?
    let tags: [String]
    let coordinatesSource: String?

    static func load(_ transaction: Transaction, key: String) throws -> MergeSide {
        guard let member = try EditableMember.load(transaction, key: key),
            let side = try transaction.first(
                "SELECT source, locator, tags, coordinates_source FROM member WHERE id = ?",
                [.text(member.id)],
                { row in
                    MergeSide(
                        member: member,
                        source: try row.text(0),
                        locator: row.optionalText(1),
                        tags: try row.text(2).split(separator: " ").map(String.init),
                        coordinatesSource: row.optionalText(3)
                    )
                }
            )
        else { throw MemberRefusal.noSuchMember }
        return side
    }
}

/// A row of one of the tables of facts, with its columns by name.
struct FactRow {
    let table: ImportTable
    var values: [Value]

    subscript(column: String) -> Value {
        get { table.columns.firstIndex { $0.name == column }.map { values[$0] } ?? .null }
        set { if let place = table.columns.firstIndex(where: { $0.name == column }) { values[place] = newValue } }
    }

    func text(_ column: String) -> String { self[column].plain }

    /// What kind of fact the row is.
    var title: Phrase {
        switch table.table {
        case "member_name": say("Name")
        case "member_status": say("Status")
        case "member_figure": say("Figure")
        case "member_person": say("Person")
        case "member_office": say("Office", context: "that a member holds")
        default: say("Participation")
        }
    }

    /// What identifies the row among its member's.
    var key: [Value] {
        zip(table.columns, values).prefix(table.keyColumns).filter { $0.0.name != "member_id" }.map(\.1)
    }

    private static let sourcing: Set<String> = ["member_id", "source", "locator", "note"]

    /// What the row says, without where it was read.
    var facts: [Value] {
        zip(table.columns, values).dropFirst(table.keyColumns).filter { !Self.sourcing.contains($0.0.name) }.map(\.1)
    }

    /// What the row says, in a line for a person.
    var sentence: String {
        zip(table.columns, values).filter { !Self.sourcing.contains($0.0.name) }
            .map { Phrase.record($0.1.shown).english }.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    static func all(_ table: ImportTable, member id: String, _ transaction: Transaction) throws -> [FactRow] {
        let names = table.columns.map(\.name).joined(separator: ", ")
        let order = table.columns[..<table.keyColumns].map(\.name).joined(separator: ", ")
        return try transaction.query(
            "SELECT \(names) FROM \(table.table) WHERE member_id = ? ORDER BY \(order)",
            [.text(id)]
        ) { row in
            FactRow(table: table, values: try table.columns.enumerated().map { try $1.kind.read(row, $0) })
        }
    }

    /// Gives the row, as it is in the table now, to another member and changes it to `new`.
    func move(to new: FactRow, member id: String, _ transaction: Transaction) throws {
        var moved = new
        moved["member_id"] = .text(id)
        let sets = table.columns.map { "\($0.name) = ?" }.joined(separator: ", ")
        let keys = table.columns[..<table.keyColumns].map { "\($0.name) = ?" }.joined(separator: " AND ")
        try transaction.execute(
            """
            UPDATE \(table.table) SET \(sets), origin = CASE WHEN origin = 'sample' THEN origin ELSE 'entry' END
            WHERE \(keys)
            """,
            moved.values + values[..<table.keyColumns]
        )
    }
}

extension Value {
    /// For a person: numbers without a fraction that is none.
    fileprivate var shown: String {
        if case .real(let number) = self { return NumberText.plain(number) }
        return plain
    }
}

/// Everything that refers to a member beside the tables of facts, and how it goes over to another one.
struct MergeReference {
    let table: String
    let column: String
    /// Further condition for rows that refer to a member.
    var condition = "1 = 1"
    /// With these columns the member is unique, so that a row which both have is kept once.
    var uniqueWith: [String] = []
    /// How many rows there are of what.
    let counted: @Sendable (Int) -> Phrase

    // The history of roles is dealt with apart: see `MergeGrants`.
    static let all: [MergeReference] =
        [
            MergeReference(table: "roll_line", column: "member_id") {
                say($0, one: "1 line of a printed roll", other: "\($0) lines of printed rolls")
            },
            MergeReference(table: "explanation", column: "member_id") {
                say($0, one: "1 explanation of a published figure", other: "\($0) explanations of published figures")
            },
            MergeReference(table: "contradiction", column: "member_id") {
                say($0, one: "1 contradiction between reports", other: "\($0) contradictions between reports")
            },
            MergeReference(table: "bulk_action_member", column: "member_id", uniqueWith: ["action_id"]) {
                say($0, one: "1 action on many members", other: "\($0) actions on many members")
            },
            MergeReference(table: "member_merge", column: "kept_id") {
                say(
                    $0,
                    one: "1 record that was merged with it before",
                    other: "\($0) records that were merged with it before"
                )
            },
        ] + PortalMerge.references + StandingMerge.references + JoiningMerge.references + DuesMerge.references

    func count(_ id: String, _ transaction: Transaction) throws -> Int {
        try transaction.first("SELECT COUNT(*) FROM \(table) WHERE \(column) = ? AND \(condition)", [.text(id)]) {
            try $0.integer(0)
        } ?? 0
    }

    func move(from merged: String, to kept: String, _ transaction: Transaction) throws {
        if !uniqueWith.isEmpty {
            let bond = uniqueWith.map { "other.\($0) = \(table).\($0)" }.joined(separator: " AND ")
            try transaction.execute(
                """
                DELETE FROM \(table) WHERE \(column) = ? AND \(condition) AND EXISTS
                    (SELECT 1 FROM \(table) other WHERE other.\(column) = ? AND \(bond))
                """,
                [.text(merged), .text(kept)]
            )
        }
        try transaction.execute(
            "UPDATE \(table) SET \(column) = ? WHERE \(column) = ? AND \(condition)",
            [.text(kept), .text(merged)]
        )
    }
}

/// The roles that people hold in a member, and the tokens of its programs. A role that one person holds in both records stays once, from the earlier day.
enum MergeGrants {
    static func move(from merged: String, to kept: String, _ transaction: Transaction) throws {
        let doubled = try transaction.query(
            """
            SELECT m.id, k.id, m.starts_on, k.starts_on FROM role_grant m JOIN role_grant k
            ON k.person_id = m.person_id AND k.role = m.role AND k.place_kind = 'member' AND k.place_id = ?
                AND k.ends_on IS NULL
            WHERE m.place_kind = 'member' AND m.place_id = ? AND m.ends_on IS NULL
            """,
            [.text(kept), .text(merged)]
        ) { (merged: try $0.text(0), kept: try $0.text(1), starts: min(try $0.text(2), try $0.text(3))) }
        for pair in doubled {
            try transaction.execute(
                "UPDATE role_grant SET starts_on = ? WHERE id = ?",
                [.text(pair.starts), .text(pair.kept)]
            )
            try transaction.execute("DELETE FROM role_grant WHERE id = ?", [.text(pair.merged)])
        }
        for table in ["role_grant", "api_token"] {
            try transaction.execute(
                "UPDATE \(table) SET place_id = ? WHERE place_kind = 'member' AND place_id = ?",
                [.text(kept), .text(merged)]
            )
        }
    }
}
