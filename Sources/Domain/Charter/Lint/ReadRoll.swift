extension SectionReader {
    func categories(_ version: Table) -> Section<[Charter.Category]>? {
        section {
            let keys = ["name", "plural", "title", "full_member", "may_vote", "brings", "note"] + Self.citationKeys
            return entries(version, "categories", keys: keys) { table, key in
                let name = table.text("name")
                let plural = table.text("plural")
                let title = table.optionalText("title")
                let isFullMember = table.flag("full_member")
                let mayVote = table.flag("may_vote")
                let brings = brings(table)
                let citation = citation(table)
                guard let name, let plural, let isFullMember, let mayVote, let citation else { return nil }
                return Charter.Category(
                    key: key,
                    name: name,
                    plural: plural,
                    title: title ?? name,
                    isFullMember: isFullMember,
                    mayVote: mayVote,
                    brings: brings,
                    citation: citation,
                    note: table.optionalText("note")
                )
            }
        }
    }

    private func brings(_ category: Table) -> [Charter.Benefit] {
        let tables = category.optionalTables("brings", keys: ["text", "note"] + Self.citationKeys) ?? []
        return tables.compactMap { table in
            let text = table.text("text")
            let citation = citation(table)
            guard let text, let citation else { return nil }
            return Charter.Benefit(text: text, citation: citation, note: table.optionalText("note"))
        }
    }

    func regions(_ version: Table) -> Section<[Charter.Region]>? {
        section {
            var seen: [String: String] = [:]
            let keys = ["name", "order", "countries", "assumed_countries", "note"] + Self.citationKeys
            return entries(version, "regions", keys: keys) { table, key in
                let name = table.text("name")
                let order = table.integer("order", in: 0...1000)
                let shown = countries(table, "countries", region: key, &seen)
                let assumed = countries(table, "assumed_countries", region: key, &seen)
                let citation = citation(table)
                if !table.has("countries"), !table.has("assumed_countries") {
                    log.error("empty-value", table.line, "region '\(key)' has no country.", "List its countries.")
                }
                guard let name, let order, let citation else { return nil }
                return Charter.Region(
                    key: key,
                    name: name,
                    order: order,
                    countries: shown + assumed,
                    assumedCountries: assumed,
                    citation: citation,
                    note: table.optionalText("note")
                )
            }
        }
    }

    private func countries(_ table: Table, _ key: String, region: String, _ seen: inout [String: String]) -> [String] {
        let items = table.optionalItems(key) ?? []
        for (code, line) in items {
            if !countryCodes.contains(code) {
                log.error(
                    "not-a-country",
                    line,
                    "'\(code)' is no ISO 3166 alpha-2 country code.",
                    "Look the code up; the United Kingdom, for one, is GB."
                )
            }
            if let other = seen[code] {
                let place = other == region ? "twice in region '\(region)'" : "in regions '\(other)' and '\(region)'"
                log.error("country-twice", line, "country \(code) is \(place).", "Keep it in one place.")
            }
            seen[code] = seen[code] ?? region
        }
        return items.map(\.text)
    }

    func statuses(_ version: Table) -> Section<[Charter.Status]>? {
        section {
            let keys = ["name", "on_roll", "counts_for_quorum", "assumed", "note"] + Self.citationKeys
            return entries(version, "statuses", keys: keys) { table, key in
                let name = table.text("name")
                let isOnRoll = table.flag("on_roll")
                let countsForQuorum = table.flag("counts_for_quorum")
                let isAssumed = table.optionalFlag("assumed") ?? false
                let citation = citation(table)
                guard let name, let isOnRoll, let countsForQuorum, let citation else { return nil }
                return Charter.Status(
                    key: key,
                    name: name,
                    isOnRoll: isOnRoll,
                    countsForQuorum: countsForQuorum,
                    citation: citation,
                    isAssumed: isAssumed,
                    note: table.optionalText("note")
                )
            }
        }
    }

    func remission(_ version: Table) -> Section<Charter.Remission>? {
        section {
            let keys = ["powers", "purpose", "decided_by", "note"] + Self.citationKeys
            guard let table = version.optionalTable("remission", keys: keys) else { return nil }
            let powers = powers(table)
            let purpose = table.text("purpose")
            let decidedBy = reference(.body, table, "decided_by")
            let citation = citation(table)
            guard let purpose, let decidedBy, let citation else { return nil }
            return Charter.Remission(
                powers: powers,
                purpose: purpose,
                decidedBy: decidedBy,
                citation: citation,
                note: table.optionalText("note")
            )
        }
    }

    private func powers(_ remission: Table) -> [Charter.ReliefPower] {
        _ = remission.required("powers")
        return remission.options("powers")
    }
}
