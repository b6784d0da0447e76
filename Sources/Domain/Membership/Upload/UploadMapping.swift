import Access
import Database
public import Languages

/// Which field each column of a file holds, in the order of its columns.
public struct UploadMapping: Sendable, Equatable, Codable {
    public var fields: [UploadField]

    public init(_ fields: [UploadField]) { self.fields = fields }

    /// What the headings suggest; of two columns that name one field the first has it.
    init(suggestedBy header: [String]) {
        var taken: Set<UploadField> = []
        fields = header.map { heading in
            guard let field = UploadField.suggestion(for: heading) else { return .ignore }
            return taken.insert(field).inserted || field.isRepeatable ? field : .ignore
        }
    }

    /// Throws `InvalidInput` with the columns as `column-1`, `column-2`, … when a file cannot be read so.
    func check(header: [String]) throws(InvalidInput) {
        guard fields.count == header.count else {
            throw InvalidInput(
                "mapping",
                say("The file has \(header.count) columns; the mapping names \(fields.count).")
            )
        }
        var problems: [InvalidInput.Field] = []
        var first: [UploadField: Int] = [:]
        for (place, field) in fields.enumerated() where !field.isRepeatable {
            guard let earlier = first[field] else {
                first[field] = place
                continue
            }
            problems.append(
                .init(
                    "column-\(place + 1)",
                    say(
                        "\(Self.columnName(earlier, header)) holds \"\(field.title)\" already; choose one of the two."
                    )
                )
            )
        }
        if first[.name] == nil, first[.key] == nil {
            problems.append(.init("mapping", say("No column holds the name or the key, so no row can be told apart.")))
        }
        if first[.populationYear] != nil, first[.population] == nil {
            problems.append(
                .init("mapping", say("A column holds the year of a population, but none holds the population."))
            )
        }
        if first[.statusDay] != nil, first[.status] == nil {
            problems.append(.init("mapping", say("A column holds the day of a status, but none holds the status.")))
        }
        if !problems.isEmpty { throw InvalidInput(problems) }
    }

    /// A column as a person finds it: its heading, or its letter where it has none or shares it.
    public static func columnName(_ place: Int, _ header: [String]) -> Phrase {
        let heading = header.indices.contains(place) ? header[place] : ""
        if heading.isEmpty { return say("column \(letters(place))") }
        return header.count { $0 == heading } > 1
            ? say("\(heading) (column \(letters(place)))") : .verbatim(heading)
    }

    /// A, B, …, Z, AA: as spreadsheets count columns; `place` counts from 0.
    public static func letters(_ place: Int) -> String {
        var rest = place
        var text = ""
        repeat {
            text = String(UnicodeScalar(UInt8(65 + rest % 26))) + text
            rest = rest / 26 - 1
        } while rest >= 0
        return text
    }

    /// The mapping that was used last for a file with these headings.
    static func remembered(_ transaction: Transaction, headerKey: String, columns: Int) throws -> UploadMapping? {
        let text = try transaction.first(
            "SELECT mapping FROM upload_mapping WHERE header_key = ?",
            [.text(headerKey)]
        ) { try $0.text(0) }
        guard let text, let mapping = try? StoredJSON.value(UploadMapping.self, text), mapping.fields.count == columns
        else { return nil }
        return mapping
    }

    func remember(_ transaction: Transaction, headerKey: String, at instant: String, by actor: String) throws {
        try transaction.execute(
            """
            INSERT INTO upload_mapping (header_key, mapping, used_at, used_by) VALUES (?, ?, ?, ?)
            ON CONFLICT (header_key) DO UPDATE SET mapping = excluded.mapping, used_at = excluded.used_at,
                used_by = excluded.used_by
            """,
            [.text(headerKey), .text(try StoredJSON.text(self)), .text(instant), .text(actor)]
        )
    }
}
