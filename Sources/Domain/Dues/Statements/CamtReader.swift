import Charter
import Languages
import XML

/// Statements of ISO 20022: camt.053 in its versions 02 and 08.
enum CamtReader {
    private static let space = "urn:iso:std:iso:20022:tech:xsd:"

    static func read(_ bytes: [UInt8], part: String) throws(StatementRefusal) -> [BankStatement] {
        var scanner = try CamtScanner(bytes, part: part)
        guard case .start(let root)? = try scanner.next() else {
            throw .unreadable(say("The file holds nothing. Have the bank export it again."))
        }
        let named = try scanner.namespace(root) ?? ""
        let version = named.hasPrefix(space) ? String(named.dropFirst(space.count)) : ""
        guard root.name == "Document", version != BankStatement.Format.csv.rawValue,
            let format = BankStatement.Format(rawValue: version)
        else {
            throw .unreadable(
                say(
                    "The file is no statement that is read here: it calls itself \"\(String(named.prefix(100)))\". "
                        + "Have the bank export it as camt.053.001.08 or camt.053.001.02, or as CSV."
                )
            )
        }
        var statements: [BankStatement] = []
        var depth = 0
        // A number that no two bookings of the file share, so that a message can name one.
        var bookings = 0
        while let event = try scanner.next() {
            switch event {
            case .start(let tag) where depth == 1 && tag.name == "Stmt":
                statements.append(try statement(&scanner, format, &bookings))
            case .start: depth += 1
            case .end: depth -= 1
            case .text: continue
            }
        }
        guard !statements.isEmpty else {
            throw .unreadable(say("The file holds no statement. Have the bank export it again."))
        }
        return statements
    }

    /// Reads up to the end of the statement, whose tag is open. One booking after the other: there may be many.
    private static func statement(
        _ scanner: inout CamtScanner,
        _ format: BankStatement.Format,
        _ bookings: inout Int
    ) throws(StatementRefusal) -> BankStatement {
        var parts = CamtStatement(format: format)
        while let event = try scanner.next() {
            guard case .start(let tag) = event else { return try parts.statement() }
            let element = try scanner.branch(tag)
            if tag.name == "Ntry" {
                bookings += 1
                parts.entries.append(try CamtEntry(element, number: bookings))
                guard parts.entries.count <= StatementFile.mostLines else {
                    throw .tooLarge(
                        say("The file has more than \(StatementFile.mostLines) bookings. Have the bank split it.")
                    )
                }
            } else {
                parts.others.append(element)
            }
        }
        return try parts.statement()
    }
}

/// The parts of one statement, to be checked against each other when all are there.
struct CamtStatement {
    let format: BankStatement.Format
    var entries: [CamtEntry] = []
    /// What else is in it: the account, balances, sums.
    var others: [XMLBranch] = []

    private func other(_ name: String) -> XMLBranch? { others.first { $0.name == name } }

    func statement() throws(StatementRefusal) -> BankStatement {
        let account = other("Acct")
        guard let id = StatementText.optional(account?.text(at: "Id", "IBAN") ?? account?.text(at: "Id", "Othr", "Id"))
        else { throw .unreadable(say("The statement does not say of which account it is. Nothing of it was read.")) }
        let balances = try self.balances()
        let currency = try self.currency(account, balances)
        var notes: [Phrase] = []
        let ends = CamtEnds(balances)
        try CamtSums(currency: currency, entries: entries).check(ends, other("TxsSummry"), isPage: isPage, &notes)
        let lines = entries.flatMap(\.lines)
        let days = lines.map(\.bookedOn)
        let stated = [("FrDtTm", ends.opening?.day), ("ToDtTm", ends.closing?.day)].map { name, day in
            CamtAmount.day(other("FrToDt")?.branch(at: name)).flatMap(Day.init) ?? day
        }
        guard let first = stated[0] ?? days.min() ?? stated[1], let last = stated[1] ?? days.max() ?? stated[0] else {
            throw .unreadable(say("The statement does not say of which days it is. Nothing of it was read."))
        }
        return BankStatement(
            format: format,
            name: StatementText.optional(other("Id")?.text),
            account: IBAN(id)?.text ?? id,
            currency: currency,
            from: min(first, last),
            to: max(first, last),
            opening: ends.opening?.amount,
            closing: ends.closing?.amount,
            lines: lines,
            notes: notes
        )
    }

    /// Whether the bank cut the statement into several messages, of which this is one.
    private var isPage: Bool { other("StmtPgntn")?.text(at: "LastPgInd") == "false" }

    private func currency(
        _ account: XMLBranch?,
        _ balances: [CamtBalance]
    ) throws(StatementRefusal) -> Currency {
        var code = account?.text(at: "Ccy")
        var seen: [Money] = balances.map(\.amount) + entries.map(\.amount)
        if code == nil, !seen.isEmpty { code = seen.removeFirst().currency.code }
        guard let code else {
            throw .unreadable(say("The statement does not say in which currency it is. Nothing of it was read."))
        }
        let currency: Currency
        do { currency = try Currency(code) } catch { throw .unreadable(error.sentence) }
        if let other = seen.first(where: { $0.currency != currency }) {
            throw .wrongSum(
                say("The account is in \(currency.code), but the statement has \(other) too. Nothing of it was read.")
            )
        }
        return currency
    }

    private func balances() throws(StatementRefusal) -> [CamtBalance] {
        var balances: [CamtBalance] = []
        for element in others where element.name == "Bal" {
            do {
                let amount = try CamtAmount.money(element.branch(at: "Amt"))
                let sign = try CamtAmount.sign(element)
                balances.append(
                    CamtBalance(
                        kind: element.text(at: "Tp", "CdOrPrtry", "Cd") ?? "",
                        amount: CamtAmount.signed(amount, sign),
                        day: CamtAmount.day(element.branch(at: "Dt")).flatMap(Day.init)
                    )
                )
            } catch {
                throw .unreadable(
                    say("A balance of the statement cannot be right: \(error.words) Nothing of it was read.")
                )
            }
        }
        return balances
    }
}
