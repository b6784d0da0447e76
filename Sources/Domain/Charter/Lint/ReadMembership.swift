extension SectionReader {
    func membership(_ version: Table) -> Section<Charter.MembershipRules>? {
        section {
            let keys = ["admission", "withdrawal", "appeal", "reinstatement", "grounds"]
            guard let table = version.optionalTable("membership", keys: keys) else { return nil }
            let admission = admission(table)
            let withdrawal = withdrawal(table)
            let appeal = appeal(table)
            let reinstatement = reinstatement(table)
            let grounds = grounds(table)
            return admission.map {
                Charter.MembershipRules(
                    admission: $0,
                    withdrawal: withdrawal,
                    appeal: appeal,
                    reinstatement: reinstatement,
                    grounds: grounds
                )
            }
        }
    }

    private func withdrawal(_ membership: Table) -> Charter.Withdrawal? {
        let keys = ["how", "leads_to", "approved_by", "note"] + Self.citationKeys
        guard let table = membership.optionalTable("withdrawal", keys: keys) else { return nil }
        let how = table.text("how")
        let leadsTo = reference(.status, table, "leads_to")
        let approvedBy = reference(.body, table, "approved_by")
        let citation = citation(table)
        guard let how, let leadsTo, let approvedBy, let citation else { return nil }
        return Charter.Withdrawal(
            how: how,
            leadsTo: leadsTo,
            approvedBy: approvedBy,
            citation: citation,
            note: table.optionalText("note")
        )
    }

    private func appeal(_ membership: Table) -> Charter.Appeal? {
        let keys = ["within_days", "against", "leads_to", "decided_by", "note"] + Self.citationKeys
        guard let table = membership.optionalTable("appeal", keys: keys) else { return nil }
        let withinDays = table.integer("within_days", in: 1...3650)
        let against = neededReferences(.status, table, "against")
        let leadsTo = reference(.status, table, "leads_to")
        let decidedBy = reference(.body, table, "decided_by")
        let citation = citation(table)
        checkLeadsElsewhere(table, from: "against", against, to: leadsTo)
        guard let withinDays, let leadsTo, let decidedBy, let citation else { return nil }
        return Charter.Appeal(
            withinDays: withinDays,
            against: against,
            leadsTo: leadsTo,
            decidedBy: decidedBy,
            citation: citation,
            note: table.optionalText("note")
        )
    }

    private func reinstatement(_ membership: Table) -> Charter.Reinstatement? {
        let keys = ["from", "leads_to", "decided_by", "note"] + Self.citationKeys
        guard let table = membership.optionalTable("reinstatement", keys: keys) else { return nil }
        let from = neededReferences(.status, table, "from")
        let leadsTo = reference(.status, table, "leads_to")
        let decidedBy = reference(.body, table, "decided_by")
        let citation = citation(table)
        checkLeadsElsewhere(table, from: "from", from, to: leadsTo)
        guard let leadsTo, let decidedBy, let citation else { return nil }
        return Charter.Reinstatement(
            from: from,
            leadsTo: leadsTo,
            decidedBy: decidedBy,
            citation: citation,
            note: table.optionalText("note")
        )
    }

    /// A request that is granted has to change the status.
    private func checkLeadsElsewhere(_ table: Table, from key: String, _ statuses: [String], to status: String?) {
        guard let status, statuses.contains(status) else { return }
        log.error(
            "duplicate-entry",
            table.line(of: "leads_to"),
            "'\(status)' stands in '\(key)' and in 'leads_to' of \(table.path).",
            "Remove it from '\(key)', or name the status that follows."
        )
    }

    private func grounds(_ membership: Table) -> [Charter.Ground] {
        let keys =
            ["categories", "leads_to", "when", "inactive_years", "comparison", "lasts_years", "decided_by", "note"]
            + Self.citationKeys
        return entries(membership, "grounds", keys: keys) { table, key in
            let categories = neededReferences(.category, table, "categories")
            let leadsTo = reference(.status, table, "leads_to")
            let when = table.text("when")
            let inactiveYears = table.optionalInteger("inactive_years", in: 1...100)
            let comparison: Charter.Comparison? = table.optionalOption("comparison")
            let lastsYears = table.optionalInteger("lasts_years", in: 1...100)
            let decidedBy = optionalReference(.body, table, "decided_by")
            let citation = citation(table)
            if table.has("inactive_years") != table.has("comparison") {
                log.error(
                    "missing-key",
                    table.line,
                    "'inactive_years' and 'comparison' in \(table.path) belong together.",
                    "Write both, or neither."
                )
            }
            guard let leadsTo, let when, let citation else { return nil }
            return Charter.Ground(
                key: key,
                categories: categories,
                leadsTo: leadsTo,
                when: when,
                inactiveYears: inactiveYears,
                comparison: comparison,
                lastsYears: lastsYears,
                decidedBy: decidedBy,
                citation: citation,
                note: table.optionalText("note")
            )
        } ?? []
    }
}
