import ArgumentParser
import Charter
import Dues
import Foundation
import Languages
import Membership

extension DuesCommands {
    struct Invoices: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists invoices with where they stand, the latest first.",
            usage:
                "hansa dues invoices [--year YEAR] [--state STATE …] [--member NAME] [--on DAY] [--page N] [--json]"
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "The year of the fees.")
        var year: Int?
        @Option(help: "One of: \(InvoiceState.allCases.map(\.rawValue).joined(separator: ", ")).")
        var state: [String] = []
        @Option(help: "The key of a member, or any of its names.")
        var member: String?
        @Option(help: "As they stood at the end of this day; today when left out.")
        var on: String?
        @Option(help: "The page, from 1.")
        var page = 1
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let states = try state.map { text in
                guard let state = InvoiceState(rawValue: text) else {
                    let known = InvoiceState.allCases.map(\.rawValue).joined(separator: ", ")
                    throw CommandFailure("\"\(Terminal.safe(text))\" is no state. Give one of: \(known).")
                }
                return state
            }
            let installation = try await Installation.open(flags)
            var key: String?
            if let member { key = try await installation.member(member).key }
            let list = InvoiceList(
                year: year,
                states: Set(states),
                member: key,
                on: try installation.day(on, "--on"),
                page: max(1, page)
            )
            let found = try await installation.ask(list)
            if json { return try Terminal.json(found.lines.map(InvoiceLine.init)) }
            DuesCommands.show(found.lines)
            for total in found.totals {
                print(
                    Terminal.dim(
                        "\(total.invoices) on \(found.day): asked \(DuesCommands.text(total.asked)), owed "
                            + DuesCommands.text(total.owed)
                    )
                )
            }
        }
    }

    struct One: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "invoice",
            abstract: "Shows one invoice and what became of it, or writes it as PDF or as a page.",
            usage: "hansa dues invoice NUMBER [--json | --pdf FILE | --html FILE] [--language CODE]"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The invoice, as 2024-0001, or its reference.")
        var invoice: String
        @OptionGroup var target: DocumentTarget
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let installation = try await Installation.open(flags)
            let found = try await installation.ask(InvoiceByID(invoice, charter: installation.charter))
            if target.isWanted { return try await target.write(found.invoice.number, installation) }
            if json { return try Terminal.json(InvoiceLine(found.line)) }
            show(found)
        }

        private func show(_ found: InvoiceRecord) {
            let invoice = found.invoice
            let title = "\(invoice.number), \(invoice.memberName): \(DuesCommands.text(invoice.amount))"
            print(Terminal.bold(Terminal.safe(title)) + (invoice.isInvented ? "  (made up)" : ""))
            let owed = DuesCommands.text(found.balance.owed)
            print("Issued on \(invoice.issuedOn), due on \(invoice.dueOn): \(found.state.rawValue), owed \(owed)")
            DuesCommands.showInstalments(found)
            print(Terminal.safe(invoice.explanation.english))
            print(Terminal.safe(found.payment.words.english))
            for entry in found.entries {
                let words = Terminal.safe(entry.words.english)
                print("  \(entry.day)  \(DuesCommands.text(entry.amount))  \(words)")
            }
            print(Terminal.dim("Code: \(found.proof.groupedCode)"))
        }
    }

    struct Account: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a member's account at the end of a day.",
            usage: "hansa dues account MEMBER [--on DAY] [--json]"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The member's key, or any of its names.")
        var member: String
        @Option(help: "The day; today when left out.")
        var on: String?
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let installation = try await Installation.open(flags)
            let key = try await installation.member(member).key
            let day = try installation.day(on, "--on")
            let found = try await installation.ask(AccountOfMember(key, on: day, charter: installation.charter))
            if json { return try Terminal.json(AccountLine(found)) }
            let balance = DuesCommands.text(found.balances)
            print(Terminal.bold(Terminal.safe(found.memberName)) + ", end of \(found.day): owes \(balance)")
            guard !found.lines.isEmpty else { return print("There is no entry.") }
            Terminal.table(
                ["Day", "Item", "Amount", "Owed then", ""],
                found.lines.map { line in
                    [
                        "\(line.entry.day)", Terminal.safe(line.entry.words.english),
                        DuesCommands.text(line.entry.amount), DuesCommands.text(line.balance),
                        line.entry.isInvented ? "made up" : "",
                    ]
                },
                numbers: [2, 3]
            )
            DuesCommands.show(found.invoices)
        }
    }

    /// What is owed by when, where a body granted instalments.
    static func showInstalments(_ found: InvoiceRecord) {
        guard found.parts.contains(where: { $0.dueOn != found.invoice.dueOn }) else { return }
        for part in found.parts {
            print("  \(text(Money(minor: part.minor, found.invoice.amount.currency))) by \(part.dueOn)")
        }
    }

    static func show(_ lines: [InvoiceList.Line]) {
        guard !lines.isEmpty else { return print("There is no invoice.") }
        Terminal.table(
            ["Invoice", "Member", "Issued", "Due", "Asked", "Owed", "State", ""],
            lines.map { line in
                [
                    line.invoice.number, Terminal.safe(line.invoice.memberName), "\(line.invoice.issuedOn)",
                    "\(line.dueOn)", text(line.balance.asked), text(line.balance.owed), line.state.rawValue,
                    line.invoice.isInvented ? "made up" : "",
                ]
            },
            numbers: [4, 5]
        )
    }
}

extension InvoiceRecord {
    fileprivate var line: InvoiceLine.Source { (invoice, balance, parts, state) }
}

/// An invoice with where it stands, as JSON.
private struct InvoiceLine: Encodable {
    typealias Source = (invoice: Invoice, balance: InvoiceBalance, parts: [DueSchedule.Part], state: InvoiceState)

    /// What is owed, and by when.
    struct Part: Encodable {
        let dueOn: Day
        let amount: String
    }

    let number: String
    let year: Int
    let member: String
    let memberName: String
    let issuedOn: Day
    let dueOn: Day
    let currency: String
    let fee: String
    let amount: String
    let relief: String
    let asked: String
    let owed: String
    let parts: [Part]
    let state: String
    let reference: String
    let rule: String
    let explanation: String
    let language: String
    let invented: Bool

    init(_ line: InvoiceList.Line) { self.init((line.invoice, line.balance, line.parts, line.state)) }

    init(_ source: Source) {
        let invoice = source.invoice
        (number, year, reference) = (invoice.number, invoice.year, invoice.reference)
        (member, memberName) = (invoice.memberKey, invoice.memberName)
        (issuedOn, dueOn, language) = (invoice.issuedOn, invoice.dueOn, invoice.language)
        (fee, amount, currency) = (invoice.fee.plain, invoice.amount.plain, invoice.amount.currency.code)
        (asked, owed) = (source.balance.asked.plain, source.balance.owed.plain)
        relief = invoice.relief.plain
        parts = source.parts.map { part in
            Part(dueOn: part.dueOn, amount: Money(minor: part.minor, invoice.amount.currency).plain)
        }
        (state, rule, invented) = (source.state.rawValue, invoice.rule, invoice.isInvented)
        explanation = invoice.explanation.english
    }
}

/// A member's account as JSON.
private struct AccountLine: Encodable {
    struct Entry: Encodable {
        let id: String
        let day: Day
        let kind: String
        let amount: String
        let currency: String
        let words: String
        let rule: String?
        let invoice: String?
        let payment: String?
        let reverses: String?
        let invented: Bool
        let owedThen: String

        init(_ line: AccountOfMember.Line) {
            let entry = line.entry
            (id, day, kind) = (entry.id, entry.day, entry.kind.rawValue)
            (amount, currency) = (entry.amount.plain, entry.amount.currency.code)
            (words, rule) = (entry.words.english, entry.rule)
            (invoice, payment, reverses) = (entry.invoiceID, entry.paymentID, entry.reverses)
            (invented, owedThen) = (entry.isInvented, line.balance.plain)
        }
    }

    let member: String
    let day: Day
    /// By currency.
    let owes: [String: String]
    let entries: [Entry]
    let invoices: [InvoiceLine]

    init(_ found: AccountOfMember.Answer) {
        (member, day) = (found.memberKey, found.day)
        owes = Dictionary(uniqueKeysWithValues: found.balances.map { ($0.currency.code, $0.plain) })
        entries = found.lines.map(Entry.init)
        invoices = found.invoices.map(InvoiceLine.init)
    }
}
