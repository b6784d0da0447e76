extension SectionReader {
    func dues(_ version: Table) -> Section<Charter.Dues>? {
        section {
            let keys =
                ["billed_on", "due_after_days", "reminders", "joining_year", "leaving_year", "facts_as_of", "bank"]
                + ["payments", "note"] + Self.citationKeys
            guard let table = version.optionalTable("dues", keys: keys) else { return nil }
            let billedOn = dayOfYear(table, "billed_on")
            let dueAfterDays = table.integer("due_after_days", in: 0...365)
            let reminderDays = reminders(table, dueAfter: dueAfterDays ?? 365)
            let joiningYear = yearShare(table, "joining_year")
            let leavingYear = yearShare(table, "leaving_year")
            let factsAsOf: Charter.FactsAsOf? = table.option("facts_as_of")
            let bank = bank(table)
            let payments = payments(table)
            let citation = citation(table)
            guard let billedOn, let dueAfterDays, let joiningYear, let leavingYear, let factsAsOf, let citation
            else { return nil }
            return Charter.Dues(
                billedOn: billedOn,
                dueAfterDays: dueAfterDays,
                reminderDays: reminderDays.sorted(),
                joiningYear: joiningYear,
                leavingYear: leavingYear,
                factsAsOf: factsAsOf,
                bank: bank,
                payments: payments,
                citation: citation,
                note: table.optionalText("note")
            )
        }
    }

    private func yearShare(_ dues: Table, _ key: String) -> Charter.YearShare? {
        dues.table(key, keys: ["share"])?.option("share")
    }

    /// Days from the due day: none before the invoice, which comes so many days before it.
    private func reminders(_ dues: Table, dueAfter days: Int) -> [Int] {
        let path = dues.path(of: "reminders")
        var numbers: [Int] = []
        for item in dues.optionalItems("reminders") ?? [] {
            guard let number = Int(item.text) else {
                log.error(
                    "wrong-type",
                    item.line,
                    "'\(item.text)' in \(path) is no whole number.",
                    "Write so many days after the due day, or below 0 for before it."
                )
                continue
            }
            if !(1 - days...3650).contains(number) {
                log.error(
                    "out-of-range",
                    item.line,
                    "a reminder \(number) days from the due day comes before the invoice, or years too late.",
                    "Write a number from \(1 - days) to 3650."
                )
            } else if numbers.contains(number) {
                log.error("duplicate-entry", item.line, "\(number) stands twice in \(path).", "Remove one.")
            } else {
                numbers.append(number)
            }
        }
        return numbers
    }

    private func bank(_ dues: Table) -> Charter.Bank? {
        guard let table = dues.optionalTable("bank", keys: ["holder", "iban", "bic", "invented", "note"]) else {
            return nil
        }
        let holder = table.text("holder")
        let iban = table.text("iban")
        let bic = table.optionalText("bic")
        let isInvented = table.optionalFlag("invented") ?? false
        if let iban, !isIBAN(iban) {
            log.error(
                "not-an-account",
                table.line(of: "iban"),
                "'\(iban)' is no IBAN.",
                "Write capitals and digits without spaces, and compare the check digits."
            )
        }
        if let bic, ![8, 11].contains(bic.utf8.count) || !bic.utf8.allSatisfy(isCapitalOrDigit) {
            log.error(
                "not-an-account",
                table.line(of: "bic"),
                "'\(bic)' is no BIC.",
                "Write 8 or 11 capitals and digits."
            )
        }
        guard let holder, let iban else { return nil }
        return Charter.Bank(
            holder: holder,
            iban: iban,
            bic: bic,
            isInvented: isInvented,
            note: table.optionalText("note")
        )
    }

    /// Below 80 stands what leaves a choice to somebody, such as a name or an amount alone.
    private func payments(_ dues: Table) -> Charter.Payments? {
        guard let table = dues.optionalTable("payments", keys: ["books_from", "rate_difference", "note"]) else {
            return nil
        }
        let booksFrom = table.integer("books_from", in: 80...100)
        let rateDifference = fraction(table, "rate_difference")
        guard let booksFrom, let rateDifference else { return nil }
        return Charter.Payments(
            booksFrom: booksFrom,
            rateDifference: rateDifference,
            note: table.optionalText("note")
        )
    }
}

/// ISO 13616: two letters, two check digits and up to 30 more; turned by four and with numbers for letters, it leaves 1
/// over when divided by 97.
private func isIBAN(_ text: String) -> Bool {
    let signs = Array(text.utf8)
    guard (15...34).contains(signs.count), signs.allSatisfy(isCapitalOrDigit),
        signs.prefix(2).allSatisfy({ $0 >= UInt8(ascii: "A") }), signs[2...3].allSatisfy({ $0 <= UInt8(ascii: "9") })
    else { return false }
    var rest = 0
    for sign in signs.dropFirst(4) + signs.prefix(4) {
        if sign <= UInt8(ascii: "9") {
            rest = (rest * 10 + Int(sign - UInt8(ascii: "0"))) % 97
        } else {
            rest = (rest * 100 + Int(sign - UInt8(ascii: "A")) + 10) % 97
        }
    }
    return rest == 1
}

private func isCapitalOrDigit(_ sign: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(sign) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(sign)
}
