extension SectionReader {
    func retention(_ version: Table) -> Section<[Charter.Retention]>? {
        section {
            entries(version, "retention", keys: ["days", "note"] + Self.citationKeys) { table, _ in
                let kept: Charter.Kept? = table.option("key")
                // A hundred years: whoever means for ever leaves the rule out.
                let days = table.integer("days", in: 1...36_500)
                let citation = citation(table)
                guard let kept, let days, let citation else { return nil }
                return Charter.Retention(
                    kept: kept,
                    days: days,
                    citation: citation,
                    note: table.optionalText("note")
                )
            }
        }
    }
}
