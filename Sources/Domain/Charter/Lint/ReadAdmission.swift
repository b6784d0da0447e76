extension SectionReader {
    func admission(_ membership: Table) -> Charter.Admission? {
        let keys = ["counts_from", "approved_by", "documents", "asks", "note"] + Self.citationKeys
        guard let table = membership.table("admission", keys: keys) else { return nil }
        let countsFrom: Charter.CountsFrom? = table.option("counts_from")
        let approvedBy = reference(.body, table, "approved_by")
        let documents = documents(table)
        let asks = asks(table)
        let citation = citation(table)
        guard let countsFrom, let approvedBy, let citation else { return nil }
        return Charter.Admission(
            countsFrom: countsFrom,
            approvedBy: approvedBy,
            documents: documents,
            asks: asks,
            citation: citation,
            note: table.optionalText("note")
        )
    }

    private func documents(_ admission: Table) -> [Charter.WantedDocument] {
        let keys = ["name", "categories", "required", "note"] + Self.citationKeys
        return entries(admission, "documents", keys: keys) { table, key in
            if key == Charter.WantedDocument.unasked {
                log.error(
                    "not-a-key",
                    table.line(of: "key"),
                    "'\(key)' stands for what applicants enclose without being asked for it.",
                    "Rename the document."
                )
            }
            let name = table.text("name")
            let categories = neededReferences(.category, table, "categories")
            let isRequired = table.flag("required")
            let citation = citation(table)
            guard let name, let isRequired, let citation else { return nil }
            return Charter.WantedDocument(
                key: key,
                name: name,
                categories: categories,
                isRequired: isRequired,
                citation: citation,
                note: table.optionalText("note")
            )
        } ?? []
    }

    private func asks(_ admission: Table) -> [Charter.AskedFact] {
        let keys = ["fact", "categories", "required", "note"] + Self.citationKeys
        var firstLines: [String: Int] = [:]
        return (admission.optionalTables("asks", keys: keys) ?? []).compactMap { table in
            let fact: Charter.ApplicantFact? = table.option("fact")
            let categories = neededReferences(.category, table, "categories")
            let isRequired = table.flag("required")
            let citation = citation(table)
            guard let fact else { return nil }
            checkAskedOnce(fact, table, categories, &firstLines)
            guard let isRequired, let citation else { return nil }
            return Charter.AskedFact(
                fact: fact,
                categories: categories,
                isRequired: isRequired,
                citation: citation,
                note: table.optionalText("note")
            )
        }
    }

    /// A fact that is asked of a category twice could be required and optional at once.
    private func checkAskedOnce(
        _ fact: Charter.ApplicantFact,
        _ table: Table,
        _ categories: [String],
        _ firstLines: inout [String: Int]
    ) {
        for category in categories {
            let question = "\(fact.rawValue) of \(category)"
            if let first = firstLines[question] {
                log.error(
                    "duplicate-entry",
                    table.line(of: "categories"),
                    "'\(fact.rawValue)' is asked of '\(category)' twice.",
                    "Keep one of the two; the other is on line \(first)."
                )
            }
            firstLines[question] = firstLines[question] ?? table.line(of: "categories")
        }
    }
}
