extension SectionReader {
    func bodies(_ version: Table) -> Section<[Charter.Body]>? {
        section {
            let keys =
                ["name", "meets_every_years", "seats_maximum", "composition", "categories", "offices", "quorum"]
                + ["circulation", "powers", "note"] + Self.citationKeys
            return entries(version, "bodies", keys: keys) { table, key in
                let name = table.text("name")
                let meetsEveryYears = table.optionalInteger("meets_every_years", in: 1...100)
                let seatsMaximum = table.optionalInteger("seats_maximum", in: 1...100_000)
                let composition = table.text("composition")
                let categories = references(.category, table, "categories")
                let offices = references(.office, table, "offices")
                let quorum = quorum(table)
                let circulation = circulation(table)
                let powers = powers(table)
                let citation = citation(table)
                guard let name, let composition, let citation else { return nil }
                return Charter.Body(
                    key: key,
                    name: name,
                    meetsEveryYears: meetsEveryYears,
                    seatsMaximum: seatsMaximum,
                    composition: composition,
                    categories: categories,
                    offices: offices,
                    quorum: quorum,
                    circulation: circulation,
                    powers: powers,
                    citation: citation,
                    note: table.optionalText("note")
                )
            }
        }
    }

    private func quorum(_ body: Table) -> Charter.Quorum? {
        guard let table = body.optionalTable("quorum", keys: ["share", "of", "note"] + Self.citationKeys) else {
            return nil
        }
        let share = fraction(table, "share")
        let of = table.text("of")
        let citation = citation(table)
        guard let share, let of, let citation else { return nil }
        return Charter.Quorum(share: share, of: of, citation: citation, note: table.optionalText("note"))
    }

    func fraction(_ table: Table, _ key: String) -> Charter.Fraction? {
        guard let text = table.text(key) else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let numerator = parts[0], let denominator = parts[1],
            let fraction = Charter.Fraction(numerator: numerator, denominator: denominator)
        else {
            log.error(
                "not-a-share",
                table.line(of: key),
                "'\(text)' is no share.",
                "Write a fraction above 0 and up to 1, such as 1/4, with a denominator up to 1000."
            )
            return nil
        }
        return fraction
    }

    private func powers(_ body: Table) -> [Charter.Power] {
        let tables = body.optionalTables("powers", keys: ["power"] + Self.citationKeys) ?? []
        return tables.compactMap { table in
            let power = table.text("power")
            let citation = citation(table)
            guard let power, let citation else { return nil }
            return Charter.Power(power: power, citation: citation)
        }
    }

    func offices(_ version: Table) -> Section<[Charter.Office]>? {
        section {
            let keys =
                ["name", "held_by", "filled_by", "how", "body", "nominated_by", "seats", "term", "regions", "note"]
                + Self.citationKeys
            return entries(version, "offices", keys: keys) { table, key in
                let name = table.text("name")
                let heldBy: Charter.Holder? = table.option("held_by")
                let filledBy: Charter.Filling? = table.option("filled_by")
                let how = table.text("how")
                let body = optionalReference(.body, table, "body")
                let nominatedBy = optionalReference(.body, table, "nominated_by")
                let seats = table.optionalInteger("seats", in: 1...100_000)
                let term = term(table)
                let regions = references(.region, table, "regions")
                let citation = citation(table)
                guard let name, let heldBy, let filledBy, let how, let citation else { return nil }
                return Charter.Office(
                    key: key,
                    name: name,
                    heldBy: heldBy,
                    filledBy: filledBy,
                    how: how,
                    body: body,
                    nominatedBy: nominatedBy,
                    seats: seats,
                    term: term,
                    regions: regions,
                    citation: citation,
                    note: table.optionalText("note")
                )
            }
        }
    }

    private func term(_ office: Table) -> Charter.Term? {
        guard let table = office.optionalTable("term", keys: ["years", "until_next_meeting_of"]) else { return nil }
        let years = table.optionalInteger("years", in: 1...100)
        let meeting = optionalReference(.body, table, "until_next_meeting_of")
        if table.has("years") != table.has("until_next_meeting_of"), years == nil, meeting == nil { return nil }
        switch (years, meeting) {
        case (let years?, nil): return .years(years)
        case (nil, let body?): return .untilNextMeeting(of: body)
        default:
            log.error(
                "missing-key",
                table.line,
                "a term is either so many years or until a meeting.",
                "Write one of 'years' and 'until_next_meeting_of'."
            )
            return nil
        }
    }

    func fiscalYear(_ version: Table) -> Section<Charter.FiscalYear>? {
        section {
            let keys = ["begins", "ends", "surplus", "note"] + Self.citationKeys
            guard let table = version.optionalTable("fiscal_year", keys: keys) else { return nil }
            let begins = dayOfYear(table, "begins")
            let ends = dayOfYear(table, "ends")
            let citation = citation(table)
            guard let begins, let ends, let citation else { return nil }
            return Charter.FiscalYear(
                begins: begins,
                ends: ends,
                surplus: table.optionalText("surplus"),
                citation: citation,
                note: table.optionalText("note")
            )
        }
    }

    func dayOfYear(_ table: Table, _ key: String) -> String? {
        guard let text = table.text(key) else { return nil }
        // A common year: a fiscal year that begins on 29 February would have no beginning in most years.
        if Day("2023-\(text)") == nil {
            log.error(
                "not-a-date",
                table.line(of: key),
                "'\(text)' is no day of every year.",
                "Write MM-DD in quotes, such as \"01-31\"."
            )
        }
        return text
    }
}
