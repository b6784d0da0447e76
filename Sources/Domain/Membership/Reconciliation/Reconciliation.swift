import Charter
import Database

extension Directory {
    /// Every published figure beside the derived one. Invented samples count nowhere here.
    public func reconcile() async throws -> [Finding] {
        try await database.read { transaction in
            let statements = try PublishedStatement.all(transaction)
            let explanations = try Self.explanations(transaction)
            let derivation = Derivation(transaction: transaction, charter: self.charter)
            return try statements.map { statement in
                let derived = try derivation.derive(statement)
                return statement.finding(derived, explanations[statement.key] ?? [])
            }
        }
    }

    private static func explanations(_ transaction: Transaction) throws -> [String: [Finding.Explanation]] {
        var found: [String: [Finding.Explanation]] = [:]
        try transaction.forEach(
            """
            SELECT e.statement, m.key, m.name, e.kind, e.explanation
            FROM explanation e LEFT JOIN member m ON m.id = e.member_id ORDER BY e.position
            """
        ) { row in
            found[try row.text(0), default: []].append(
                Finding.Explanation(
                    member: row.optionalText(1),
                    memberName: row.optionalText(2),
                    kind: try row.text(3),
                    text: try row.text(4)
                )
            )
        }
        return found
    }
}

/// A figure as a report printed it.
struct PublishedStatement {
    let key: String
    let subject: Subject
    let from: String
    let through: String
    let category: String?
    let region: String?
    let value: Double
    let unit: String?
    let text: String?
    let source: String
    let locator: String?
    let note: String?

    static func all(_ transaction: Transaction) throws -> [PublishedStatement] {
        try transaction.query(
            """
            SELECT key, subject, as_of, as_of_latest, category, region, value, unit, text, source, locator, note
            FROM statement ORDER BY as_of_latest, as_of, key
            """
        ) { row in
            guard let subject = Subject(rawValue: try row.text(1)) else {
                throw DatabaseError.decoding(column: 1, expected: "the subject of a statement")
            }
            return PublishedStatement(
                key: try row.text(0),
                subject: subject,
                from: try row.text(2),
                through: try row.text(3),
                category: row.optionalText(4),
                region: row.optionalText(5),
                value: try row.optionalReal(6) ?? 0,
                unit: row.optionalText(7),
                text: row.optionalText(8),
                source: try row.text(9),
                locator: row.optionalText(10),
                note: row.optionalText(11)
            )
        }
    }

    func finding(_ derived: Derived, _ explanations: [Finding.Explanation]) -> Finding {
        Finding(
            statement: key,
            subject: subject.rawValue,
            text: text ?? subject.rawValue,
            from: from,
            through: through,
            category: category,
            region: region,
            published: value,
            unit: unit,
            source: source,
            locator: locator,
            note: note,
            derived: derived.value,
            derivation: derived.how,
            difference: derived.value.map { $0 - value },
            explanations: explanations,
            members: derived.members
        )
    }
}
