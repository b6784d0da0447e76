extension SectionReader {
    /// The largest figure or fee that a schedule can name.
    static let largest = 1_000_000_000_000

    func rulings(_ schedule: Table) -> [Charter.Ruling] {
        let keys = ["covers", "fractions", "fee", "day", "made_by", "grounds", "note"] + Self.citationKeys
        return entries(schedule, "rulings", keys: keys) { table, key in
            let settles = settles(table)
            let day = table.day("day")
            let madeBy = table.text("made_by")
            let grounds = table.text("grounds")
            let citation = citation(table)
            guard let settles, let day, let madeBy, let grounds, let citation else { return nil }
            return Charter.Ruling(
                key: key,
                settles: settles,
                day: day,
                madeBy: madeBy,
                grounds: grounds,
                citation: citation,
                note: table.optionalText("note"),
                line: table.line
            )
        } ?? []
    }

    /// Of fractions, there is one thing only that a ruling can say.
    private enum Fractions: String, CaseIterable {
        case dropped
    }

    private func settles(_ table: Table) -> Charter.Ruling.Settles? {
        if table.has("covers") == table.has("fractions") || table.has("covers") != table.has("fee") {
            log.error(
                "missing-key",
                table.line,
                "a ruling either covers values, with a fee, or drops fractions.",
                "Write 'covers' and 'fee', or 'fractions: dropped'."
            )
            return nil
        }
        if table.has("fractions") {
            let fractions: Fractions? = table.option("fractions")
            return fractions.map { _ in .fractions }
        }
        let covers = table.table("covers", keys: ["from", "to"]).flatMap { bounds($0, of: "ruling") }
        let fee = table.integer("fee", in: 0...Self.largest)
        guard let covers, let fee else { return nil }
        return .values(from: covers.from, to: covers.to, fee: fee)
    }

    /// `from` and `to`, inclusive; without an upper end where `to` is left out.
    func bounds(_ table: Table, of what: String) -> (from: Int, to: Int?)? {
        let from = table.integer("from", in: 0...Self.largest)
        let to = table.optionalInteger("to", in: 0...Self.largest)
        guard let from else { return nil }
        if let to, to < from {
            log.error(
                "band-order",
                table.line(of: "to"),
                "the \(what) ends at \(to), below its beginning \(from).",
                "Swap the two, or correct one."
            )
        }
        return (from, to)
    }

    func feeStatements(_ schedule: Table) -> [Charter.FeeStatement] {
        let keys = ["text", "fee", "in_force", "why"] + Self.citationKeys
        return (schedule.optionalTables("statements", keys: keys) ?? []).compactMap { table in
            let text = table.text("text")
            let fee = table.optionalInteger("fee", in: 0...Self.largest)
            let isInForce = table.flag("in_force")
            let why = table.text("why")
            let citation = citation(table)
            guard let text, let isInForce, let why, let citation else { return nil }
            return Charter.FeeStatement(text: text, fee: fee, isInForce: isInForce, why: why, citation: citation)
        }
    }
}
