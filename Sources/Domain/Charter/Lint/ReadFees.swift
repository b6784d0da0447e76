extension SectionReader {
    func fees(_ version: Table) -> Section<[Charter.FeeSchedule]>? {
        section {
            let keys =
                ["name", "category", "kinds", "measure", "currency", "bands", "unpublished", "note"] + Self.citationKeys
            return entries(version, "fees", keys: keys) { table, key in
                let name = table.text("name")
                let category = reference(.category, table, "category")
                let kinds = table.optionalTexts("kinds") ?? []
                let currency = currency(table)
                let unpublished = table.optionalText("unpublished")
                let (measure, bands) = unpublished == nil ? measureAndBands(table, schedule: key) : (nil, [])
                if unpublished != nil, table.has("bands") || table.has("measure") {
                    log.error(
                        "unknown-key",
                        table.line,
                        "schedule '\(key)' is unpublished and yet has bands or a measure.",
                        "Remove 'unpublished', or the bands and the measure."
                    )
                }
                let citation = citation(table)
                guard let name, let category, let currency, let citation else { return nil }
                return Charter.FeeSchedule(
                    key: key,
                    name: name,
                    category: category,
                    kinds: kinds,
                    measure: measure,
                    currency: currency,
                    bands: bands,
                    unpublished: unpublished,
                    citation: citation,
                    note: table.optionalText("note")
                )
            }
        }
    }

    private func currency(_ table: Table) -> String? {
        guard let text = table.text("currency") else { return nil }
        if text.utf8.count != 3 || !text.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) {
            log.error(
                "not-a-currency",
                table.line(of: "currency"),
                "'\(text)' is no ISO 4217 currency code.",
                "Use three capitals, such as USD."
            )
        }
        return text
    }

    private func measureAndBands(_ table: Table, schedule: String) -> (Charter.Measure?, [Charter.Band]) {
        let measureTable = table.table("measure", keys: ["key", "name", "whole_numbers"])
        let key = measureTable?.text("key")
        let name = measureTable?.text("name")
        let isWholeNumbers = measureTable?.flag("whole_numbers")
        let bands = (table.tables("bands", keys: ["from", "to", "fee", "label", "printed"]) ?? []).compactMap(band)
        guard let key, let name, let isWholeNumbers else { return (nil, bands) }
        let measure = Charter.Measure(key: key, name: name, isWholeNumbers: isWholeNumbers)
        checkBands(bands, of: schedule, measure: measure, log)
        return (measure, bands)
    }

    private func band(_ table: Table) -> Charter.Band? {
        let limit = 1_000_000_000_000
        let from = table.integer("from", in: 0...limit)
        let to = table.optionalInteger("to", in: 0...limit)
        let fee = table.integer("fee", in: 0...limit)
        guard let from, let fee else { return nil }
        if let to, to < from {
            log.error(
                "band-order",
                table.line(of: "to"),
                "the band ends at \(to), below its beginning \(from).",
                "Swap the two, or correct one."
            )
        }
        return Charter.Band(
            from: from,
            to: to,
            fee: fee,
            label: table.optionalText("label"),
            printed: table.optionalText("printed"),
            line: table.line
        )
    }
}
