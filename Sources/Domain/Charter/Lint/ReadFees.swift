extension SectionReader {
    func fees(_ version: Table) -> Section<[Charter.FeeSchedule]>? {
        section {
            let keys =
                ["name", "category", "kinds", "measure", "currency", "bands", "unpublished", "rulings", "statements"]
                + ["note"] + Self.citationKeys
            var lines: [String: Int] = [:]
            let schedules = entries(version, "fees", keys: keys) { table, key in
                lines[key] = table.has("kinds") ? table.line(of: "kinds") : table.line
                return schedule(table, key)
            }
            if let schedules { checkKinds(schedules, lines) }
            return schedules
        }
    }

    private func schedule(_ table: Table, _ key: String) -> Charter.FeeSchedule? {
        let name = table.text("name")
        let category = reference(.category, table, "category")
        let kinds = kinds(table)
        let currency = currency(table)
        let unpublished = table.optionalText("unpublished")
        // A schedule that no source prints may have a stand-in, whole; any other has its measure and bands.
        let isGiven = unpublished == nil || table.has("measure") || table.has("bands")
        let (measure, bands) = isGiven ? measureAndBands(table) : (nil, [])
        let rulings = rulings(table)
        let statements = feeStatements(table)
        let citation = citation(table)
        if let measure { checkBands(bands, rulings, of: key, measure: measure, log) }
        if !isGiven { for ruling in rulings { refuseIdle(ruling, of: key, log) } }
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
            rulings: rulings,
            statements: statements,
            citation: citation,
            note: table.optionalText("note")
        )
    }

    private func kinds(_ schedule: Table) -> [Charter.MemberKind] {
        entries(schedule, "kinds", keys: ["name"]) { table, key in
            table.text("name").map { Charter.MemberKind(key: key, name: $0) }
        } ?? []
    }

    /// Where a category has several schedules, each says for whom it is, and no two for the same.
    private func checkKinds(_ schedules: [Charter.FeeSchedule], _ lines: [String: Int]) {
        for (category, several) in Dictionary(grouping: schedules, by: \.category) where several.count > 1 {
            var owners: [String: String] = [:]
            for schedule in several {
                let line = lines[schedule.key] ?? 1
                if schedule.kinds.isEmpty {
                    log.error(
                        "missing-key",
                        line,
                        "schedule '\(schedule.key)' is one of several for '\(category)' and has no 'kinds'.",
                        "Add the kinds of member that it is for."
                    )
                }
                for kind in schedule.kinds {
                    if let owner = owners[kind.key], owner != schedule.key {
                        log.error(
                            "duplicate-entry",
                            line,
                            "schedules '\(owner)' and '\(schedule.key)' are both for the kind '\(kind.key)'.",
                            "Keep it in one of the two."
                        )
                    }
                    owners[kind.key] = schedule.key
                }
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

    private func measureAndBands(_ table: Table) -> (Charter.Measure?, [Charter.Band]) {
        let measureTable = table.table("measure", keys: ["key", "name", "whole_numbers", "at_least"])
        let key = measureTable?.text("key")
        let name = measureTable?.text("name")
        let isWholeNumbers = measureTable?.flag("whole_numbers")
        let atLeast = measureTable?.optionalInteger("at_least", in: 0...Self.largest) ?? 0
        let rows = table.tables("bands", keys: ["from", "to", "fee", "label", "printed"]) ?? []
        let bands = rows.compactMap(band)
        // A row that could not be read, and was told so, would look like a hole.
        guard let key, let name, let isWholeNumbers, bands.count == rows.count else { return (nil, bands) }
        return (Charter.Measure(key: key, name: name, isWholeNumbers: isWholeNumbers, atLeast: atLeast), bands)
    }

    private func band(_ table: Table) -> Charter.Band? {
        let bounds = bounds(table, of: "band")
        let fee = table.integer("fee", in: 0...Self.largest)
        guard let bounds, let fee else { return nil }
        return Charter.Band(
            from: bounds.from,
            to: bounds.to,
            fee: fee,
            label: table.optionalText("label"),
            printed: table.optionalText("printed"),
            line: table.line
        )
    }
}
