extension SectionReader {
    func standings(_ version: Table) -> Section<[Charter.StandingRule]>? {
        section {
            let keys = ["key", "name", "when", "note"] + Self.citationKeys
            guard let tables = version.optionalTables("standing", keys: keys) else { return nil }
            var others: [Bool?] = []
            let rules = entries(tables) { (table: Table, key: String) -> Charter.StandingRule? in
                let name = table.text("name")
                let conditions = conditions(table)
                let citation = citation(table)
                others.append(conditions?.contains(.otherwise))
                guard let name, let conditions, let citation else { return nil }
                return Charter.StandingRule(
                    key: key,
                    name: name,
                    conditions: conditions,
                    citation: citation,
                    note: table.optionalText("note")
                )
            }
            checkWhoHasOne(tables, others)
            return rules
        }
    }

    private func conditions(_ rule: Table) -> [Charter.StandingCondition]? {
        let keys = [
            "status", "past_due_days", "nothing_past_due", "paid_within_years", "paid", "nothing_on_record",
            "otherwise",
        ]
        guard let table = rule.table("when", keys: keys) else { return nil }
        var conditions: [Charter.StandingCondition] = []
        let statuses = references(.status, table, "status")
        if !statuses.isEmpty { conditions.append(.status(statuses)) }
        if let days = table.optionalInteger("past_due_days", in: 1...3650) { conditions.append(.pastDue(days: days)) }
        if isAsked(table, "nothing_past_due") { conditions.append(.nothingPastDue) }
        if let years = table.optionalInteger("paid_within_years", in: 1...100) {
            conditions.append(.paidWithin(years: years))
        }
        if isAsked(table, "paid") { conditions.append(.paid) }
        if isAsked(table, "nothing_on_record") { conditions.append(.nothingOnRecord) }
        if isAsked(table, "otherwise") { conditions.append(.otherwise) }
        if keys.allSatisfy({ !table.has($0) }) {
            log.error(
                "empty-value",
                table.line,
                "'when' in \(rule.path) asks for nothing.",
                "Write what must be the case, or 'otherwise: true'."
            )
        } else if conditions.count > 1, conditions.contains(.otherwise) {
            log.error(
                "standing-order",
                table.line(of: "otherwise"),
                "'otherwise' in \(table.path) stands beside another condition.",
                "Let it stand alone, or remove it."
            )
        }
        return conditions.isEmpty ? nil : conditions
    }

    /// Conditions without a number are there or are not.
    private func isAsked(_ table: Table, _ key: String) -> Bool {
        guard let flag = table.optionalFlag(key) else { return false }
        if !flag {
            log.error(
                "not-an-option",
                table.line(of: key),
                "'\(key)' in \(table.path) is false.",
                "Write true, or remove the key."
            )
        }
        return flag
    }

    /// Everybody has a standing, and each rule is asked by somebody.
    /// - Parameter others: of each rule whether it holds otherwise; nil where its conditions could not be read.
    private func checkWhoHasOne(_ tables: [Table], _ others: [Bool?]) {
        for (table, isOther) in Array(zip(tables, others)).dropLast() where isOther == true {
            log.error(
                "standing-order",
                table.line,
                "a standing that holds otherwise stands before others, which then never hold.",
                "Put it last."
            )
        }
        if let last = tables.last, let isOther = others.last ?? nil, !isOther {
            log.error(
                "standing-order",
                last.line,
                "the last standing does not hold for everybody.",
                "End the list with a standing whose 'when' is {otherwise: true}."
            )
        }
    }
}
