import Charter
import Languages
import XML

/// One booking (`Ntry`) of a statement, taken apart where the bank booked several payments together.
struct CamtEntry {
    let number: Int
    /// As booked, above zero for what came in.
    let amount: Money
    let isCredit: Bool
    /// False for what the bank only announces.
    let isBooked: Bool
    let lines: [StatementLine]

    init(_ entry: XMLBranch, number: Int) throws(StatementRefusal) {
        self.number = number
        do {
            let sign = try CamtAmount.sign(entry)
            isCredit = sign > 0
            amount = CamtAmount.signed(try CamtAmount.money(entry.branch(at: "Amt")), sign)
            // Version 08 has the status one element deeper.
            isBooked = (entry.text(at: "Sts", "Cd") ?? entry.text(at: "Sts")) == "BOOK"
            lines = try isBooked ? CamtParts(entry, number, amount, sign).lines() : []
        } catch { throw .badBooking(number, error.words) }
    }
}

/// The payments within one booking.
private struct CamtParts {
    private let entry: XMLBranch
    private let number: Int
    private let amount: Money
    private let sign: Int
    private let details: [XMLBranch]
    private let bookedOn: Day
    private let valueOn: Day?

    init(_ entry: XMLBranch, _ number: Int, _ amount: Money, _ sign: Int) throws(CamtFault) {
        (self.entry, self.number, self.amount, self.sign) = (entry, number, amount, sign)
        details = entry.all("NtryDtls").flatMap { $0.all("TxDtls") }
        valueOn = CamtAmount.day(entry.branch(at: "ValDt")).flatMap(Day.init)
        guard let day = CamtAmount.day(entry.branch(at: "BookgDt")).flatMap(Day.init) ?? valueOn else {
            throw CamtFault(words: say("It has no day on which it was booked."))
        }
        bookedOn = day
        for group in entry.all("NtryDtls") { try Self.checkCount(group) }
    }

    private static func checkCount(_ group: XMLBranch) throws(CamtFault) {
        guard let stated = group.text(at: "Btch", "NbOfTxs") else { return }
        let found = group.all("TxDtls").count
        guard found > 0, Int(stated) != found else { return }
        throw CamtFault(words: say("It is said to hold \(stated) payments and holds \(found)."))
    }

    func lines() throws(CamtFault) -> [StatementLine] {
        if details.count > 1, let parts = try parts() { return try apart(parts) }
        var whole = try line(details.first, amount)
        // Where the parts have no amounts of their own, all that is told of them stays together.
        for more in details.dropFirst() {
            let other = try line(more, amount)
            whole.references += other.references
            whole.text = StatementText.clean(whole.text + " " + other.text)
            if whole.name != other.name { whole.name = nil }
        }
        return amount.isZero ? [] : [try checked(whole)]
    }

    /// The amounts of the parts with their ways; nothing where one has none in the booking's own currency.
    private func parts() throws(CamtFault) -> [Money]? {
        var parts: [Money] = []
        for detail in details {
            guard let element = detail.branch(at: "Amt") ?? detail.branch(at: "AmtDtls", "TxAmt", "Amt"),
                element.attributes["Ccy"] == amount.currency.code
            else { return nil }
            let ownSign = detail.text(at: "CdtDbtInd") == nil ? sign : try CamtAmount.sign(detail)
            parts.append(CamtAmount.signed(try CamtAmount.money(element), ownSign))
        }
        return parts
    }

    private func apart(_ parts: [Money]) throws(CamtFault) -> [StatementLine] {
        let currency = amount.currency
        let gross = try CamtAmount.sum(parts, currency)
        var charges: [Money] = []
        for detail in details { charges.append(try charge(detail) ?? .zero(currency)) }
        let amounts: [Money]
        var rest = Money.zero(currency)
        if gross == amount {
            amounts = parts
        } else {
            var net: [Money] = []
            for (part, charge) in zip(parts, charges) {
                net.append(try CamtAmount.sum([part, CamtAmount.signed(charge, -1)], currency))
            }
            let whole = CamtAmount.signed(try charge(entry) ?? .zero(currency), -1)
            if try CamtAmount.sum(net, currency) == amount {
                amounts = net
            } else if try CamtAmount.sum([gross, whole], currency) == amount {
                amounts = parts
                rest = whole
            } else {
                throw CamtFault(words: say("It is of \(amount), but its parts add up to \(gross)."))
            }
        }
        var lines: [StatementLine] = []
        for (detail, amount) in zip(details, amounts) where !amount.isZero {
            lines.append(try checked(try line(detail, amount)))
        }
        if !rest.isZero { lines.append(try checked(try line(nil, rest))) }
        return lines
    }

    /// What the bank took out of what an element tells of; nothing where it says of none.
    private func charge(_ element: XMLBranch) throws(CamtFault) -> Money? {
        let all = element.all("Chrgs")
        // Version 08 gathers them in one element, version 02 repeats it.
        let records = all.flatMap { $0.all("Rcrd").isEmpty ? [$0] : $0.all("Rcrd") }
        var charges: [Money] = []
        for record in records where record.text(at: "ChrgInclInd") != "false" {
            guard let element = record.branch(at: "Amt") ?? record.branch(at: "TtlChrgsAndTaxAmt"),
                element.attributes["Ccy"] == amount.currency.code
            else { continue }
            let isTaken = record.text(at: "CdtDbtInd") != "CRDT"
            charges.append(CamtAmount.signed(try CamtAmount.money(element), isTaken ? 1 : -1))
        }
        let sum = try CamtAmount.sum(charges, amount.currency)
        return sum.isPositive ? sum : nil
    }

    /// The same of a part; of a booking that has no parts its own counts too.
    private func taken(_ detail: XMLBranch?) throws(CamtFault) -> Money? {
        if let detail, let own = try charge(detail) { return own }
        if details.count > 1 { return nil }
        return try charge(entry)
    }

    private func line(_ detail: XMLBranch?, _ amount: Money) throws(CamtFault) -> StatementLine {
        let isReversal = entry.text(at: "RvslInd") == "true" || entry.text(at: "RvslInd") == "1"
        // What is taken back has its parties as they were the first time.
        let came = amount.isPositive != isReversal
        let parties = detail?.branch(at: "RltdPties")
        var instructed: Money?
        if let element = detail?.branch(at: "AmtDtls", "InstdAmt", "Amt") {
            instructed = CamtAmount.signed(try CamtAmount.money(element), amount.isPositive ? 1 : -1)
        }
        return StatementLine(
            number: number,
            bookedOn: bookedOn,
            valueOn: valueOn,
            amount: amount,
            name: CamtWords.name(parties, came ? "Dbtr" : "Cdtr"),
            iban: CamtWords.account(parties, came ? "DbtrAcct" : "CdtrAcct"),
            text: CamtWords.text(detail, entry),
            references: CamtWords.references(detail),
            bankID: CamtWords.bankID(detail, entry, isPart: details.count > 1),
            instructed: instructed == amount ? nil : instructed,
            charge: try taken(detail),
            isReversal: isReversal
        )
    }

    private func checked(_ line: StatementLine) throws(CamtFault) -> StatementLine {
        let longest = ([line.text, line.name ?? "", line.iban ?? "", line.bankID ?? ""] + line.references).map(\.count)
        guard let most = longest.max(), most > StatementText.most else { return line }
        throw CamtFault(words: say("A text in it has \(most) signs; \(StatementText.most) are allowed."))
    }
}

/// The texts of a booking, wherever the two versions have them.
private enum CamtWords {
    static func name(_ parties: XMLBranch?, _ role: String) -> String? {
        guard let parties else { return nil }
        let names = [role, "Ultmt" + role].compactMap { role in
            StatementText.optional(parties.text(at: role, "Nm") ?? parties.text(at: role, "Pty", "Nm"))
        }
        // Who pays for somebody else: both tell who it can be.
        return names.count == 2 && names[0] != names[1] ? names.joined(separator: " / ") : names.first
    }

    static func account(_ parties: XMLBranch?, _ role: String) -> String? {
        StatementText.optional(parties?.text(at: role, "Id", "IBAN") ?? parties?.text(at: role, "Id", "Othr", "Id"))
    }

    static func text(_ detail: XMLBranch?, _ entry: XMLBranch) -> String {
        let remittance = detail?.all("RmtInf") ?? []
        let free = remittance.flatMap { $0.all("Ustrd") }.map(\.text)
        let more = remittance.flatMap { $0.all("Strd") }.flatMap { $0.all("AddtlRmtInf") }.map(\.text)
        let said = StatementText.clean((free + more).joined(separator: " "))
        if !said.isEmpty { return said }
        return StatementText.clean(detail?.text(at: "AddtlTxInf") ?? entry.text(at: "AddtlNtryInf") ?? "")
    }

    static func references(_ detail: XMLBranch?) -> [String] {
        let structured = (detail?.all("RmtInf") ?? []).flatMap { $0.all("Strd") }
            .flatMap { $0.all("CdtrRefInf") }.compactMap { StatementText.optional($0.text(at: "Ref")) }
        // Some payers put it where their own reference belongs.
        let own = detail?.text(at: "Refs", "EndToEndId").flatMap { CreditorReference($0)?.text }
        return structured + (own.map { structured.contains($0) ? [] : [$0] } ?? [])
    }

    static func bankID(_ detail: XMLBranch?, _ entry: XMLBranch, isPart: Bool) -> String? {
        let ofEntry = known(entry.text(at: "AcctSvcrRef"))
        let ofDetail = known(detail?.text(at: "Refs", "AcctSvcrRef")) ?? known(detail?.text(at: "Refs", "TxId"))
        guard isPart else { return ofEntry ?? ofDetail }
        let both = [ofEntry, ofDetail].compactMap(\.self)
        return both.isEmpty ? nil : both.joined(separator: "/")
    }

    /// Banks write these where they have no id.
    private static func known(_ id: String?) -> String? {
        guard let id = StatementText.optional(id) else { return nil }
        let none = ["NONREF", "NOTPROVIDED", "NOTAVAILABLE", "NONE", "N/A"]
        return none.contains(id.uppercased()) ? nil : id
    }
}
