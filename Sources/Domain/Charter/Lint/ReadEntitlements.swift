import Yams

extension SectionReader {
    func entitlements(_ version: Table) -> Section<[Charter.Entitlement]>? {
        section {
            let keys = ["name", "categories", "offices", "access", "limited", "note"] + Self.citationKeys
            return entries(version, "entitlements", keys: keys) { table, key in
                let name = table.text("name")
                let categories = references(.category, table, "categories")
                let offices = references(.office, table, "offices")
                let access = access(table)
                let limited = table.optionalText("limited")
                let citation = citation(table)
                guard let name, let access, let citation else { return nil }
                if access.values.contains(.limited), !table.has("limited") {
                    log.error(
                        "missing-key",
                        table.line,
                        "'\(key)' in \(table.path) gives limited access and does not say what that is.",
                        "Add 'limited: …', a sentence."
                    )
                }
                return Charter.Entitlement(
                    key: key,
                    name: name,
                    categories: categories,
                    offices: offices,
                    access: access,
                    limited: limited,
                    citation: citation,
                    note: table.optionalText("note"),
                    line: table.line
                )
            }
        }
    }

    /// Keys of standings, each with how far it gives access; nil where one cannot be read.
    private func access(_ entitlement: Table) -> [String: Charter.AccessLevel]? {
        guard let node = entitlement.required("access") else { return nil }
        let path = entitlement.path(of: "access")
        let known = Charter.AccessLevel.allCases.map(\.rawValue)
        let pairs = keysAndValues(of: node, path, log)
        if pairs.isEmpty, case .mapping = node {
            let line = entitlement.line(of: "access")
            log.error("empty-value", line, "\(path) has no entry.", "Write what each standing gives, as 'good: full'.")
        }
        var levels: [String: Charter.AccessLevel] = [:]
        for (standing, value, line) in pairs {
            note(.standing, standing, line, at: path)
            let text = value.scalar?.string ?? "(a list or mapping)"
            if let level = Charter.AccessLevel(rawValue: text) {
                levels[standing] = level
            } else {
                let remedy = didYouMean(text, in: known, otherwise: "Write one of: \(known.joined(separator: ", ")).")
                log.error("not-an-option", line, "'\(text)' is no access in \(path).", remedy)
            }
        }
        return !pairs.isEmpty && levels.count == pairs.count ? levels : nil
    }
}

/// Every standing is told of in every entitlement, so that no access is a guess.
func checkEntitlements(_ entitlements: [Charter.Entitlement], standings: [String], _ log: ProblemLog) {
    for entitlement in entitlements {
        for standing in standings where entitlement.access[standing] == nil {
            log.error(
                "missing-key",
                entitlement.line,
                "the entitlement '\(entitlement.key)' does not say what the standing '\(standing)' gives.",
                "Add '\(standing): full', '\(standing): limited' or '\(standing): none' to its access."
            )
        }
    }
}
