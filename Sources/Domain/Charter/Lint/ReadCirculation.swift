extension SectionReader {
    func circulation(_ body: Table) -> Charter.Circulation? {
        let keys =
            [
                "answer_days", "quorum", "majority", "comparison", "silence", "refer_at_objections", "reminder_days",
                "note",
            ]
            + Self.citationKeys
        guard let table = body.optionalTable("circulation", keys: keys) else { return nil }
        let answerDays = table.integer("answer_days", in: 1...365)
        let quorum = fraction(table, "quorum")
        let share = fraction(table, "majority")
        let comparison: Charter.Comparison? = table.option("comparison")
        let silence: Charter.Silence? = table.option("silence")
        let referAtObjections = table.optionalInteger("refer_at_objections", in: 1...100_000)
        let reminderDays = reminderDays(table, within: answerDays)
        let citation = citation(table)
        guard let answerDays, let quorum, let share, let comparison, let silence, let citation else { return nil }
        if comparison == .moreThan, share.numerator == share.denominator {
            log.error(
                "out-of-range",
                table.line(of: "majority"),
                "more than all can never approve.",
                "Write 'comparison: at-least', or a smaller share."
            )
        }
        return Charter.Circulation(
            answerDays: answerDays,
            quorum: quorum,
            majority: Charter.Majority(comparison, share),
            silence: silence,
            referAtObjections: referAtObjections,
            reminderDays: reminderDays.sorted(by: >),
            citation: citation,
            note: table.optionalText("note")
        )
    }

    private func reminderDays(_ table: Table, within answerDays: Int?) -> [Int] {
        var days: [Int] = []
        for item in table.optionalItems("reminder_days") ?? [] {
            guard let day = Int(item.text) else {
                log.error(
                    "wrong-type",
                    item.line,
                    "'\(item.text)' in \(table.path(of: "reminder_days")) is no whole number.",
                    "Write so many days before the end, such as 2."
                )
                continue
            }
            let last = answerDays ?? 365
            if !(1...max(last, 1)).contains(day) || day == last {
                log.error(
                    "out-of-range",
                    item.line,
                    "a reminder \(day) days before the end of \(last) days comes too early or too late.",
                    "Write a number from 1 to \(max(last - 1, 1))."
                )
            } else if days.contains(day) {
                log.error("duplicate-entry", item.line, "the reminder of \(day) days stands twice.", "Remove one.")
            } else {
                days.append(day)
            }
        }
        return days
    }
}
